"""Gaps: both counts, a range, all comparisons controlled together, and support beside need."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from school.access import Scope
from school.config import INDIA
from school.derive import derive
from school.equity import Equity, equity, moments, support
from school.fold import set_meta
from school.measures import known_values
from school.stats import difference_interval
from school.store import Store
from school.terms.equity import equity_lead, reach_sentence, support_sentence, unknown_sentence
from school.view import View
from tests.children import FIRST, LAST, Child, filled, some_children

VIEW = View(FIRST, LAST, LAST)


def _found(store: Store, view: View = VIEW, **choice: object) -> Equity:
    return equity(store, view, INDIA, known_values(store, view.scope),
                  **choice)  # type: ignore[arg-type]


def _girls_below(n: int, of_girls: int = 30) -> list[Child]:
    """`n` students, girls and boys in turn; so many of the girls are below pass."""
    children = some_children(n)
    girls = [c for c in children if c.sex == "female"]
    for child in girls[:of_girls]:
        child.marks = 5
    return children


def test_a_clear_gap_is_told_with_both_counts_and_its_range() -> None:
    found = _found(filled(_girls_below(120)))
    gap = found.gaps[0]
    assert (gap.need, gap.value, gap.others) == ("pass_rate:Mathematics", "female", "boys")
    assert ((gap.here.bad, gap.here.of), (gap.other.bad, gap.other.of)) == ((30, 60), (0, 60))
    assert (gap.low, gap.high) == difference_interval(30, 60, 0, 60)
    assert gap.students == pytest.approx(30)
    assert gap.certainty == "Clear"
    assert found.lead.bold == ("30 of 60 girls are below pass in Mathematics, and none of the 60 "
                               "boys: 50 points more, likely 36 to 62.")
    assert found.lead.rest.startswith("At the rate of boys about 30 of them fewer would be.")


def test_two_groups_that_are_each_others_others_make_one_gap() -> None:
    found = _found(filled(_girls_below(120)))
    assert len([g for g in found.gaps if g.need == "pass_rate:Mathematics"]) == 1


def test_where_nothing_differs_no_gap_is_clear_and_chance_is_named() -> None:
    children = some_children(120)
    for child in children[:13]:
        child.marks = 5
    found = _found(filled(children))
    assert not found.clear
    assert found.lead.bold == "No gap is clear."
    assert "could be chance" in found.lead.rest
    assert found.by_chance == pytest.approx(0.05 * found.compared)


def test_groups_under_ten_are_counted_and_not_judged() -> None:
    children = some_children(60)
    for child in children:
        child.sex = "female" if child.key <= 9 else "male"
        child.marks = 5 if child.key % 2 else 30
    found = _found(filled(children))
    assert not found.gaps
    assert found.few == 2  # girls and boys in mathematics; nobody is often absent
    assert found.lead.bold == "No group is large enough to compare."


def test_inside_a_grade_girls_are_compared_with_the_boys_of_that_grade() -> None:
    children = some_children(160)
    for child in children:
        if child.grade == "6" and child.sex == "female":
            child.marks = 5
    found = _found(filled(children), within="grade", need="pass_rate:Mathematics")
    gap = found.gaps[0]
    assert (gap.value, gap.inside, gap.here.of, gap.other.of) == ("female", "Class 6", 40, 40)
    assert found.lead.bold.startswith("In Class 6: all 40 girls are below pass in Mathematics")
    assert not [g for g in found.gaps if g.inside == "Class 5" and g.clear]


def test_shares_of_crossed_groups_are_pulled_toward_that_of_all_the_small_ones_further() -> None:
    children = some_children(160)
    for child in children:
        child.grade = str(4 + child.key % 3) if child.key > 32 else "7"
        child.marks = 5 if child.grade == "7" or child.key % 4 == 0 else 30
    found = _found(filled(children), within="grade", need="pass_rate:Mathematics")
    assert found.gaps
    whole = len([c for c in children if c.marks == 5]) / 160
    for gap in found.gaps:
        assert gap.pulled is not None
        low, high = sorted((whole, gap.here.share))
        assert low <= gap.pulled <= high and gap.pulled != gap.here.share
    plain = _found(filled(children), need="pass_rate:Mathematics")
    assert {g.pulled for g in plain.gaps} <= {None}


def test_under_five_crossed_groups_nothing_is_pulled() -> None:
    children = some_children(80)
    for child in children:
        child.grade = "6" if child.key <= 40 else "5"
        child.marks = 5 if child.sex == "female" else 30
    found = _found(filled(children), within="grade", need="pass_rate:Mathematics")
    assert found.gaps and {g.pulled for g in found.gaps} == {None}


def test_a_chosen_reference_is_what_every_other_group_is_compared_with() -> None:
    children = some_children(120)
    for child in children:
        child.sex = ("red", "blue", "green")[child.key % 3]
        child.marks = 5 if child.sex == "red" or child.key % 7 == 0 else 30
    store = filled(children)
    every = _found(store, need="pass_rate:Mathematics")
    assert {(g.value, g.others) for g in every.gaps} == {
        ("red", "all others"), ("blue", "all others"), ("green", "all others")}
    one = _found(store, need="pass_rate:Mathematics", reference={"group.sex": "blue"})
    assert {(g.value, g.others) for g in one.gaps} == {("red", "blue"), ("green", "blue")}
    assert next(g for g in one.gaps if g.value == "red").other.of == 40


def test_what_nobody_has_is_not_compared() -> None:
    found = _found(filled(_girls_below(120)))
    assert {g.need for g in found.gaps} == {"pass_rate:Mathematics"}
    assert found.compared == 1


def test_unknown_groups_are_said_and_never_counted_as_no() -> None:
    children = some_children(100)
    store = filled(children)
    with store.writing() as tx:
        tx.execute("delete from mart.memberships where student <= 20")
        set_meta(tx, "data_version", "2")
    found = _found(store)
    assert found.unknown == (("group.sex", 20, 100),)
    assert "Sex is unknown for 20 students; they are shown as unknown, not as no." in \
        found.lead.rest
    assert all(g.here.of + g.other.of == 80 for g in found.gaps)
    assert unknown_sentence("group.sex", 10, 100) == ""


def test_small_groups_stay_hidden_outside_the_staff() -> None:
    children = some_children(60)
    for child in children:
        child.sex = "female" if child.key <= 9 else "male"
    found = _found(filled(children), VIEW.with_(scope=Scope(staff=False)))
    assert found.hidden and not found.gaps
    assert found.lead.bold.startswith("Hidden to protect students")


def test_the_leads_of_nothing_say_what_to_add() -> None:
    assert equity_lead([], groups=False, measured=True).bold == "We know no groups yet."
    assert equity_lead([], groups=True, measured=False).bold == "There is nothing to compare yet."


def test_a_gap_is_followed_term_by_term() -> None:
    store = filled(_girls_below(120))
    gap = next(g for g in _found(store).gaps if g.need == "pass_rate:Mathematics")
    found = moments(store, gap, INDIA, start=FIRST)
    assert [(m.here.bad, m.here.of, m.other.bad, m.other.of) for m in found] == [(30, 60, 0, 60)]
    assert found[0].points == pytest.approx(0.5)


def test_support_is_counted_among_those_with_the_need_on_both_sides() -> None:
    children = _girls_below(120, 30)
    boys = [c for c in children if c.sex == "male"]
    for child in boys[:10]:
        child.marks = 5
    store = filled(children)
    gap = next(g for g in _found(store).gaps if g.need == "pass_rate:Mathematics")
    assert support(store, gap, INDIA, until=LAST) is None  # no plan is known at all
    girls = [c.key for c in children if c.sex == "female"]
    planned = [*girls[:6], girls[59], *(c.key for c in boys[:8])]
    with store.writing() as tx:
        tx.insert("mart.support", pa.table({
            "student": planned, "org_id": ["hill"] * len(planned),
            "need": ["Mathematics"] * len(planned),
            "begin_date": [date(2025, 6, 2)] * len(planned)}))
        set_meta(tx, "data_version", "3")
    found = support(store, gap, INDIA, until=LAST)
    assert found is not None
    assert (found.need, found.planned, found.other_need, found.other_planned) == (30, 6, 10, 8)
    assert found.range == difference_interval(6, 30, 8, 10)


def _with_plans(store: Store, planned: list[int], day: date) -> None:
    with store.writing() as tx:
        tx.insert("mart.support", pa.table({
            "student": planned, "org_id": ["hill"] * len(planned),
            "need": ["Mathematics"] * len(planned), "begin_date": [day] * len(planned)}))
        set_meta(tx, "data_version", "3")


def test_a_plan_made_after_the_test_counts_and_who_has_left_does_not() -> None:
    children = _girls_below(120, 30)
    girls = [c.key for c in children if c.sex == "female"]
    boys = [c for c in children if c.sex == "male"]
    for child in boys[:10]:
        child.marks = 5
    store = filled(children)
    with store.writing() as tx:  # two girls with the need leave between the test and the plans
        tx.execute("update mart.enrollment set end_date = date '2025-09-20' "
                   "where student in (?, ?)", girls[:2])
        derive(tx, ["hill"])
    _with_plans(store, [*girls[2:8], *(c.key for c in boys[:8])], date(2025, 9, 25))
    gap = next(g for g in _found(store).gaps if g.need == "pass_rate:Mathematics")
    found = support(store, gap, INDIA, until=LAST)
    assert found is not None
    assert (found.need, found.planned, found.other_need, found.other_planned) == (28, 6, 10, 8)
    assert support_sentence(gap.who, gap.others, found, INDIA) == (
        "Of the 28 girls with this need 6 have a plan of support, of the 10 boys 8. "
        "That is fewer often beyond chance.")


def _half_with_a_need() -> tuple[Store, list[int], list[int]]:
    """80 of 160 students below pass, and the girls and the boys among them."""
    children = some_children(160)
    for child in children[:80]:
        child.marks = 5
    girls = [c.key for c in children[:80] if c.sex == "female"]
    boys = [c.key for c in children[:80] if c.sex == "male"]
    store = filled(children)
    return store, girls, boys


def test_whom_support_reaches_less_often_is_told_in_the_lead() -> None:
    store, girls, boys = _half_with_a_need()
    _with_plans(store, [*girls[:10], *boys[:30]], date(2025, 9, 25))
    found = _found(store)
    assert [(r.value, r.found.need, r.found.planned, r.found.other_need, r.found.other_planned)
            for r in found.reached] == [("female", 40, 10, 40, 30)]
    assert found.lead.bold == "No gap is clear, but support reaches some less often."
    words = ("f the 40 girls with a need 10 have a plan of support, of the 40 others 30, beyond "
             "chance.")
    assert found.lead.rest == f"O{words}"
    assert reach_sentence(found.reached) == f"Support reaches some less often: o{words}"
    assert not found.clear  # the need itself is alike
    assert _found(store, VIEW.with_(scope=Scope(staff=False))).reached == ()


def test_support_that_differs_by_chance_alone_is_not_told() -> None:
    store, girls, boys = _half_with_a_need()
    _with_plans(store, [*girls[:18], *boys[:22]], date(2025, 9, 25))
    assert _found(store).reached == ()
