"""Published report tables: recognised so that they are refused in words that help, never half read.

Dot leaders, a row of column numbers, footnotes, standard errors and rows of states are the marks of
a table that was printed; two of them together are enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from etl.cells import column, tally
from etl.fields import knows, normalise, target
from etl.headers import grid
from etl.model import Context, Extract, Finding, Layout, Recognition, Sheet
from etl.scores import number

_LEADERS = re.compile(r"\.{4,}\s*$|(\s\.){3,}\s*$|…{2,}\s*$")
_NOTE = re.compile(
    r"^\s*(note:|source:|sources:|[†‡§¹²³*#!]|\(?†\)?|\d/ |1 ?[A-Z][a-z]+ .{30,})", re.I
)
_SIGNS = re.compile(r"^(\(?[†‡§#!]\)?|—|\(—\))$")
_TITLE = re.compile(r"^(table|tab\.|figure|annex|statement|chart)\s+[\dA-Z][\d.A-Z]*\b", re.I)
_COUNTED = re.compile(r"^\(?(\d{1,2})\)?$")
_PLACES = frozenset(
    re.sub(r"\s+", " ", p)
    for p in (
        "india",
        "andhra pradesh",
        "arunachal pradesh",
        "assam",
        "bihar",
        "chhattisgarh",
        "delhi",
        "goa",
        "gujarat",
        "haryana",
        "himachal pradesh",
        "jharkhand",
        "karnataka",
        "kerala",
        "madhya pradesh",
        "maharashtra",
        "manipur",
        "meghalaya",
        "mizoram",
        "nagaland",
        "odisha",
        "punjab",
        "rajasthan",
        "sikkim",
        "tamil nadu",
        "telangana",
        "tripura",
        "uttar pradesh",
        "uttarakhand",
        "west bengal",
        "united states",
        "alabama",
        "alaska",
        "arizona",
        "arkansas",
        "california",
        "colorado",
        "connecticut",
        "delaware",
        "florida",
        "georgia",
        "hawaii",
        "idaho",
        "illinois",
        "indiana",
        "iowa",
        "kansas",
        "kentucky",
        "louisiana",
        "maine",
        "maryland",
        "massachusetts",
        "michigan",
        "minnesota",
        "mississippi",
        "missouri",
        "montana",
        "nebraska",
        "nevada",
        "new hampshire",
        "new jersey",
        "new mexico",
        "new york",
        "north carolina",
        "north dakota",
        "ohio",
        "oklahoma",
        "oregon",
        "pennsylvania",
        "rhode island",
        "south carolina",
        "south dakota",
        "tennessee",
        "texas",
        "utah",
        "vermont",
        "virginia",
        "washington",
        "west virginia",
        "wisconsin",
        "wyoming",
        "england",
        "scotland",
        "wales",
        "northern ireland",
        "north east",
        "north west",
        "east midlands",
        "west midlands",
        "east of england",
        "london",
        "south east",
        "south west",
        "yorkshire and the humber",
    )
)
_STUDENT = knows([target(n) for n in ("student_id", "student_name", "first_name", "roll_number")])


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A table made for reading; its finding says why we think so, and what to add instead."""
    rows = grid(sheet, 12)
    if any(normalise(c) in _STUDENT for row in rows for c in row if c is not None and len(c) < 40):
        return None
    signs = _signs(sheet, rows)
    if len(signs) < 2:
        return None
    told = ", ".join(words for words, _ in signs)
    finding = Finding(
        "printed report",
        "stops",
        "This is a printed report, not a list of students. Please export the list behind it: one "
        "row a student, or one row a school and year.",
        sheet.name,
        row=signs[0][1],
        found=told,
        expected="one header row and one row a student",
    )
    return Recognition("report", min(0.98, 0.8 + 0.05 * len(signs)), 0, 1, (), findings=(finding,))


def _signs(sheet: Sheet, rows: Sequence[Sequence[str | None]]) -> list[tuple[str, int | None]]:
    """What speaks for a printed table: words for each sign, with a row that shows it."""
    labels = tally(column(sheet, 0))
    places = sum(_place(v) in _PLACES for v in labels)
    leaders = sum(bool(_LEADERS.search(v)) for v in labels)
    counted = next((i for i, row in enumerate(rows) if _counts_up(row)), None)
    titled = next((i for i, row in enumerate(rows[:4]) for c in row if c and _TITLE.match(c)), None)
    notes = [v for v in labels if _NOTE.match(v) and not _LEADERS.search(v)]
    found = [
        ("dots that lead to the numbers", None) if leaders >= 5 else None,
        ("a row that numbers the columns", counted + 1) if counted is not None else None,
        ("a table number in the title", titled + 1) if titled is not None else None,
        ("footnotes below the table", None) if len(notes) >= 2 else None,
        ("signs such as † for missing numbers", None) if _has_signs(sheet) else None,
        ("rows of states or regions", None)
        if places >= 5 and places >= 0.4 * len(labels)
        else None,
        ("several rows of headings", 1) if _headings(rows) >= 3 else None,
    ]
    return [f for f in found if f is not None]


def _place(label: str) -> str:
    return " ".join(re.sub(r"[.…\d/]+", " ", label).lower().split())


def _counts_up(row: Sequence[str | None]) -> bool:
    """'(1) (2) (3)' or '1 2 3': the numbers of the columns."""
    found = [_COUNTED.match(c) for c in row if c is not None]
    numbers = [int(f[1]) for f in found if f is not None]
    if len(numbers) < 4 or len(numbers) < len(found):
        return False
    rising = numbers[1:] if numbers[0] == 1 else numbers
    steps = np.diff(rising)
    bracketed = any(c is not None and c.startswith("(") for c in row)
    return (
        bool((steps == 1).all())
        and (bracketed or numbers[0] == 1)
        and not _days(numbers, bracketed)
    )


def _days(numbers: Sequence[int], bracketed: bool) -> bool:
    """1 to 28 or more without brackets is a register's header, not a count of columns."""
    return not bracketed and len(numbers) >= 28


def _has_signs(sheet: Sheet) -> bool:
    seen = 0
    for index in range(min(sheet.cells.num_columns, 30)):
        seen += sum(n for v, n in tally(column(sheet, index)).items() if _SIGNS.match(v))
    return seen >= 3


def _headings(rows: Sequence[Sequence[str | None]]) -> int:
    """Rows of words above the first row of numbers."""
    count = 0
    for row in rows:
        cells = [c for c in row if c is not None]
        if sum(number(c) is not None for c in cells[1:]) >= 2:
            break
        count += len(cells) > 1
    return count


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """Nothing: a report is never read."""
    return Extract({}, 0, frozenset(), sheet.cells.num_rows, (), recognition.findings)


LAYOUT = Layout("report", "report", "a printed report", 95, "1", {}, recognise, extract)
