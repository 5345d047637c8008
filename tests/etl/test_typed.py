"""What is typed about a school counts everywhere, before any file, until it is undone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from etl import typed
from etl.publish import publish, revert
from school.directory import ALL, School, directory
from school.errors import WrongUse
from school.house import House, open_house
from school.records import loads
from tests.drops import drop, mark, table

TODAY = date(2025, 11, 14)
MONDAY = date(2025, 6, 2)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    rows = [mark(1, MONDAY), mark(2, MONDAY), mark(3, MONDAY, org_id="hil"),
            mark(4, MONDAY, org_id="29-1234-5678")]
    publish(opened, drop(tmp_path, {"a.csv": {
        "attendance": table("attendance", rows),
        "organisations": table("organisations", [
            {"org_id": "hill", "name": "Hillside", "type": "school"},
            {"org_id": "hil", "name": "Hilside", "type": "school"}]),
    }}), "Head")
    yield opened
    opened.close()


def school(house: House, org_id: str) -> School:
    found = directory(house.store).school(org_id)
    assert found is not None
    return found


def names(house: House) -> list[str]:
    return [s.name for s in directory(house.store).schools]


def test_a_school_known_only_by_a_number_is_named(house: House) -> None:
    assert not school(house, "29-1234-5678").named
    typed.change_school(house, "Head", school(house, "29-1234-5678"), TODAY, name="  Lake  School ")
    found = school(house, "29-1234-5678")
    assert (found.name, found.named, found.students) == ("Lake School", True, 1)


def test_a_name_that_was_typed_stands_when_a_later_file_says_another(
    house: House, tmp_path: Path
) -> None:
    number = typed.change_school(house, "Head", school(house, "hill"), TODAY, name="Hill School")
    later = table("organisations", [{"org_id": "hill", "name": "HILLSIDE GPS", "type": "school"}])
    publish(house, drop(tmp_path, {"b.csv": {"organisations": later}}), "Head")
    assert school(house, "hill").name == "Hill School"
    assert number is not None
    revert(house, number, "Head")
    assert school(house, "hill").name == "HILLSIDE GPS"


def test_cluster_and_first_day_of_the_year_are_kept(house: House) -> None:
    typed.change_school(house, "Head", school(house, "hill"), TODAY, cluster="North Cluster",
                        year_start="06-01")
    found = school(house, "hill")
    assert (found.cluster, found.cluster_id, found.year_start) == (
        "North Cluster", "north cluster", "06-01")
    assert [c.name for c in directory(house.store).clusters] == ["North Cluster"]
    with pytest.raises(WrongUse, match="month and day"):
        typed.change_school(house, "Head", found, TODAY, year_start="1 June")


def test_nothing_typed_or_nothing_new_makes_no_upload(house: House) -> None:
    before = len(loads.loads(house.records))
    hill = school(house, "hill")
    assert typed.change_school(house, "Head", hill, TODAY, name="  ") is None
    assert typed.change_school(house, "Head", hill, TODAY, name="Hillside") is None
    assert typed.name_days(house, "Head", ALL, [], "holiday", "", TODAY) is None
    assert len(loads.loads(house.records)) == before


def test_two_spellings_become_one_school_and_part_again(house: House) -> None:
    known = directory(house.store)
    assert [(a.name, b.name) for a, b in typed.alike(known)] == [("Hilside", "Hillside")]
    small, large = typed.alike(known)[0]
    number = typed.join(house, "Head", small, large, TODAY)
    assert names(house) == ["29-1234-5678", "Hillside"]
    found = school(house, "hill")
    assert (found.students, [s.name for s in found.spellings]) == (3, ["Hilside"])
    assert typed.alike(directory(house.store)) == ()
    assert number is not None
    revert(house, number, "Head")
    assert names(house) == ["29-1234-5678", "Hillside", "Hilside"]


def test_joining_a_school_that_others_were_joined_to_takes_them_along(house: House) -> None:
    typed.join(house, "Head", school(house, "hil"), school(house, "hill"), TODAY)
    typed.join(house, "Head", school(house, "hill"), school(house, "29-1234-5678"), TODAY)
    one, = directory(house.store).schools
    assert (one.students, {s.org_id for s in one.spellings}) == (4, {"hil", "hill"})
    with pytest.raises(WrongUse, match="same school already"):
        typed.join(house, "Head", one, one, TODAY)


def test_holidays_count_for_all_schools_or_for_one(house: House) -> None:
    typed.name_days(house, "Head", ALL, [MONDAY, date(2025, 8, 15)], "holiday", "Feast", TODAY)
    number = typed.name_days(house, "Head", "hill", [MONDAY], "school", "", TODAY)
    known = directory(house.store)

    def days(org_id: str) -> list[tuple[Any, ...]]:
        return [(h.day, h.kind) for h in known.holidays_of(org_id)]

    assert days("hil") == [(MONDAY, "holiday"), (date(2025, 8, 15), "holiday")]
    assert days("hill") == [(MONDAY, "school"), (date(2025, 8, 15), "holiday")]
    load = loads.load(house.records, number or 0)
    assert load is not None and load.words == "Typed: 1 day, school day."
    with pytest.raises(WrongUse):
        typed.name_days(house, "Head", ALL, [MONDAY], "party", "", TODAY)
