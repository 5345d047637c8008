"""An answer carries what must stand beside a number: who, how complete, what is hidden and why."""

from __future__ import annotations

import json
from datetime import date

import people
import pytest

from school.access import OWNER, Scope
from school.config import ENGLAND, INDIA
from school.errors import UnknownMeasure, WrongUse
from school.measures import answer, catalogue, known_values, span, students
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)
OUTSIDE = Scope(staff=False)


def marked(store: Store, codes: list[str]) -> Store:
    """One student a code string, in class 6 A, beside a calendar of ten school days."""
    return people.fill(store, {
        "organisations": [people.school()],
        "calendar": [{"org_id": "hill", "date": d, "day_type": "school"} for d in TEN],
        "enrollment": [{"student": n, "org_id": "hill", "begin_date": TEN[0], "grade": "6",
                        "class": "6 A"} for n, _ in enumerate(codes)],
        "attendance": [m for n, c in enumerate(codes) for m in people.marks(n, TEN, c)]})


def test_under_seventy_percent_marked_there_are_counts_but_no_rate(
    empty: Store, june: View
) -> None:
    marked(empty, ["PPPPPPA..."] * 6 + ["PPPPPP...."] * 6)
    found = answer(empty, "attendance_rate", june)
    assert found.withheld == "Only 65% of the register is marked. Below 70% a rate would mislead."
    row = found.rows[0]
    assert (row.value, row.low, row.high, row.people, row.numerator) == (None, None, None, 12, 144)
    assert (found.card.completeness, found.card.completeness_how) == (0.65, "from the calendar")


def test_under_ninety_percent_marked_the_card_says_so(empty: Store, june: View) -> None:
    marked(empty, ["PPPPPPPA.."] * 3)
    found = answer(empty, "attendance_rate", june)
    assert found.withheld is None and found.rows[0].value == 0.875
    assert found.card.notes == (
        "80% of the register is marked; the rest could change this number.",)


def test_one_part_too_little_marked_is_quiet_alone(empty: Store, june: View) -> None:
    marked(empty, ["PPPPPPPP.."] * 3)
    rows = answer(empty, "attendance_rate", june.with_(period="week")).rows
    assert [(r.value, r.completeness) for r in rows] == [(1.0, 1.0), (None, 0.6)]


def test_unknown_completeness_is_none_and_never_all(empty: Store, june: View) -> None:
    people.fill(empty, {"organisations": [people.school()], "attendance_periods": [
        {"student": 1, "begin_date": date(2025, 6, 1), "end_date": date(2025, 7, 1),
         "org_id": "hill", "possible": 40, "absent": 4}]})
    found = answer(empty, "absence_rate", june)
    assert (found.rows[0].value, found.rows[0].completeness) == (0.1, None)
    assert (found.card.completeness, found.card.completeness_how) == (None, "unknown")


def test_small_groups_are_hidden_outside_the_staff(store: Store, june: View) -> None:
    inside = answer(store, "absence_rate", june).rows[0]
    hidden = answer(store, "absence_rate", june.with_(scope=OUTSIDE)).rows[0]
    assert inside.people == 5
    assert hidden.hidden == "Hidden to protect students: fewer than 10 in this group."
    figures = (hidden.value, hidden.low, hidden.high, hidden.people, hidden.n, hidden.numerator,
               hidden.denominator, hidden.completeness)
    assert figures == (None,) * 8
    assert students(store, "absence_rate", june.with_(scope=OUTSIDE)) == []


@pytest.mark.parametrize("measure", sorted(catalogue()))
def test_every_measure_hides_small_groups_outside(store: Store, june: View, measure: str) -> None:
    found = answer(store, measure, june.with_(scope=OUTSIDE), params={"minimum_days": 1})
    assert all(r.hidden and r.value is None for r in found.rows)


def test_answers_are_kept_until_the_data_change(store: Store, june: View) -> None:
    first = answer(store, "absence_rate", june)
    assert answer(store, "absence_rate", june) is first
    assert answer(store, "absence_rate", june.with_(compare="goal")) is not first
    people.fill(store, {"attendance": people.marks(99, TEN, "P" * 10)})
    second = answer(store, "absence_rate", june)
    assert (second.data_version, second.rows[0].people) == (first.data_version + 1, 6)


def test_scope_and_preset_and_params_never_share_an_answer(store: Store, june: View) -> None:
    asked = [answer(store, "chronic_absence", june.with_(scope=scope), preset=preset, params=params)
             for scope in (OWNER, OUTSIDE) for preset in (INDIA, ENGLAND)
             for params in ({}, {"minimum_days": 5})]
    assert len({id(a) for a in asked}) == 8


