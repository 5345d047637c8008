"""Undoing any uploads in any order equals never having loaded them: every table, every fold."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.publish import publish, revert
from etl.refold import rebuild
from school import schema
from school.house import House
from school.records import Records, loads
from school.store import Store
from tests.drops import drop, table

DAY = date(2025, 6, 2)
# Few values a column, so that uploads speak of the same keys; dates decide spells and school days.
_OF = {
    "TEXT": st.sampled_from(["a", "b"]), "BIGINT": st.integers(1, 2), "INTEGER": st.integers(1, 2),
    "SMALLINT": st.integers(1, 2), "TINYINT": st.integers(0, 1), "DOUBLE": st.just(1.5),
    "DATE": st.sampled_from([DAY, DAY + timedelta(days=1), DAY + timedelta(days=400)]),
    "BOOLEAN": st.booleans(),
}
_NAMED: Mapping[str, Any] = {
    "org_id": st.sampled_from(["hill", "lake", "*"]), "same_as": st.sampled_from([None, "hill"]),
    "type": st.sampled_from(["school", "cluster"]), "year_start": st.sampled_from([None, "04-01"]),
    "academic_year": st.sampled_from(["2025-26", "2026-27"]), "possible": st.just(2),
    "absent": st.integers(0, 2), "day_type": st.sampled_from(["school", "holiday"]),
    "parent_id": st.sampled_from([None, "lake"]),
}


@st.composite
def _rows(draw: st.DrawFn, part: schema.Table) -> list[dict[str, Any]]:
    out = []
    for _ in range(draw(st.integers(0, 3))):
        row: dict[str, Any] = {}
        for column in part.columns:
            values = _NAMED.get(column.name, _OF[column.type])
            if not column.required and column.name not in part.key:
                values = st.none() | values
            row[column.name] = draw(values.filter(lambda v: v is not None)
                                    if column.required else values)
        out.append(row)
    return out


_PEOPLE = ("organisations", "enrollment", "attendance", "attendance_periods", "calendar", "results",
           "numbers")


@st.composite
def _upload(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Rows of a few tables, those that spells are made of more often than others."""
    names = draw(st.lists(st.sampled_from([*_PEOPLE, *(t.name for t in schema.TABLES)]),
                          min_size=1, max_size=4, unique=True))
    found = {name: draw(_rows(schema.BY_NAME[name])) for name in names}
    return {name: rows for name, rows in found.items() if rows}


def _house(folder: Path) -> House:
    (folder / "uploads").mkdir(parents=True)
    return House(folder, Store(), Records())


def _load(house: House, number: int, content: Mapping[str, Sequence[Mapping[str, Any]]]) -> int:
    desk = house.folder / "desk"
    desk.mkdir(exist_ok=True)
    report, = publish(house, drop(desk, {f"{number}.csv": {
        name: table(name, rows) for name, rows in content.items()}}), "Head")
    assert report.load_id is not None and report.state == "loaded"
    return report.load_id


def _truth(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    out = {}
    for part in (*schema.TABLES, *schema.DERIVED):
        columns = ", ".join(f'"{n}"' for n in part.names)
        out[part.name] = store.unsafe_run(f"select {columns} from mart.{part.name} order by all")
    return out


def _different(contents: Sequence[Any]) -> list[Any]:
    """The uploads without repeats: the same bytes twice are one upload."""
    out: list[Any] = []
    for content in contents:
        if content and content not in out:
            out.append(content)
    return out


def _check(contents: Sequence[Any], undone: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as place:
        whole, never = _house(Path(place) / "a"), _house(Path(place) / "b")
        try:
            ids = [_load(whole, n, c) for n, c in enumerate(contents)]
            first = _truth(whole.store)
            for number in undone:
                revert(whole, ids[number], "Head")
            for number, content in enumerate(contents):
                if number not in undone:
                    _load(never, number, content)
            after = _truth(whole.store)
            assert after == _truth(never.store)
            rebuild(whole)
            assert _truth(whole.store) == after
            assert {x.id for x in loads.loads(whole.records, "reverted")} == {
                ids[n] for n in undone}
            # What was undone goes in again, and then it is as if it had come last from the first.
            for number in undone:
                for house in (whole, never):
                    _load(house, number, contents[number])
            assert _truth(whole.store) == _truth(never.store)
            if undone == [len(contents) - 1]:
                assert _truth(whole.store) == first
        finally:
            for house in (whole, never):
                house.close()


def _orders(count: int) -> st.SearchStrategy[list[int]]:
    """Any of the uploads, in any order."""
    return st.permutations(range(count)).flatmap(
        lambda order: st.integers(1, count).map(lambda n: list(order)[:n]))


def _drawn(contents: list[Any], data: st.DataObject) -> None:
    _check(contents, data.draw(_orders(len(contents))) if contents else [])


_CONTENTS = st.lists(_upload(), min_size=2, max_size=3).map(_different)
_CALM = list(HealthCheck)


@settings(max_examples=8, deadline=None, suppress_health_check=_CALM)
@given(_CONTENTS, st.data())
def test_undoing_any_uploads_in_any_order_equals_never_having_loaded_them(
    contents: list[Any], data: st.DataObject
) -> None:
    _drawn(contents, data)


@pytest.mark.long
@settings(max_examples=60, deadline=None, suppress_health_check=_CALM)
@given(_CONTENTS, st.data())
def test_undoing_sixty_sets_of_uploads_equals_never_having_loaded_them(
    contents: list[Any], data: st.DataObject
) -> None:
    _drawn(contents, data)
