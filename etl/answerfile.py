"""Remembered answers as a file: taken out of one Staffroom and added to another.

The file is JSON that a person can read. It is looked through before anything of it is kept: a file
that is not ours, or one answer that makes no sense, refuses the whole in words. What is answered
here already stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from etl.answerable import require
from etl.known import MOST_HEADERS
from etl.layouts import layouts
from etl.nameless import holding
from school.errors import UnreadableFile, WrongUse
from school.house import House
from school.records import shapes
from school.terms.remembered import added_words

FORMAT, VERSION = "staffroom-answers", 1
LARGEST = 5 * 1024**2
LONGEST = 300  # letters of one text
MIME = "application/json"
NOT_OURS = "This is no file of remembered answers. Nothing was added."
_FINGERPRINT = re.compile(r"[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d)?")


@dataclass(frozen=True)
class Made:
    """A file to hand over."""

    content: bytes
    name: str
    answers: int
    mime: str = MIME


@dataclass(frozen=True)
class Added:
    """How many answers were added, stood here already, stayed as they were, or held a name."""

    added: int
    same: int
    kept: int
    names: int

    @property
    def words(self) -> str:
        """What came of it, in a sentence or two."""
        return added_words(self.added, self.same, self.kept, self.names)


def export(house: House) -> Made:
    """Everything that is remembered about files."""
    said = shapes.everything(house.records)
    seen = shapes.shapes(house.records)
    told = [_one(seen.get(f, shapes.Shape(f)), answers) for f, answers in sorted(said.items())]
    made = {"format": FORMAT, "version": VERSION, "made": house.records.now()[:10], "shapes": told}
    text = json.dumps(made, ensure_ascii=False, indent=1)
    return Made(text.encode(), f"Staffroom answers {house.records.now()[:10]}.json",
                sum(len(answers) for answers in said.values()))


def _one(shape: shapes.Shape, answers: Mapping[str, shapes.Said]) -> dict[str, Any]:
    return {"fingerprint": shape.fingerprint, "layout": shape.layout, "file": shape.file,
            "headers": list(shape.headers), "columns": shape.columns, "at": shape.at,
            "answers": {about: one.value for about, one in answers.items()}}


def add(house: House, content: bytes) -> Added:
    """Add the answers of such a file; `UnreadableFile` in words for anything else."""
    read = _read(content)
    texts = [t for shape, said in read for t in (*shape.headers, shape.file, *said, *said.values())]
    named = holding(house, None, texts)
    here, seen = shapes.everything(house.records), shapes.shapes(house.records)
    count = dict.fromkeys(("added", "same", "kept", "names"), 0)
    for shape, said in read:
        before = here.get(shape.fingerprint, {})
        fresh = {}
        for about, value in said.items():
            if {about, value} & named:
                count["names"] += 1
            elif about not in before:
                fresh[about] = value
                count["added"] += 1
            else:
                count["same" if before[about].value == value else "kept"] += 1
        if not fresh:
            continue
        shapes.remember(house.records, shape.fingerprint, fresh)
        if shape.layout and shape.fingerprint not in seen:
            shapes.note_shape(house.records, _nameless(shape, named))
    return Added(**count)


def _nameless(shape: shapes.Shape, named: frozenset[str]) -> shapes.Shape:
    return shapes.Shape(shape.fingerprint, shape.layout, "" if shape.file in named else shape.file,
                        tuple(h for h in shape.headers if h not in named), shape.columns, shape.at)


def _read(content: bytes) -> list[tuple[shapes.Shape, dict[str, str]]]:
    """The kinds of file with their answers, every one of them looked at."""
    try:
        found = json.loads(content.decode("utf-8-sig")) if len(content) <= LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise UnreadableFile(NOT_OURS)
    if found.get("version") != VERSION:
        raise UnreadableFile("This file of answers was written by a newer Staffroom. "
                             "Nothing was added.")
    told = found.get("shapes")
    if not isinstance(told, list):
        raise UnreadableFile(NOT_OURS)
    return [_shape(one) for one in told]


def _shape(told: Any) -> tuple[shapes.Shape, dict[str, str]]:
    if not isinstance(told, dict) or not isinstance(told.get("answers"), dict):
        raise UnreadableFile(NOT_OURS)
    fingerprint, layout = told.get("fingerprint"), told.get("layout", "")
    headers, columns, at = told.get("headers", []), told.get("columns", 0), told.get("at", "")
    texts = [fingerprint, layout, told.get("file", ""), at]
    if not isinstance(headers, list) or not isinstance(columns, int) or isinstance(columns, bool):
        raise UnreadableFile(NOT_OURS)
    if not all(isinstance(t, str) and len(t) <= LONGEST for t in (*texts, *headers)):
        raise UnreadableFile(NOT_OURS)
    everywhere = fingerprint == shapes.EVERYWHERE
    if not (everywhere or _FINGERPRINT.fullmatch(str(fingerprint))) or not 0 <= columns < 100_000:
        raise UnreadableFile(NOT_OURS)
    if layout not in ("", *layouts()) or (at and not _DAY.fullmatch(at)):
        raise UnreadableFile(f"We do not know the kind of file “{layout}”. Nothing was added."
                             if layout not in ("", *layouts()) else NOT_OURS)
    shape = shapes.Shape(str(fingerprint), layout, told.get("file", ""),
                         tuple(headers[:MOST_HEADERS]), columns, at)
    return shape, _answers(shape, told["answers"])


def _answers(shape: shapes.Shape, told: Mapping[str, Any]) -> dict[str, str]:
    for about, value in told.items():
        if not isinstance(value, str) or len(about) + len(value) > 2 * LONGEST:
            raise UnreadableFile(f"The answer “{about[:60]}” is no text. Nothing was added.")
        try:
            require(shape.fingerprint, shape.layout, about, value)
        except WrongUse as error:
            raise UnreadableFile(f"{error.words} Nothing was added.") from error
    return dict(told)
