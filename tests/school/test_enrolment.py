"""Enrolment: two days a year apart, steps that add up, and places that nobody knows."""

from __future__ import annotations

from datetime import date

import people
import pytest

from school.access import Scope
from school.config import INDIA
from school.enrolment import Enrolment, Step, enrolment, forecast, growth
from school.enrolment.finding import _steps
from school.stats.flow import adjusted_parity, gender_parity, grade_flow
from school.store import Store
from school.terms.enrolment import dropout_sentence, enrolment_lead, growth_sentence
from school.view import View
from tests.rolls import SPELLS, YEAR

VIEW = View(date(2025, 4, 1), YEAR[1], YEAR[1])


def _found(store: Store, view: View = VIEW) -> Enrolment:
    people.fill(store, SPELLS)
    return enrolment(store, view, INDIA)


def test_the_steps_lead_from_last_years_roll_to_this_years(empty: Store) -> None:
    found = _found(empty)
    assert (found.before, found.now) == (6, 4)
    assert found.steps == (Step("joined", 1), Step("transfer", -1), Step("dropped_out", -1),
                           Step("unknown", -1))
    assert found.before + sum(s.students for s in found.steps) == found.now
    assert (found.before_day, found.day) == YEAR
    assert found.lead.bold == ("4 students on 30 Sep 2025, 2 fewer than last year: 1 joined, "
                               "3 left, 1 of them we do not know where to.")


def test_dropout_is_a_span_where_places_are_unknown(empty: Store) -> None:
    found = _found(empty)
    assert found.dropout is not None
    assert found.dropout == (pytest.approx(1 / 5), (pytest.approx(1 / 5), pytest.approx(2 / 5)))
    assert dropout_sentence(found.dropout, 5, INDIA).startswith("Dropped out: between 1 and 2 of 5")
    assert dropout_sentence((0.2, (0.2, 0.2)), 5, INDIA).startswith("Dropped out: 1 of 5")


def test_without_class_lists_of_two_years_only_the_number_is_told(empty: Store) -> None:
    this_year = [r for r in SPELLS["enrollment"] if r["academic_year"] == "2025-26"]
    people.fill(empty, {**SPELLS, "enrollment": this_year})
    found = enrolment(empty, VIEW, INDIA)
    assert not found.stated and found.steps == ()
    assert found.lead.text == ("4 students on 30 Sep 2025. Who left needs a class list of both "
                               "years.")


def test_outside_the_staff_small_steps_are_one() -> None:
    left = {"transfer": 29, "completed": 12, "dropped_out": 3, "unknown": 4}
    staff = _steps(31, left, True)
    assert [(s.key, s.students) for s in staff] == [
        ("joined", 31), ("transfer", -29), ("completed", -12), ("dropped_out", -3),
        ("unknown", -4)]
    shared = _steps(31, left, False)
    assert [(s.key, s.students) for s in shared] == [
        ("joined", 31), ("transfer", -29), ("other", -19)]
    assert sum(s.students for s in staff) == sum(s.students for s in shared)


@pytest.mark.parametrize(("left", "told"), [
    ({"transfer": 29, "dropped_out": 3}, [("other", -32)]),
    ({"transfer": 29, "completed": 12, "dropped_out": 3}, [("transfer", -29), ("other", -15)]),
    ({"transfer": 29, "dropped_out": 8, "died": 4}, [("transfer", -29), ("other", -12)]),
    ({"transfer": 29, "completed": 12}, [("transfer", -29), ("completed", -12)]),
    ({"dropped_out": 3}, [("other", -3)]),
])
def test_small_steps_are_put_together_with_as_much_else_as_it_takes(
    left: dict[str, int], told: list[tuple[str, int]]
) -> None:
    assert [(s.key, s.students) for s in _steps(0, left, False)] == told


def test_outside_the_staff_nothing_is_told_of_so_few(empty: Store) -> None:
    found = _found(empty, VIEW.with_(scope=Scope(staff=False)))
    assert all(s.key in ("joined", "other") or abs(s.students) >= 10 for s in found.steps)


