"""Runs count school days: weekends do not break them, a day without a mark does and is said."""

from datetime import date

import people

from school.config import ENGLAND, INDIA
from school.measures import answer, students
from school.store import Store
from school.view import View

SEPTEMBER = View(date(2025, 9, 1), date(2025, 9, 30), date(2025, 9, 30))
EIGHT = people.days(date(2025, 9, 1), 8)  # Monday 1 to Wednesday 10; 6 and 7 are a weekend


def runs(store: Store, view: View = SEPTEMBER, **codes: str) -> dict[str, tuple[float, str]]:
    """Longest run and note of each, on eight school days that a calendar names."""
    people.fill(store, {
        "organisations": [people.school()],
        "calendar": [{"org_id": "hill", "date": d, "day_type": "school"} for d in EIGHT],
        "students": [{"student": people.key(n), "name": n} for n in codes],
        "attendance": [m for n, marks in codes.items() for m in people.marks(
            people.key(n), [d for d, c in zip(EIGHT, marks, strict=True) if c != " "],
            marks.replace(" ", ""))]})
    return {s.name: (s.numerator or 0, s.note or "")
            for s in students(store, "longest_run", view)}


def test_a_weekend_does_not_break_a_run(empty: Store) -> None:
    """KAT-4: absent on school days 1 and 2, there on 3, absent on 4, 5, 8 and 9."""
    assert runs(empty, Asha="AAPAAAAP") == {"Asha": (4, "")}
    row = answer(empty, "longest_run", SEPTEMBER).rows[0]
    assert (row.value, row.people) == (4, 1)


def test_a_day_without_a_mark_breaks_a_run_and_is_said(empty: Store) -> None:
    said = "a day without a mark ends this run"
    assert runs(empty, Asha="AA.AAAPP", Bilal="AAA PPPP", Chitra="AAAP.PPP", Dev="PPPPPPAA",
                Esha="AAPPPPPP") == {
        "Asha": (3, said), "Bilal": (3, said), "Chitra": (3, ""), "Dev": (2, ""), "Esha": (2, "")}


def test_a_day_not_expected_neither_breaks_nor_lengthens(empty: Store) -> None:
    assert runs(empty, Asha="AAXAAPPP", Bilal="XXXXPPPP") == {"Asha": (4, ""), "Bilal": (0, "")}


def test_half_a_day_there_breaks_a_run(empty: Store) -> None:
    assert runs(empty, Asha="AAHAPPPP") == {"Asha": (2, "")}


def test_a_late_joiner_and_a_leaver_have_no_open_days(empty: Store) -> None:
    assert runs(empty, Asha="   AAAAA", Bilal="AAA     ") == {"Asha": (5, ""), "Bilal": (3, "")}


def test_a_run_is_counted_inside_the_dates_of_the_view(empty: Store) -> None:
    assert runs(empty, SEPTEMBER.with_(start=EIGHT[2]), Asha="AAAAPPPP") == {"Asha": (2, "")}


def test_in_england_only_days_without_leave_count(empty: Store) -> None:
    marks = people.marks(people.ASHA, EIGHT, "AAAAAPPP")
    marks[0]["category"] = "absent_authorised"
    people.fill(empty, {"organisations": [people.school()], "attendance": marks})
    assert [answer(empty, "longest_run", SEPTEMBER, preset=p).rows[0].value
            for p in (INDIA, ENGLAND)] == [5, 4]
