"""Undo and rebuild: taking any load back equals never having loaded it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.publish import publish, revert
from etl.refold import rebuild, what_goes_back
from school import schema
from school.derive import derive
from school.errors import WrongUse
from school.fold import refold
from school.house import House, open_house
from school.records import loads
from school.store import Store
from tests.drops import drop, mark, table

MONDAY, TUESDAY = date(2025, 6, 2), date(2025, 6, 3)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = open_house(tmp_path / "data", least_free=0)
    yield opened
    opened.close()


def truth(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every mart table, the load it came from left out."""
    out = {}
    for part in (*schema.TABLES, *schema.DERIVED):
        columns = ", ".join(f'"{n}"' for n in part.names)
        out[part.name] = store.unsafe_run(f"select {columns} from mart.{part.name} order by all")
    return out


def load(house: House, folder: Path, label: str, *rows: dict[str, Any]) -> int:
    made = drop(folder, {label: {"attendance": table("attendance", rows)}})
    report, = publish(house, made, "Head")
    assert report.load_id is not None
    return report.load_id


def test_undo_of_the_last_load_brings_back_what_was_there(house: House, tmp_path: Path) -> None:
    load(house, tmp_path, "a.csv", mark(1, MONDAY), mark(2, MONDAY))
    before = truth(house.store)
    second = load(house, tmp_path, "b.csv", mark(1, MONDAY, "A"), mark(3, MONDAY))
    assert truth(house.store) != before
    assert revert(house, second, "Head") == {"attendance": 2}
    assert truth(house.store) == before
    assert [x.state for x in loads.loads(house.records)] == ["reverted", "standing"]


def test_rows_with_keys_of_their_own_stand_as_folding_them_makes_them(tmp_path: Path) -> None:
    facts = {
        "organisations": [{"org_id": "hill", "name": "Hill"}, {"org_id": "lake"}],
        "students": [{"student": n, "namespace": "hill", "student_id": str(n), "id_kind": "id",
                      "name": None if n == 2 else f"Child {n}"} for n in range(3)],
        "attendance": [mark(n, day, code) for n in range(3)
                       for day, code in ((MONDAY, "P"), (TUESDAY, "A"))],
    }
    made = []
    for new in ((), set(facts)):
        store = Store()
        with store.writing() as tx:
            for name, rows in facts.items():
                filled = table(name, rows)
                tx.insert(f"raw.{name}", filled.append_column(
                    "load_id", pa.repeat(pa.scalar(1, pa.int32()), filled.num_rows)))
            tx.execute("insert into raw.loads values (1, 1, true)")
            places = refold(tx, [1], new=new)
            noted = [tx.execute(f"from touched_{what} order by all")
                     for what in ("people", "days", "places")]
        made.append((places, noted, truth(store)))
        store.close()
    assert made[0] == made[1]
    assert made[0][0] == {"hill", "lake"} and len(made[0][2]["attendance"]) == 6


def test_undo_of_a_middle_load_leaves_the_later_one(house: House, tmp_path: Path) -> None:
    load(house, tmp_path, "a.csv", mark(1, MONDAY))
    middle = load(house, tmp_path, "b.csv", mark(1, MONDAY, "A"), mark(1, TUESDAY, "A"))
    load(house, tmp_path, "c.csv", mark(1, TUESDAY))
    revert(house, middle, "Head")
    assert house.store.unsafe_run("select date, code from mart.attendance order by all") == [
        (MONDAY, "P"), (TUESDAY, "P")]


def test_an_undone_file_loads_again(house: House, tmp_path: Path) -> None:
    first = load(house, tmp_path, "a.csv", mark(1, MONDAY))
    there = truth(house.store)
    revert(house, first, "Head")
    assert load(house, tmp_path, "a.csv", mark(1, MONDAY)) == first + 1
    assert truth(house.store) == there


def test_asking_what_goes_back_changes_nothing(house: House, tmp_path: Path) -> None:
    load(house, tmp_path, "a.csv", mark(1, MONDAY))
    second = load(house, tmp_path, "b.csv", mark(1, MONDAY), mark(1, TUESDAY))
    before, version = truth(house.store), house.store.data_version
    asked = what_goes_back(house, second)
    assert (asked.rows, asked.before, asked.after) == ({"attendance": 1}, 1.0, 1.0)
    assert (truth(house.store), house.store.data_version) == (before, version)


