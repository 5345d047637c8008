"""Values that a spreadsheet program changed before they reached us: said, asked, never guessed.

A grade typed as 9-12 is shown as 12-Sep, and of a long number only the first fifteen digits are
left. What stood there cannot be worked out: a person says it once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import mask, over_unique, unique
from etl.checks import Cells, rejections
from etl.dates import MONTHS
from etl.model import Context, Finding, Question, Sheet

_DAY_MONTH = re.compile(r"^(\d{1,2})[-/ ]([A-Za-z]{3,9})(?:[-/ ]\d{2,4})?$")
_MONTH_DAY = re.compile(r"^([A-Za-z]{3,9})[-/ ](\d{1,2})$")
_ISO = re.compile(r"^(?:19|20)\d\d-(\d\d)-(\d\d)(?: 00:00:00)?$")
_SHORTENED = re.compile(r"[+-]?\d(?:[.,]\d+)?[eE]\+\d+", re.ASCII)
_SHORT_WORDS = (
    "A spreadsheet program has shortened this number: its last digits are lost. Format the column "
    "as text, type the number again and add the file again."
)


@dataclass(frozen=True)
class Mended:
    """A column of grades or classes; what a person said stands where a date stood."""

    values: pa.Array
    questions: tuple[Question, ...] = ()
    findings: tuple[Finding, ...] = ()


def two_numbers(text: str) -> tuple[int, int] | None:
    """The two numbers that became a day and a month: 12-Sep -> (12, 9); None for no date."""
    if found := _ISO.match(text):
        return int(found[2]), int(found[1])
    if found := _DAY_MONTH.match(text):
        day, month = found[1], MONTHS.get(found[2].lower())
    elif found := _MONTH_DAY.match(text):
        day, month = found[2], MONTHS.get(found[1].lower())
    else:
        return None
    return None if month is None else (int(day), month)


def mend(values: pa.Array | None, sheet: Sheet, context: Context, cells: Cells) -> Mended | None:
    """The column with dates replaced by what a person said they are; None for no column.

    A date that nobody explained stands as a blank, with a question that must be answered.
    """
    if values is None:
        return None
    odd = {text: pair for text in unique(values) if (pair := two_numbers(text)) is not None}
    if not odd:
        return Mended(values)
    said = {text: context.answer(f"grade:{text}", sheet) for text in odd}
    asked = tuple(_question(text, *odd[text]) for text in odd if said[text] is None)
    open_ = mask(pc.is_in(values, pa.array([q.samples[0] for q in asked], pa.string())))
    found = rejections(
        "date for a grade", "A spreadsheet program has turned a grade or class into a date.",
        sheet, cells, np.flatnonzero(open_), values, "a grade or a class", "warns",
    )  # fmt: skip
    made = over_unique(values, lambda text: said.get(text) if text in odd else text, pa.string())
    return Mended(made, asked, tuple(found))


def _question(text: str, day: int, month: int) -> Question:
    choices = tuple(dict.fromkeys((f"{month}-{day}", f"{day}-{month}")))
    words = f"Which grade or class is “{text}”? A spreadsheet program has made a date of it."
    return Question(f"grade:{text}", words, choices, (text,))


def shortened(ids: pa.Array, sheet: Sheet, cells: Cells) -> tuple[frozenset[int], list[Finding]]:
    """Positions of ids such as 1.23E+16, which may stand for several students."""
    wrong = np.flatnonzero(
        mask(over_unique(ids, lambda v: bool(_SHORTENED.fullmatch(v)), pa.bool_())))
    found = rejections(
        "shortened number", _SHORT_WORDS, sheet, cells, wrong, ids, "all digits of the number"
    )
    return frozenset(wrong.tolist()), found


def long_numbers(count: int, row: int, column: str, sheet: str) -> Finding:
    """Said of numbers with more than fifteen digits that are no text."""
    return Finding(
        "long number", "warns",
        "A number of this sheet has more than 15 digits. Spreadsheet programs turn the digits "
        "after that into zeros: compare it with your records, and keep such numbers as text.",
        sheet=sheet, row=row, column=column, expected="a number stored as text", count=count,
    )  # fmt: skip
