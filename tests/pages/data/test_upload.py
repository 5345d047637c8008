"""The Upload page, from an empty folder to truth and back, over real jobs and real files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from screen import button, said, settled
from streamlit.testing.v1 import AppTest

import server
from etl import guard
from school.records import jobs as job_records
from tests import workbooks

Opener = Callable[..., AppTest]
SECONDS = 90
DAYS = [date(2025, 4, d) for d in (1, 2, 3)]
MARKS = [["Student ID", "Name", "School", "Class", "Date", "Status"],
         *[[f"{i:03d}", f"Invented {i}", "Hill School", "7 B", day, "PA"[i % 9 == n]]
           for i in range(40) for n, day in enumerate(DAYS)]]


def marks(month: int, *, school: bool = True, code: str = "P") -> bytes:
    rows = [["Student ID", "Name", *(["School"] if school else []), "Date", "Status"]]
    for i in range(12):
        for day in (2, 3, 4):
            rows.append([f"{i:03d}", f"Invented {i}", *(["Hill School"] if school else []),
                         date(2025, month, day), code if i == day == 3 else "P"])
    return workbooks.xlsx({"Marks": rows})


def dropped(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader[0].set_value([(n, d, "application/octet-stream") for n, d in files])
    return settled(app)


@pytest.fixture
def house(folder: Path) -> None:
    made = server.house("own")
    assert made is not None
    made.choose_preset("india")


def test_empty_page_is_the_uploader(house: None, open_page: Opener) -> None:
    app = open_page("upload")
    assert not app.exception
    assert "Drop attendance, marks, class lists or surveys." in said(app)
    assert len(app.file_uploader) == 1
    offered = {t.removeprefix(".") for t in app.file_uploader[0].proto.type}
    assert offered == set(guard.TYPES) >= {"ods"}


def test_file_becomes_a_card_and_the_card_becomes_truth_and_undo_takes_it_back(
    house: None, open_page: Opener
) -> None:
    app = dropped(open_page("upload"), ("April.xlsx", workbooks.xlsx({"April": MARKS})))
    assert not app.exception
    assert "This is daily attendance: 40 students, 1 school, 1 to 3 Apr 2025." in said(app)
    assert "Daily attendance" in [h.value for h in app.header]
    first = said(app).partition("<tbody>")[2].partition("</tbody>")[0]
    assert first.count("<tr>") == 5
    assert first.startswith("<tr><td>000</td><td>2025-04-01</td><td>A</td>")
    own = server.house("own")
    assert own is not None
    assert own.store.unsafe_run("select count(*) from mart.attendance") == [(0,)]
    button(app, "Use these data").click()
    settled(app)
    assert "120 rows read: 120 new, 0 the same, 0 changed, 0 left out." in said(app)
    assert own.store.unsafe_run("select count(*) from mart.attendance") == [(120,)]
    assert [p for p in own.staging.iterdir() if p.name != "spill"] == []
    button(app, "Undo").click().run()
    button(app, "Undo it").click().run()
    assert "This upload was undone." in said(app)
    assert own.store.unsafe_run("select count(*) from mart.attendance") == [(0,)]


def test_same_file_again_changes_nothing_and_says_when_it_came(
    house: None, open_page: Opener
) -> None:
    data = workbooks.xlsx({"April": MARKS})
    app = dropped(open_page("upload"), ("April.xlsx", data))
    button(app, "Use these data").click()
    settled(app)
    app = dropped(app, ("Copy of April.xlsx", data))
    button(app, "Use these data").click()
    settled(app)
    assert "You have already added this file on" in said(app)
    assert not any(b.label == "Undo" for b in app.button)


def test_publishing_is_refused_while_a_required_question_is_open(
    house: None, open_page: Opener
) -> None:
    app = dropped(open_page("upload"), ("marks.xlsx", marks(6, school=False)))
    assert button(app, "Use these data").disabled
    assert "1 question is still open." in said(app)
    next(w for w in [*app.selectbox, *app.text_input] if "school" in w.label.lower()).set_value(
        "Hill School")
    button(app, "Go on with these answers").click()
    settled(app)
    assert not button(app, "Use these data").disabled
    assert "Ready." in said(app)


def test_unknown_mark_is_asked_and_its_answer_is_remembered_for_the_next_month(
    house: None, open_page: Opener
) -> None:
    app = dropped(open_page("upload"), ("June.xlsx", marks(6, code="ZZ")))
    asked = next(s for s in app.selectbox if "ZZ" in s.label)
    assert "Absent" in asked.options
    asked.set_value("Absent")
    button(app, "Go on with these answers").click()
    settled(app)
    button(app, "Use these data").click()
    settled(app)
    own = server.house("own")
    assert own is not None
    assert own.store.unsafe_run("select sum(absent) from mart.attendance") == [(2,)]
    app = dropped(app, ("July.xlsx", marks(7, code="ZZ")))
    assert not any("ZZ" in s.label for s in app.selectbox)
    assert "Ready." in said(app)


def test_questions_of_a_card_come_one_at_a_time_and_each_answer_stays(
    house: None, open_page: Opener
) -> None:
    app = dropped(open_page("upload"), ("June.xlsx", marks(6, school=False, code="ZZ")))

    def asked() -> list[str]:
        return [w.label for w in [*app.selectbox, *app.text_input]
                if "ZZ" in w.label or "school" in w.label.lower()]

    assert "Question 1 of 2" in said(app) and len(asked()) == 1
    seen = asked()
    answers = {"ZZ": "Absent", "school": "Hill School"}

    def answer() -> None:
        for word, value in answers.items():
            for widget in [*app.selectbox, *app.text_input]:
                if word in widget.label or word in widget.label.lower():
                    widget.set_value(value)

    answer()
    button(app, "Next question").click().run()
    assert "Question 2 of 2" in said(app)
    assert len(asked()) == 1 and asked() != seen
    assert "Next question" not in [b.label for b in app.button]
    answer()
    button(app, "Question before").click().run()
    assert asked() == seen
    first = next(w for w in [*app.selectbox, *app.text_input] if w.label == seen[0])
    assert first.value in answers.values(), "the answer still stands"
    button(app, "Go on with these answers").click()
    settled(app)
    assert not button(app, "Use these data").disabled
    assert "Ready." in said(app)


def test_three_files_of_one_shape_are_one_card(house: None, open_page: Opener) -> None:
    app = dropped(open_page("upload"), *[(f"m{m}.xlsx", marks(m)) for m in (6, 7, 8)])
    assert [h.value for h in app.header] == ["Daily attendance, 3 sheets"]
    assert "3 files read: 3 are ready." in said(app)
    assert "12 students, 1 school, 2 Jun to 4 Aug 2025" in said(app)


def test_column_can_be_given_another_target(house: None, open_page: Opener) -> None:
    app = dropped(open_page("upload"), ("June.xlsx", marks(6)))
    name = next(s for s in app.selectbox if s.label.startswith("Name"))
    assert name.value == "student_name"
    name.set_value("ignore")
    next(b for b in app.button if b.label == "Read again with these columns").click()
    settled(app)
    name = next(s for s in app.selectbox if s.label.startswith("Name"))
    assert name.value == "ignore"


def test_refused_file_says_why_and_nothing_can_be_used(house: None, open_page: Opener) -> None:
    app = dropped(open_page("upload"), ("locked.xlsx", workbooks.encrypted()))
    assert not app.exception
    assert ("We could not use this file: this file is damaged or locked with a password."
            in said(app))
    assert "Use these data" not in [b.label for b in app.button]


def test_card_that_is_left_out_asks_nothing_and_is_not_used(
    house: None, open_page: Opener
) -> None:
    app = dropped(open_page("upload"), ("a.xlsx", marks(6)), ("b.xlsx", marks(7, school=False)))
    assert button(app, "Use these data").disabled
    app.checkbox[0].check().run()
    assert "1 is ready" in said(app)
    button(app, "Use these data").click()
    settled(app)
    assert "36 rows read: 36 new" in said(app)


def test_link_to_a_reading_of_an_earlier_start_offers_to_begin_again(
    house: None, open_page: Opener
) -> None:
    own = server.house("own")
    assert own is not None
    number = job_records.add_job(own.records, "check", "Reading the files")
    job_records.end(own.records, number, "done", "Done.", {})
    app = open_page("upload", {"drop": str(number)})
    assert "Staffroom was closed before these files were used." in said(app)
    assert len(app.file_uploader) == 1


def test_not_now_forgets_the_files(house: None, open_page: Opener) -> None:
    app = dropped(open_page("upload"), ("June.xlsx", marks(6)))
    button(app, "Not now").click().run()
    own = server.house("own")
    assert own is not None
    assert [p for p in own.staging.iterdir() if p.name != "spill"] == []
    assert "Drop attendance, marks, class lists or surveys." in said(app)


def test_answers_of_all_cards_go_together(house: None, open_page: Opener) -> None:
    other = [["Student ID", "Name", "Class", "Date", "Status", "Remarks"],
             *[[f"{i:03d}", f"Invented {i}", "7 B", date(2025, 9, d), "P", "x"]
               for i in range(9) for d in (1, 2)]]
    app = dropped(open_page("upload"), ("a.xlsx", marks(6, school=False)),
                  ("b.csv", workbooks.text(other)))
    asked = [w for w in [*app.selectbox, *app.text_input] if "school" in w.label.lower()]
    assert len(asked) == 2, "one question a card"
    for widget in asked:
        widget.set_value("Hill School")
    button(app, "Go on with these answers").click()
    settled(app)
    assert "2 files read: 2 are ready." in said(app)


def test_leaving_the_page_keeps_the_work_and_stop_ends_it(house: None, open_page: Opener) -> None:
    line = b"%09d,a name,7 B,2025-06-02,Hill School,P\n"
    data = b"ID,Name,Class,Date,School,Status\n" + b"".join(line % i for i in range(400_000))
    app = open_page("upload")
    app.file_uploader[0].set_value([("long.csv", data, "text/csv")])
    app.run()
    assert "Reading your files." in said(app)
    second = open_page("upload")
    assert "Reading your files." in said(second), "another tab sees the same work"
    own = server.house("own")
    assert own is not None
    assert len(job_records.jobs(own.records, only_open=True)) == 1
    button(second, "Stop").click()
    settled(second)
    assert "Stopped. Nothing was changed." in said(settled(app))
    assert own.store.unsafe_run("select count(*) from raw.attendance") == [(0,)]
    assert [p for p in own.staging.iterdir() if p.name != "spill"] == []


def test_answer_that_settles_nothing_is_named_and_asked_again(
    house: None, open_page: Opener
) -> None:
    rows = [["Student ID", "Name", *range(1, 8)], ["1", "Invented A", *"PPAPPPP"],
            ["2", "Invented B", *"PPPPPPP"]]
    app = dropped(open_page("upload"), ("week.xlsx", workbooks.xlsx({"Class 7": rows})))
    month = next(w for w in app.text_input if "Which month" in w.label)
    month.set_value("the rainy one")
    button(app, "Go on with these answers").click()
    settled(app)
    assert "We could not use “the rainy one”." in said(app)
    assert button(app, "Use these data").disabled


def test_reason_of_a_refusal_is_said_once(house: None, open_page: Opener) -> None:
    rows = [[f"Foo {i}" for i in range(5)], *[["x"] * 5] * 8]
    app = dropped(open_page("upload"), ("odd.xlsx", workbooks.xlsx({"Odd": rows})))
    assert said(app).count("We could not use this file:") == 1
    assert said(app).count("ould not tell what this sheet is") == 1
    assert "What stands there: Foo 0, Foo 1, Foo 2, Foo 3, Foo 4" in said(app)
    button(app, "Add other files").click().run()
    assert "Drop attendance, marks, class lists or surveys." in said(app)


def test_the_same_file_again_is_said_before_anything_is_used(
    house: None, open_page: Opener
) -> None:
    july = marks(7)
    app = dropped(open_page("upload"), ("July.xlsx", july))
    assert "You have already added" not in said(app)
    button(app, "Use these data").click()  # type: ignore[attr-defined]
    settled(app)
    app = dropped(open_page("upload"), ("Again.xlsx", july))
    assert "You have already added this file on" in said(app)
    assert "Ready.</p>" not in said(app)
    assert [b.proto.type for b in app.button if b.label in ("Use these data", "Add other files")] \
        == ["secondary", "primary"]
    app = dropped(open_page("upload"), ("Copy.xlsx", july + b"other bytes"))
    assert "Everything in this file stands here already." in said(app)


def test_two_files_that_cannot_be_used_each_say_why(house: None, open_page: Opener) -> None:
    def report(last: int) -> bytes:
        return ("Table 5.6 Enrolment by state,,,\n,,,\nState,Boys,Girls,Total\n(1),(2),(3),(4)\n"
                "Assam,10,12,22\nBihar,11,13,24\nGoa,1,2,3\nKerala,4,5,"
                f"{last}\n† not available,,,\n").encode()

    app = dropped(open_page("upload"), ("one.csv", report(9)), ("two.csv", report(8)))
    assert "2 files read: 2 could not be used." in said(app)
    assert "This is a printed report, not a list of students." in said(app)
    assert "1 Read" not in said(app), "there is no step to take"


def test_the_only_sheet_with_data_is_what_the_lead_speaks_of(
    house: None, open_page: Opener
) -> None:
    data = workbooks.xlsx({"Marks": MARKS, "Notes": [["Read me first"], ["Ask the office"]]})
    app = dropped(open_page("upload"), ("June.xlsx", data))
    assert "<b>This is daily attendance: 40 students, 1 school" in said(app)
    assert "1 sheet set aside" in [e.label for e in app.expander]


def test_a_file_of_a_known_school_shows_the_name_and_not_its_key(
    house: None, open_page: Opener
) -> None:
    app = dropped(open_page("upload"), ("July.xlsx", marks(7)))
    button(app, "Use these data").click()  # type: ignore[attr-defined]
    settled(app)
    app = dropped(open_page("upload"), ("August.xlsx", marks(8, school=False)))
    assert "The first rows, as they will be kept" in said(app)
    assert "<td>Hill School</td>" in said(app) and "<td>hill school</td>" not in said(app)
