"""The rows behind each scoped table, and the joins that a view needs of them.

Part of the prelude: `write` puts one of `attendance`, `results`, `enrollment`, `responses`,
`counts`, `totals`, `heads`, `expected` or `recorded` before a measure, or one that a module of its
own writes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from school import (
    answers_given,
    marks_made,
    observed,
    own_given,
    places,
    published,
    published_attendance,
    register,
    rolls,
    tests_due,
    tests_taken,
)

if TYPE_CHECKING:
    from school.prelude import Prelude

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Source:
    """Rows about students: `sql` with student, org_id and `day`, and the columns to hand on."""

    sql: str
    columns: str
    day: str = "f.date"
    joins: str = ""
    code: Callable[[Prelude, str], tuple[str, str]] = tests_taken.code  # of a column of its own
    dated: bool = True  # whether each row is of one day, and says which


# Rows about students that a module of their own writes: source, columns, day and joins.
_ELSEWHERE: dict[str, Callable[[Prelude], tuple[str, str, str, str]]] = {
    "results": tests_taken.rows,
    "scores": tests_due.scores,
    "entered": tests_due.entered,
    "marks": marks_made.marks,
    "due": marks_made.due,
    "year_left": marks_made.year_left,
    "numbers": own_given.numbers,
}


def write(prelude: Prelude, table: str) -> None:
    """Put the scoped table before the measure."""
    match table:
        case "attendance":
            rows = register.attendance(prelude)
            _about_students(prelude, table, Source(*rows, dated=prelude.daily))
        case "recorded":
            _about_students(prelude, table, Source(*register.recorded(prelude)))
        case "expected":
            _about_students(prelude, table, Source(*register.expected(prelude)))
        case "rolls":
            _about_students(prelude, table, Source(rolls.rows(prelude), rolls.COLUMNS))
        case "enrollment":
            _about_students(prelude, table, _enrollment(prelude))
        case "runs":
            write(prelude, "marks")
            marks_made.add_runs(prelude)
        case "observations":
            _about_students(prelude, table, Source(*observed.rows(prelude), observed.code))
        case "learned":
            write(prelude, "observations")
            prelude.add("learned", observed.STATES)
        case "responses":
            answers_given.write(prelude)
        case "counts":
            published.write(prelude)
        case "totals":
            published_attendance.write(prelude)
        case "support":
            prelude.add("support", "select student, need, plan, begin_date, end_date "
                        f"from mart.support where {prelude.in_schools('org_id')}")
        case "incidents":
            prelude.add("incidents", "select student, date, kind, coalesce(times, 1) as times "
                        f"from mart.incidents where {prelude.in_dates('date')} "
                        f"and {prelude.in_schools('org_id')}")
        case "open_days":
            prelude.add("open_days", f"select date from mart.school_days where "
                        f"{prelude.in_dates('date')} and {prelude.in_schools('org_id')}")
        case "register":
            _register(prelude)
        case "heads":
            _heads(prelude)
        case _:
            _about_students(prelude, table, Source(*_ELSEWHERE[table](prelude)))


def _about_students(prelude: Prelude, table: str, source: Source) -> None:
    """A scoped table of rows about students."""
    joins, kept = source.joins, ["true"]
    codes = [_code(prelude, column, source.day, source.code) for column in prelude.by]
    part = places.part_column(prelude)
    scoped_by_grade = "grade" in prelude.scope_columns
    if part or not prelude.sees_all or "orgs" in prelude.ctes:
        places.add_orgs(prelude)
        joins += " left join orgs o on o.org_id = f.org_id"
    period = prelude.period_of(source.day)
    if prelude.early_places():
        places.add_place(prelude)
        narrowed = any(places.is_place(c) for c, _ in prelude.view.where)
        on = "pl.student = f.student"
        on += f" and pl.period = {period}" if prelude.view.period else ""
        on += f" and pl.part = o.{part}" if part else ""
        joins += f" {'join' if narrowed else 'left join'} place pl on {on}"
    weekdays = prelude.view.values("weekday")
    if weekdays:
        numbers = [WEEKDAYS.index(w) + 1 for w in weekdays if w in WEEKDAYS]
        kept.append(f"isodow({source.day}) in ({prelude.one_of(numbers or [0])})")
    school = "coalesce(o.school, f.org_id)" if "left join orgs o" in joins else "f.org_id"
    extra = ""
    if scoped_by_grade:
        extra = f", pl.col{prelude.place_columns().index('grade')} as grade"
    dated = f"{source.day} as date, " if source.dated else ""
    prelude.add(table, prelude.scoped(
        f"select f.student, {dated}{school} as org_id{extra}, {period} as period, "
        f"{prelude.segment(codes)} as segment{', ' if source.columns else ''}{source.columns} "
        f"from {source.sql} f{joins} where {' and '.join(kept)}"))


def _code(
    prelude: Prelude, column: str, day: str,
    own: Callable[[Prelude, str], tuple[str, str]] = tests_taken.code,
) -> str:
    """SQL for a column's code in a row; remembers what the codes mean."""
    if column in ("school", "cluster"):
        places.add_orgs(prelude)
        code, labels = f"coalesce(o.{column}_code, 0)", (
            f"select distinct {column}_code as code, {column} as value from orgs")
    elif places.is_place(column):
        places.add_place(prelude)
        code, labels = places.place_code(prelude, column)
    elif column == "weekday":
        days = ", ".join(f"({n}, '{d}')" for n, d in enumerate(WEEKDAYS, start=1))
        code, labels = f"isodow({day})", f"select * from (values {days}) days(code, value)"
    else:
        code, labels = own(prelude, column)
    if labels not in prelude.labels:
        prelude.labels.append(labels)
    return code


