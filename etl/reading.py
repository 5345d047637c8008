"""First half of the child's work: each file of a drop becomes cells on disk, once.

A file that was read before is not read again; a file that ended an earlier child is not opened.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from etl import exchange, guard, workbook
from etl.model import Sheet
from school.errors import UnreadableFile


def read(folder: Path, request: Mapping[str, Any], say: Callable[..., None]) -> None:
    """Read the files of a request that have no cells yet."""
    files = request["files"]
    failed = request["failed"]
    for number, file in enumerate(files):
        place = folder / "cells" / str(number)
        if (place / exchange.SHEETS).exists():
            continue
        say("read", file=number, of=len(files))
        place.mkdir(parents=True, exist_ok=True)
        listed: list[dict[str, Any]] = []
        for sheet in _sheets(file, failed.get(f"read:{number}"), say, number):
            name = f"{len(listed)}.arrow"
            exchange.write_table(place / name, sheet.cells)
            listed.append(exchange.sheet_to_json(sheet, f"cells/{number}/{name}"))
        exchange.write_json(place / exchange.SHEETS, listed)


def _sheets(
    file: Mapping[str, Any], failed: str | None, say: Callable[..., None], number: int
) -> list[Sheet]:
    label = file["label"]
    if failed is not None:
        return [workbook.unreadable(label, "", failed)]
    found: list[Sheet] = []
    try:
        for sheet in workbook.sheets(label, guard.read_bytes(Path(file["path"]))):
            found.append(sheet)
            say("read", file=number)
    except UnreadableFile as error:
        found.append(workbook.unreadable(label, "", error.words))
    except MemoryError:
        found.append(workbook.unreadable(label, "", guard.TOO_MUCH))
    except Exception:  # a parser may raise anything on a file made to break it
        log_where()
        found.append(workbook.unreadable(label, "", guard.DAMAGED))
    return found


def log_where() -> None:
    """Where an error came from, without its message: that could quote a cell."""
    kind, _, trace = sys.exc_info()
    name = kind.__name__ if kind else "error"
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(trace)[-6:]]
    print(name, " < ".join(reversed(places)), file=sys.stderr, flush=True)


def sheets(folder: Path, request: Mapping[str, Any]) -> list[Sheet]:
    """All sheets of the drop, in the order of its files."""
    out: list[Sheet] = []
    for number in range(len(request["files"])):
        listed = exchange.read_json(folder / "cells" / str(number) / exchange.SHEETS)
        out += [exchange.sheet_from_json(s, folder) for s in listed]
    return out
