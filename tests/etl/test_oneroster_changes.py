"""A OneRoster export and the file of changes after it, added and undone as a person does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from etl import desk, known
from etl.publish import publish, revert
from etl.students import student_key
from school.house import House, open_house

SYSTEMS = Path(__file__).parents[2] / "data" / "samples" / "layouts" / "systems" / "us"
AS_OF = date(2026, 1, 15)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    opened.choose_preset("us")
    yield opened
    opened.close()


def use(house: House, name: str) -> int:
    drop = desk.check([SYSTEMS / name], known.context(house, AS_OF), house.staging)
    assert {r.state for r in drop.reports} <= {"ready", "aside"}
    (load,) = {r.load_id for r in publish(house, drop, "Head") if r.load_id is not None}
    return load


def on_roll(house: House) -> dict[int, date]:
    """The first day each student is no longer there."""
    return dict(house.store.unsafe_run("select student, end_date from mart.spells"))


def test_a_file_of_changes_ends_a_place_on_its_day_and_undo_opens_it_again(house: House) -> None:
    asha, bilal = student_key("S1", "U1"), student_key("S1", "U2")
    use(house, "oneroster 1.1 gradebook.zip")
    scores = house.store.unsafe_run("select score, status from mart.results order by all")
    assert scores == [(18.0, "scored"), (None, "exempt"), (None, "not_submitted"),
                      (None, "unknown")]
    assert on_roll(house) == {asha: date(2026, 8, 1), bilal: date(2026, 8, 1)}
    changes = use(house, "oneroster 1.1 changes.zip")
    assert on_roll(house) == {asha: date(2026, 8, 1), bilal: date(2025, 11, 3)}
    revert(house, changes, "Head")
    assert on_roll(house) == {asha: date(2026, 8, 1), bilal: date(2026, 8, 1)}
