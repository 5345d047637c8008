"""The definitions as they stand in the `.sql` files, read once and checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast, get_args
from weakref import WeakKeyDictionary

from school.answers import Better, Kind
from school.errors import BadMeasure, UnknownMeasure
from school.prelude import BESIDE, TABLES, UNIT_COLUMNS, applies
from school.store import Store
from school.view import COLUMNS

FOLDER = Path(__file__).parent
_HEADER = re.compile(r"^--\s*([a-z_]+):\s*(.+?)\s*$")
_NEEDED = ("title", "question", "meaning", "kind", "unit", "better", "minimum", "source", "version",
           "reads")
_FORBIDDEN = re.compile(r"""\b(mart|raw|temp|main|information_schema|pg_catalog)["']?\s*\.""", re.I)
_own: WeakKeyDictionary[Store, dict[str, Measure]] = WeakKeyDictionary()
_GIVES: dict[str, tuple[str, ...]] = {
    "rate": ("numerator", "denominator"),
    "mean": ("numerator", "denominator"),
    "count": ("numerator",),
}


@dataclass(frozen=True)
class NeedWords:
    """How a yes-or-no number about students is told as a need; `{value}` stands for that of `per`.

    `line` is the percent of students that is still no need, or the preset's field that says it;
    `inside` names the measure whose students these are all among, so that nobody is ranked twice;
    `latest` is True where only the latest test of each subject counts; `asks` are what to find out
    before anything is done.
    """

    name: str  # "Absence", first word of a sentence
    label: str  # "Absent 1 day in 10 or more"
    did: str  # "missed 1 day in 10 or more"
    line: str
    per: str | None = None
    inside: str | None = None
    latest: bool = False
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measure:
    """One definition: what it says of itself, and the select that counts, one row a unit."""

    name: str
    title: str
    question: str
    meaning: str
    kind: Kind
    unit: str
    better: Better
    minimum: int  # people under whom a number is not shown outside the school's own staff
    source: str
    version: str
    reads: str
    breakdowns: tuple[str, ...]  # 'group.*' stands for every group
    levels: str | None  # the column that the measure itself works out: tier or level
    params: tuple[str, ...]
    gives: frozenset[str]
    repeats: bool  # one unit may stand on several rows, and is added up
    sql: str
    fingerprint: str
    beside: str | None = None  # the number that must be seen next to this one
    opens: str | None = None  # what it is split by before anybody has chosen
    level_word: str | None = None  # what its levels are called, where they are no learning levels
    whole: str | None = None  # what the number says in all, where the title names its parts
    on: str | None = None  # 'census': asked on one day, whatever the dates of the view
    template: bool = False  # says something only where a school has defined what it counts
    given: tuple[tuple[str, Any], ...] = ()  # params that a definition of the school's own fixes
    need: NeedWords | None = None  # None where it is no need of single students
    also: tuple[str, ...] = ()  # tables read beside `reads`, joined by student

    @property
    def tables(self) -> tuple[str, ...]:
        """Every scoped table that the select reads."""
        return (self.reads, *self.also)

    def splits_by(self, column: str) -> bool:
        """Whether this number can be split by or narrowed to `column`."""
        name = "group.*" if column.startswith("group.") else column
        return name in self.breakdowns


def parse(name: str, text: str) -> Measure:
    """The measure in the text of its file; `BadMeasure` says what is wrong with it."""
    header: dict[str, str] = {}
    body: list[str] = []
    for line in text.splitlines():
        match = _HEADER.match(line)
        if match and not body:
            header[match[1]] = match[2]
        elif line.strip():
            body.append(line)
    sql = "\n".join(body)
    missing = [k for k in _NEEDED if k not in header]
    if missing:
        raise BadMeasure(f"The measure {name} does not say its {', '.join(missing)}.")
    _check(name, header, sql)
    levels = header.get("levels")
    gives = frozenset(re.findall(r"\bas\s+([a-z_]+)", sql))
    kind = cast(Kind, header["kind"])
    lacking = [c for c in ("period", "segment", "unit", *_GIVES[kind])
               if not re.search(rf"\b{c}\b", sql)]
    if lacking:
        raise BadMeasure(f"The measure {name} does not give {', '.join(lacking)}.")
    return Measure(
        name=name, title=header["title"], question=header["question"], meaning=header["meaning"],
        kind=kind, unit=header["unit"], better=cast(Better, header["better"]),
        minimum=int(header["minimum"]), source=header["source"], version=header["version"],
        reads=header["reads"], levels=levels, gives=gives, sql=sql,
        repeats=header.get("repeats") == "yes",
        breakdowns=_breakdowns(header, levels), params=_listed(header.get("params", "")),
        fingerprint=hashlib.sha256(text.encode()).hexdigest()[:12], beside=header.get("beside"),
        opens=header.get("opens"), level_word=header.get("level_word"), whole=header.get("whole"),
        on=header.get("on"), template=header.get("template") == "yes",
        need=_need(name, header),
        also=_listed(header.get("also", "")),
    )


