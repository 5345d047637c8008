"""Who a row is about: keys that are stable, and never joined across schools."""

import numpy as np
import pyarrow as pa

from etl.checks import Cells
from etl.students import Students, hash63, read_students, student_key
from tests.grids import context, rows, sheet


def _read(count: int, org: str = "hill", **columns: list[str | None]) -> Students:
    arrays = {k: pa.array(v, pa.string()) for k, v in columns.items()}
    cells = Cells("ID", np.arange(1, count + 1))
    return read_students(sheet("a"), context(), cells, pa.repeat(org, count), **arrays)


def test_a_key_is_one_number_for_one_namespace_and_id() -> None:
    assert student_key("hill", "007") == student_key("hill", "007") == hash63("hill", "007")
    assert (
        len({student_key("hill", "7"), student_key("hill", "007"), student_key("lake", "7")}) == 3
    )
    assert student_key("hill", "007") == 7651559223190104931
    assert all(0 <= student_key("hill", str(i)) < 2**63 for i in range(1000))


def test_an_id_wins_over_roll_and_name_and_keeps_its_zeros() -> None:
    found = _read(
        2, student_id=["007", "008"], roll=["1", "2"], name=["Asha", "Bilal"], class_=["7 B", "7 B"]
    )
    assert found.kind == "id" and not found.findings
    assert found.facts["student_id"].to_pylist() == ["007", "008"]


def test_a_roll_number_counts_in_its_class_and_year() -> None:
    found = _read(
        3,
        roll=["1", "1", "1"],
        class_=["7 B", "7 C", "7 B"],
        year=["2025-26", "2025-26", "2024-25"],
    )
    assert found.kind == "roll" and len(set(found.keys.to_pylist())) == 3
    assert [f.rule for f in found.findings] == ["roll numbers"]


def test_names_alone_are_flagged_and_never_joined_across_schools() -> None:
    hill, lake = (_read(1, org, name=["Asha Rao"], class_=["7 B"]) for org in ("hill", "lake"))
    assert hill.kind == "name" and [f.rule for f in hill.findings] == ["names only"]
    assert hill.keys.to_pylist() != lake.keys.to_pylist()


def test_one_student_is_one_fact_with_what_any_row_says() -> None:
    found = _read(3, student_id=["1", "1", "2"], name=[None, "Asha", "Bilal"])
    assert rows(found.facts, "student_id", "name", "row") == [("1", "Asha", 2), ("2", "Bilal", 4)]


def test_one_id_with_two_names_is_a_warning() -> None:
    found = _read(3, student_id=["1", "1", "2"], name=["Asha", "Chitra", "Bilal"])
    assert [(f.rule, f.level, f.row) for f in found.findings] == [("two names", "warns", 3)]
    assert all("Asha" not in f.words and f.found is None for f in found.findings)


def test_a_row_about_nobody_is_bad() -> None:
    found = _read(2, student_id=["1", None])
    assert found.bad == frozenset({1}) and len(found.facts) == 1
