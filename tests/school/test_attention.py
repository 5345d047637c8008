"""Early attention: a transparent count of signs, new ones, those who left, and whether it works."""

from __future__ import annotations

from datetime import date, timedelta

import pyarrow as pa
import pytest

from school.access import Scope
from school.attention import Attention, Worth, attention, worth
from school.config import INDIA
from school.derive import derive
from school.fold import set_meta
from school.records import Records
from school.records import attention as notes
from school.stats.least import EVENTS
from school.store import Store
from school.terms.attention import attention_lead, worth_sentence
from school.view import View
from tests.children import FIRST, LAST, SCHOOL_DAYS, Child, filled, some_children

VIEW = View(FIRST, LAST, LAST)


def _school(absent: int = 6, failing: int = 4) -> list[Child]:
    """Forty students; the first `absent` miss each eighth day, the first `failing` fail."""
    children = some_children(40)
    for child in children[:absent]:
        child.absent = frozenset(SCHOOL_DAYS[::8]) | {SCHOOL_DAYS[-1]}
    for child in children[:failing]:
        child.marks = 5
    return children


def _found(store: Store, view: View = VIEW, **more: object) -> Attention:
    return attention(store, view, INDIA, **more)  # type: ignore[arg-type]


def test_two_signs_put_a_student_on_the_list_and_one_does_not() -> None:
    found = _found(filled(_school()))
    assert {s.student for s in found.listed} == {1, 2, 3, 4}
    assert (found.count(3), found.count(2), found.count(1)) == (0, 4, 2)
    first = found.listed[0]
    assert [s.kind for s in first.signs] == ["attendance", "course"]
    assert first.signs[0].words == f"absent 12 of {len(SCHOOL_DAYS)} days"
    assert first.signs[0].line == "10% of own days"
    assert (first.signs[0].day, first.signs[1].day) == (SCHOOL_DAYS[-1], date(2025, 9, 15))
    assert first.signs[1].words == "below pass in Mathematics"


def test_two_failed_subjects_are_one_sign() -> None:
    store = filled(_school(absent=0, failing=3))
    with store.writing() as tx:
        tx.insert("mart.assessments", pa.table({
            "assessment_id": [2], "name": ["Term 1"], "subject": ["English"],
            "academic_year": ["2025-26"], "scale": ["points"], "min_score": [0.0],
            "max_score": [50.0]}))
        tx.insert("mart.results", pa.table({
            "student": list(range(1, 41)), "assessment_id": [2] * 40,
            "date": [date(2025, 9, 15)] * 40, "attempt": pa.array([1] * 40, pa.int16()),
            "org_id": ["hill"] * 40, "score": [5.0 if n <= 3 else 30.0 for n in range(1, 41)],
            "status": ["scored"] * 40}))
        set_meta(tx, "data_version", "2")
    found = _found(store)
    assert not found.listed and found.one == 3


def test_a_subject_that_is_no_core_subject_is_no_sign() -> None:
    store = filled(_school())
    with store.writing() as tx:
        tx.execute("update mart.assessments set subject = 'Drawing'")
        set_meta(tx, "data_version", "2")
    found = _found(store)
    assert not found.listed and found.one == 6


def test_missing_marks_are_no_sign_and_are_said() -> None:
    children = _school()
    for child in children[30:]:
        child.marks = None
    found = _found(filled(children))
    assert found.unmarked == 10
    assert "10 students have no marks yet; that is not counted as a sign." in found.lead.rest


def test_most_signs_come_first_then_most_days_missed() -> None:
    children = _school()
    children[2].absent = frozenset(SCHOOL_DAYS[::3]) | {SCHOOL_DAYS[-1]}
    store = filled(children)
    with store.writing() as tx:
        tx.insert("mart.incidents", pa.table({
            "student": [4], "date": [date(2025, 9, 1)], "kind": ["suspension"],
            "org_id": ["hill"], "times": pa.array([1], pa.int16())}))
        set_meta(tx, "data_version", "2")
    assert [s.student for s in _found(store).listed][:2] == [4, 3]


def test_who_was_not_listed_a_week_ago_is_new() -> None:
    children = _school(absent=0, failing=2)
    children[0].absent = frozenset(SCHOOL_DAYS[::8])
    children[1].absent = frozenset(SCHOOL_DAYS[-9:])  # crosses one day in ten in the last week
    found = _found(filled(children))
    assert {s.student: s.new for s in found.listed} == {1: False, 2: True}
    assert found.lead.bold == "2 students show two or more signs; 1 is new since 23 Sep 2025."


