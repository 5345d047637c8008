"""The ledger of releases: no two tables made for others may differ by a few students."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from school.access import Scope
from school.config import INDIA
from school.derive import derive
from school.fold import set_meta
from school.measures import answer
from school.measures.members import members
from school.records import Records, releases
from school.records.releases import Told
from school.release import clash, release
from school.stats.suppression import OUTSIDE
from school.store import Store
from school.view import View
from tests.children import FIRST, LAST, filled, some_children

OTHERS = View(FIRST, LAST, LAST, scope=Scope(staff=False))


@pytest.fixture
def records() -> Records:
    return Records(clock=lambda: datetime(2025, 11, 12, 9, 0))


def told(store: Store, records: Records, view: View, measure: str = "chronic_absence") -> str:
    return release(store, records, [answer(store, measure, view, preset=INDIA)], INDIA,
                   page="needs", kind="png", who="owner")


def leave(store: Store, students: list[int], version: str, day: str = "2025-07-01") -> None:
    """These students leave on that day, as a later upload would say."""
    with store.writing() as tx:
        tx.execute(f"update mart.enrollment set end_date = date '{day}' where student in "
                   f"({', '.join(map(str, students))})")
        tx.execute(f"delete from mart.attendance where date >= date '{day}' and student in "
                   f"({', '.join(map(str, students))})")
        derive(tx, ["hill"])
        set_meta(tx, "data_version", version)


def test_cells_hold_whom_the_answer_counts() -> None:
    store = filled(some_children(60))
    whole = answer(store, "chronic_absence", OTHERS, preset=INDIA)
    assert members(store, whole, INDIA) == {(): frozenset(range(1, 61))}
    split = answer(store, "chronic_absence", OTHERS.with_(by=("group.sex", "grade")), preset=INDIA)
    found = members(store, split, INDIA)
    assert {tuple(v for _, v in cell): len(people) for cell, people in found.items()} == {
        ("female", "5"): 15, ("female", "6"): 15, ("male", "5"): 15, ("male", "6"): 15}


def test_hidden_cells_are_not_told() -> None:
    children = some_children(60)
    for child in children:
        child.sex = "female" if child.key <= 4 else "male" if child.key <= 30 else "other"
    split = answer(filled(children), "chronic_absence", OTHERS.with_(by=("group.sex",)),
                   preset=INDIA)
    shown = {r.segments["group.sex"] for r in split.rows if not r.hidden}
    found = members(filled(children), split, INDIA)
    assert {cell[0][1] for cell in found} == shown and "female" not in shown


def test_the_same_table_twice_and_one_of_a_large_part_are_both_made(records: Records) -> None:
    store = filled(some_children(60))
    assert told(store, records, OTHERS) == ""
    assert told(store, records, OTHERS) == ""
    assert told(store, records, OTHERS.choose("group.sex", ("female",))) == ""


def test_one_who_left_since_the_last_table_would_be_told_of(records: Records) -> None:
    store = filled(some_children(60))
    first = OTHERS.with_(start=date(2025, 8, 1))
    assert told(store, records, first) == ""
    leave(store, [7], "2")
    why = told(store, records, first)
    assert why.startswith("This was not made: one made for others on 12 Nov 2025 counts almost")
    kept = releases.earlier(records, {"chronic_absence"})
    assert len(kept) == 1, "what is refused is not written down"
    leave(store, list(range(1, 13)), "3")
    assert told(store, records, first) == "", "twelve left: nobody is told of"


def test_a_filter_that_leaves_out_a_few_is_refused_after_the_whole(records: Records) -> None:
    children = some_children(60)
    for child in children:
        child.grade = "6" if child.key <= 55 else "5"
    store = filled(children)
    assert told(store, records, OTHERS) == ""
    assert told(store, records, OTHERS.choose("grade", ("6",))) != ""


def test_another_number_is_another_matter(records: Records) -> None:
    store = filled(some_children(60))
    assert told(store, records, OTHERS) == ""
    leave(store, [7], "2")
    assert told(store, records, OTHERS.with_(start=date(2025, 8, 1)), "attendance_rate") == ""


def test_what_staff_make_for_themselves_is_not_in_the_ledger(records: Records) -> None:
    store = filled(some_children(60))
    assert told(store, records, replace(OTHERS, scope=Scope())) == ""
    assert releases.earlier(records, {"chronic_absence"}) == ()


def test_the_ledger_holds_no_key_of_a_student(records: Records) -> None:
    store = filled(some_children(60))
    told(store, records, OTHERS)
    kept = releases.earlier(records, {"chronic_absence"})[0]
    assert len(kept.members) == 60 and not kept.members & set(range(1, 61))
    other = releases.digests(Records(), range(1, 61))
    assert not kept.members & set(other.values()), "each house has its own salt"


def test_survey_answers_and_published_counts_are_no_cells(records: Records) -> None:
    store = filled(some_children(60))
    with store.writing() as tx:
        tx.insert("mart.enrollment_counts", pa.table({
            "org_id": ["hill"], "academic_year": ["2025-26"], "level": ["school"],
            "dimension": ["total"], "value": ["total"], "headcount": [60], "source": ["x"]}))
        set_meta(tx, "data_version", "2")
    shown = answer(store, "favourable_share", OTHERS, preset=INDIA)
    assert members(store, shown, INDIA) == {}


def cell(people: set[int], *columns: str, days: tuple[str, str] = ("2025-04-01", "2025-11-14"),
         about: str = "absence") -> Told:
    return Told(about, *days, tuple((c, "x") for c in sorted(columns)), frozenset(people))


HUNDRED = set(range(100))


@pytest.mark.parametrize(("new", "before", "told"), [
    (cell(HUNDRED), cell(HUNDRED | {100}), False),
    (cell(HUNDRED), cell(set(range(10, 100))), True),
    (cell(HUNDRED), cell({*range(20, 100), 100, 101}), False),  # one cut: METHODS to the letter
    (cell(HUNDRED, "class"), cell(HUNDRED | {100}, "grade"), False),  # a class of a small grade
    (cell({1, 2, *range(200, 230)}, "group.language"), cell(HUNDRED, "group.disability"), True),
    (cell(HUNDRED), cell(HUNDRED | {100}, days=("2024-04-01", "2025-03-31")), True),
    (cell(HUNDRED), cell(HUNDRED | {100}, about="marks"), True),
])
def test_what_may_be_told_next_to_what_was(new: Told, before: Told, told: bool) -> None:
    assert (clash([new], [before]) is None) is told


def test_whom_was_told_of_before_is_no_news() -> None:
    before = [cell(HUNDRED, "class"), cell(HUNDRED | {100}, "grade")]  # of one table, proved as one
    assert clash(before, before) is None
    assert clash([cell(HUNDRED - {5}, "class")], before) is not None


PEOPLE = st.frozensets(st.integers(0, 45), min_size=10)
CELLS = st.tuples(st.sampled_from(["absence", "marks"]),
                  st.sampled_from([(), ("grade",), ("group.sex",), ("grade", "group.sex")]), PEOPLE)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), max_size=7))
@settings(max_examples=300, deadline=None)
def test_from_no_two_releases_that_were_made_a_few_can_be_taken(
    asked: list[list[tuple[str, tuple[str, ...], frozenset[int]]]]
) -> None:
    """Whatever is asked for, in whatever order: one told count less another told count is never
    about one to nine students."""
    made: list[list[Told]] = []
    first: dict[tuple[str, frozenset[int]], int] = {}  # release in which these were told of first
    for cells in asked:
        new = [cell(set(people), *columns, about=about) for about, columns, people in cells]
        if clash(new, [c for r in made for c in r]) is None:
            for c in new:
                first.setdefault((c.about, c.members), len(made))
            made.append(new)
    for one, other in itertools.combinations(made, 2):
        for a, b in itertools.product(one, other):
            if a.about == b.about and first[a.about, a.members] != first[b.about, b.members]:
                assert not 0 < len(a.members ^ b.members) < OUTSIDE.least
