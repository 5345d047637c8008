"""Days possible, present and absent as half days, from whichever two of the three a file states."""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from etl.cells import Bools, Ints, column, filled, over_unique
from etl.checks import Cells, rejections
from etl.model import Finding, Sheet

NUMBER = re.compile(r"^\d{1,4}([.,]\d+)?$")


def read_counts(
    sheet: Sheet,
    names: tuple[str, ...],
    index: Mapping[str, int],
    here: Ints,
    days: float | None = None,
) -> tuple[pa.Array, pa.Array, Bools, list[Finding]]:
    """Half days possible and missed; what is not stated follows from the other two.

    `names` are the headers and `index` says where each number stands; `days` are the days possible
    of all rows, where no column says them.
    """
    sessions = "session" in " ".join(names[i] for i in index.values()).lower()
    findings: list[Finding] = []
    wrong = np.zeros(len(here), dtype=np.bool_)
    read: dict[str, np.ndarray] = {}
    for name in ("days_possible", "days_present", "days_absent"):
        if name not in index:
            continue
        text = column(sheet, index[name], here)
        values = over_unique(text, lambda t: _halves(t, sessions), pa.float64())
        bad = filled(text) & ~filled(values)
        wrong |= bad
        findings += rejections(
            "number",
            "This is not a number of days.",
            sheet,
            Cells(names[index[name]], here),
            np.flatnonzero(bad).tolist(),
            text,
            "a number such as 21 or 20.5",
        )
        read[name] = values.to_numpy(zero_copy_only=False)
    possible = read.get("days_possible")
    if possible is None and days is not None:
        possible = np.full(len(here), days * (1 if sessions else 2))
    if possible is None:
        possible = read["days_present"] + read["days_absent"]
    absent = read.get("days_absent")
    if absent is None:
        absent = possible - read["days_present"]
    return _fitting(sheet, names, index, here, possible, absent, read, wrong, findings)


def _fitting(
    sheet: Sheet,
    names: tuple[str, ...],
    index: Mapping[str, int],
    here: Ints,
    possible: np.ndarray,
    absent: np.ndarray,
    read: dict[str, np.ndarray],
    wrong: Bools,
    findings: list[Finding],
) -> tuple[pa.Array, pa.Array, Bools, list[Finding]]:
    """Leave out rows whose numbers are missing or cannot be: more days present than possible."""
    missing = (np.isnan(possible) | np.isnan(absent)) & ~wrong
    cannot = ~missing & ~wrong & ((absent < 0) | (absent > possible) | (possible > 800))
    if len(read) == 3:
        cannot |= ~missing & ~wrong & (np.abs(read["days_present"] + absent - possible) > 0.01)
    place = next(n for n in ("days_present", "days_absent") if n in index)
    cells = Cells(names[index[place]], here)
    text = column(sheet, index[place], here)
    findings += rejections(
        "no number",
        "A number of days is missing in this row.",
        sheet,
        cells,
        np.flatnonzero(missing).tolist(),
        text,
        "days possible and days present",
    )
    findings += rejections(
        "days do not fit",
        "The days present and absent do not add up to the days possible.",
        sheet,
        cells,
        np.flatnonzero(cannot).tolist(),
        text,
        "at most the days possible",
    )
    out = wrong | missing | cannot
    clean = [
        pa.array(np.where(out, 0, v).round().astype(np.int64), pa.int16())
        for v in (possible, absent)
    ]
    return clean[0], clean[1], out, findings


def _halves(text: str, sessions: bool) -> float | None:
    """Days as half days; a session is one already."""
    if not NUMBER.match(text):
        return None
    return round(float(text.replace(",", ".")) * (1 if sessions else 2))