def _enrollment(prelude: Prelude) -> Source:
    """Spells alive on the census day: per period its last school day, else the view's last day.

    A spell derived from marks ends with the last mark, so it is asked on its school's last school
    day even where the view is not split by time.
    """
    places.add_periods(prelude)
    prelude.add("census", f"""
        select d.org_id, p.period, max(d.date) as day from mart.school_days d
        join periods p on d.date between p.first and p.last
        where {prelude.in_schools('d.org_id')} group by all""")
    own_day = "true" if prelude.view.period else "s.derived"
    return Source(f"""(
        select s.student, s.org_id, p.last as date, s.derived,
            case when {own_day} then coalesce(c.day, p.last) else p.last end as census
        from mart.spells s cross join periods p
            left join census c on c.org_id = s.org_id and c.period is not distinct from p.period
        where s.basis <> 'place' and {prelude.in_schools('s.org_id')}
            and s.begin_date <= census and (s.end_date is null or s.end_date > census))""",
                  "f.derived, f.census")


def _heads(prelude: Prelude) -> None:
    """Students counted one by one where their spells are known, else as published; never both."""
    schools = prelude.schools()
    known = prelude.ground.with_spells
    if known and (schools is None or known & set(schools)):
        write(prelude, "enrollment")
        prelude.add("heads", "select distinct period, segment, student::text as unit, 1 as people, "
                    "derived from enrollment")
        return
    write(prelude, "counts")
    prelude.add("heads", "select period, segment, org_id as unit, headcount as people, "
                "false as derived from counts")


def _register(prelude: Prelude) -> None:
    """Marks due and marks there, by school, day, grade and class: enough for all but groups.

    Days are added up before the values of grade and class are numbered, which is then a moment.
    """
    kept, wanted = [prelude.in_dates("date"), prelude.in_schools("org_id")], []
    texts = {c: f"coalesce(nullif(\"{c}\", ''), 'unknown')" for c in ("grade", "class")}
    keys = {"period": prelude.period_of("date")}
    codes, numbered = [], ""
    for column in prelude.by:
        if column in texts:
            keys[f"col_{column}"] = texts[column]
            codes.append(f"f.code_{column}")
            numbered += f", dense_rank() over (order by col_{column}) as code_{column}"
            prelude.labels.append(f"select distinct code_{column} as code, col_{column} as value "
                                  "from register_rows")
        else:
            keys["date" if column == "weekday" else "org_id"] = (
                "date" if column == "weekday" else "org_id")
            codes.append(_code(prelude, column, "f.date"))
    for column, text in texts.items():
        if chosen := prelude.view.values(column):
            wanted.append(f"{text} in ({prelude.one_of(chosen)})")
    weekdays = prelude.view.values("weekday")
    if weekdays:
        numbers = [WEEKDAYS.index(w) + 1 for w in weekdays if w in WEEKDAYS]
        kept.append(f"isodow(date) in ({prelude.one_of(numbers or [0])})")
    joins = " left join orgs o on o.org_id = f.org_id" if "org_id" in keys else ""
    seen = prelude.scoped(f"select * from mart.register_days where {' and '.join(kept + wanted)}")
    listed = "".join(f"{sql} as {name}, " for name, sql in keys.items())
    prelude.add("register_sums", f"""
        select {listed}sum(due) as due, sum(had) as had, min(how) as how, max(how) as other_how
        from ({seen}) group by {', '.join(str(n + 1) for n in range(len(keys)))}""")
    prelude.add("register_rows", f"select *{numbered} from register_sums")
    prelude.add("register", "select f.how, f.other_how, f.due, f.had, f.period, "
                f"{prelude.segment(codes)} as segment from register_rows f{joins}")
