"""What the command line is handed beside files: a list on its standard input, a folder to watch."""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from etl.guard import FILE_BYTES
from etl.listing import chosen
from school.errors import WrongUse
from school.house import open_house
from school.records.folder import Folder, watch

PIPED = "standard input.csv"


@contextlib.contextmanager
def given(paths: Sequence[Path]) -> Iterator[list[Path]]:
    """The paths; '-' stands for a csv or tsv list that is handed in, for as long as it is read."""
    with tempfile.TemporaryDirectory(prefix="staffroom-") as place:
        piped = Path(place) / PIPED
        if Path("-") in paths:
            piped.write_bytes(sys.stdin.buffer.read(FILE_BYTES + 1))
        yield [piped if path == Path("-") else path for path in paths]


def add_watch(commands: argparse._SubParsersAction[argparse.ArgumentParser],
              parents: list[argparse.ArgumentParser]) -> None:
    """Add the command `watch` to the parser."""
    parser = commands.add_parser("watch", parents=parents, help="watch a folder")
    parser.add_argument("folder", nargs="?", type=Path, metavar="DIR")
    parser.add_argument("--by-itself", action="store_true",
                        help="use without a look what needs no answer")
    parser.add_argument("--off", action="store_true", help="watch no folder")


def set_folder(options: argparse.Namespace, who: str) -> int:
    """Set the folder that Staffroom looks into while it is open, or none; the exit code."""
    if (options.folder is None) != options.off:
        raise WrongUse("Name a folder to watch, or say --off.")
    wanted = None
    if options.folder is not None:
        wanted = Folder(chosen(str(options.folder.absolute()), options.data), options.by_itself)
    house = open_house(options.data)
    try:
        watch(house.records, who, wanted)
    finally:
        house.close()
    if options.json:
        print(json.dumps({"folder": str(wanted.path) if wanted else None,
                          "by_itself": bool(wanted and wanted.by_itself)}))
    else:
        print("This folder is watched while Staffroom is open." if wanted else
              "No folder is watched.")
    return 0
