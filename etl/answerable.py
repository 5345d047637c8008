"""Which answers are remembered, where each counts, and what an answer can be at all."""

from __future__ import annotations

from collections.abc import Mapping

from etl.codes import answered
from etl.damaged import two_numbers
from etl.layouts import layouts
from etl.layouts.calendar import day_type
from etl.synonyms import WORDS
from school.errors import WrongUse
from school.records import shapes
from school.terms.remembered import OPTIONS

OF_A_SHAPE = frozenset({"blank", "counted", "dates", "ids", "column", "target", "grade"})
EVERYWHERE = frozenset({"code", "school"})
IGNORE = "ignore"


def kind_of(about: str) -> str:
    """What an answer is about, without the column, mark or school it names."""
    return about.partition(":")[0]


def keeps(fingerprint: str, about: str) -> bool:
    """Whether such an answer is kept there: for one shape, or for all files."""
    kind, _, name = about.partition(":")
    kinds = EVERYWHERE if fingerprint == shapes.EVERYWHERE else OF_A_SHAPE
    return kind in kinds and (bool(name.strip()) or kind in OPTIONS)


def require(fingerprint: str, layout: str, about: str, value: str) -> None:
    """Refuse, in words, an answer that nothing could be read by."""
    expected = expects(layout, about, value) if keeps(fingerprint, about) else "a known question"
    if expected:
        raise WrongUse(f"The answer “{about}: {value}” makes no sense. Expected {expected}.")


def expects(layout: str, about: str, value: str) -> str:
    """What an answer of this kind has to be; blank where `value` is that."""
    kind, _, name = about.partition(":")
    columns, blank = columns_of(layout), not value.strip()
    if kind in OPTIONS:
        return "" if value in OPTIONS[kind] else " or ".join(OPTIONS[kind])
    if kind == "column" and layout == "unnamed":
        return "what the column holds" if blank else ""
    if kind == "column":
        return "" if value in columns or value == IGNORE else "what the column holds, or ignore"
    if kind == "target":
        return "" if name in columns and not blank else "the name of a column"
    if kind == "code":
        means = answered(value) is not None or day_type(value) is not None
        return "" if means else "the meaning of a mark, such as present or holiday"
    if kind == "grade":
        return "" if two_numbers(name) and not blank else "a grade or a class"
    return "the name of a school" if blank else ""


def columns_of(layout: str) -> Mapping[str, str]:
    """Words for each thing that a column of such a file can hold."""
    found = layouts().get(layout)
    return {**WORDS, **found.targets} if found else WORDS