def test_undoing_twice_or_nothing_is_refused_in_words(house: House, tmp_path: Path) -> None:
    first = load(house, tmp_path, "a.csv", mark(1, MONDAY))
    revert(house, first, "Head")
    with pytest.raises(WrongUse, match="undone before"):
        revert(house, first, "Head")
    with pytest.raises(WrongUse, match="no upload with the number 99"):
        revert(house, 99, "Head")


def test_a_rebuild_changes_nothing_and_mends_what_was_broken(house: House, tmp_path: Path) -> None:
    load(house, tmp_path, "a.csv", mark(1, MONDAY), mark(2, MONDAY))
    good = truth(house.store)
    rebuild(house)
    assert truth(house.store) == good
    with house.store.writing() as tx:
        tx.execute("delete from mart.attendance where student = 1")
    rebuild(house)
    assert truth(house.store) == good


# Two tables stand for all: a mark keeps its last row whole, a student the last stated values.
_MARK = st.tuples(st.integers(1, 3), st.sampled_from([MONDAY, TUESDAY]), st.sampled_from("PA"),
                  st.sampled_from(["hill", "lake"]))
_STUDENT = st.tuples(st.integers(1, 3), st.sampled_from([None, "Asha", "Ravi"]),
                     st.sampled_from([None, MONDAY, TUESDAY]))
_LOAD = st.tuples(st.lists(_MARK, max_size=4), st.lists(_STUDENT, max_size=4))


def _rows(content: tuple[list[Any], list[Any]]) -> dict[str, pa.Table]:
    marks = [mark(s, d, c, org_id=o) for s, d, c, o in content[0]]
    people = [{"student": s, "namespace": "hill", "student_id": str(s), "id_kind": "id", "name": n,
               "birth_date": b} for s, n, b in content[1]]
    return {"attendance": table("attendance", marks), "students": table("students", people)}


def _append(store: Store, load_id: int, content: Any) -> None:
    with store.writing() as tx:
        for name, rows in _rows(content).items():
            same = pa.repeat(pa.scalar(load_id, pa.int32()), rows.num_rows)
            tx.insert(f"raw.{name}", rows.append_column("load_id", same))
        tx.execute("insert into raw.loads values (?, ?, true)", [load_id, load_id])
        refold(tx, [load_id])


def _derive(store: Store, org_ids: set[str] | None) -> None:
    with store.writing() as tx:
        derive(tx, org_ids)


def _only(contents: Sequence[Any], standing: Sequence[int]) -> dict[str, list[tuple[Any, ...]]]:
    store = Store()
    try:
        for load_id in standing:
            _append(store, load_id, contents[load_id])
        _derive(store, None)
        return truth(store)
    finally:
        store.close()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_LOAD, min_size=2, max_size=4), st.data())
def test_undoing_any_loads_equals_never_having_loaded_them(contents: list[Any], data: Any) -> None:
    numbers = list(range(len(contents)))
    undone = data.draw(st.lists(st.sampled_from(numbers), unique=True, max_size=len(numbers)))
    store = Store()
    try:
        for load_id in numbers:
            _append(store, load_id, contents[load_id])
        _derive(store, None)
        touched: set[str] = set()
        for load_id in undone:
            with store.writing() as tx:
                tx.execute("update raw.loads set standing = false where load_id = ?", [load_id])
                touched |= refold(tx, [load_id])
        _derive(store, touched)
        after = truth(store)
        assert after == _only(contents, [n for n in numbers if n not in undone])
        with store.writing() as tx:
            refold(tx, None)
            derive(tx, None)
        assert truth(store) == after
    finally:
        store.close()


def test_the_order_of_undos_does_not_matter(house: House, tmp_path: Path) -> None:
    numbers = [load(house, tmp_path, f"{i}.csv", mark(1, MONDAY, c), mark(i, TUESDAY, c))
               for i, c in enumerate("PAPA", start=1)]
    seen = []
    for order in itertools.permutations(numbers[:3], 2):
        with house.store.writing() as tx:
            tx.execute("update raw.loads set standing = true")
            refold(tx, numbers)
        for number in order:
            with house.store.writing() as tx:
                tx.execute("update raw.loads set standing = false where load_id = ?", [number])
                refold(tx, [number])
        seen.append((frozenset(order), truth(house.store)["attendance"]))
    assert all(a[1] == b[1] for a, b in itertools.combinations(seen, 2) if a[0] == b[0])
