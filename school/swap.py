"""Putting a restored folder in the place of the one that stands, so that a crash loses neither.

What stood is moved into a folder beside, never deleted. A note says how far the move has come, and
whoever opens the folder next finishes it.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

NOTE = "restoring.json"
# What a school's data are; whatever else lies in the folder is not touched.
PARTS = ("facts.duckdb", "facts.duckdb.wal", "records.sqlite", "records.sqlite-wal",
         "records.sqlite-shm", "uploads")


def swap(folder: Path, fresh: Path, aside: Path) -> None:
    """Move what stands in `folder` to `aside` and what is in `fresh` into its place.

    Both are folders inside `folder`, so that each move is one step of the file system.
    """
    aside.mkdir(parents=True, exist_ok=True)
    _note(folder, "out", fresh.name, aside.name)
    finish(folder)


def finish(folder: Path, tell: Callable[[str], None] | None = None) -> bool:
    """Finish a swap that was begun; whether there was one."""
    try:
        note = json.loads((folder / NOTE).read_text("utf-8"))
        fresh, aside = folder / str(note["fresh"]), folder / str(note["aside"])
        out = note["step"] == "out"
    except FileNotFoundError:
        return False
    if out:
        for part in PARTS:
            if not (aside / part).exists():  # else it was moved before the cut
                _move(folder / part, aside / part)
        _note(folder, "in", fresh.name, aside.name)
    for part in PARTS:
        _move(fresh / part, folder / part)
    (folder / NOTE).unlink()
    with contextlib.suppress(OSError):
        fresh.rmdir()
    with contextlib.suppress(OSError):  # nothing stood here before
        aside.rmdir()
    if tell is not None:
        tell("A restore that was cut off was finished.")
    return True


def _move(source: Path, target: Path) -> None:
    if source.exists():
        source.replace(target)


def _note(folder: Path, step: str, fresh: str, aside: str) -> None:
    beside = folder / f".{NOTE}"
    with beside.open("w", encoding="utf-8") as file:
        json.dump({"step": step, "fresh": fresh, "aside": aside}, file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / NOTE)
