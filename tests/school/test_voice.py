"""What Feedback says of a survey, and what it never shows."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import people
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import surveys

from school.access import Scope
from school.config import INDIA
from school.store import Store
from school.terms import Lead
from school.view import View
from school.voice import Feedback, Wave, feedback, groups, own_words

BELONG, ACT = "I feel that I belong here.", "Adults act on what we say."
YEAR = View(date(2025, 4, 1), date(2026, 3, 31), date(2026, 3, 31))


def told(store: Store, tables: dict[str, list[dict[str, object]]], **more: object) -> Feedback:
    known = store.unsafe_run("select 1 from mart.organisations")
    people.fill(store, {"organisations": [] if known else [people.school()], **tables})
    return feedback(store, YEAR, INDIA, **more)  # type: ignore[arg-type]


def test_fewest_agreement_comes_first_with_its_range_and_all_answers(empty: Store) -> None:
    found = told(empty, surveys.wave({BELONG: "SSSSSSAAAANNDX?.", ACT: "SAAANNNNDDDDXXX."},
                                     invited=20))
    assert [i.text for i in found.items] == [ACT, BELONG]
    belong = found.items[1]
    assert (belong.agree, belong.n, belong.aside, belong.blank) == (10, 14, 1, 1)
    assert belong.parts == (6, 4, 2, 1, 1)
    assert belong.share == pytest.approx(10 / 14)
    # 14 of 20 asked: Wilson with n_eff = 14 * 19 / 6
    assert (belong.low, belong.high) == pytest.approx((0.56849, 0.82591), abs=5e-5)
    assert belong.said == "71% agree, likely 57% to 83%"
    assert found.lead == Lead(
        "71% of students agree with “I feel that I belong here” (10 of 14).",
        "Fewest agree with “Adults act on what we say”: 27%. 15 of 20 people answered.")
    assert found.alt.startswith("Agreement bars, 2 questions, 15 answered. Fewest agree: “Adults")
    assert len(found.alt) <= 300


def test_a_person_who_left_all_blank_did_not_answer(empty: Store) -> None:
    found = told(empty, surveys.wave({BELONG: "SSAAND....", ACT: "SSAAND...."}))
    assert found.answered == 6


def test_a_question_asked_the_other_way_round_counts_those_who_do_not_agree(empty: Store) -> None:
    bullied = "I am bullied here."
    found = told(empty, surveys.wave({bullied: "SANDDDXXXXXX"}, turned=(bullied,)))
    item = found.items[0]
    assert (item.agree, item.n) == (10, 12), "those who do not agree"
    assert item.parts == (1, 1, 1, 3, 6), "the bar shows what was ticked"
    assert item.said.startswith("83% do not agree")
    assert found.lead.bold == "10 of 12 students do not agree with “I am bullied here”."


@pytest.mark.parametrize(("letters", "lead"), [
    ("", "No survey yet."), (".", "Nobody has answered yet."),
    ("S", "Only one person answered, so the answer stays hidden from everyone."),
    ("SAD", "Only 3 people answered, so answers stay hidden from everyone."),
])
def test_under_five_answers_nothing_is_shown(empty: Store, letters: str, lead: str) -> None:
    found = told(empty, surveys.wave({BELONG: letters}))
    assert found.lead.bold == lead
    assert found.agreeing == ()
    assert all(i.n is None and i.parts is None and i.share is None for i in found.items)


def test_answers_all_alike_are_hidden_under_ten(empty: Store) -> None:
    found = told(empty, surveys.wave({BELONG: "SSAASA", ACT: "SADXNA"}))
    alike = next(i for i in found.items if i.text == BELONG)
    assert alike.hidden == "Hidden to protect people: all 6 answers are alike."
    assert [i.text for i in found.agreeing] == [ACT]
    ten = told(empty, surveys.wave({"All agree?": "SSAASASSSS"}, wave_id="later",
                                   day=date(2025, 7, 1)))
    assert ten.items[0].share == 1.0


def test_comments_wait_in_the_lead_even_without_a_survey(empty: Store) -> None:
    assert feedback(empty, YEAR, INDIA, waiting=4).lead == Lead(
        "No survey yet.", "4 comments wait for an answer.")
    found = told(empty, surveys.wave({BELONG: "SSSSSDDDD"}), waiting=1)
    assert found.lead.rest.endswith("9 people answered. One comment waits for an answer.")


def test_the_latest_wave_is_shown_and_an_earlier_one_can_be_chosen(empty: Store) -> None:
    told(empty, surveys.wave({BELONG: "SSSSSDDDD"}))
    found = told(empty, surveys.wave({BELONG: "SDDDDDDDD"}, wave_id="autumn",
                                     day=date(2025, 10, 1)))
    assert [w.wave for w in found.waves] == ["spring", "autumn"]
    assert found.wave is not None and found.wave.title == "School climate, autumn"
    earlier = feedback(empty, YEAR.choose("wave", ["spring"]), INDIA)
    assert earlier.items[0].agree == 5


def test_averages_of_schools_are_means_with_the_number_of_schools(empty: Store) -> None:
    found = told(empty, surveys.school_averages(
        {"Safety": [8.0, 8.2, 8.4, 7.8, 8.1], "Rigor": [6.0, 6.5, 7.0, 6.8, 6.7]}))
    assert found.lead == Lead("5 schools answered; “Safety” is highest with 8.1 on average.",
                              "“Rigor” is lowest with 6.6.")
    assert [(i.text, i.n) for i in found.averages] == [("Rigor", 5), ("Safety", 5)]
    assert found.averages[1].share == pytest.approx(8.1)
    assert found.averages[1].said == "8.1 on average, likely 7.8 to 8.4"


def test_groups_under_ten_are_hidden_and_never_alone(empty: Store) -> None:
    letters = "S" * 20 + "D" * 12 + "A" * 6
    grades = "6" * 20 + "7" * 12 + "8" * 6
    told(empty, surveys.wave({BELONG: letters}, grades=grades))
    found = groups(empty, YEAR, INDIA, "spring-0")
    assert [(g.kind, g.name, g.n) for g in found] == [
        ("grade", "6", 20), ("grade", "7", None), ("grade", "8", None)]
    assert found[1].hidden and found[1].agree is None and found[1].low is None
    assert found[0].agree == 20


def test_one_group_alone_is_nothing_to_compare(empty: Store) -> None:
    told(empty, surveys.wave({BELONG: "SSSSSSDDDDDD"}))
    assert groups(empty, YEAR, INDIA, "spring-0") == ()


def cast_of(grades: dict[str, int]) -> list[dict[str, object]]:
    return [{"student": 1000 * int(g) + i, "org_id": "hill", "begin_date": date(2025, 4, 1),
             "grade": g, "academic_year": "2025-26"} for g, n in grades.items() for i in range(n)]


def test_the_grade_that_hardly_answered_is_named(empty: Store) -> None:
    grades = "6" * 30 + "7" * 28 + "8" * 9
    tables = surveys.wave({BELONG: ("SAND" * 20)[:67]}, grades=grades)
    found = told(empty, {**tables, "enrollment": cast_of({"6": 40, "7": 40, "8": 40, "9": 40})})
    assert found.unheard == "Least heard: Class 8, 9 of 40 students answered."
    assert found.unheard in found.lead.rest


def test_nobody_is_named_where_all_answered_alike(empty: Store) -> None:
    grades = "6" * 30 + "7" * 28 + "8" * 29
    tables = surveys.wave({BELONG: ("SAND" * 22)[:87]}, grades=grades)
    found = told(empty, {**tables, "enrollment": cast_of({"6": 40, "7": 40, "8": 40})})
    assert found.unheard == ""


def test_a_wave_is_named_once() -> None:
    def title(survey: str, name: str) -> str:
        return Wave("w", survey, name, None, "students", None, "response", 9).title

    assert title("School climate", "spring") == "School climate, spring"
    assert title("Climate spring 2025", "spring 2025") == "Climate spring 2025"
    assert title("Student survey October", "October 2025") == "Student survey October 2025"


def test_fewer_than_five_of_a_grade_are_not_counted_out(empty: Store) -> None:
    tables = surveys.wave({BELONG: ("SAND" * 9)[:33]}, grades="6" * 30 + "7" * 3)
    found = told(empty, {**tables, "enrollment": cast_of({"6": 40, "7": 40})})
    assert found.unheard == "Hardly heard: Class 7, fewer than 5 of 40 answered."


def written(number: int) -> dict[str, list[dict[str, object]]]:
    tables: dict[str, list[dict[str, object]]] = surveys.wave({BELONG: "SSSSDDDDAAAA"})
    tables["survey_items"].append({"item_id": "spring-t", "wave_id": "spring", "text": "Why?",
                                   "item_order": 9, "kind": "text", "reversed": False})
    tables["survey_responses"] += [
        {"response_id": f"spring-r{n}", "item_id": "spring-t", "wave_id": "spring",
         "org_id": "hill", "date": surveys.DAY, "value": f"Reason {n}"} for n in range(number)]
    return tables


def test_written_answers_need_ten_and_come_in_no_order(empty: Store) -> None:
    found = told(empty, written(12))
    text = next(i for i in found.items if i.kind == "text")
    words = own_words(empty, YEAR, INDIA, text)
    assert sorted(words) == sorted(f"Reason {n}" for n in range(12))
    assert list(words) != [f"Reason {n}" for n in range(12)]
    assert own_words(empty, YEAR.with_(scope=Scope(staff=False)), INDIA, text) == ()


def test_nine_written_answers_stay_hidden(empty: Store) -> None:
    found = told(empty, written(9))
    text = next(i for i in found.items if i.kind == "text")
    assert text.hidden == "Hidden to protect people: 9 answers here, fewer than 10."
    assert own_words(empty, YEAR, INDIA, text) == ()


def test_scales_of_other_lengths_fill_the_same_bar(empty: Store) -> None:
    from school.voice.asked import _five

    assert _five(((1, 0, 4), (2, 0, 3), (3, 1, 9)), False) == (0, 9, 3, 4, 0), "no, partly, yes"
    seven = tuple((o, int(o >= 5), o) for o in range(1, 8))
    assert _five(seven, False) == (7, 11, 4, 5, 1)
    six = tuple((o, int(o >= 4), 1) for o in range(1, 7))
    assert _five(six, False) == (1, 2, 0, 2, 1)


@given(st.lists(st.text("SANDX?.", min_size=12, max_size=12), min_size=1, max_size=3),
       st.text("678", min_size=12, max_size=12))
@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_small_number_ever_comes_out(answers: list[str], grades: str) -> None:
    store = Store()
    try:
        questions = {f"Question {n}?": a for n, a in enumerate(answers)}
        found = told(store, surveys.wave(questions, grades=grades))
        for item in found.items:
            if item.hidden is None:
                assert item.n is not None and item.n >= 5
                assert item.n >= 10 or 0 < (item.agree or 0) < item.n
            else:
                assert (item.n, item.agree, item.share, item.parts) == (None,) * 4
            for group in groups(store, YEAR, INDIA, item.key):
                assert group.hidden or (group.n or 0) >= 10
    finally:
        store.close()
