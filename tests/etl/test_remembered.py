"""What was answered about files: seen in words, changed, forgotten, and taken to another house."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl import answerfile, intake, jobs, known, remembered
from etl.commands import main
from etl.loading import load_into
from etl.model import SheetReport
from school.errors import UnreadableFile, WrongUse
from school.house import House, open_house
from school.records import Records, loads, shapes
from school.records import jobs as job_records
from school.records.tables import MIGRATIONS
from tests import messy, workbooks

AS_OF = date(2025, 9, 1)
NAMES = messy.names(12)
GIVEN = {"blank": "yes", f"code:{messy.OWN_MARK}": "approved_activity",
         "column:Register ref.": "student_id"}
Add = Callable[..., SheetReport]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = open_house(tmp_path / "data")
    made.choose_preset("india")
    yield made
    made.close()


@pytest.fixture
def add(house: House, tmp_path: Path) -> Add:
    """Load one month of the register; its report."""

    def added(month: int, answers: Mapping[str, Any] | None = None, name: str = "",
              students: list[str] = NAMES) -> SheetReport:
        path = tmp_path / (name or f"month {month}.xlsx")
        path.write_bytes(messy.workbook(month, students))
        (report,) = load_into(house, [path], AS_OF, answers=answers)
        return report

    return added


def marks(house: House) -> int:
    return int(house.store.unsafe_run("select count(*) from mart.attendance")[0][0])


def own(house: House) -> remembered.Kept:
    """The register among the kinds of file that are remembered."""
    return next(k for k in remembered.kept(house) if not k.everywhere)


def words(house: House) -> set[str]:
    return {a.words for k in remembered.kept(house) for a in k.answers}


def test_next_month_asks_nothing_and_every_answer_is_a_sentence(house: House, add: Add) -> None:
    assert {q.about for q in add(6).questions} == {"blank", f"code:{messy.OWN_MARK}"}
    assert remembered.kept(house) == ()
    assert add(6, GIVEN).state == "loaded"
    july = add(7)
    assert (july.state, july.questions) == ("loaded", ())
    assert july.summary["students"] == len(NAMES)
    assert words(house) == {
        "An empty cell means present.", "Column “Register ref.” is the student's number or id.",
        f"“{messy.OWN_MARK}” means on duty or approved activity."}
    register, everywhere = remembered.kept(house)
    assert (register.title, register.shape.file) == ("Register", "month 7.xlsx")
    assert register.shape.headers == ("Register ref.", "Name of student", "Total A")
    assert everywhere.everywhere and everywhere.title == "All files"


def test_very_same_file_asks_nothing_again_under_any_name_and_a_like_one_is_the_only_schools(
    house: House, tmp_path: Path
) -> None:
    text = "Student ID,Name,Class,Date,Status\n1,Invented A,7,2025-06-02,P\n"
    paths = [tmp_path / f"{name}.csv" for name in ("june", "june again", "july")]
    for path in paths:
        path.write_text(text.replace("06", "07") if path.stem == "july" else text, "utf-8")
    (asked,) = load_into(house, paths[:1], AS_OF)
    assert [q.about for q in asked.questions if q.required] == ["school"]
    said = {f"june.csv|{asked.sheet}": {"school": "Hillside"}}
    (first,) = load_into(house, paths[:1], AS_OF, answers=said)
    assert first.state == "loaded"
    again, july = load_into(house, paths[1:], AS_OF)
    assert (again.questions, again.loaded, again.changed, again.unchanged) == ((), 0, 0, 1)
    assert july.loaded == 1 and [(q.about, q.required) for q in july.questions] == [
        ("school", False)]
    add_second = {f"june.csv|{asked.sheet}": {"school": "Lakeside"}}
    other = tmp_path / "june.csv"
    other.write_text(text.replace("1,Inv", "2,Inv"), "utf-8")
    assert load_into(house, [other], AS_OF, answers=add_second)[0].state == "loaded"
    paths[2].write_text(text.replace("06", "08"), "utf-8")
    (august,) = load_into(house, paths[2:], AS_OF)
    assert [q.about for q in august.questions if q.required] == ["school"]
    assert "Hillside" not in " ".join(words(house))


def test_changed_answer_counts_from_the_next_file_and_names_what_stands(
    house: House, add: Add
) -> None:
    add(6, GIVEN)
    before = marks(house)
    shape = own(house).fingerprint
    standing = remembered.change(house, shape, "blank", "no")
    assert [load.file for load in standing] == ["month 6.xlsx"]
    assert marks(house) == before
    report = add(7)
    assert report.state == "loaded"
    # of July only what is written stands: three absences a day, Sundays and no 10 July for one
    written = sum(m is not None for row in messy.register(7, NAMES)[6:6 + len(NAMES)]
                  for m in row[2:-1])
    assert marks(house) == before + written
    assert remembered.change(house, shape, "blank", "yes")[0].file == "month 7.xlsx"


def test_mark_that_means_something_else_names_only_uploads_that_hold_it(
    house: House, add: Add, tmp_path: Path
) -> None:
    add(6, GIVEN)
    other = tmp_path / "other.csv"
    other.write_text("Student ID,School,Date,Status\n1,Hillside,2025-07-01,P\n", "utf-8")
    load_into(house, [other], AS_OF)
    changed = remembered.change(house, shapes.EVERYWHERE, f"code:{messy.OWN_MARK}",
                                "absent_authorised")
    assert [load.file for load in changed] == ["month 6.xlsx"]


def test_forgotten_answer_is_asked_again(house: House, add: Add) -> None:
    add(6, GIVEN)
    shapes.forget(house.records, own(house).fingerprint, "blank")
    assert [q.about for q in add(7).questions] == ["blank"]
    shapes.forget(house.records, own(house).fingerprint)
    assert all(k.everywhere for k in remembered.kept(house))
    report = add(7)
    assert report.columns[0].target is None  # the id is no longer known for one


def test_answers_that_make_no_sense_are_refused_in_words(house: House, add: Add) -> None:
    add(6, GIVEN)
    shape = own(house).fingerprint
    for about, value in (("blank", "perhaps"), ("column:Register ref.", "the moon"),
                         ("weather", "fine"), ("code:A", "present")):
        with pytest.raises(WrongUse, match=r"makes no sense\. Expected"):
            remembered.change(house, shape, about, value)
    assert "An empty cell means present." in words(house)


def test_nothing_remembered_holds_the_name_of_a_student(
    house: House, add: Add, tmp_path: Path
) -> None:
    name = NAMES[0]
    odd = {f"code:{name}": "present", f"school:{name}": "Hillside", f"column:{name}": "ignore"}
    add(6, {**GIVEN, **odd}, name=f"{name} and others.xlsx")
    kept = answerfile.export(house).content.decode()
    assert GIVEN.keys() == {k for shape in json.loads(kept)["shapes"] for k in shape["answers"]}
    assert not [n for n in NAMES if n in kept]
    assert own(house).shape.file == ""
    path = tmp_path / "with a name.json"
    told = json.loads(kept)
    told["shapes"][0]["answers"][f"code:{name}"] = "present"
    path.write_text(json.dumps(told), "utf-8")
    assert answerfile.add(house, path.read_bytes()).words == (
        "3 were here already. 1 was left out, because the name of a student "
        "stands in it.")


def test_card_that_was_left_out_teaches_nothing(house: House, tmp_path: Path) -> None:
    path = tmp_path / "June.xlsx"
    path.write_bytes(messy.workbook(6, NAMES))
    found = intake.checked(known.check(house, [path], known.context(house, AS_OF, GIVEN)))
    (card,) = found.cards
    assert card.state == "ready"
    running = jobs.Running(house, job_records.add_job(house.records, "load", "Using"))
    intake.using(house, found, frozenset({card.key}), "test")(running)
    assert (marks(house), remembered.kept(house)) == (0, ())


@pytest.mark.parametrize(("about", "value", "layout", "said"), [
    ("blank", "no", "register", "An empty cell means no mark."),
    ("dates", "mdy", "results", "In dates, what comes first is the month."),
    ("ids", "shared", "roster", "Student numbers belong to all schools together."),
    ("column:Caste", "ignore", "roster", "Column “Caste” is left out."),
    ("target:score", "Got", "results", "The score stands in column “Got”."),
    ("grade:12-Sep", "9-12", "roster", "“12-Sep” is grade or class 9-12."),
    ("code:Diwali", "holiday", "calendar", "“Diwali” means a holiday."),
    ("code:HD", "half day", "register", "“HD” means half day."),
    ("school:GPS A", "It is another school", "", "“GPS A” is a school of its own."),
    ("school:GPS A", "hill", "", "“GPS A” is Hill School."),
    ("maximum", "50", "marksheet", "Maximum is 50."),
])
def test_every_kind_of_answer_has_its_sentence(
    about: str, value: str, layout: str, said: str
) -> None:
    assert remembered.spoken(about, value, layout, {"hill": "Hill School"}) == said


def test_answers_travel_to_another_house_and_back_changes_nothing(
    house: House, add: Add, tmp_path: Path
) -> None:
    add(6, GIVEN)
    made = answerfile.export(house)
    assert answerfile.add(house, made.content).words == "3 were here already."
    other = open_house(tmp_path / "other")
    other.choose_preset("india")
    assert answerfile.add(other, made.content).words == "3 answers added."
    assert own(other).shape.file == "month 6.xlsx"
    path = tmp_path / "August.xlsx"
    path.write_bytes(messy.workbook(8, NAMES))
    (report,) = load_into(other, [path], AS_OF)
    assert (report.state, report.questions) == ("loaded", ())
    remembered.change(other, own(other).fingerprint, "blank", "no")
    assert answerfile.add(other, made.content).words == (
        "2 were here already. 1 is answered differently here and was left as it "
        "is.")
    other.close()


SHAPE = {"fingerprint": "0123456789ab", "layout": "register", "answers": {"blank": "yes"}}


@pytest.mark.parametrize(("content", "said"), [
    (b"", "no file of remembered answers"), (b"\xff\xfe\x00", "no file of remembered answers"),
    (b"[" * 100_000, "no file of remembered answers"),
    (b'{"format": "something"}', "no file of remembered answers"),
    ({"version": 2}, "by a newer Staffroom"), ({"shapes": {}}, "no file of remembered answers"),
    ({"shapes": [{**SHAPE, "fingerprint": "../up"}]}, "no file of remembered answers"),
    ({"shapes": [{**SHAPE, "layout": "magic"}]}, "kind of file “magic”"),
    ({"shapes": [{**SHAPE, "at": "yesterday"}]}, "no file of remembered answers"),
    ({"shapes": [{**SHAPE, "headers": [7]}]}, "no file of remembered answers"),
    ({"shapes": [{**SHAPE, "columns": True}]}, "no file of remembered answers"),
    ({"shapes": [{**SHAPE, "answers": {"blank": 1}}]}, "is no text"),
    ({"shapes": [{**SHAPE, "answers": {"blank": "perhaps"}}]}, "Expected yes or no"),
    ({"shapes": [{**SHAPE, "answers": {"code:X": "present"}}]}, "Expected a known question"),
    ({"shapes": [{**SHAPE, "answers": {"column:": "class"}}]}, "Expected a known question"),
    ({"shapes": [{**SHAPE, "answers": {"column:A": "moon"}}]}, "Expected what the column holds"),
    ({"shapes": [SHAPE, {**SHAPE, "fingerprint": "*", "answers": {"code:X": "so so"}}]},
     "Expected the meaning of a mark"),
])
def test_file_that_is_not_ours_is_refused_in_words_and_nothing_is_kept(
    house: House, content: bytes | Mapping[str, Any], said: str
) -> None:
    if not isinstance(content, bytes):
        content = json.dumps({"format": "staffroom-answers", "version": 1, **content}).encode()
    with pytest.raises(UnreadableFile, match=said) as caught:
        answerfile.add(house, content)
    assert caught.value.words.endswith("Nothing was added.")
    assert remembered.kept(house) == ()


def test_answers_go_out_and_in_on_the_command_line(
    house: House, add: Add, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(6, GIVEN)
    house.close()
    file, other = tmp_path / "answers.json", tmp_path / "other"
    command = ["answers", "export", str(file), "--data", str(house.folder)]
    assert main(command) == 0
    assert main(command) == 2  # never over a file that is there
    assert main(["answers", "import", str(tmp_path / "none.json"), "--data", str(other)]) == 2
    capsys.readouterr()
    assert main(["answers", "import", str(file), "--data", str(other), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"added": 3, "same": 0, "kept": 0, "names": 0}
    file.write_text("{}", "utf-8")
    assert main(["answers", "import", str(file), "--data", str(other)]) == 1
    assert "no file of remembered answers" in capsys.readouterr().err


def test_answers_from_before_their_kind_of_file_was_kept_are_still_told(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    open_house(folder).close()
    (folder / "records.sqlite").unlink()
    old = sqlite3.connect(folder / "records.sqlite")
    for statement in (*MIGRATIONS[0], "insert into answer values ('abc', 'blank', 'yes')",
                      "pragma user_version = 1"):
        old.execute(statement)
    old.commit()
    old.close()
    house = open_house(folder)
    (kept,) = remembered.kept(house)
    assert (kept.title, kept.answers[0].words) == (
        "A kind of file", "An empty cell means present.")
    assert shapes.everything(house.records)["abc"]["blank"].at is None
    house.close()


def test_day_of_an_answer_is_that_of_its_last_change() -> None:
    now = [datetime(2025, 6, 1, 12)]
    records = Records(None, clock=lambda: now[0])
    shapes.remember(records, "abc", {"blank": "yes", "dates": "dmy"})
    now[0] = datetime(2025, 7, 1, 12)
    shapes.remember(records, "abc", {"blank": "no", "dates": "dmy"})
    said = shapes.everything(records)["abc"]
    assert {k: str(v.at)[:10] for k, v in said.items()} == {
        "blank": "2025-07-01", "dates": "2025-06-01"}
    records.close()


def test_list_without_headers_is_known_again_only_where_its_columns_look_alike(
    house: House, tmp_path: Path
) -> None:
    def rows(last: object) -> list[list[object]]:
        return [[f"{n:04d}", f"Child {chr(65 + n)}", "7", last] for n in range(8)]

    def load(name: str, last: object, answers: Mapping[str, Any] | None) -> SheetReport:
        path = tmp_path / name
        path.write_bytes(workbooks.xlsx({"List": rows(last)}))
        (report,) = load_into(house, [path], AS_OF, answers=answers)
        return report

    given = {"column:Column A": "Student id", "column:Column B": "Student name",
             "column:Column C": "Grade", "column:Column D": "Sex", "school": "Hillside"}
    assert load("a.xlsx", "F", given).state == "loaded"
    assert not [q for q in load("b.xlsx", "M", {"school": "Hillside"}).questions]
    other = load("c.xlsx", "12", {"school": "Hillside"})
    assert len(other.questions) == 4
    assert "Column “Column D” is sex." in words(house)


def test_forgetting_leaves_uploads_as_they_are(house: House, add: Add) -> None:
    add(6, GIVEN)
    before = marks(house)
    for one in remembered.kept(house):
        shapes.forget(house.records, one.fingerprint)
    assert (remembered.kept(house), marks(house)) == ((), before)
    assert [load.state for load in loads.loads(house.records)] == ["standing"]
