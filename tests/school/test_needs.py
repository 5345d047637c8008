"""Needs are counted in students, judged against a printed line, and placed without false finds."""

from __future__ import annotations

import pytest

from school.access import Scope
from school.config import INDIA
from school.measures import answer, known_values
from school.needs import beside, needs
from school.needs.where import Part, standing_out
from school.store import Store
from school.view import View
from tests.children import FIRST, LAST, SCHOOL_DAYS, filled, some_children


def _found(store: Store, scope: Scope | None = None, **changes: object):
    view = View(FIRST, LAST, LAST, **({"scope": scope} if scope else {})).with_(**changes)
    return needs(store, view, INDIA, known_values(store, view.scope))


def test_absence_comes_first_where_many_more_than_the_line_are_absent() -> None:
    often = frozenset(SCHOOL_DAYS[::8])
    children = some_children(120)
    for child in children[:40]:
        child.absent = often
    found = _found(filled(children))
    first = found.rows[0]
    assert (first.key, first.bad, first.of) == ("chronic_absence", 40, 120)
    assert first.reference.share == 0.10
    assert first.reference.words == "the 10% line used in India (convention)"
    assert first.excess.students == pytest.approx(28)
    assert first.certainty == "Clear"
    assert found.lead.bold.startswith(
        "One need is clear: 40 of 120 students missed 1 day in 10 or more, 28 more than")


def test_nothing_stands_out_where_nothing_does() -> None:
    found = _found(filled(some_children(120)))
    assert not found.clear
    assert found.lead.bold == "No need stands out."
    assert all(not n.where for n in found.rows)


def test_girls_of_one_grade_get_a_row_of_their_own_and_girls_elsewhere_do_not() -> None:
    children = some_children(160)
    for child in children:
        if child.grade == "6" and child.sex == "female" and child.key % 3:
            child.marks = 8
    found = _found(filled(children))
    own = [n for n in found.rows if n.part_of]
    assert [dict(_segments(n.key)) for n in own] == [{"grade": "6", "group.sex": "female"}]
    assert own[0].label == "Below pass in Mathematics: girls in Class 6"
    assert own[0].bad == sum(c.marks == 8 for c in children)


def test_a_weekday_is_named_only_where_it_is_above_every_other() -> None:
    children = some_children(80)
    mondays = frozenset(d for d in SCHOOL_DAYS if d.weekday() == 0)
    for child in children[::2]:
        child.absent = mondays
    first = _found(filled(children)).rows[0]
    assert first.key == "chronic_absence"
    assert "Mondays" in first.where


def test_students_with_two_needs_are_counted_once() -> None:
    children = some_children(100)
    for child in children[:30]:
        child.absent = frozenset(SCHOOL_DAYS[::5])
    for child in children[20:50]:
        child.marks = 5
    found = _found(filled(children))
    assert found.overlap == 10
    assert found.people == 100


def test_students_who_missed_the_test_are_not_counted_as_failed() -> None:
    children = some_children(60)
    for child in children[:20]:
        child.marks = None
    maths = next(n for n in _found(filled(children)).rows if n.key == "pass_rate:Mathematics")
    assert (maths.bad, maths.of) == (0, 40)


def test_outside_the_staff_no_overlap_is_told() -> None:
    found = _found(filled(some_children(40)), scope=Scope(staff=False))
    assert found.overlap is None


def _two_needs() -> Store:
    """40 of 120 are often absent, 50 of 120 below pass: 28 and 26 more than the lines allow."""
    children = some_children(120)
    for child in children[:40]:
        child.absent = frozenset(SCHOOL_DAYS[::8])
    for child in children[40:90]:
        child.marks = 5
    return filled(children)


def test_weights_change_the_order_and_the_lead_says_what_it_would_be_without() -> None:
    store = _two_needs()
    plain = _found(store)
    assert [n.key for n in plain.rows][:2] == ["chronic_absence", "pass_rate:Mathematics"]
    view = View(FIRST, LAST, LAST)
    weighed = needs(store, view, INDIA, known_values(store, view.scope),
                    weights={"pass_rate:Mathematics": 3.0}, weighed_on="3 Oct 2025")
    assert [n.key for n in weighed.rows][:2] == ["pass_rate:Mathematics", "chronic_absence"]
    assert weighed.rows[0].score == pytest.approx(3 * weighed.rows[0].excess.cautious)
    assert [n.excess for n in weighed.rows][:2] == [n.excess for n in plain.rows][1::-1]
    assert weighed.unweighted_first == "Absence"
    assert "Order with your weights of 3 Oct 2025; without them absence is first." in \
        weighed.lead.rest


def test_two_needs_that_chance_could_turn_around_are_too_close_to_call() -> None:
    found = _found(_two_needs())
    assert found.tie
    assert found.lead.bold == "Absence and mathematics are too close to call for first place."


def test_need_says_who_stands_behind_another_too() -> None:
    children = some_children(100)
    for child in children[:30]:
        child.absent = frozenset(SCHOOL_DAYS[::5])
    for child in children[20:50]:
        child.marks = 5
    found = _found(filled(children))
    places = {n.key: i for i, n in enumerate(found.whole)}
    absent, maths = places["chronic_absence"], places["pass_rate:Mathematics"]
    assert found.shared is not None
    assert (found.shared.both(absent, maths), found.shared.both(absent, absent)) == (10, 30)
    assert found.shared.alike(absent, maths) == pytest.approx(10 / 50)


def test_every_need_names_its_line_and_what_to_ask_first() -> None:
    found = _found(_two_needs())
    assert {n.reference.words for n in found.rows} == {
        "the 10% line used in India (convention)", "the 20% line used in India (convention)",
        "the 2% line (convention)"}
    assert all(len(n.asks) == 3 for n in found.rows)


def test_low_attendance_stands_beside_the_needs_in_its_own_unit() -> None:
    children = some_children(120)
    for child in children:
        child.absent = frozenset(SCHOOL_DAYS[child.key % 5::5])
    store = filled(children)
    view = View(FIRST, LAST, LAST)
    lines = beside(lambda m, v: answer(store, m, v, preset=INDIA), view, INDIA,
                   lambda _m, _v: None)
    assert len(lines) == 1
    assert lines[0].words.startswith("Attendance is 80.")
    assert lines[0].words.endswith("the target used in India is 90%.")
    own = beside(lambda m, v: answer(store, m, v, preset=INDIA), view, INDIA,
                 lambda m, _v: 0.75 if m == "attendance_rate" else None)
    assert own == ()


def _segments(key: str) -> list[tuple[str, str]]:
    return [tuple(part.split("=")) for part in key.split("@")[1].split("&")]


def test_all_girls_are_no_need_where_only_those_of_one_grade_are() -> None:
    def part(bad: int, of: int, *segments: tuple[str, str]) -> Part:
        return Part(segments, bad, of, 60 - bad, 200 - of, 0.001)

    inside = part(30, 40, ("grade", "6"), ("group.sex", "female"))
    others = [part(n, 40 + i, ("grade", "6" if i else "5"), ("group.sex", "male"))
              for i, n in enumerate((10, 10))]
    fifth = part(10, 40, ("grade", "5"), ("group.sex", "female"))
    girls = part(40, 80, ("group.sex", "female"))
    assert [p.segments for p in standing_out([inside, *others, fifth, girls])] == [inside.segments]
