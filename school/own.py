"""The school's own numbers as measures: `own:<slug>`, and `own:<slug>:share` where a line is drawn.

What a school has defined stands beside the built-in measures of its store, so that pages, exports
and the command line ask for it in the one way. A changed definition is another version: answers
that were kept under the old one are not used.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from school.answers import Better
from school.errors import WrongUse
from school.measures.catalogue import Measure, NeedWords, declare, every_file
from school.records import Records, audit, numbers
from school.records.numbers import OwnNumber
from school.store import Store

if TYPE_CHECKING:
    from school.house import House

PREFIX = "own:"
LEAST = 5  # people: nobody may draw the line lower than the measures of Staffroom itself
LONGEST = 60
ASKS = ("Is the number complete, and counted alike for everybody?",
        "Are these the same students as in other needs?",
        "What keeps them on this side of the line?")
AS_COUNTED = "as counted"  # the unit where nobody named one


def slug_of(name: str, taken: Collection[str] = ()) -> str:
    """A name for addresses: small letters and dashes, and a number where it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    stem = stem or f"n{hashlib.sha256(name.encode()).hexdigest()[:8]}"
    found, count = stem, 1
    while found in taken:
        count += 1
        found = f"{stem}-{count}"
    return found


def measures_of(own: OwnNumber) -> tuple[Measure, ...]:
    """The measures that a definition makes: the mean, and with a line the share beyond it."""
    files = every_file()
    given = (("own_name", own.name),)
    mean = replace(
        files["own_number"], name=PREFIX + own.slug, title=own.title,
        question=f"How much is it: {own.title}?", unit=own.unit, better=own.better,
        minimum=own.minimum, version=str(own.version), template=False, given=given,
        meaning=f"Mean of the latest value of “{own.name}” of each student in the dates of the "
                "view.",
        source=f"defined by {own.who} on {own.at[:10]}", fingerprint=_print("own_number", own))
    if own.line is None or own.better == "neither":
        return (mean,)
    low, line = own.better == "higher", f"{own.line:g}"
    share = replace(
        files["own_share"], name=f"{PREFIX}{own.slug}:share", minimum=own.minimum,
        title=f"{own.title}: {line} or {'less' if low else 'more'}",
        question=f"How many students are beyond our line: {own.title}?",
        meaning=f"Students whose latest value of “{own.name}” in the dates of the view is {line} "
                f"or {'less' if low else 'more'}, out of all students with a value.",
        version=str(own.version), source=mean.source, template=False,
        given=(*given, ("own_line", own.line), ("own_low_is_bad", low)), need=_need(own, low),
        fingerprint=_print("own_share", own))
    return mean, share


def _need(own: OwnNumber, low: bool) -> NeedWords:
    """How students beyond the line are told among the needs."""
    beyond = f"{own.line:g} {'' if own.unit == AS_COUNTED else f'{own.unit} '}or " \
             f"{'less' if low else 'more'}"
    return NeedWords(own.title, f"{own.title}: {beyond}", f"have {beyond}", line="10", asks=ASKS)


def _print(file: str, own: OwnNumber) -> str:
    text = every_file()[file].fingerprint + repr(own)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def open_numbers(store: Store, records: Records) -> None:
    """Let a store know what its school has defined."""
    declare(store, _measures(numbers.own_numbers(records)))


def _measures(defined: Iterable[OwnNumber]) -> list[Measure]:
    return [m for own in defined for m in measures_of(own)]


def define(
    house: House, who: str, name: str, *, title: str, unit: str, better: Better, minimum: int,
    line: float | None, version: int | None = None,
) -> None:
    """Define a number, or define it anew; `WrongUse` says what is missing."""
    title, unit = " ".join(title.split()), " ".join(unit.split())
    if not title or len(title) > LONGEST:
        raise WrongUse(f"Give the number a title of at most {LONGEST} letters.")
    if minimum < LEAST:
        raise WrongUse(f"At least {LEAST} people must stand behind a number that others see.")
    if line is not None and better == "neither":
        raise WrongUse("A line needs a good side: say whether more or less is better.")
    known = numbers.own_numbers(house.records)
    mine = next((k for k in known if k.name == name), None)
    if any(k.title.casefold() == title.casefold() for k in known if k is not mine):
        raise WrongUse("Another number of yours has this title already.")
    slug = mine.slug if mine else slug_of(name, {k.slug for k in known})
    numbers.define(house.records, slug, name, title=title, unit=unit or AS_COUNTED,
                   better=better, minimum=minimum, line=line, who=who, version=version)
    audit.note(house.records, who, "defined a number of our own", {})
    open_numbers(house.store, house.records)


def forget(house: House, who: str, slug: str) -> None:
    """Take a definition away; the values stay and can be defined again."""
    numbers.forget(house.records, slug)
    audit.note(house.records, who, "forgot a number of our own", {})
    open_numbers(house.store, house.records)
