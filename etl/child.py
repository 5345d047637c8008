"""The process that opens other people's files: `python -m etl.child FOLDER`.

It reads what `request.json` names, takes each sheet for what it is and leaves cells, facts and
`report.json` in the folder. It may die at any moment; `etl.desk` watches it and knows where it was.
"""

from __future__ import annotations

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

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
    sys.meta_path.insert(0, NoPandas())
    _limit_addresses()
    from etl import exchange, reading, sorting

    request = exchange.read_json(folder / exchange.REQUEST)
    reading.read(folder, request, say)
    sorting.sort(folder, request, say)
    say("done")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
