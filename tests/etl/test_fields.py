"""Which column holds what."""

import pytest

from etl.fields import match, normalise, target
from tests.grids import answered, context, sheet

GOALS = (
    target("student_id", required=True), target("student_name"), target("school_name"),
    target("date"),
    target("total", many=True),
)  # fmt: skip


def _taken(names: list[str], **answers: str) -> dict[str, tuple[str | None, float]]:
    known = answered(context(), answers)
    found = match(names, GOALS, sheet([names]), known)
    return {c.source: (c.target, c.confidence) for c in found.columns}


@pytest.mark.parametrize(
    "header",
    ["StudentID", "student_id", "Student  Id", "STUDENT ID", "UPN", "Admn No.", "SIS ID", "Mã SV",
     "ATT_STD_OID",
     "GR No", "Pupil Number", "OSIS #"],
)  # fmt: skip
def test_student_ids_of_many_systems_are_one_target(header: str) -> None:
    assert _taken([header]) == {header: ("student_id", 1.0)}


def test_case_accents_and_punctuation_do_not_matter() -> None:
    assert normalise("Họ và tên") == normalise("HO VA TEN")
    assert normalise("विद्यार्थी का नाम") == normalise(" विद्यार्थी  का नाम ")
    assert normalise("DfE Number") == normalise("dfe_number") == normalise("DFE number")


def test_a_near_spelling_is_taken_with_its_confidence_and_a_far_one_is_not() -> None:
    found = _taken(["Studnet Name", "Principal Name"])
    assert found["Studnet Name"][0] == "student_name" and 0.86 <= found["Studnet Name"][1] < 1
    assert found["Principal Name"] == (None, 0.0)


def test_two_columns_never_claim_one_target_unless_it_says_so() -> None:
    found = match(["Name", "Student Name", "Total", "Average"], GOALS, sheet("a"), context())
    assert [c.target for c in found.columns] == [None, "student_name", "total", "total"]
    found = match(["Date", "date"], GOALS, sheet("a"), context())
    assert [c.target for c in found.columns] == ["date", None]
    assert [(f.rule, f.column) for f in found.findings] == [("two columns", "date")]


def test_a_missing_required_column_is_asked_and_the_answer_is_followed() -> None:
    found = match(["Kennung", "Name"], GOALS, sheet("a"), context())
    assert [(q.about, q.choices) for q in found.questions] == [("target:student_id", ("Kennung",))]
    assert _taken(["Kennung", "Name"], **{"target:student_id": "Kennung"})["Kennung"] == (
        "student_id",
        1.0,
    )


def test_an_answer_stands_above_a_synonym_and_ignore_keeps_a_column_out() -> None:
    found = _taken(["Name", "School"], **{"column:Name": "ignore", "column:School": "student_name"})
    assert found == {"Name": (None, 1.0), "School": ("student_name", 1.0)}
