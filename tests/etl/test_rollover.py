"""A new school year: students move up, history stays, and who is missing waits to be confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from etl import odd
from etl.publish import publish, revert
from etl.rollover import confirm, leavers
from school.errors import WrongUse
from school.house import House, open_house
from school.measures import answer
from school.records import loads
from school.view import View
from tests.drops import HandDrop, drop, table

OLD, NEW, END = "2024-25", "2025-26", date(2025, 4, 1)
LAST_YEAR = {"1": range(0, 10), "2": range(10, 20), "3": range(20, 30)}
# Two of class 1 and one of class 2 are missing; class 3 was the last; ten are new.
THIS_YEAR = {"1": range(100, 110), "2": range(0, 8), "3": range(10, 19)}


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


def listed(
    desk: Path, year: str, classes: dict[str, Iterable[int]], org: str = "hill"
) -> HandDrop:
    """A class list: ids are numbers, everybody is on the roll from the first day."""
    members = [(c, s) for c, many in classes.items() for s in many]
    rows = {
        "organisations": table("organisations", [{"org_id": org, "name": org.title(), "row": 1,
                                                  "type": "school"}]),
        "students": table("students", [{"student": s, "namespace": "*", "student_id": str(s),
                                        "id_kind": "id", "name": f"Invented {s}", "row": s + 2}
                                       for _, s in members]),
        "enrollment": table("enrollment", [
            {"student": s, "org_id": org, "begin_date": date(int(year[:4]), 4, 1), "grade": c,
             "class": f"{c} A", "academic_year": year, "row": s + 2} for c, s in members]),
    }
    made = drop(desk, {f"{org} {year}.csv": rows})
    return replace(made, reports=[replace(r, layout="roster") for r in made.reports])


def on(house: House, day: date) -> float | None:
    total = answer(house.store, "headcount", View(day, day, day), preset=house.preset).total
    return total.value if total else None


@pytest.fixture
def rolled(house: House, desk: Path) -> House:
    publish(house, listed(desk, OLD, LAST_YEAR), "Head")
    publish(house, listed(desk, NEW, THIS_YEAR), "Head")
    return house


def test_students_move_up_and_the_year_before_stays(rolled: House) -> None:
    spells = rolled.store.unsafe_run(
        "select begin_date, end_date, grade, academic_year from mart.spells where student = 0 "
        "order by begin_date")
    assert spells == [(date(2024, 4, 1), END, "1", OLD), (END, date(2026, 4, 1), "2", NEW)]
    assert on(rolled, date(2025, 3, 31)) == 30
    assert on(rolled, date(2025, 4, 1)) == 27


def test_missing_ones_are_listed_and_the_last_grade_is_proposed_as_completed(
    rolled: House
) -> None:
    found = leavers(rolled)
    assert {(x.student, x.label, x.proposed) for x in found} == {
        (8, "1 A", "unknown"), (9, "1 A", "unknown"), (19, "2 A", "unknown"),
        *((s, "3 A", "completed") for s in range(20, 30))}
    assert {(x.year, x.end, x.school) for x in found} == {(OLD, END, "Hill")}


def test_confirmed_ones_leave_with_their_reason_and_undo_lists_them_again(rolled: House) -> None:
    found = leavers(rolled)
    number = confirm(rolled, "Head", [(x, "transfer" if x.student == 8 else x.proposed)
                                      for x in found if x.student in (8, 20)], date(2025, 6, 1))
    assert number is not None
    assert rolled.store.unsafe_run(
        "select student, end_date, exit_type from mart.enrollment where exit_type is not null "
        "order by student") == [(8, END, "transfer"), (20, END, "completed")]
    assert len(leavers(rolled)) == len(found) - 2
    assert on(rolled, date(2025, 3, 31)) == 30 and on(rolled, date(2025, 4, 1)) == 27
    kept = loads.load(rolled.records, number)
    assert kept is not None and "what became of 2 students" in kept.words
    assert "Invented" not in kept.words
    revert(rolled, number, "Head")
    assert leavers(rolled) == found


def test_nobody_knows_is_an_answer_too(rolled: House) -> None:
    confirm(rolled, "Head", [(x, "unknown") for x in leavers(rolled)], date(2025, 6, 1))
    assert leavers(rolled) == ()


def test_list_that_was_confirmed_stays_so_when_the_old_list_comes_again(
    rolled: House, desk: Path
) -> None:
    confirm(rolled, "Head", [(x, x.proposed) for x in leavers(rolled)], date(2025, 6, 1))
    publish(rolled, listed(desk, OLD, {**LAST_YEAR, "3": range(20, 31)}), "Head")
    assert [x.student for x in leavers(rolled)] == [30]


def test_other_words_are_refused(rolled: House) -> None:
    with pytest.raises(WrongUse):
        confirm(rolled, "Head", [(leavers(rolled)[0], "vanished")], date(2025, 6, 1))
    assert confirm(rolled, "Head", [], date(2025, 6, 1)) is None


def test_list_of_one_class_lists_nobody(house: House, desk: Path) -> None:
    publish(house, listed(desk, OLD, LAST_YEAR), "Head")
    publish(house, listed(desk, NEW, {"2": range(0, 8)}), "Head")
    assert leavers(house) == ()


def test_student_on_the_list_of_another_school_is_proposed_as_moved(
    rolled: House, desk: Path
) -> None:
    publish(rolled, listed(desk, NEW, {"2": [8]}, org="vale"), "Head")
    moved, = [x for x in leavers(rolled) if x.student == 8]
    assert (moved.proposed, moved.destination) == ("transfer", "Vale")


def test_stated_leavers_are_not_asked_about(house: House, desk: Path) -> None:
    first = listed(desk, OLD, LAST_YEAR)
    rows = dict(first.rows["hill 2024-25.csv|Sheet1"])
    gone = rows["enrollment"].to_pylist()
    for row in gone:
        if row["student"] in (8, 9):
            row |= {"end_date": date(2024, 11, 1), "exit_type": "transfer"}
    rows["enrollment"] = table("enrollment", gone)
    publish(house, replace(first, rows={"hill 2024-25.csv|Sheet1": rows}), "Head")
    publish(house, listed(desk, NEW, THIS_YEAR), "Head")
    assert not {x.student for x in leavers(house)} & {8, 9}


def test_new_list_says_how_many_it_lacks_before_it_is_used(house: House, desk: Path) -> None:
    publish(house, listed(desk, OLD, LAST_YEAR), "Head")
    made = listed(desk, NEW, THIS_YEAR)
    report, = odd.noticed(house, made, made.reports)  # type: ignore[arg-type]
    found, = [f for f in report.findings if f.rule == "leavers"]
    assert (found.level, found.count) == ("warns", 13)
    assert found.words.startswith("13 students of the list of 2024-25 are not on this one.")
