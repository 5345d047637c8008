"""The process that opens other people's files: `python -m etl.child FOLDER`.

It reads what `request.json` names, takes each sheet for what it is and leaves cells, facts and
`report.json` in the folder. It may die at any moment; `etl.desk` watches it and knows where it was.
With `--wait` it imports all it needs and then waits for the folder on its input (`etl.spare`).
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

from etl import spare

# What a drop may need, in the order in which it is needed.
NEEDED = ("fastexcel", "pyarrow.csv", "etl.reading", "etl.sorting", "etl.layouts")
MOST_ADDRESSES = 6 * 1024**3  # a backstop: the desk ends a child that really fills them


class NoPandas:
    """Arrow loads pandas at its first array if it can: half a second and 50 MB for nothing."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        """Refuse pandas, and leave every other module to those who come after."""
        if name == "pandas":
            raise ModuleNotFoundError("nothing here needs pandas", name=name)


def say(stage: str, **more: Any) -> None:
    """One line for the desk: where we are, before the work begins."""
    print(json.dumps({"stage": stage, **more}), flush=True)


def _limit_addresses() -> None:
    """Make an absurd request for memory fail at once, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_ADDRESSES, MOST_ADDRESSES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(folder: Path) -> None:
    """Read every file not yet read, then sort all sheets."""
    say("start")
    _begin()
    from etl import exchange, reading, sorting

    request = exchange.read_json(folder / exchange.REQUEST)
    reading.read(folder, request, say)
    sorting.sort(folder, request, say)
    say("done")


def _begin() -> None:
    if not any(isinstance(finder, NoPandas) for finder in sys.meta_path):
        sys.meta_path.insert(0, NoPandas())
    _limit_addresses()


def waited() -> Path | None:
    """Import everything, then wait for a folder; None where nobody needed this process.

    What is said from then on goes to the log in that folder, as that of any child.
    """
    _begin()
    for module in NEEDED:
        importlib.import_module(module)
    sys.modules["etl.layouts"].layouts()
    end = threading.Timer(spare.WAITS, os._exit, [0])
    end.daemon = True
    end.start()
    folder = sys.stdin.readline().strip()
    end.cancel()
    if not folder:
        return None
    with (Path(folder) / spare.LOG).open("ab") as log:
        os.dup2(log.fileno(), 2)
    return Path(folder)


if __name__ == "__main__":
    place = waited() if sys.argv[1] == spare.WAITING else Path(sys.argv[1])
    if place is not None:
        main(place)
