"""The loss alarm: what the last upload had and this one lacks waits; an update does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from etl import losses
from etl.model import SheetReport
from etl.publish import publish, revert
from school.house import House, open_house
from school.quality import EXPECTED
from school.records import loads
from tests.drops import HandDrop, drop, table

JUNE, JULY = date(2025, 6, 2), date(2025, 7, 1)
CLASSES = {"7 A": range(0, 40), "7 B": range(40, 78), "8 A": range(78, 110)}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    opened.choose_preset("india")
    yield opened
    opened.close()


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder


def register(
    classes: Mapping[str, Iterable[int]], first: date, days: int = 5, org: str = "hill"
) -> dict[str, Any]:
    """A register of these classes: everybody present on each of so many days."""
    rows = [{"student": s, "date": first + timedelta(days=i), "session": "DAY", "org_id": org,
             "grade": c[0], "class": c, "code": "P", "possible": 2, "absent": 0,
             "category": "present", "row": s + 2}
            for c, members in classes.items() for s in members for i in range(days)]
    return {"attendance": table("attendance", rows)}


def roster(classes: Mapping[str, Iterable[int]], year: str = "2025-26") -> dict[str, Any]:
    first = date(int(year[:4]), 4, 1)
    rows = [{"student": s, "org_id": "hill", "begin_date": first, "grade": c[0], "class": c,
             "academic_year": year, "row": s + 2}
            for c, members in classes.items() for s in members]
    return {"enrollment": table("enrollment", rows)}


def made(
    desk: Path, layout: str, *sheets: Mapping[str, Any], answers: Mapping[str, Any] | None = None
) -> HandDrop:
    found = drop(desk, {f"{layout}{n}.csv": t for n, t in enumerate(sheets)}, answers=answers)
    return replace(found, reports=[replace(r, layout=layout) for r in found.reports])


def use(house: House, desk: Path, layout: str, *sheets: Mapping[str, Any]) -> int:
    """Publish sheets of a layout; the number of the first load."""
    number = publish(house, made(desk, layout, *sheets), "Head")[0].load_id
    assert number is not None
    return number


def ask(house: House, found: HandDrop) -> tuple[SheetReport, ...]:
    return losses.asked(house, found, found.reports)  # type: ignore[arg-type]


def question(reports: Sequence[SheetReport]) -> str:
    """The words of the alarm, blank where nothing waits."""
    found = [q.words for r in reports for q in r.questions if q.about.startswith("loss:")]
    assert len(found) <= 1
    return found[0] if found else ""


def told(reports: Sequence[SheetReport]) -> list[str]:
    return [f.words for r in reports for f in r.findings if f.rule == losses.RULE]


def without(label: str) -> dict[str, Iterable[int]]:
    return {c: m for c, m in CLASSES.items() if c != label}


def test_class_of_the_month_before_that_is_missing_is_asked_about(house: House, desk: Path) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    reports = ask(house, made(desk, "register", register(without("7 B"), JULY)))
    assert question(reports) == (
        "Class 7 B, 38 students, was in the last upload and is not in this one. "
        "Left out on purpose?")
    assert reports[0].state == "question"


def outcomes(
    classes: Mapping[str, Iterable[int]], day: date, subject: str = "Mathematics"
) -> dict[str, Any]:
    """A grid of one outcome of a subject: every student of these classes was looked at."""
    key = f"outcome|{subject}|"
    rows = [{"student": s, "objective_id": key, "date": day, "org_id": "hill", "grade": c[0],
             "class": c, "status": "observed", "row": s + 2}
            for c, members in classes.items() for s in members]
    thing = {"objective_id": key, "name": "Adds", "kind": "outcome", "subject": subject, "row": 1}
    return {"objectives": table("objectives", [thing]), "observations": table("observations", rows)}


def test_class_that_a_grid_of_outcomes_lacks_is_asked_about_in_its_subject_only(
    house: House, desk: Path
) -> None:
    use(house, desk, "outcome_grid", outcomes(CLASSES, JUNE))
    lacks = outcomes(without("7 B"), JULY)
    assert "Class 7 B, 38 students" in question(ask(house, made(desk, "outcome_grid", lacks)))
    other = outcomes(without("7 B"), JULY, "English")
    assert not question(ask(house, made(desk, "outcome_grid", other)))
    whole = outcomes(CLASSES, JULY)
    assert not question(ask(house, made(desk, "outcome_grid", whole)))


def test_whole_register_of_the_next_month_is_no_loss(house: House, desk: Path) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    reports = ask(house, made(desk, "register", register(CLASSES, JULY)))
    assert (question(reports), told(reports), reports[0].state) == ("", [], "ready")


def test_first_upload_has_nothing_to_be_compared_with(house: House, desk: Path) -> None:
    assert not question(ask(house, made(desk, "register", register(CLASSES, JUNE))))


def test_three_corrected_rows_are_an_update_and_no_loss(house: House, desk: Path) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    reports = ask(house, made(desk, "register", register({"7 A": range(3)}, JUNE, 1)))
    assert (question(reports), told(reports)) == ("", [])


def test_update_in_between_does_not_hide_a_loss(house: House, desk: Path) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    use(house, desk, "register", register({"7 A": range(3)}, JUNE, 1))
    reports = ask(house, made(desk, "register", register(without("7 B"), JULY)))
    assert "Class 7 B, 38 students" in question(reports)


def test_one_file_a_class_is_no_loss_of_the_others(house: House, desk: Path) -> None:
    use(house, desk, "register", register({"7 A": CLASSES["7 A"]}, JUNE))
    use(house, desk, "register", register({"7 B": CLASSES["7 B"]}, JUNE))
    assert not question(ask(house, made(desk, "register", register({"7 A": range(40)}, JULY))))
    assert not question(ask(house, made(desk, "register", register({"8 A": range(80, 99)}, JULY))))


def test_less_than_half_of_a_list_is_told_as_a_part(house: House, desk: Path) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    reports = ask(house, made(desk, "register", register({"7 A": range(40)}, JULY)))
    assert told(reports) == ["This holds 40 students; the last upload had 110. We take it for a "
                             "part of the list."]
    assert not question(reports)


@pytest.mark.parametrize(("missing", "waits"), [(2, False), (3, False), (4, True), (9, True)])
def test_students_of_a_class_wait_from_three_and_a_tenth_on(
    house: House, desk: Path, missing: int, waits: bool
) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    fewer = {**CLASSES, "7 B": range(40 + missing, 78)}
    reports = ask(house, made(desk, "register", register(fewer, JULY)))
    words = f"{missing} students of Class 7 B were in the last upload and are not in this one."
    assert bool(question(reports)) is waits
    assert words in (question(reports) if waits else told(reports)[0])


def test_students_who_are_stated_to_have_left_are_no_loss(house: House, desk: Path) -> None:
    gone = [{"student": s, "org_id": "hill", "begin_date": date(2025, 4, 1), "class": "7 B",
             "end_date": date(2025, 6, 30), "exit_type": "transfer", "academic_year": "2025-26",
             "grade": "7"} for s in range(40, 60)]
    use(house, desk, "register", register(CLASSES, JUNE))
    use(house, desk, "roster", {"enrollment": table("enrollment", gone)})
    fewer = {**CLASSES, "7 B": range(60, 78)}
    assert not question(ask(house, made(desk, "register", register(fewer, JULY))))


def test_typo_in_a_class_name_of_a_class_list_is_named_with_its_new_place(
    house: House, desk: Path
) -> None:
    """The story of 1,052 students who were dropped without a word."""
    big = {"5 A": range(0, 1052), "6 A": range(1052, 2100), "7 A": range(2100, 3000)}
    use(house, desk, "roster", roster(big))
    typo = {"5 AA": big["5 A"], "6 A": big["6 A"], "7 A": big["7 A"]}
    assert question(ask(house, made(desk, "roster", roster(typo)))) == (
        "Class 5 A, 1,052 students, was in the last upload and is not in this one. Most of them "
        "stand under “5 AA” now. Left out on purpose?")
    dropped = {"6 A": big["6 A"], "7 A": big["7 A"]}
    assert question(ask(house, made(desk, "roster", roster(dropped)))).startswith(
        "Class 5 A, 1,052 students, was in the last upload and is not in this one. Left")


def test_list_of_a_new_school_year_is_no_loss(house: House, desk: Path) -> None:
    use(house, desk, "roster", roster(CLASSES, "2024-25"))
    promoted = {"8 A": range(0, 40), "8 B": range(40, 78)}
    assert not question(ask(house, made(desk, "roster", roster(promoted, "2025-26"))))


def test_day_that_the_last_upload_had_is_asked_about(house: House, desk: Path) -> None:
    use(house, desk, "attendance_daily", register(CLASSES, JUNE, 5))
    again = register(CLASSES, JUNE, 5)["attendance"]
    kept = [r for r in again.to_pylist() if r["date"] != date(2025, 6, 4)]
    reports = ask(house, made(desk, "attendance_daily", {"attendance": table("attendance", kept)}))
    assert question(reports).startswith(
        "1 day was in the last upload and is not in this one: 4 Jun 2025.")


def test_school_of_a_cluster_that_sent_nothing_this_time_is_asked_about(
    house: House, desk: Path
) -> None:
    schools = [register({"5": range(n * 100, n * 100 + 30)}, JUNE, org=f"s{n}") for n in range(5)]
    use(house, desk, "register", *schools)
    july = [register({"5": range(n * 100, n * 100 + 30)}, JULY, org=f"s{n}") for n in range(5)]
    assert not question(ask(house, made(desk, "register", *july)))
    assert question(ask(house, made(desk, "register", *july[:4]))).startswith(
        "s4, 30 students, was in the last upload and is not in this one.")
    assert not question(ask(house, made(desk, "register", july[0]))), "one school sends its own"


def test_upload_that_was_undone_is_not_the_last_one(house: House, desk: Path) -> None:
    number = use(house, desk, "register", register(CLASSES, JUNE))
    revert(house, number, "Head")
    assert not question(ask(house, made(desk, "register", register(without("7 B"), JULY))))


def test_answer_with_a_reason_lets_it_through_and_is_kept_with_the_upload(
    house: House, desk: Path
) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    july = register(without("7 B"), JULY)
    about, = [q.about for r in ask(house, made(desk, "register", july)) for q in r.questions]
    answered = made(desk, "register", july, answers={about: "expected: The class moved out."})
    reports = ask(house, answered)
    assert (reports[0].state, reports[0].questions) == ("ready", ())
    publish(house, replace(answered, reports=reports), "Head")
    kept = loads.loads(house.records)[0]
    assert [f["words"] for f in kept.findings if f["rule"] == EXPECTED] == [
        "Class 7 B, 38 students, was in the last upload and is not in this one. "
        "Expected: The class moved out."]


@pytest.mark.parametrize("said", ["", "no", "yes", "exp"])
def test_other_answers_do_not_let_it_through(house: House, desk: Path, said: str) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    july = register(without("7 B"), JULY)
    about, = [q.about for r in ask(house, made(desk, "register", july)) for q in r.questions]
    assert question(ask(house, made(desk, "register", july, answers={about: said})))


def test_command_line_warns_and_does_not_wait(house: House, desk: Path) -> None:
    use(house, desk, "register", register(CLASSES, JUNE))
    found = made(desk, "register", register(without("7 B"), JULY))
    report, = losses.noted(house, found, found.reports)  # type: ignore[arg-type]
    assert report.state == "ready"
    assert [(f.rule, f.level, f.count) for f in report.findings] == [("loss", "warns", 38)]
    assert [(q.required, q.choices) for q in report.questions] == [(False, ("expected",))]