def test_who_shows_nothing_new_for_thirty_days_leaves_the_list() -> None:
    children = _school(absent=0, failing=2)
    early = frozenset(d for d in SCHOOL_DAYS if d < date(2025, 7, 1))
    children[0].absent = early
    children[1].absent = early | {SCHOOL_DAYS[-1]}
    store = filled(children)
    with store.writing() as tx:
        tx.execute("update mart.results set date = '2025-08-01'")
        set_meta(tx, "data_version", "2")
    found = _found(store)
    assert {s.student for s in found.listed} == {2}
    assert found.off == 1  # listed a month before


def test_a_note_says_who_was_talked_with_and_may_take_a_student_off() -> None:
    records = Records()
    store = filled(_school())
    notes.add_note(records, 1, "Talked with the family", "owner")
    notes.add_note(records, 2, "Nothing to worry about", "owner", off=True)
    today = date.fromisoformat(records.now()[:10])
    noted = notes.latest(records, today)
    found = _found(store, off=frozenset(n for n, x in noted.items() if x.off),
                   talked={n: x.day for n, x in noted.items()})
    assert {s.student for s in found.listed} == {1, 3, 4}
    assert found.untalked == 2
    assert notes.latest(records, today + timedelta(days=31)) == {}
    assert [n.text for n in notes.notes(records, 1)] == ["Talked with the family"]


def test_an_empty_note_is_refused() -> None:
    from school.errors import WrongUse

    records = Records()
    with pytest.raises(WrongUse):
        notes.add_note(records, 1, "  ", "owner")
    assert notes.notes(records) == []


def test_outside_the_staff_nobody_is_listed() -> None:
    found = _found(filled(_school()), VIEW.with_(scope=Scope(staff=False)))
    assert not found.listed and not found.one


@pytest.mark.parametrize(("listed", "bold"), [
    (0, "No student shows two or more signs."),
    (1, "1 student shows two or more signs, new since 7 Nov 2025."),
    (26, "26 students show two or more signs; 1 is new since 7 Nov 2025."),
])
def test_the_lead_counts_in_words(listed: int, bold: str) -> None:
    found = attention_lead(listed, new=min(1, listed), since=date(2025, 11, 7), untalked=listed,
                           unmarked=0, days=60, tests=1, preset=INDIA)
    assert found.bold == bold


def test_too_early_is_said_with_what_is_needed() -> None:
    found = attention_lead(0, new=0, since=LAST, untalked=0, unmarked=0, days=9, tests=0)
    assert found.bold == "Needs 20 school days or one test; 9 days so far."


def test_the_list_of_a_year_ago_is_judged_by_what_came_to_pass() -> None:
    children = _school(absent=10, failing=10)
    store = filled(children)
    with store.writing() as tx:
        # a year later: 25 of the 40 left without a known school, eight of those listed among them
        tx.execute("update mart.enrollment set end_date = '2026-04-01'")
        tx.execute("update mart.enrollment set exit_type = 'unknown', end_date = '2025-12-01' "
                   "where student <= 8 or student > 23")
        derive(tx, None)
        set_meta(tx, "data_version", "2")
    view = View(date(2026, 6, 2), date(2026, 9, 30), date(2026, 9, 30))
    whole, *groups = worth(store, view, INDIA, ("sex",))
    assert (whole.people, whole.listed, whole.events, whole.hit) == (40, 10, 25, 8)
    assert (whole.of_listed.x, whole.of_listed.n) == (8, 10)
    assert (whole.of_events.x, whole.of_events.n) == (8, 25)
    assert (whole.of_well.x, whole.of_well.n) == (13, 15)
    assert (whole.of_unlisted.x, whole.of_unlisted.n) == (13, 30)
    assert sum(g.people for g in groups) == 40
    assert worth_sentence(whole, INDIA).startswith("Of 10 students listed a year ago 8 later left")


def test_under_twenty_outcomes_the_list_is_not_judged() -> None:
    few = Worth("", 10, EVENTS - 1, 300, 5)
    assert not few.judged
    assert worth_sentence(few) == ("Only 19 students on roll then left, repeated or failed since; "
                                   "20 are needed to judge the list.")
