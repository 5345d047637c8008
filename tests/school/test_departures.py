"""A file of changes ends spells; a later upload opens them again, and so does Undo."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl.publish import publish, revert
from etl.refold import rebuild
from school.house import House, open_house
from tests.drops import drop, table

BEGIN, DAY, END = date(2025, 8, 1), date(2025, 11, 3), date(2026, 8, 1)
ASHA, BILAL, ALL = 1, 2, 0


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    opened.choose_preset("us")
    yield opened
    opened.close()


def use(house: House, name: str, **tables: list[Mapping[str, Any]]) -> int:
    desk = house.folder / "desk"
    desk.mkdir(exist_ok=True)
    made = drop(desk, {name: {t: table(t, rows) for t, rows in tables.items()}})
    number = publish(house, made, "Head")[0].load_id
    assert number is not None
    return number


def roster(house: House, name: str = "bulk.csv", begin: date = BEGIN, year: str = "2025-26",
           classes: tuple[str, ...] = ("S1/K1", "S1/K2"), grade: str = "4") -> int:
    """Asha sits in the classes, Bilal in the first of them."""
    links = [(c, ASHA) for c in classes] + [(c, BILAL) for c in classes[:1]]
    rows = [{"class_id": c, "student": s, "org_id": "S1"} for c, s in links]
    return use(
        house, name,
        enrollment=[{"student": s, "org_id": "S1", "begin_date": begin, "academic_year": year,
                     "grade": grade} for s in (ASHA, BILAL)],
        **({"class_students": rows} if rows else {}))


def left(house: House, student: int, class_id: str = "*", day: date = DAY,
         name: str = "changes.csv") -> int:
    return use(house, name, departures=[
        {"student": student, "org_id": "S1", "class_id": class_id, "date": day}])


def spells(house: House) -> dict[int, tuple[date, date]]:
    return {s: (b, e) for s, b, e in house.store.unsafe_run(
        "select student, begin_date, end_date from mart.spells order by begin_date")}


def everything(house: House) -> list[object]:
    return [house.store.unsafe_run(f"select * exclude (load_id) from mart.{t} order by all")
            for t in ("enrollment", "class_students", "departures")] + [
        house.store.unsafe_run("select * from mart.spells order by all")]


def test_who_leaves_the_school_is_there_until_that_day_and_not_on_it(house: House) -> None:
    roster(house)
    left(house, ASHA)
    assert spells(house) == {ASHA: (BEGIN, DAY), BILAL: (BEGIN, END)}
    assert house.store.unsafe_run(
        "select end_date, exit_type from mart.enrollment where student = 1") == [(DAY, "unknown")]


def test_leaving_one_of_two_classes_ends_nothing_and_leaving_the_last_does(house: House) -> None:
    roster(house)
    left(house, ASHA, "S1/K1")
    assert spells(house)[ASHA] == (BEGIN, END)
    left(house, ASHA, "S1/K2", date(2025, 12, 1), "more.csv")
    assert spells(house)[ASHA] == (BEGIN, date(2025, 12, 1))


def test_a_class_that_is_gone_ends_it_for_those_who_sat_in_no_other(house: House) -> None:
    roster(house)
    left(house, ALL, "S1/K1")
    assert spells(house) == {ASHA: (BEGIN, END), BILAL: (BEGIN, DAY)}


def test_a_student_of_whom_no_class_is_known_leaves_with_the_one_that_is_named(
    house: House,
) -> None:
    roster(house, classes=())
    left(house, BILAL, "S1/K9")
    assert spells(house) == {ASHA: (BEGIN, END), BILAL: (BEGIN, DAY)}


def test_undo_opens_the_spell_again_whichever_upload_is_undone(house: House) -> None:
    first = roster(house)
    before = everything(house)
    gone = left(house, ASHA)
    after = everything(house)
    revert(house, gone, "Head")
    assert everything(house) == before
    again = left(house, ASHA, name="again.csv")
    assert everything(house) == after
    revert(house, first, "Head")
    assert spells(house) == {}
    rebuild(house)
    assert spells(house) == {} and again


def test_undoing_a_class_list_in_the_middle_is_as_if_it_had_never_been(house: House) -> None:
    roster(house, classes=("S1/K1",))
    middle = use(house, "more.csv", class_students=[
        {"class_id": "S1/K2", "student": BILAL, "org_id": "S1"}])
    left(house, BILAL, "S1/K1")
    assert spells(house)[BILAL] == (BEGIN, END)
    revert(house, middle, "Head")
    assert spells(house)[BILAL] == (BEGIN, DAY)
    stands = everything(house)
    rebuild(house)
    assert everything(house) == stands


def test_a_later_list_of_everything_takes_the_student_back(house: House) -> None:
    roster(house)
    left(house, ASHA)
    roster(house, "later.csv", grade="5")
    assert spells(house)[ASHA] == (BEGIN, END)


def test_a_departure_before_the_first_day_leaves_no_spell_and_after_the_year_changes_none(
    house: House,
) -> None:
    roster(house)
    early = left(house, ASHA, day=date(2025, 7, 1))
    assert spells(house) == {BILAL: (BEGIN, END)}
    revert(house, early, "Head")
    left(house, ASHA, day=date(2026, 9, 1), name="late.csv")
    assert spells(house) == {ASHA: (BEGIN, END), BILAL: (BEGIN, END)}


def test_of_two_years_only_the_one_that_lasts_is_ended(house: House) -> None:
    roster(house, "old.csv", date(2024, 8, 1), "2024-25")
    roster(house)
    left(house, ASHA)
    found = house.store.unsafe_run(
        "select begin_date, end_date from mart.enrollment where student = 1 order by 1")
    assert found == [(date(2024, 8, 1), None), (BEGIN, DAY)]
