"""Surveys: nobody can be told from an answer, a time is a day, don't know leaves the base."""

from __future__ import annotations

from datetime import date

import pytest

from etl import workbook
from etl.agreement import answer_scale, is_reversed
from etl.answered import is_question
from tests.grids import context, read, real, rows, sheet, taken

QUESTIONS = (
    "I feel safe at school.|I am bullied at school.|Which clubs do you go to?"
    "|What would you change?"
)
FORM = f"""
Timestamp|Email|Your full name|School|Class|Gender|{QUESTIONS}
13/10/2025 09:12:00|a@b.org|Asha K|Hillside|5|F|Strongly agree|Disagree|Chess;Art|More reading
14/10/2025 10:00:00|b@b.org|Bilal M|Hillside|6|M|Don't know|Strongly disagree|Chess|Nothing
15/10/2025 23:59:59|c@b.org|Chitra|Hillside|6|F|Neither agree nor disagree|Agree||
"""


def test_e_mails_and_names_are_gone_and_named_in_the_report() -> None:
    grid = sheet(FORM, file="Student survey.csv")
    known = taken(grid, context())
    assert [f.column for f in known.findings if f.rule == "identity column"] == [
        "Email",
        "Your full name",
    ]
    stored = str({n: t.to_pydict() for n, t in read(grid, context(), "survey").facts.items()})
    assert not any(word in stored for word in ("@", "Asha", "Bilal", "Chitra", "09:12"))


def test_answers_carry_their_place_and_don_t_know_has_none() -> None:
    got = read(sheet(FORM, file="Student survey.csv"), context(), "survey")
    safe = [
        r[1:]
        for r in rows(
            got.facts["survey_responses"],
            "item_id",
            "row",
            "value",
            "value_order",
            "favourable",
            "date",
        )
        if r[0].endswith("|1")
    ]
    assert safe == [
        (2, "Strongly agree", 5, 1, date(2025, 10, 13)),
        (3, "Don't know", None, None, date(2025, 10, 14)),
        (4, "Neither agree nor disagree", 3, 0, date(2025, 10, 15)),
    ]
    assert (got.read, got.rejected) == (3, frozenset())


def test_items_have_a_kind_and_a_bad_statement_is_marked_as_reversed() -> None:
    got = read(sheet(FORM, file="Student survey.csv"), context(), "survey")
    kinds = rows(got.facts["survey_items"], "text", "kind", "reversed")
    assert kinds[0] == ("I feel safe at school.", "agreement", False)
    assert kinds[1] == ("I am bullied at school.", "agreement", True)
    assert kinds[3][1] == "text"
    assert any(f.rule == "agreeing is bad" for f in got.findings)


def test_a_response_has_no_key_to_a_student_and_several_ticks_stay_apart() -> None:
    got = read(sheet(FORM, file="Student survey.csv"), context(), "survey")
    responses = got.facts["survey_responses"]
    assert "students" not in got.facts and "student" not in responses.column_names
    assert set(responses["response_id"].to_pylist()) == {
        f"student survey|2025-10-13|Student survey.csv|{row}" for row in (2, 3, 4)
    }
    assert "Chess; Art" in responses["value"].to_pylist()
    assert set(rows(responses, "org_id", "role")) == {("hillside", "students")}
    assert set(responses["segment"].to_pylist()) == {"female", "male"}
    assert rows(got.facts["survey_waves"], "survey", "wave", "audience", "unit") == [
        ("Student survey", "October 2025", "students", "response")
    ]


def test_a_bad_timestamp_rejects_its_row() -> None:
    got = read(sheet(FORM.replace("14/10/2025 10:00:00", "yesterday")), context(), "survey")
    assert got.rejected == {3}
    assert any((f.row, f.column, f.found) == (3, "Timestamp", "yesterday") for f in got.findings)


