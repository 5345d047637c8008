"""What was answered about files, to be seen, changed and forgotten.

A change counts from the next file of the shape on. Uploads that stand are never read anew by
themselves: `change` names those that were read with another answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from etl.answerable import IGNORE, columns_of, kind_of, require
from etl.codes import ANSWERS, answered
from etl.damaged import two_numbers
from etl.known import known
from etl.layouts import layouts
from etl.layouts.calendar import day_type
from etl.layouts.unnamed import CHOICES, LEAVE_OUT
from etl.places import NEW, place_id
from school.config import CATEGORY_WORDS
from school.house import House
from school.records import loads, shapes
from school.records.loads import Load
from school.terms import remembered as words
from school.terms.words import lower_first, upper_first

ALL_FILES = "All files"
_NONE: Mapping[str, str] = {}


@dataclass(frozen=True)
class Answer:
    """One answer: as it is kept, as a sentence, and what else could be chosen (value to words)."""

    about: str
    value: str
    begins: str  # the sentence without what was chosen
    words: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Kept:
    """A kind of file with its answers; `fingerprint` '*' is what counts for all files."""

    fingerprint: str
    title: str
    shape: shapes.Shape
    answers: tuple[Answer, ...]

    @property
    def everywhere(self) -> bool:
        """Whether these answers count for every file."""
        return self.fingerprint == shapes.EVERYWHERE


def kept(house: House) -> tuple[Kept, ...]:
    """Everything that is remembered: kinds of file, newest first, then what counts everywhere."""
    seen = shapes.shapes(house.records)
    schools = known(house).school_names
    found = []
    for fingerprint, said in shapes.everything(house.records).items():
        shape = seen.get(fingerprint, shapes.Shape(fingerprint))
        told = tuple(_answer(about, one.value, shape, schools) for about, one in said.items())
        found.append(Kept(fingerprint, title(shape), shape, told))
    return tuple(sorted(sorted(found, key=lambda k: k.shape.at, reverse=True),
                        key=lambda k: k.everywhere))


def title(shape: shapes.Shape) -> str:
    """What kind of file a shape is: 'Register', 'Daily attendance'."""
    if shape.fingerprint == shapes.EVERYWHERE:
        return ALL_FILES
    layout = layouts().get(shape.layout)
    plain = layout.title.removeprefix("a ").removeprefix("an ") if layout else "a kind of file"
    return upper_first(plain)


def change(house: House, fingerprint: str, about: str, value: str) -> tuple[Load, ...]:
    """Remember another answer; the standing uploads that were read with another one.

    `WrongUse` for an answer that makes no sense.
    """
    layout = shapes.shapes(house.records).get(fingerprint, shapes.Shape(fingerprint)).layout
    require(fingerprint, layout, about, value)
    shapes.remember(house.records, fingerprint, {about: value})
    return read_otherwise(house, fingerprint, about, value)


def read_otherwise(house: House, fingerprint: str, about: str, value: str) -> tuple[Load, ...]:
    """Standing uploads of this shape that were read with another answer than this."""
    if fingerprint == shapes.EVERYWHERE:
        table, column = _HOLDS.get(kind_of(about), ("", ""))
        if not table:
            return ()
        found = house.store.unsafe_run(
            f"select distinct load_id from raw.{table} where {column} = ?",
            [about.partition(":")[2]])
        numbers = frozenset(int(n) for (n,) in found)
    else:
        numbers = shapes.read_by(house.records, fingerprint)
    return tuple(load for load in loads.loads(house.records, "standing")
                 if load.id in numbers and _said(load, about) != {value})


_HOLDS = {"code": ("attendance", "code"), "school": ("organisations", "name")}


def _said(load: Load, about: str) -> set[str]:
    """The answers to this that an upload was read with; a sheet's own go before the shared."""
    own = {str(v[about]) for k, v in load.answers.items()
           if isinstance(v, Mapping) and about in v and k.startswith((f"{load.file}|",
                                                                      f"{load.file}/"))}
    shared = load.answers.get(about)
    return own or (set() if shared is None else {str(shared)})


def spoken(about: str, value: str, layout: str = "",
           schools: Mapping[str, str] = _NONE) -> str:
    """An answer as a sentence."""
    return _answer(about, value, shapes.Shape("", layout), schools).words


def _answer(
    about: str, value: str, shape: shapes.Shape, schools: Mapping[str, str]
) -> Answer:
    columns = columns_of(shape.layout)
    value, choices = _choices(about, value, shape, schools)
    said = choices.setdefault(value, value)
    return Answer(about, value, words.subject(about, columns),
                  words.sentence(about, said, columns), choices)


def _choices(
    about: str, value: str, shape: shapes.Shape, schools: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """The value as it stands among the choices, and the choices with their words."""
    kind, _, name = about.partition(":")
    if kind in words.OPTIONS:
        return value, dict(words.OPTIONS[kind])
    if kind == "column" and shape.layout == "unnamed":
        return value, {**{c: lower_first(c) for c in CHOICES}, LEAVE_OUT: words.LEFT_OUT}
    if kind == "column":
        layout = layouts().get(shape.layout)
        return value or IGNORE, {**(layout.targets if layout else {}), IGNORE: words.LEFT_OUT}
    if kind == "target":
        return value, {h: f"“{h}”" for h in (*shape.headers, value)}
    if kind == "code":
        return _code(value)
    if kind == "grade":
        pair = two_numbers(name) or ()
        return value, {t: t for t in (*("-".join(map(str, p)) for p in (pair[::-1], pair)), value)}
    return _school(value, schools) if kind == "school" and name else (value, {})


def _code(value: str) -> tuple[str, dict[str, str]]:
    means = None if value in words.DAYS else answered(value)
    if means is None and day_type(value) is not None:
        return str(day_type(value)), dict(words.DAYS)
    choices = {str(c): lower_first(w) for c, w in CATEGORY_WORDS.items()}
    choices |= {a: lower_first(a) for a in ANSWERS if a not in CATEGORY_WORDS.values()}
    if means is None or means.label in CATEGORY_WORDS.values():
        return (means.category if means else value), choices
    if means.label in choices:
        return means.label, choices
    return value, {**choices, value: lower_first(means.label)}


def _school(value: str, schools: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    fresh = place_id(value) in ("new", place_id(NEW))
    at = next((n for i, n in schools.items() if value == i or place_id(value) == place_id(n)),
              value)
    return (NEW if fresh else at), {**{n: n for n in sorted(set(schools.values()))},
                                    NEW: words.OWN_SCHOOL}
