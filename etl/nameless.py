"""Which texts hold a student's name: what is remembered about files must hold none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from etl.desk import Drop
from etl.fields import spaced
from school.house import House

SHORTEST = 3  # letters: a shorter name is also a mark


def holding(house: House, drop: Drop | None, texts: Iterable[str]) -> frozenset[str]:
    """Those of the texts in which all words of the name of a student stand.

    The students are those that are here and those of the drop. A name of one word counts where
    the text says nothing else: "Rose" is a name, "Rose Lane School" is none.
    """
    told = {text: frozenset(_said(text).split()) for text in texts}
    everything = frozenset(word for words in told.values() for word in words)
    names = {name for given in _names(house, drop)
             if (name := frozenset(given.split())) and name <= everything}
    return frozenset(text for text, words in told.items() if any(
        name <= words if len(name) > 1 else name == words for name in names))


def _said(text: str) -> str:
    """The words of a text, without the key before them: 'column:Asha Rao' -> 'asha rao'."""
    before, _, after = text.partition(":")
    return spaced(after if after and before.isalpha() and before.islower() else text)


def _names(house: House, drop: Drop | None) -> Iterator[str]:
    """Names of students in small letters."""
    found = [n for (n,) in house.store.unsafe_run(
        "select distinct name from mart.students where name is not null")]
    if drop is not None:
        for report in drop.reports:
            students = drop.facts(f"{report.file}|{report.sheet}").get("students")
            if students is not None and "name" in students.column_names:
                found += students.column("name").unique().to_pylist()
    for name in found:
        if name and len(name) >= SHORTEST:
            yield spaced(name)
