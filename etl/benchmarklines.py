"""Lines of a published file of absence: whom each speaks of, and its shares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Ints, blank, column, over_groups, over_unique, repeat, unique
from etl.fields import spaced
from etl.model import ColumnGuess, Sheet
from etl.rosters import sex_of
from school.config import ABSENCE_IN

Index = Mapping[str, Sequence[int]]
TOTAL = "total"
_WHOLE = frozenset(("", "total", "all", "all pupils", "all students", "all schools", "everyone"))
_SEX = re.compile(r"^(?:gender|sex)\b", re.IGNORECASE)
_FULL = re.compile(r"year|half terms", re.IGNORECASE)


def source_of(sheet: Sheet, index: Index, rows: Ints, otherwise: str) -> pa.Array:
    """Who published each line, and of which part of the year where it is not a whole one."""
    countries = {v.lower() for v in unique(_said(sheet, index, "country_name", rows))}
    base = ABSENCE_IN.get(countries.pop(), otherwise) if len(countries) == 1 else otherwise
    identifiers = _said(sheet, index, "identifier", rows)
    if identifiers.null_count == len(rows):
        return repeat(base, len(rows))
    return over_groups([identifiers], lambda v: base if v is None or _FULL.search(v)
                       else f"{base}, {v.lower()}", pa.string())


def parts_of(
    sheet: Sheet, index: Index, rows: Ints, others: Mapping[str, int] | None = None
) -> tuple[pa.Array, pa.Array]:
    """What each line is split by and its part: 'total', 'sex' and 'female', 'school type' …

    `others` are columns that nobody knows, by their header, in which some lines say 'total'.
    """
    known = [_said(sheet, index, n, rows) for n in ("school_type", "topic", "characteristic")]
    more = {spaced(name): column(sheet, i, rows) for name, i in (others or {}).items()}
    told = [*known, *more.values()]

    def of(at: int) -> pa.Array:
        return over_groups(told, lambda k, t, c, *rest: _part(
            k, t, c, dict(zip(more, rest, strict=True)))[at], pa.string())

    return of(0), of(1)


def splitters(
    sheet: Sheet, columns: Sequence[ColumnGuess], rows: Ints
) -> tuple[dict[str, int], list[str]]:
    """Columns of words that nobody knows: those with a total among their words, and the others.

    Published files give every line a value in each column they are split by, 'Total' where it is
    not split.
    """
    whole: dict[str, int] = {}
    others: list[str] = []
    for one in columns:
        if one.target is None and one.source.strip():
            words = unique(column(sheet, one.index, rows))
            if len(words) > 1 and all(number(w) is None and len(w) > 1 for w in words):
                if any(_is_whole(w) for w in words):
                    whole[one.source] = one.index
                else:
                    others.append(one.source)
    return whole, others


def _part(
    kind: str | None, topic: str | None, text: str | None, others: Mapping[str, str | None],
) -> tuple[str, str]:
    parts: list[tuple[str, str]] = []
    if not _is_whole(kind):
        parts.append(("school type", kind or ""))
    if not _is_whole(text):
        value = _SEX.sub("", spaced(text or "")).strip()
        if sex_of(value) in ("female", "male"):
            parts.append(("sex", sex_of(value)))
        else:
            parts.append((spaced(topic) if topic else "characteristic", text or ""))
    parts += [(name, said or "") for name, said in others.items() if not _is_whole(said)]
    return (" + ".join(n for n, _ in parts) or TOTAL, " + ".join(v for _, v in parts) or TOTAL)


def _is_whole(text: str | None) -> bool:
    return spaced(text or "") in _WHOLE


def absence_shares(sheet: Sheet, index: Index, rows: Ints) -> dict[str, dict[str, pa.Array]]:
    """Per measure numerator, denominator and share; a share that is not shown stays blank."""
    said = {n: _numbers(_said(sheet, index, n, rows)) for n in (
        "possible", "missed", "missed_percent", "enrolments", "persistent", "persistent_percent")}
    missed = _shares(said["missed"], said["possible"], said["missed_percent"])
    attended = pc.subtract(pa.scalar(1.0), missed["share"])
    return {
        "absence_rate": missed,
        "attendance_rate": {**missed, "share": attended, "numerator": pc.subtract(
            missed["denominator"], missed["numerator"])},
        "chronic_absence": _shares(said["persistent"], said["enrolments"],
                                   said["persistent_percent"]),
    }


def _shares(part: pa.Array, whole: pa.Array, percent: pa.Array) -> dict[str, pa.Array]:
    """From the counts where both are given, else the published percentage; none over the whole."""
    nothing = pa.scalar(None, pa.float64())
    both = pc.and_(pc.fill_null(pc.greater(whole, 0.0), False), pc.is_valid(part))
    base = pc.if_else(both, whole, nothing)
    share = pc.coalesce(pc.divide(part, base), pc.divide(percent, pa.scalar(100.0)))
    fits = pc.fill_null(pc.less_equal(share, 1.0), False)
    return {"numerator": pc.if_else(both, part, nothing), "denominator": base,
            "share": pc.if_else(fits, share, nothing)}


def _numbers(values: pa.Array) -> pa.Array:
    return over_unique(values, number, pa.float64())


def number(text: str) -> float | None:
    """A number from 0 up as people write it, with a percent sign too; None if it is none."""
    plain = text.replace(" ", "").removesuffix("%")
    plain = plain.replace(",", ".") if re.fullmatch(r"\d{1,2},\d{1,2}", plain) else \
        plain.replace(",", "")
    return float(plain) if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def _said(sheet: Sheet, index: Index, name: str, rows: Ints) -> pa.Array:
    return column(sheet, index[name][0], rows) if name in index else blank(len(rows))