def _need(name: str, header: dict[str, str]) -> NeedWords | None:
    """The need that a measure declares; `BadMeasure` where its words do not fit."""
    if "need" not in header:
        return None
    words = _listed(header["need"], "|")
    if len(words) != 3 or header["kind"] != "rate" or header["better"] == "neither":
        raise BadMeasure(f"The measure {name} must give a need's name, label and what was done.")
    if header.get("per", "subject") not in COLUMNS:
        raise BadMeasure(f"The measure {name} names needs by something that nobody knows.")
    return NeedWords(*words, line=header.get("line", "10"), per=header.get("per"),
                     inside=header.get("inside"), latest=header.get("of") == "latest test",
                     asks=_listed(header.get("ask", ""), "|"))


def _check(name: str, header: dict[str, str], sql: str) -> None:
    if header["kind"] not in _GIVES:
        raise BadMeasure(f"The measure {name} is of a kind that nobody knows.")
    if header["better"] not in get_args(Better):
        raise BadMeasure(f"The measure {name} must say higher, lower or neither is better.")
    beside = set(_listed(header.get("also", "")))
    if header["reads"] not in TABLES or not beside <= set(BESIDE):
        raise BadMeasure(f"The measure {name} reads a table that the prelude does not offer.")
    if header.get("levels", "tier") not in UNIT_COLUMNS:
        raise BadMeasure(f"The measure {name} names levels that nobody knows.")
    if not header["minimum"].isdigit():
        raise BadMeasure(f"The measure {name} must give its minimum as a whole number.")
    code = re.sub(r"--.*", "", sql)
    if _FORBIDDEN.search(code):
        raise BadMeasure(f"The measure {name} reads a table directly, not a scoped one.")
    if ";" in code:
        raise BadMeasure(f"The measure {name} must be one single select.")
    if not re.match(r"\s*(select|with)\b", code, re.I):
        raise BadMeasure(f"The measure {name} must be a select.")


def _listed(text: str, between: str = ",") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(between) if part.strip())


def _breakdowns(header: dict[str, str], levels: str | None) -> tuple[str, ...]:
    without = _listed(header.get("without", ""))
    rows = tuple(c for c in COLUMNS if c not in UNIT_COLUMNS and applies(c, header["reads"])
                 and c not in without)
    groups = ("group.*",) if applies("group.any", header["reads"]) else ()
    return (*rows, *groups, *((levels,) if levels else ()))


@cache
def every_file() -> dict[str, Measure]:
    """Every `.sql` file by name, templates too. A file that breaks the rules stops here."""
    return {
        path.stem: parse(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(FOLDER.glob("*.sql"))
    }


def catalogue(store: Store | None = None) -> dict[str, Measure]:
    """Every measure by name; with a store also those that its school has defined itself."""
    built_in = {n: m for n, m in every_file().items() if not m.template}
    return built_in if store is None else {**built_in, **_own.get(store, {})}


def declare(store: Store, measures: Iterable[Measure]) -> None:
    """From now on this store knows these measures beside the built-in ones."""
    _own[store] = {m.name: m for m in measures}


def measure_of(name: str, store: Store | None = None) -> Measure:
    """The measure called `name`."""
    known = catalogue(store)
    if name not in known:
        raise UnknownMeasure(f"Nobody defined this number. Known are: {', '.join(known)}.")
    return known[name]
