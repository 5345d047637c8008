"""The card of a sheet: its shape, what it holds in words, and how its first rows will be stored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from etl import desk, reporting
from etl.model import ColumnGuess, Recognition
from school.config import ENGLAND, INDIA, US
from tests.grids import context


def shape(layout: str, *headers: str, target: str | None = "x") -> str:
    columns = tuple(ColumnGuess(h, target, 1.0, i) for i, h in enumerate(headers))
    return reporting.fingerprint(Recognition(layout, 1.0, 0, 1, columns))


def test_registers_of_two_months_are_one_shape() -> None:
    june = [f"{d}-Jun" for d in range(1, 31)]
    july = [f"{d} July (Tue)" for d in range(1, 32)]
    assert shape("register", "Roll No.", "Name", *june, "Total") == \
        shape("register", "Roll No.", "Name", *july, "Total")


def test_shape_stays_when_a_column_is_given_another_target() -> None:
    assert shape("results", "ID", "Maths", target="score") == \
        shape("results", "ID", "Maths", target=None)


def test_other_headers_or_another_layout_are_another_shape() -> None:
    assert shape("register", "ID", "Name") != shape("register", "ID", "Pupil")
    assert shape("register", "ID", "Name") != shape("roster", "ID", "Name")


FACTS = {
    "organisations": pa.table({"org_id": ["a", "b", "c"], "type": ["school", None, "cluster"]}),
    "students": pa.table({"student": [1, 2], "student_id": ["007", "008"]}),
    "attendance": pa.table({
        "student": [1, 2, 1], "org_id": ["a", "b", "c"], "code": ["P", "A", "P"],
        "date": pa.array([date(2022, 1, 3), date(2022, 1, 28), None], pa.date32()),
        "minutes_late": pa.nulls(3, pa.int16()), "row": [2, 3, 4]}),
}


def test_summary_counts_students_and_schools_once_and_places_above_not_at_all() -> None:
    assert reporting.summarise(FACTS) == {
        "students": 2, "schools": 2, "first_day": "2022-01-03", "last_day": "2022-01-28"}


@pytest.mark.parametrize(("country", "words"), [
    (INDIA, "This is daily attendance: 2 students, 2 schools, 3 to 28 Jan 2022."),
    (US, "This is daily attendance: 2 students, 2 schools, Jan 3 to Jan 28, 2022."),
])
def test_sentence_speaks_the_dates_of_the_country(country: object, words: str) -> None:
    assert reporting.sentence("daily attendance", reporting.summarise(FACTS), country) == words


@pytest.mark.parametrize(("title", "words"), [
    ("register", "This is a register."), ("test results", "These are test results."),
    ("a marksheet", "This is a marksheet."), ("attendance totals", "These are attendance totals."),
])
def test_sentence_without_figures_is_still_a_sentence(title: str, words: str) -> None:
    assert reporting.sentence(title, {}, ENGLAND) == words


def test_preview_shows_the_school_s_own_ids_and_leaves_out_what_is_empty() -> None:
    shown = reporting.preview(FACTS)
    assert shown["table"] == "attendance"
    assert shown["columns"] == ["student", "date", "code", "org_id"]
    assert shown["rows"][0] == ["007", "2022-01-03", "P", "a"]


def test_a_calendar_of_all_schools_says_so() -> None:
    days = pa.table({"org_id": ["*", "*"], "date": [date(2025, 8, 15), date(2025, 10, 2)]})
    summary = reporting.summarise({"calendar": days})
    assert "schools" not in summary
    assert reporting.sentence("a school calendar", summary, ENGLAND).startswith(
        "This is a school calendar: all schools, 15 Aug")


def test_preview_of_students_without_an_id_shows_their_roll_number_or_name() -> None:
    students = pa.table({
        "student": [1, 2], "student_id": ["2025-26/7/a/12", "7/a/Asha D/O Ravi"],
        "id_kind": ["roll", "name"], "name": ["Bela", "Asha D/O Ravi"]})
    marks = pa.table({"student": [1, 2], "code": ["P", "A"], "row": [2, 3]})
    shown = reporting.preview({"students": students, "attendance": marks})
    assert [row[0] for row in shown["rows"]] == ["12", "Asha D/O Ravi"]


def answers(unit: str) -> dict[str, pa.Table]:
    """One question that two answered: two people, or two schools on average."""
    return {
        "organisations": pa.table({"org_id": ["a", "b"], "name": ["Hill", "Lake"]}),
        "survey_waves": pa.table({"wave_id": ["w"], "unit": [unit]}),
        "survey_items": pa.table({"item_id": ["w|1"], "text": ["I feel safe"]}),
        "survey_responses": pa.table({
            "response_id": ["w|1", "w|2"], "item_id": ["w|1", "w|1"], "wave_id": ["w", "w"],
            "org_id": ["a", "b"], "value": ["91", "88"]}),
    }


def test_what_schools_said_on_average_is_no_response_of_a_person() -> None:
    assert reporting.held(reporting.summarise(answers("school"))) == "2 schools"
    assert reporting.held(reporting.summarise(answers("response"))) == "2 responses, 2 schools"


def test_preview_of_a_survey_shows_its_questions_and_no_key_of_ours() -> None:
    shown = reporting.preview(answers("school"))
    assert shown["columns"] == ["item_id", "value", "org_id"]
    assert shown["rows"] == [["I feel safe", "91", "Hill"], ["I feel safe", "88", "Lake"]]


def test_preview_of_schools_leaves_out_other_spellings() -> None:
    schools = pa.table({"org_id": ["1", "hill"], "name": ["Hill", "Hill"], "same_as": [None, "1"]})
    assert reporting.preview({"organisations": schools})["rows"] == [["Hill", "1"]]


def test_a_card_that_waits_for_an_answer_shows_the_file_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Adm No,Name,Class,Colour\n1,Asha,7 B,red\n2,Bilal,7 B,blue\n", "utf-8")
    (report,) = desk.check([path], context(), tmp_path / "staging").reports
    assert report.state == "question"  # which school?
    assert report.preview == {"table": "", "columns": ["Adm No", "Name", "Class"],
                              "rows": [["1", "Asha", "7 B"], ["2", "Bilal", "7 B"]]}
    (report,) = desk.check([path], context(school="Hill"), tmp_path / "staging").reports
    assert report.preview["table"] == "students"
