"""`python -m etl`: see `etl.commands`, and docs/command-line.md.

What reads files starts at once, beside the stores, and not after them.
"""

from __future__ import annotations

import sys

from etl import spare
from etl.child import NoPandas

if __name__ == "__main__":
    sys.meta_path.insert(0, NoPandas())
    if sys.argv[1:2] in (["check"], ["load"]):
        spare.keep()
        spare.ready()
    from etl.commands import main

    code = main()
    spare.close()
    sys.exit(code)