def test_the_range_holds_the_rate(store: Store, june: View) -> None:
    for name in catalogue():
        for row in answer(store, name, june.with_(by=("grade",)) if name != "favourable_share"
                          else june, params={"minimum_days": 1}).rows:
            if row.value is not None and row.low is not None and row.high is not None:
                assert row.low <= row.value <= row.high


def test_a_choice_that_says_nothing_is_noted(store: Store, june: View) -> None:
    found = answer(store, "absence_rate", june.choose("subject", ["Mathematics"]))
    assert found.rows[0].people == 5
    assert found.card.notes == ("The choice of subject says nothing about this number.",)


def test_nonsense_is_refused_in_words(store: Store, june: View) -> None:
    with pytest.raises(UnknownMeasure, match="Nobody defined this number"):
        answer(store, "happiness", june)
    with pytest.raises(WrongUse, match="cannot be split by subject"):
        answer(store, "absence_rate", june.with_(by=("subject",)))


def test_an_empty_store_has_no_rows_and_no_dates(empty: Store, june: View) -> None:
    for name in catalogue():
        assert answer(empty, name, june).rows == ()
    assert span(empty, OWNER) is None
    assert "school" not in known_values(empty, OWNER)


def test_json_is_ready_for_the_command_line(store: Store, june: View) -> None:
    found = answer(store, "absence_rate", june.with_(by=("grade",), period="month")).as_json()
    again = json.loads(json.dumps(found))
    assert again["rows"][0]["period"] == {
        "start": "2025-06-01", "end": "2025-06-30", "label": "June 2025"}
    assert again["rows"][0]["segments"] == {"grade": "6"}


def test_known_values_and_span_are_those_of_the_data(store: Store) -> None:
    known = known_values(store, OWNER, INDIA)
    assert [(v.value, v.label) for v in known["school"]] == [("hill", "Hill"), ("river", "River")]
    assert [v.value for v in known["class"]] == ["6 A", "6 B", "7 A"]
    assert [v.value for v in known["group.sex"]] == ["female", "male", "unknown"]
    assert [v.value for v in known["cluster"]] == ["valley"]
    head = known_values(store, Scope("head", (("org_id", ("river",)),)))
    assert [v.value for v in head["school"]] == ["river"] and "class" not in head
    covered = span(store, OWNER, INDIA)
    assert covered is not None
    assert (covered.start, covered.end, covered.years) == (TEN[0], TEN[-1], ("2025-26",))


def test_terms_are_thirds_unless_a_calendar_names_them(store: Store, june: View) -> None:
    thirds = answer(store, "absence_rate", june.with_(period="term"), preset=INDIA)
    assert [r.period.label for r in thirds.rows if r.period] == ["Term 1 2025-26"]
    assert "a term is a third" in thirds.card.notes[0]
    people.fill(store, {"calendar": [
        {"org_id": "*", "date": d, "day_type": "school", "name": "Term A" if n < 5 else "Term B"}
        for n, d in enumerate(TEN)]})
    named = answer(store, "absence_rate", june.with_(period="term"), preset=INDIA)
    assert [(r.period.label, r.denominator) for r in named.rows if r.period] == [
        ("Term A", 50), ("Term B", 50)]
    assert named.card.notes == ()


def test_years_begin_when_the_school_says_so(store: Store, june: View) -> None:
    def years(preset: object) -> list[str]:
        found = answer(store, "absence_rate", june.with_(period="year"), preset=preset)  # type: ignore[arg-type]
        return [r.period.label for r in found.rows if r.period]

    assert (years(INDIA), years(ENGLAND)) == (["2025-26"], ["2024-25"])


def test_completeness_is_the_same_by_class_and_by_student(empty: Store, june: View) -> None:
    marked(empty, ["PPPPPPPP.."] * 3 + ["PPPPPPPPPP"])
    people.fill(empty, {"memberships": [{"student": n, "kind": "sex", "valid_from": TEN[0],
                                         "value": "f"} for n in range(4)]})
    for period in (None, "week", "month"):
        view = june.with_(period=period)
        plain = answer(empty, "absence_rate", view)
        grouped = answer(empty, "absence_rate", view.with_(by=("group.sex",)))
        assert [r.completeness for r in plain.rows] == [r.completeness for r in grouped.rows]
        assert plain.card.completeness == grouped.card.completeness == 0.85
