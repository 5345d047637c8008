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
from school.measures import answer
from school.view import View

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


def test_a_file_of_ids_is_previewed_with_the_names_that_the_other_files_tell(
    house: House,
) -> None:
    drop = desk.check([SYSTEMS / "oneroster 1.2.zip"], known.context(house, AS_OF), house.staging)
    shown = {r.file.rpartition("/")[2]: r.preview for r in drop.reports if r.preview}
    assert shown["enrollments.csv"]["columns"][:3] == ["student", "name", "class_id"]
    assert shown["enrollments.csv"]["rows"][0][:3] == ["U1", "Asha Example", "Mathematics 4 A"]
    assert shown["roles.csv"]["rows"][0][:2] == ["U1", "Asha Example"]
    assert shown["users.csv"]["rows"][0][1] == "Asha Example"
    assert shown["demographics.csv"]["rows"][0][:2] == ["U1", "Asha Example"]


def test_letters_of_a_gradebook_are_counted_by_their_level(house: House) -> None:
    use(house, "oneroster 1.2 letters.zip")
    view = View(date(2025, 8, 1), AS_OF, AS_OF, by=("level",))
    rows = answer(house.store, "share_at_level", view, preset=house.preset)
    assert rows.card.left_out == (("no scale says whether this level is reached", 2),)
    standing = house.store.unsafe_run("select level from mart.levels order by level_order")
    assert [v for (v,) in standing] == ["F", "C", "B", "A"]