def test_a_fact_asked_with_yes_or_no_is_no_judgement() -> None:
    grid = sheet("""
Timestamp|Do you feel safe at school?|Do you have a job?|How do you come to school?
13/10/2025|Yes|Yes|Bus
14/10/2025|No|No|Bus
15/10/2025|Yes|No|Walk
16/10/2025|Yes|No|Walk
""")
    got = read(grid, context(), "survey")
    assert [k for _, k in rows(got.facts["survey_items"], "item_order", "kind")] == [
        "agreement",
        "choice",
        "choice",
    ]
    favourable = [
        f
        for i, f in rows(got.facts["survey_responses"], "item_id", "favourable")
        if i.endswith("|2")
    ]
    assert favourable == [None] * 4


def test_a_numbered_scale_is_agreement_only_where_its_wording_is_known() -> None:
    grid = sheet("""
Timestamp|I like reading. (1 = strongly disagree, 5 = strongly agree)|How many books did you read?
13/10/2025|5|3
14/10/2025|3|5
15/10/2025|4|2
""")
    got = read(grid, context(), "survey")
    assert [k for (k,) in rows(got.facts["survey_items"], "kind")] == ["agreement", "number"]
    told = [
        f
        for i, f in rows(got.facts["survey_responses"], "item_id", "favourable")
        if i.endswith("|1")
    ]
    assert told == [1, 0, 1]


@pytest.mark.parametrize(
    ("answers", "scale"),
    [
        (["Agree", "Strongly disagree", "Neutral"], "agreement"),
        (["Always", "Never"], "frequency"),
        (["Almost always", "Once in a while"], "frequency"),
        (["Good", "Very poor"], "quality"),
        (["Quite", "Extremely", "Not at all"], "extent"),
        (["Somewhat agree", "Disagree"], "agreement, seven points"),
        (["Y", "N", "n/a"], "yes or no"),
        (["Don't know"], None),
        (["Bus", "Walk"], None),
    ],
)
def test_answers_find_their_scale(answers: list[str], scale: str | None) -> None:
    found = answer_scale(answers)
    assert (found.name if found else None) == scale


def test_questions_are_told_from_column_names() -> None:
    assert is_question("What devices do you have access too? (check all that apply)")
    assert is_question("I would like to meet with my mentor")
    assert not is_question("Number and Operations Relative Placement")
    assert not is_question("Date of Birth of Student")
    assert is_reversed("I am afraid at school") and not is_reversed("I feel safe")


def test_real_school_survey_is_one_row_a_school() -> None:
    grid = workbook.read_sheets(real("surveys", "2019_PublicDataFile_Students.csv"))[0]
    got = read(grid, context("us"), "survey")
    assert (got.read, got.rejected, got.facts["organisations"].num_rows) == (
        1829,
        frozenset(),
        1829,
    )
    assert rows(got.facts["survey_waves"], "wave", "audience", "unit") == [
        ("2019", "schools", "school")
    ]
    assert set(got.facts["survey_items"]["kind"].to_pylist()) == {"number"}
    texts = got.facts["survey_items"]["text"].to_pylist()
    assert texts[0] == "Total Parent Response Rate %"  # the newline inside the header is gone
    mine = [
        (i.rsplit("|", 1)[1], n)
        for o, i, n in rows(got.facts["survey_responses"], "org_id", "item_id", "number")
        if o == "01M015"
    ]
    assert mine == [
        ("1", 91.0),
        ("2", 100.0),
        ("4", 4.1),
        ("5", 4.19),
        ("6", 4.02),
        ("8", 4.18),
        ("9", 3.96),
    ]


def test_real_form_loses_its_id_e_mail_and_phone() -> None:
    grid = workbook.read_sheets(real("surveys", "student_voice_survey_2020.csv"))[0]
    known = taken(grid, context("us"))
    gone = [c.index for c in known.columns if c.target is None]
    assert gone == [1, 4, 5]
    assert sum(f.rule == "identity column" for f in known.findings) == 3
    got = read(grid, context("us"), "survey")
    stored = str({n: t.to_pydict() for n, t in got.facts.items()})
    assert not any(secret in stored for secret in ("111222222", "parent@", "555-555", "6:28"))
    assert set(got.facts["survey_responses"]["date"].to_pylist()) == {date(2020, 8, 12)}
