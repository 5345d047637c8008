"""One student inside what the reader may see: nothing is read past the scope."""

from __future__ import annotations

from datetime import date, timedelta

from school.attention import attention
from school.attention.values import Sign
from school.config import Preset
from school.ground import ground
from school.learning.growth import growth
from school.measures import students
from school.prelude import Prelude
from school.store import Store
from school.student.values import Day, Plan, Profile, Result, State
from school.terms.student import student_lead
from school.view import View


def profile(store: Store, student: int, view: View, preset: Preset | None) -> Profile | None:
    """The student's time in the view; None where the reader has no right to it.

    The right is that of the scope over her last place (school and grade), and only the school's
    own staff has it.
    """
    view = view.with_(where=(), by=(), period=None)
    who = _who(store, student, view, preset)
    if who is None or not view.scope.staff:
        return None
    reason = view.scope.why_visible({"org_id": who[4], "grade": who[3]})
    if reason is None:
        return None
    name, student_id, school, grade, _, class_name = who
    days = _days(store, student, view, preset)
    attended, possible = _sum(days)
    results = _results(store, student, view, preset)
    return Profile(
        name, student_id, school, grade, class_name, reason, days, attended, possible, results,
        _plans(store, student, view, preset), _signs(store, student, view, preset),
        growth(store, view, student, preset), _left(store, student, view, who[4], preset),
        student_lead(name, attended, possible, results, _begins(days), preset),
    )


def _who(
    store: Store, student: int, view: View, preset: Preset | None,
) -> tuple[str, str, str, str, str, str] | None:
    """Name, id, school, grade, school's key and class on the last day of the view."""
    prelude = Prelude(view, ground(store), preset)
    rows = store.run(prelude.query(f"""
        mine as (select * from mart.spells where student = {prelude.bind(student)}
            and begin_date <= {prelude.bind(view.end)} and {prelude.in_schools('org_id')}
            order by begin_date desc limit 1)
        select s.name, s.student_id, coalesce(o.name, p.org_id), p.grade, p.org_id, p.class
        from mine p left join mart.students s on s.student = p.student
            left join mart.organisations o on o.org_id = p.org_id"""))
    return tuple(str(v or "") for v in rows[0]) if rows else None  # type: ignore[return-value]


def _days(store: Store, student: int, view: View, preset: Preset | None) -> tuple[Day, ...]:
    """Every school day of the student's time here: marked, or not."""
    prelude = Prelude(view, ground(store), preset, daily=True)
    prelude.need("attendance", "expected")
    me = prelude.bind(student)
    rows = store.run(prelude.query(f"""
        marked as (select date, sum(possible_halves) as possible, sum(absent_halves) as absent
            from attendance where student = {me} group by date),
        due as (select distinct date from expected where student = {me})
        select coalesce(m.date, d.date) as day, m.possible, m.absent
        from marked m full join due d on d.date = m.date order by day"""))
    return tuple(Day(day, _state(possible, absent)) for day, possible, absent in rows
                 if possible is None or possible > 0)


def _state(possible: int | None, absent: int | None) -> State:
    if possible is None:
        return "unmarked"
    if not absent:
        return "present"
    return "absent" if absent >= possible else "half"


def _sum(days: tuple[Day, ...]) -> tuple[float, float]:
    marked = [d for d in days if d.state != "unmarked"]
    worth = {"present": 1.0, "half": 0.5, "absent": 0.0}
    return sum(worth[d.state] for d in marked), float(len(marked))


def _begins(days: tuple[Day, ...]) -> date | None:
    return days[0].day if days else None


def _results(store: Store, student: int, view: View, preset: Preset | None) -> tuple[Result, ...]:
    """All results in the order of time; those of the year before too, for the own start."""
    longer = view.with_(start=view.start - timedelta(days=366))
    prelude = Prelude(longer, ground(store), preset)
    prelude.need("results")
    rows = store.run(prelude.query(f"""
        mine as (select date, subject, assessment, score, percent, level, level_order, status,
            attempt from results where student = {prelude.bind(student)})
        select date, subject, assessment, score, percent, level, level_order, status
        from mine order by date, subject, attempt"""))
    return tuple(Result(*r) for r in rows)


def _plans(store: Store, student: int, view: View, preset: Preset | None) -> tuple[Plan, ...]:
    prelude = Prelude(view, ground(store), preset)
    prelude.need("support")
    rows = store.run(prelude.query(f"""
        mine as (select need, plan, begin_date, end_date from support
            where student = {prelude.bind(student)})
        select need, coalesce(plan, ''), begin_date, end_date - 1 from mine order by begin_date"""))
    return tuple(Plan(*r) for r in rows)


def _signs(store: Store, student: int, view: View, preset: Preset | None) -> tuple[Sign, ...]:
    """The signs of the list of Early attention, as they stand there."""
    found = attention(store, view, preset)
    return next((s.signs for s in found.listed if s.student == student), ())


def _left(store: Store, student: int, view: View, school: str, preset: Preset | None) -> str:
    """'5 more days', or that the line is crossed; empty where no calendar tells the whole year."""
    rows = students(store, "days_left", view.choose("school", (school,)), preset=preset)
    mine = next((r for r in rows if r.student == student), None)
    return mine.note or "" if mine is not None and not mine.left_out else ""
