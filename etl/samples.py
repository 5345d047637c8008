"""Opens the invented schools: their workbooks come in by the same door as anyone's, apart.

The folder is made beside its place and renamed when it is whole, so a stop or a crash leaves
nothing half built, and it never shares a table with a school's own data.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from etl import known
from etl.loading import files_in
from etl.model import SheetReport
from etl.publish import publish
from school.errors import CannotSave
from school.house import House, open_house

CLUSTER = Path(__file__).resolve().parent.parent / "data" / "samples" / "cluster"
AS_OF = date(2025, 11, 14)
PRESET = "india"
WHO = "Invented schools"
PLACES = "1 places"  # schools and holidays: loaded first, so that every other file knows them

Progress = Callable[[int, int, str], None]


def build(
    folder: Path, progress: Progress | None = None, stopped: Callable[[], bool] | None = None,
    *, cluster: Path = CLUSTER,
) -> list[SheetReport]:
    """Load the invented schools into a new data folder; the reports. `Stopped` leaves nothing."""
    answers = json.loads((cluster / "answers.json").read_text("utf-8"))
    making = folder.with_name(f"{folder.name}-making")
    shutil.rmtree(making, ignore_errors=True)
    house = open_house(making)
    try:
        house.choose_preset(PRESET)
        rest = sorted(p for p in cluster.iterdir() if p.is_dir() and p.name != PLACES)
        reports = _load(house, [cluster / PLACES], answers, _part(progress, 0, 5), stopped)
        reports += _load(house, rest, answers, _part(progress, 5, 100), stopped)
        house.close()
        _into_place(making, folder)
        return reports
    except BaseException:
        house.close()
        shutil.rmtree(making, ignore_errors=True)
        raise


def _load(
    house: House, paths: Sequence[Path], answers: Mapping[str, Any], progress: Progress,
    stopped: Callable[[], bool] | None,
) -> list[SheetReport]:
    """One drop: read, then publish, with its share of the bar given to each."""
    context = known.context(house, AS_OF, answers)
    drop = known.check(house, files_in(paths), context, progress=_part(progress, 0, 70),
                       stopped=stopped)
    try:
        return publish(house, drop, WHO, progress=_part(progress, 70, 100), stopped=stopped)
    finally:
        drop.close()


def _part(progress: Progress | None, start: int, end: int) -> Progress:
    """The same bar for a piece of the work, from `start` to `end` of 100."""

    def tell(done: int, of: int, words: str) -> None:
        if progress is not None:
            progress(start + (end - start) * done // max(of, 1), 100, words)

    return tell


def _into_place(making: Path, folder: Path) -> None:
    try:
        if folder.exists():
            shutil.rmtree(folder)
        making.rename(folder)
    except OSError as error:
        raise CannotSave(
            "We may not write in this folder. Move Staffroom to your Documents.", str(error)
        ) from error
