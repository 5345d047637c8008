"""What students were seen to have learned: `observations`, and `learned` with one state for each.

A level says by its scale whether it is reached. Questions are added up over the window that ends
with the latest day; the lines are METHODS' convention. Levels of tests (such as ASER reading) stand
beside the observations, marked as such. A blank is not yet observed, never the lowest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.prelude import Prelude

WINDOW_DAYS = 30  # questions of so many days count together
ENOUGH = 3  # questions under which nothing is said
REACHED_OF = 4  # questions from which an outcome can be reached
REACHED, NEARLY = 80, 60  # percent answered rightly

REACHED_STATE, NEARLY_STATE, NOT_YET = "reached", "nearly", "not yet"
TOO_FEW, NO_LINE, UNOBSERVED = "too few questions", "no line", "not observed"
TEST = "test/"  # begins the id of what a test's level stands for

_WHOLE = "coalesce(correct is not null and items > 0, false)"

# One row a student and thing to be learned: its state in the period.
STATES = f"""
select period, segment, student, objective_id, org_id, of_test, level, scale, correct, items,
    case
        when seen_level then case when reached then '{REACHED_STATE}'
            when reached is null then '{NO_LINE}' when near then '{NEARLY_STATE}'
            else '{NOT_YET}' end
        when items is null then '{UNOBSERVED}'
        when items < {ENOUGH} then '{TOO_FEW}'
        when items >= {REACHED_OF} and 100 * correct >= {REACHED} * items then '{REACHED_STATE}'
        when 100 * correct >= {NEARLY} * items then '{NEARLY_STATE}'
        else '{NOT_YET}' end as state
from (
    select period, segment, student, objective_id, any_value(of_test) as of_test,
        arg_max(org_id, date) as org_id,
        arg_max(level is not null, date) filter (seen) as seen_level,
        arg_max(level, date) filter (level is not null) as level,
        arg_max(scale, date) filter (level is not null) as scale,
        arg_max(reached, date) filter (level is not null and reached is not null
            and date = last) as reached,
        arg_max(near, date) filter (level is not null and date = last) as near,
        sum(correct) filter ({_WHOLE} and date > last - {WINDOW_DAYS}) as correct,
        sum(items) filter ({_WHOLE} and date > last - {WINDOW_DAYS}) as items
    from (
        select *, status = 'observed' as seen, max(date) filter (status = 'observed')
            over (partition by period, segment, student, objective_id) as last
        from observations)
    group by period, segment, student, objective_id)
"""

# A scale's steps: the highest level below its line is nearly there, unless it is the lowest of all.
_LADDER = """
select scale, level, reached, coalesce(not reached and level_order > min(level_order) over whole
    and level_order = max(level_order) filter (not reached) over whole, false) as near
from mart.levels window whole as (partition by scale)
"""

TESTS = f"""
select assessment_id, subject, scale,
    '{TEST}' || concat_ws('/', coalesce(lower(subject), ''), scale, nullif(item, ''))
        as objective_id,
    concat_ws(', ', case when subject is null or contains(lower(scale), lower(subject)) then scale
        else subject || ': ' || scale end, nullif(item, '')) as name
from mart.assessments where scale in (select scale from mart.levels)
"""

_SOURCES = {"outcome": "name", "subject": "coalesce(nullif(subject, ''), 'unknown')"}


def _goals(prelude: Prelude) -> None:
    """`goals`: what the view asks of, with a code for each column it is split by."""
    prelude.add("level_tests", TESTS)
    prelude.add("ladder", _LADDER)
    columns, kept = "", ["true"]
    for column, source in _SOURCES.items():
        columns += f", {source} as col_{column}"
        if column in prelude.by:
            columns += f", dense_rank() over (order by {source}) as code_{column}"
        wanted = prelude.view.values(column)
        if wanted:
            kept.append(f"{source} in ({prelude.one_of(wanted)})")
    prelude.add("goals", f"""
        select objective_id{columns} from (
            select objective_id, name, subject from mart.objectives
            union all select distinct objective_id, name, subject from level_tests)
        where {' and '.join(kept)}""")


def code(prelude: Prelude, column: str) -> tuple[str, str]:
    """SQL for a column's code in a row, and the relation that says what the code means."""
    _goals(prelude)
    return (f"g.code_{column}",
            f"select distinct code_{column} as code, col_{column} as value from goals")


def rows(prelude: Prelude) -> tuple[str, str, str, str]:
    """Source, columns, day and joins of `observations`."""
    _goals(prelude)
    kept = f"{prelude.in_dates('date')} and {prelude.in_schools('org_id')}"
    sql = f"""(
        select student, date, org_id, objective_id, scale, level, correct, items, status,
            false as of_test
        from mart.observations where {kept}
        union all
        select r.student, r.date, r.org_id, t.objective_id, t.scale, r.level, null, null,
            'observed', true
        from mart.results r join level_tests t using (assessment_id)
        where r.level is not null and {kept})"""
    joins = (" join goals g on g.objective_id = f.objective_id"
             " left join ladder v on v.scale = f.scale and v.level = f.level")
    columns = ("f.objective_id, f.scale, f.level, f.correct, f.items, f.status, f.of_test, "
               "v.reached, v.near")
    return sql, columns, "f.date", joins
