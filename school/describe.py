"""A view in English: the line that heads every page, export and slide."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from school.config import Preset
from school.terms import day_words, span_words, upper_first, word
from school.terms.groups import group_words, listed
from school.view import View

_MANY = 4  # values that are named; more are counted
_NUMBERED = {"grade": ("grade", "grades")}  # stand with their noun: 'Classes 6 and 7'
_NOUNS = {"school": "schools", "cluster": "clusters", "class": "classes", "subject": "subjects",
          "assessment": "tests", "outcome": "outcomes", "item": "questions", "window": "tests",
          "wave": "surveys", "tier": "tiers", "level": "levels", "band": "bands",
          "weekday": "weekdays"}


class Named(Protocol):
    """A value that exists, with its name on screen."""

    @property
    def value(self) -> str:
        """As it stands in a link."""
        ...

    @property
    def label(self) -> str:
        """As people read it."""
        ...


def describe(view: View, known: Mapping[str, Iterable[Named]], preset: Preset | None = None) -> str:
    """'Hillside, Class 7, girls, 1 Apr to 14 Nov 2025'. Names what the view is narrowed to.

    The first part is always where: the schools, else the clusters, else 'All schools'.
    """
    names = {c: {v.value: v.label for v in values} for c, values in known.items()}
    chosen = dict(view.where)
    parts = [_where(chosen, names, preset)]
    for column, values in sorted(chosen.items(), key=lambda kv: _place(kv[0])):
        if column not in ("school", "cluster"):
            labels = [names.get(column, {}).get(v, v) for v in values]
            parts.append(_part(column, labels, preset))
    parts.append(span_words(view.start, view.end, preset))
    if view.as_of != view.end:
        parts.append(f"as known on {day_words(view.as_of, preset, short=True)}")
    return ", ".join(parts)


def _where(chosen: Mapping[str, tuple[str, ...]], names: Mapping[str, Mapping[str, str]],
           preset: Preset | None) -> str:
    for column in ("school", "cluster"):
        if column in chosen:
            return _part(column, [names.get(column, {}).get(v, v) for v in chosen[column]], preset)
    only = list(names.get("school", {}).values())
    return only[0] if len(only) == 1 else f"All {word(preset, 'schools')}"


def _place(column: str) -> tuple[int, str]:
    order = ("grade", "class", "subject", "assessment", "item", "window", "wave")
    return (order.index(column) if column in order else len(order), column)


def _part(column: str, labels: list[str], preset: Preset | None) -> str:
    """One filter in words; a value that nobody has is said as 'none'."""
    labels = [label for label in labels if not label.startswith("\x00")] or ["none"]
    if column.startswith("group."):
        return group_words(column.removeprefix("group."), labels)
    if column in _NUMBERED:
        one, many = _NUMBERED[column]
        single = upper_first(word(preset, one))
        bare = [label.removeprefix(f"{single} ") for label in labels]
        noun = single if len(labels) == 1 else upper_first(word(preset, many))
        return f"{noun} {listed(bare)}"
    if len(labels) > _MANY:
        return f"{len(labels)} {word(preset, _NOUNS.get(column, column))}"
    return listed(labels)


def parts_in_words(
    segments: Iterable[tuple[str, str]], known: Mapping[str, Iterable[Named]],
    preset: Preset | None = None,
) -> str:
    """A part of a view in words: 'girls in Class 6', 'Hillside', 'home language: Urdu'."""
    names = {c: {v.value: v.label for v in values} for c, values in known.items()}
    ordered = sorted(segments, key=lambda s: (not s[0].startswith("group."), s[0]))
    said = [_part(c, [names.get(c, {}).get(v, v)], preset) for c, v in ordered]
    return " in ".join(said)
