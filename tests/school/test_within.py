"""Inside one school: a known share between classes is found again; people are never compared."""

from __future__ import annotations

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from school.access import Scope
from school.config import INDIA
from school.derive import derive
from school.errors import WrongUse
from school.records import Records, visits
from school.store import Store
from school.terms.within import refused
from school.view import View
from school.within import within

FIRST, LAST = date(2025, 4, 1), date(2026, 3, 31)
VIEW = View(FIRST, LAST, LAST)
TESTS = (date(2025, 6, 16), date(2025, 9, 15), date(2026, 2, 16))


def _school(classes: int, each: int, share: float, *, tests: int = 2, rise: float = 10.0,
            seed: int = 12) -> Store:
    """Classes of students whose gain has this share of its variance between classes."""
    rng = np.random.default_rng(seed)
    store = Store()
    people = [(c, 100 * c + k) for c in range(classes) for k in range(each)]
    team = rng.normal(0, 10 * share**0.5, classes)
    team = (team - team.mean()) / team.std(ddof=1) * 10 * share**0.5 if share else team * 0
    own = {s: float(rng.normal(0, 10 * (1 - share) ** 0.5)) for _, s in people}
    rows = []
    for c, s in people:
        start = float(rng.uniform(20, 40))
        for n in range(tests):
            gain = n / (tests - 1) * (rise + float(team[c]) + own[s])
            rows.append((s, n + 1, TESTS[n], f"{c + 1} A", start + gain))
    with store.writing() as tx:
        tx.insert("mart.organisations", pa.table({
            "org_id": ["hill"], "name": ["Hillside"], "type": ["school"]}))
        tx.insert("mart.enrollment", pa.table({
            "student": [s for _, s in people], "org_id": ["hill"] * len(people),
            "begin_date": [FIRST] * len(people), "grade": [str(c + 1) for c, _ in people],
            "class": [f"{c + 1} A" for c, _ in people],
            "academic_year": ["2025-26"] * len(people)}))
        tx.insert("mart.assessments", pa.table({
            "assessment_id": list(range(1, tests + 1)),
            "name": [f"Test {n}" for n in range(1, tests + 1)],
            "subject": ["Mathematics"] * tests, "academic_year": ["2025-26"] * tests,
            "scale": ["points"] * tests, "min_score": [0.0] * tests, "max_score": [100.0] * tests}))
        tx.insert("mart.results", pa.table({
            "student": [r[0] for r in rows], "assessment_id": [r[1] for r in rows],
            "date": [r[2] for r in rows], "attempt": pa.array([1] * len(rows), pa.int16()),
            "org_id": ["hill"] * len(rows), "score": [r[4] for r in rows],
            "status": ["scored"] * len(rows)}))
        derive(tx, None)
    return store


@pytest.mark.parametrize("seed", range(6))
def test_a_fifth_of_the_differences_between_classes_is_found_again(seed: int) -> None:
    found = within(_school(20, 30, 0.20, seed=seed), VIEW, INDIA, one_teacher=False)
    v = found.variation
    assert v is not None
    low, high = v.classes_range
    assert low <= 0.20 <= high
    assert v.classes == pytest.approx(0.20, abs=0.05)
    assert v.classes + v.subjects + v.students == pytest.approx(1)
    assert (v.count, v.members) == (20, 600)
    assert v.students_range == pytest.approx((1 - high, 1 - low))  # one subject: the rest


def test_expected_ranges_need_eight_classes() -> None:
    seven = within(_school(7, 20, 0.2), VIEW, INDIA, one_teacher=False)
    assert seven.variation is not None and seven.classes == ()
    assert within(_school(8, 20, 0.2), VIEW, INDIA, one_teacher=False).classes


def test_outside_the_staff_small_classes_are_called_hidden_and_not_missing() -> None:
    store = _school(8, 8, 0.2)
    assert within(store, VIEW, INDIA, one_teacher=False).variation is not None
    with store.writing() as tx:
        tx.execute("update mart.enrollment set class = '1 A' where class = '2 A'")
        derive(tx, None)
    found = within(store, VIEW.with_(scope=Scope(staff=False)), INDIA, one_teacher=False)
    assert found.variation is None
    assert "hidden to protect students" in found.lead.rest


def test_classes_that_gain_alike_do_not_stand_out() -> None:
    found = within(_school(12, 25, 0.0), VIEW, INDIA, one_teacher=False)
    assert found.variation is not None and found.variation.classes_range[0] == 0
    assert found.lead.bold == "No class stands out; differences are what class size explains."
    outside = [c for c in found.classes if not c.expected[0] <= c.gain <= c.expected[1]]
    assert len(outside) <= 2
    assert [c.class_name for c in found.classes] == sorted(c.class_name for c in found.classes)


def test_small_classes_are_pulled_further_toward_all() -> None:
    found = within(_school(10, 20, 0.3), VIEW, INDIA, one_teacher=False)
    mean = sum(c.gain * c.students for c in found.classes) / sum(c.students for c in found.classes)
    for one in found.classes:
        assert min(mean, one.gain) - 1e-9 <= one.pulled <= max(mean, one.gain) + 1e-9


def test_under_six_classes_or_with_one_teacher_a_class_nothing_is_compared() -> None:
    few = within(_school(5, 20, 0.2), VIEW, INDIA, one_teacher=False)
    assert few.variation is None and few.classes == ()
    assert few.refused == "With 5 classes this would compare people, so we do not draw it."
    one = within(_school(8, 20, 0.2), VIEW, INDIA, one_teacher=True)
    assert one.variation is None and one.classes == ()
    unsaid = within(_school(8, 20, 0.2), VIEW, INDIA, one_teacher=None)
    assert unsaid.variation is None and unsaid.classes == ()
    assert refused(8, False) == ""


def test_the_page_opens_with_classes_that_gained_from_test_to_test() -> None:
    found = within(_school(7, 20, 0.0, tests=3, rise=30.0), VIEW, INDIA, one_teacher=False)
    assert {s.class_name for s in found.steady} == {f"{n} A" for n in range(1, 8)}
    assert found.lead.bold == "1 A has gained in Mathematics from test to test. So have 6 others."
    assert all(s.range[0] > 0 and s.tests == 3 for s in found.steady)


def test_two_tests_are_no_steady_gain() -> None:
    assert within(_school(7, 20, 0.0, rise=30.0), VIEW, INDIA, one_teacher=False).steady == ()


def test_without_two_tests_there_is_nothing_to_look_at() -> None:
    early = VIEW.with_(end=date(2025, 7, 1))
    found = within(_school(7, 20, 0.0), early, INDIA, one_teacher=False)
    assert found.answer is None
    assert found.lead.text == "There are no gains to look at yet. Needs marks from two tests."


def test_a_visit_needs_a_yes_of_both_teams() -> None:
    records = Records()
    visits.ask(records, "hill", "5 A", "Reading", "3 A", "owner")
    visits.ask(records, "hill", "5 A", "Reading", "3 A", "owner")
    (one,) = visits.visits(records, "hill")
    visits.answer(records, one.id, host="yes")
    assert not visits.visits(records, "hill")[0].agreed
    visits.answer(records, one.id, guest="yes")
    assert visits.visits(records, "hill")[0].agreed
    assert visits.visits(records, "dale") == []
    with pytest.raises(WrongUse):
        visits.ask(records, "hill", "5 A", "Reading", "5 A", "owner")
