"""A workbook becomes checked rows, and checked rows become truth. Knows nothing of pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from etl.model import SheetReport


def load(
    paths: Sequence[Path], folder: Path, as_of: date, *, preset: str | None = None,
    answers: Mapping[str, Any] | None = None, who: str = "This computer",
) -> list[SheetReport]:
    """Check files and load what is ready into a data folder that nobody has open; the reports."""
    from etl.loading import load_into  # here, so that the reading child starts without the stores
    from school.house import open_house

    house = open_house(folder)
    try:
        return load_into(house, paths, as_of, preset=preset, answers=answers, who=who)
    finally:
        house.close()
