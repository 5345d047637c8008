"""From paths to truth in one call: check, load what is ready, remember the answers, tidy up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl import known, preview
from etl.listing import is_meant
from etl.model import SheetReport
from etl.publish import publish
from school.errors import WrongUse
from school.house import House


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files that are meant: a folder means every spreadsheet below it, in order of its name."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.is_file())
            found += [p for p in inside if is_meant(p.name)]
        elif path.is_file():
            found.append(path)
        else:
            raise WrongUse(f"There is no file {path.name}.")
    if not found:
        raise WrongUse("There is no spreadsheet in this folder. We read xlsx, xls, csv and zip.")
    return found


def load_into(
    house: House, paths: Sequence[Path], as_of: date, *, preset: str | None = None,
    answers: Mapping[str, Any] | None = None, who: str = "This computer",
    progress: Callable[[int, int, str], None] | None = None,
    stopped: Callable[[], bool] | None = None,
) -> list[SheetReport]:
    """Check files and load what is ready into an open house. Staging is emptied either way.

    A preset given with the first load is remembered for this folder; a later one counts once.
    """
    files = files_in(paths)
    if preset is not None and house.preset is None:
        house.choose_preset(preset)
    context = known.context(house, as_of, answers, preset)
    drop = known.check(house, files, context, progress=progress, stopped=stopped)
    try:
        drop = preview.notice(house, drop)
        reports = publish(house, drop, who, progress=progress, stopped=stopped)
        known.remember(house, drop, reports)
        return reports
    finally:
        drop.close()