@pytest.mark.parametrize(("now", "before", "came", "left", "unknown", "bold"), [
    (604, 622, 31, 49, 11, "604 students on 30 Sep 2025, 18 fewer than last year: 31 joined, "
     "49 left, 11 of them we do not know where to."),
    (604, 604, 0, 0, 0, "604 students on 30 Sep 2025, as many as last year."),
    (603, 604, 0, 1, 0, "603 students on 30 Sep 2025, 1 fewer than last year: 0 joined, 1 left."),
    (600, 601, 0, 1, 1, "600 students on 30 Sep 2025, 1 fewer than last year: 0 joined, 1 left, "
     "all of them we do not know where to."),
])
def test_leads(now: int, before: int, came: int, left: int, unknown: int, bold: str) -> None:
    lead = enrolment_lead(now, before, came=came, left=left, unknown=unknown, day=YEAR[1],
                          stated=True, preset=INDIA)
    assert lead.bold == bold


def test_nobody_on_the_roll_is_said() -> None:
    lead = enrolment_lead(0, 0, came=0, left=0, unknown=0, day=YEAR[1], stated=False)
    assert lead.bold == "No students are on the roll here yet."


def _cohorts(each: int) -> dict[str, list[dict[str, object]]]:
    """Five grades of `each`; a year later all have moved up, the last left, a new first came."""
    rows: list[dict[str, object]] = []
    for grade in range(1, 6):
        for k in range(each):
            student = 1000 * grade + k
            rows.append({"student": student, "org_id": "hill", "begin_date": date(2024, 4, 1),
                         "academic_year": "2024-25", "grade": str(grade), "class": "A",
                         **({"end_date": date(2025, 4, 1), "exit_type": "completed"}
                            if grade == 5 else {})})
            if grade < 5:
                rows.append({"student": student, "org_id": "hill", "begin_date": date(2025, 4, 1),
                             "academic_year": "2025-26", "grade": str(grade + 1), "class": "A"})
    rows += [{"student": 9000 + k, "org_id": "hill", "begin_date": date(2025, 4, 1),
              "academic_year": "2025-26", "grade": "1", "class": "A"} for k in range(each)]
    return {"organisations": SPELLS["organisations"], "enrollment": rows}


def test_next_year_is_a_range_around_what_a_year_like_this_one_gives(empty: Store) -> None:
    people.fill(empty, _cohorts(40))
    found = forecast(empty, VIEW, INDIA)
    assert found is not None and found.rests_on == 200
    low, high = found.range
    assert low <= 200 <= high
    assert 10 < high - low < 60


def test_under_thirty_students_there_is_no_forecast(empty: Store) -> None:
    people.fill(empty, SPELLS)
    assert forecast(empty, VIEW, INDIA) is None


def test_a_promise_of_thirty_percent_stands_at_230_after_twelve_of_24_months() -> None:
    start = date(2024, 6, 1)
    half = growth(200, start, 231, date(2025, 6, 1))
    assert (half.target, half.target_day) == (260, date(2026, 6, 1))
    assert half.line == pytest.approx(230, abs=0.2)
    assert half.on_track and not half.met
    assert "the line stands at 230 now; with 231 students we are on the line or above." in \
        growth_sentence(half)
    behind = growth(200, start, 215, date(2025, 6, 1))
    assert not behind.on_track and "below the line" in growth_sentence(behind)
    assert growth(200, start, 260, date(2026, 6, 1)).met


def test_kat_5_grade_flow_of_totals() -> None:
    first = grade_flow(1000, 930, 45, 50, had_repeaters=50)
    second = grade_flow(900, 860, 40, 45)
    assert first is not None and second is not None
    assert [round(100 * v, 2) for v in (first.promoted, first.repeated, first.dropout)] == [
        88.5, 5.0, 6.5]
    assert [round(100 * v, 2) for v in (second.promoted, second.repeated, second.dropout)] == [
        91.11, 5.0, 3.89]
    assert first.effective is not None and round(100 * first.effective, 2) == 93.16
    assert grade_flow(0, 1, 0, 0) is None


def test_a_negative_dropout_is_shown_as_it_is() -> None:
    found = grade_flow(100, 120, 0, 0)
    assert found is not None and found.dropout == pytest.approx(-0.2)


def test_kat_6_parity_index_and_entrants() -> None:
    assert round(adjusted_parity(1.05), 4) == 1.0476
    assert adjusted_parity(0.9) == 0.9
    assert gender_parity(1.05, 1.0) == 1.05
    assert gender_parity(1.0, 0.0) is None
    assert [round(100 * x / n) for x, n in ((1.54, 1.92), (1.37, 1.87))] == [80, 73]
