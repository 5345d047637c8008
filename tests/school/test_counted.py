"""Why another system says something else: each usual reason planted alone is named first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import exams
import people
import pytest

from school.access import Scope
from school.config import ENGLAND, INDIA
from school.counted import Closely, Explained, closely, explain, figure_of, rules, supported
from school.counted.values import Days, Results
from school.measures import answer
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def kinds(student: int, codes: str, **meaning: str) -> list[dict[str, Any]]:
    """Marks whose codes may mean something else: B='approved_activity', L='late'."""
    rows = people.marks(student, TEN, "".join("P" if c in meaning else c for c in codes))
    for row, code in zip(rows, codes, strict=True):
        if code in meaning:
            row |= {"code": code} if meaning[code] == "late" else {
                "code": code, "category": meaning[code],
                "absent": 2 if meaning[code].startswith("absent") else 0}
    return rows


def school(store: Store, marks: list[dict[str, Any]], **ends: date) -> Store:
    """One school on ten days that a calendar names; spells of everybody, `ends` by name."""
    students = {m["student"] for m in marks}
    until = {people.key(name.title()): day for name, day in ends.items()}
    return people.fill(store, {
        "organisations": [people.school()], "attendance": marks,
        "calendar": [{"org_id": "hill", "date": d, "day_type": "school"} for d in TEN],
        "enrollment": [{"student": s, "org_id": "hill", "begin_date": TEN[0], "grade": "6",
                        "end_date": until.get(s)} for s in students]})


def why(store: Store, view: View, theirs: str, measure: str = "attendance_rate") -> Explained:
    typed = figure_of(theirs, measure)
    assert typed is not None
    found = explain(store, measure, view, ENGLAND, typed)
    assert found is not None
    return found


def test_leavers_out_explains_it(empty: Store, june: View) -> None:
    """Asha 10 of 10, Bilal 1 of 4 and then gone: 11 of 14 here, 100% without him."""
    marks = [*people.marks(people.ASHA, TEN, "P" * 10),
             *people.marks(people.BILAL, TEN[:4], "PAAA")]
    school(empty, marks, bilal=TEN[4])
    found = why(empty, june, "100%")
    assert (found.ours, found.reached) == (11 / 14, True)
    assert (found.others[0].reason, found.others[0].amount) == ("leavers_out", 1)


@pytest.mark.parametrize(("codes", "meaning", "theirs", "reason", "amount"), [
    ("HHPPPPPPPP", {}, "100%", "half_present", 2),
    ("HHPPPPPPPP", {}, "80%", "half_absent", 2),
    ("BBBPPPPPPP", {"B": "approved_activity"}, "70%", "approved_absent", 3),
    ("LPPPPPPPPP", {"L": "late"}, "90%", "late_absent", 1),
    ("IIPPPPPPPA", {"I": "absent_authorised"}, "90%", "authorised_out", 2),
    ("AAPPPPPP..", {}, "80%", "unmarked_present", 2),
    ("AAPPPPPP..", {}, "60%", "unmarked_absent", 2),
])
def test_a_way_of_counting_explains_it(
    empty: Store, june: View, codes: str, meaning: dict[str, str], theirs: str, reason: str,
    amount: int,
) -> None:
    school(empty, kinds(people.ASHA, codes, **meaning))
    found = why(empty, june, theirs)
    assert (found.others[0].reason, found.others[0].amount, found.reached) == (reason, amount, True)
    turned = f"{100 - int(theirs[:-1])}%"
    assert why(empty, june, turned, "absence_rate").others[0].reason == reason


def test_all_school_days_for_everybody_explains_it(empty: Store, june: View) -> None:
    """Bilal joined for the last five days and missed one: 1 of 15 here, 1 of 20 there."""
    marks = [*people.marks(people.ASHA, TEN, "P" * 10),
             *people.marks(people.BILAL, TEN[5:], "APPPP")]
    school(empty, marks)
    with empty.writing() as tx:
        tx.execute("update mart.enrollment set begin_date = ? where student = ?",
                   [TEN[5], people.BILAL])
    people.fill(empty, {})
    found = why(empty, june, "95%")
    assert (found.others[0].reason, found.others[0].amount) == ("whole_year", 1)
    assert closely(empty, june, INDIA) == Closely(0, 0.0, 0, 1)


def test_the_mean_of_students_explains_it(empty: Store, june: View) -> None:
    marks = [*people.marks(people.ASHA, TEN, "P" * 10),
             *people.marks(people.BILAL, TEN[:2], "AP")]
    school(empty, marks, bilal=TEN[2])
    found = why(empty, june, "75.0%")
    assert found.others[0].reason == "mean_of_students"


def test_on_the_line_and_over_it_are_told_apart() -> None:
    days = [Days(60, 6), Days(60, 7), Days(60, 0), Days(30, 9)]
    assert rules.beyond(10, 20)(days) == 2 / 3
    assert rules.beyond(10, 20, more=True)(days) == 1 / 3
    assert rules.beyond(10, 0)(days) == 3 / 4


def test_chronic_absence_is_explained_by_its_own_rules(empty: Store) -> None:
    thirty = people.days(date(2025, 9, 1), 30)
    marks = [*people.marks(people.ASHA, thirty, "AAA" + "P" * 27),
             *people.marks(people.BILAL, thirty, "P" * 30),
             *people.marks(people.CHITRA, thirty[:10], "AAAAAAAAAA")]
    people.fill(empty, {"organisations": [people.school()], "attendance": marks})
    view = View(thirty[0], thirty[-1], thirty[-1])
    assert answer(empty, "chronic_absence", view).rows[0].value == 0.5
    assert [o.reason for o in why(empty, view, "0%", "chronic_absence").others][:1] == ["more_than"]
    assert {o.reason for o in why(empty, view, "66.7%", "chronic_absence").others[:2]} == {
        "no_minimum", "whole_year"}, "both count Chitra, who came for ten days"


def test_the_same_figure_needs_no_reason_and_a_far_one_finds_none(
    empty: Store, june: View
) -> None:
    school(empty, people.marks(people.ASHA, TEN, "APPPPPPPPP"))
    same = why(empty, june, "90.0%")
    assert (same.reached, same.others) == (True, ())
    far = why(empty, june, "12%")
    assert (far.reached, far.others) == (False, ())


def test_totals_of_a_month_cannot_be_counted_otherwise(empty: Store) -> None:
    people.country(empty, 1000, 100, date(2025, 6, 1))
    found = why(empty, View(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30)), "93%")
    assert found.others == () and found.why_not is not None and "totals" in found.why_not


def test_the_pass_rate_of_all_enrolled_and_other_pass_marks(empty: Store, june: View) -> None:
    exams.given(empty, [exams.score(people.ASHA, 80), exams.score(people.BILAL, 30),
                        exams.score(people.CHITRA, None, "absent")])
    best = why(empty, june, "20%", "pass_rate").others[0]
    assert (best.reason, best.amount) == ("enrolled", 3)
    assert why(empty, june, "33.3%", "pass_rate").others[0].reason == "missed_as_failed"


def test_another_pass_mark_is_tried_where_the_test_states_none(empty: Store, june: View) -> None:
    exams.taken(empty, {"hill": [30.0, 36.0, 42.0, 90.0]})
    found = why(empty, june, "25%", "pass_rate")
    assert (found.others[0].reason, found.others[0].amount, found.reached) == (
        "pass_mark", 45, True)


def test_all_or_any_tests_passed() -> None:
    ways = {o.reason: o.figure for o in rules.result_ways([Results(2, 2), Results(1, 2),
                                                           Results(0, 2)])}
    assert ways == {"passed_all": 1 / 3, "passed_any": 2 / 3}


def test_a_headcount_on_another_day(empty: Store, june: View) -> None:
    marks = [m for s in (people.ASHA, people.BILAL, people.CHITRA)
             for m in people.marks(s, TEN[:4] if s == people.BILAL else TEN,
                                   "P" * (4 if s == people.BILAL else 10))]
    school(empty, marks, bilal=TEN[4])
    found = why(empty, june, "3", "headcount")
    assert (found.ours, found.others[0].reason, found.reached) == (2, "any_time", True)


def test_nobody_outside_the_scope_is_counted(empty: Store, june: View) -> None:
    school(empty, people.marks(people.ASHA, TEN, "H" + "P" * 9))
    nobody = june.with_(scope=Scope("head", (("org_id", ("river",)),)))
    assert closely(empty, nobody, INDIA) == Closely(0, 0.0, 0, 0)
    assert explain(empty, "attendance_rate", nobody, INDIA, (0.9, 0)) is None
    assert closely(empty, june, INDIA) == Closely(1, 0.0, 0, 0)


@pytest.mark.parametrize(("text", "measure", "figure"), [
    ("93.4%", "attendance_rate", (0.934, 1)), (" 93,45 ", "absence_rate", (0.9345, 2)),
    ("7", "pass_rate", (0.07, 0)), ("1,204", "headcount", (1204.0, 0)),
    ("1204", "headcount", (1204.0, 0)), ("12.5", "headcount", None), ("140%", "pass_rate", None),
    ("many", "attendance_rate", None), ("", "attendance_rate", None)])
def test_a_typed_figure_is_read(
    text: str, measure: str, figure: tuple[float, int] | None
) -> None:
    found = figure_of(text, measure)
    assert (found is None) == (figure is None)
    assert found is None or figure is None or found == (pytest.approx(figure[0]), figure[1])


def test_only_numbers_that_other_systems_have_are_asked_for() -> None:
    assert supported("attendance_rate") and supported("headcount") and supported("pass_rate")
    assert not supported("gain") and not supported("own:minutes")


def test_a_school_of_a_thousand_is_explained_at_once(empty: Store) -> None:
    """Nobody waits for a typed figure: a thousand students and 40 days under two seconds."""
    from time import perf_counter

    forty = people.days(date(2025, 9, 1), 40)
    with empty.writing() as tx:
        people.put(tx, "organisations", [people.school()])
        tx.execute(
            "insert into mart.attendance (student, date, session, org_id, code, category, possible,"
            " absent) select s, d::date, 'DAY', 'hill', 'P', 'present', 2, (hash(s, d) % 20 = 0)"
            "::tinyint from range(1000) t(s), unnest($days) u(d)", {"days": forty})
    people.fill(empty, {})
    view = View(forty[0], forty[-1] + timedelta(days=1), forty[-1] + timedelta(days=1))
    begun = perf_counter()
    assert why(empty, view, "100%").others[0].reason == "half_present"
    assert perf_counter() - begun < 2
