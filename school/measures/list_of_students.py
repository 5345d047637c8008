"""Who is behind a number: the students of a view, for the school's own staff only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from school.config import Preset
from school.errors import WrongUse
from school.measures.asking import Question, question
from school.prelude import OF_STUDENTS, Prelude
from school.store import Store
from school.view import View


@dataclass(frozen=True)
class StudentRow:
    """One student and the counts that she adds to the number.

    `amount` of `base` is the evidence behind a yes or no: half days missed of half days possible.
    `left_out` is the reason why the student is not counted, `note` what else is to be known, and
    `first` the score that a gain is counted from.
    """

    student: int
    student_id: str
    name: str
    school: str
    grade: str
    class_name: str
    value: float | None
    numerator: float | None
    denominator: float | None
    amount: float | None
    base: float | None
    level: str | None
    left_out: str | None
    note: str | None = None
    first: float | None = None


def students(
    store: Store, measure: str, view: View, *, preset: Preset | None = None,
    params: Mapping[str, Any] | None = None, of: Collection[int] | None = None,
) -> list[StudentRow]:
    """The students of the view, those who need most first; empty outside the school's own staff.

    `of` names the only students that are asked for.
    """
    if not view.scope.staff:
        return []
    asked = _question(store, measure, view, preset, params)
    prelude = Prelude(asked.view, asked.ground, asked.preset)
    prelude.need(*asked.measure.tables)
    units, extra = _units(asked)
    kept = ["u.student is not null"]
    if asked.level_wanted:
        kept.append("u.level in (select unnest($level_wanted))")
        extra["level_wanted"] = list(asked.level_wanted)
    if of is not None:
        kept.append(f"u.student in (select unnest({prelude.bind(list(of))}::bigint[]))")
    until = prelude.bind(asked.view.end)
    rows = store.run(prelude.query(f"""{units},
        behind as (select * from units u where {' and '.join(kept)}),
        latest as (select student, arg_max(org_id, begin_date) as org_id,
            arg_max(grade, begin_date) as grade, arg_max("class", begin_date) as class_name
            from mart.spells where begin_date <= {until} and student in (select student from behind)
                and {prelude.in_schools('org_id')}
            group by student)
        select u.student, s.student_id, s.name, coalesce(g.name, l.org_id), l.grade, l.class_name,
            u.x, u.n, u.amount, u.base, u.level, u.left_out, u.note,
            u.first
        from behind u left join mart.students s on s.student = u.student
            left join latest l on l.student = u.student
            left join mart.organisations g on g.org_id = l.org_id""", extra))
    listed = [_row(r) for r in rows]
    return sorted(listed, key=lambda r: _need(r, asked.measure.better))


def behind(
    store: Store, measure: str, view: View, *, preset: Preset | None = None,
) -> frozenset[int]:
    """Keys of the students with the bad outcome of a yes-or-no number; those left out are not
    among them. Empty outside the school's own staff.
    """
    if not view.scope.staff:
        return frozenset()
    asked = _question(store, measure, view, preset, None)
    prelude = Prelude(asked.view, asked.ground, asked.preset)
    prelude.need(*asked.measure.tables)
    units, extra = _units(asked)
    wrong = "x > 0" if asked.measure.better == "lower" else "x < n"
    rows = store.run(prelude.query(f"""{units}
        select student from units
        where student is not null and left_out is null and n > 0 and {wrong}""", extra))
    return frozenset(int(r[0]) for r in rows)


def with_room(
    store: Store, measure: str, view: View, most: float, *, preset: Preset | None = None,
) -> int | None:
    """How many students have less than `most` left until their `base`, and are not over it.

    None where it is known of nobody, and outside the school's own staff.
    """
    if not view.scope.staff:
        return None
    asked = _question(store, measure, view, preset, None)
    prelude = Prelude(asked.view, asked.ground, asked.preset)
    prelude.need(*asked.measure.tables)
    units, extra = _units(asked)
    (few, known), = store.run(prelude.query(f"""{units}
        select count(*) filter (base - amount >= 0 and base - amount < $most), count(*)
        from units where student is not null and left_out is null and base is not null
            and amount is not null""", {**extra, "most": most}))
    return int(few) if known else None


def _question(
    store: Store, measure: str, view: View, preset: Preset | None,
    params: Mapping[str, Any] | None,
) -> Question:
    asked = question(store, measure, view.with_(by=(), period=None), preset, params)
    if asked.measure.reads not in OF_STUDENTS:
        raise WrongUse("This number is not about single students.")
    return asked


def _units(asked: Question) -> tuple[str, dict[str, Any]]:
    """SQL of the measure and of one row a student, and the values that it names."""
    found, gives = asked.measure, asked.measure.gives
    amount = "max(amount)::double as amount, max(base)::double as base"
    if "amount" not in gives:
        amount = "null::double as amount, null::double as base"
    level = "max(level)" if found.levels else "null"
    out = "any_value(left_out)" if "left_out" in gives else "null"
    note = "any_value(note)" if "note" in gives else "null"
    first = "avg(first)::double" if "first" in gives else "null"
    n = "sum(denominator)::double" if "denominator" in gives else "null"
    return f"""
        body as ({found.sql}),
        units as (select try_cast(unit as bigint) as student, sum(numerator)::double as x, {n} as n,
            {amount}, {level} as level, {out} as left_out, {note} as note, {first} as first
            from body group by unit)""", dict(asked.params)


def _row(raw: tuple[Any, ...]) -> StudentRow:
    student, *words, x, n, amount, base, level, out, note, first = raw
    student_id, name, school, grade, class_name = (w or "" for w in words)
    value = None if out or not n else (x or 0.0) / n
    return StudentRow(student, student_id, name, school, grade, class_name, value, x, n, amount,
                      base, level, out, note, first)


def _need(row: StudentRow, better: str) -> tuple[Any, ...]:
    sign = -1 if better == "lower" else 1
    share = (row.amount or 0.0) / row.base if row.base else 0.0
    return (row.value is None, sign * (row.value or 0.0), sign * share, row.school, row.class_name,
            row.name, row.student_id)
