"""A sheet of levels becomes a scale that is named after its own words."""

from __future__ import annotations

from tests.grids import context, read, rows, sheet


def test_the_order_and_what_is_reached_come_from_the_sheet() -> None:
    made = read(sheet("Level|Order|Reached|Meaning\nTree|3|Yes|alone\nSeed|1|No|\nSprout|2|No|\n"),
                context(), "outcome_levels")
    assert rows(made.facts["levels"], "scale", "level", "level_order", "reached")[0] == (
        "Seed / Sprout / Tree, reached from Tree", "Seed", 1, False)
    assert (made.read, made.rejected) == (3, frozenset())


def test_a_level_twice_is_named_and_a_no_above_a_yes_is_said() -> None:
    made = read(sheet("Level|Reached\nSeed|No\nSprout|Yes\nSeed|No\nTree|No\n"), context())
    assert [(f.rule, f.row, f.level) for f in made.findings] == [
        ("level twice", 4, "rejects"), ("reached below", 5, "warns")]
    assert made.rejected == {4}
    assert [r for _, r in rows(made.facts["levels"], "level", "reached")] == [False, True, True]


def test_without_a_yes_nothing_is_said_of_reached() -> None:
    made = read(sheet("Level|Reached\nSeed|\nTree|\n"), context())
    assert set(made.facts["levels"]["reached"].to_pylist()) == {None}
