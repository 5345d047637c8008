"""What is looked at: one immutable value that knows its address, its filters and its English.

A `View` is made by the shell from the query parameters (`from_query`), inside a `Scope` that comes
from `access` and never from the link. `to_query` always writes every value, so a link means next
year what it means today. A student's id or name has no place here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from school.access import OWNER, Scope

Period = Literal["day", "week", "month", "term", "year"]
PERIODS: tuple[Period, ...] = ("day", "week", "month", "term", "year")

# What a view can be narrowed to and split by. A group of the school's own is 'group.<kind>'.
COLUMNS: tuple[str, ...] = (
    "school", "cluster", "grade", "class", "subject", "assessment", "item", "window", "wave",
    "outcome", "tier", "level", "band", "weekday",
)
_GROUP = re.compile(r"^group\.[a-z0-9_]{1,40}$")

Where = tuple[tuple[str, tuple[str, ...]], ...]


def is_column(name: str) -> bool:
    """Whether a view may be narrowed to or split by `name`."""
    return name in COLUMNS or bool(_GROUP.match(name))


@dataclass(frozen=True)
class View:
    """Filters, dates, breakdown, comparison and as-of date of one look at the data.

    `start` and `end` are both included; `end` never lies after `as_of`. `where` is sorted.
    `compare` names the reference: 'goal', 'preset', 'last_year', 'similar' or 'published'.
    """

    start: date
    end: date
    as_of: date
    where: Where = ()
    by: tuple[str, ...] = ()
    period: Period | None = None
    compare: str = "preset"
    scope: Scope = field(default=OWNER, repr=False)

    def __post_init__(self) -> None:
        if len(self.by) > 2:
            raise ValueError("a view is split by two columns at most")
        for name in (*self.by, *(k for k, _ in self.where)):
            if not is_column(name):
                raise ValueError(f"unknown column {name!r}")
        tidy = tuple(sorted((k, tuple(sorted(set(v)))) for k, v in self.where if v))
        object.__setattr__(self, "where", tidy)

    def with_(self, **changes: object) -> View:
        """A new view with these fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def values(self, column: str) -> tuple[str, ...]:
        """The values that `column` is narrowed to; empty means all."""
        return dict(self.where).get(column, ())

    def narrow(self, column: str, values: Iterable[str]) -> View:
        """A view that shows no more than this one: `values` are met with those already chosen.

        An empty meeting keeps a value nobody has, so that nothing is shown rather than all.
        """
        wanted = set(values)
        had = self.values(column)
        kept = tuple(sorted(wanted & set(had))) if had else tuple(sorted(wanted))
        rest = tuple((k, v) for k, v in self.where if k != column)
        return self.with_(where=(*rest, (column, kept or ("\x00nobody",))))

    def choose(self, column: str, values: Iterable[str]) -> View:
        """A view in which `column` is narrowed to exactly `values`; none means all."""
        rest = tuple((k, v) for k, v in self.where if k != column)
        return self.with_(where=(*rest, (column, tuple(values))))

    def to_query(self) -> dict[str, list[str]]:
        """Query parameters that name every value, defaults too."""
        out: dict[str, list[str]] = {
            "from": [self.start.isoformat()],
            "to": [self.end.isoformat()],
            "as_of": [self.as_of.isoformat()],
            "by": list(self.by) or ["none"],
            "period": [self.period or "none"],
            "compare": [self.compare],
        }
        for column, values in self.where:
            out[column] = list(values)
        return out

    @classmethod
    def from_query(
        cls,
        query: Mapping[str, list[str]],
        default: View,
        known: Mapping[str, Iterable[str]],
    ) -> tuple[View, list[str]]:
        """The view that `query` names, inside `default.scope`, and what had to be left out.

        `known` holds, per column, the values that exist in this scope. Unknown values are dropped
        and reported by column only: a link's text is never echoed back.
        """
        dropped: list[str] = []
        where: list[tuple[str, tuple[str, ...]]] = []
        for column, raw in query.items():
            if not is_column(column):
                continue
            exists = set(known.get(column, ()))
            kept = tuple(v for v in raw if v in exists)
            if len(kept) < len(set(raw)):
                dropped.append(column)
            if kept:
                where.append((column, kept))
        start = _day(query, "from", default.start, dropped)
        end = _day(query, "to", default.end, dropped)
        as_of = _day(query, "as_of", default.as_of, dropped)
        if start > min(end, as_of):
            start, end, as_of = default.start, default.end, default.as_of
            dropped.append("dates")
        by = tuple(b for b in query.get("by", list(default.by)) if b != "none" and is_column(b))[:2]
        period_text = (query.get("period") or [default.period or "none"])[0]
        period = next((p for p in PERIODS if p == period_text), None)
        compare = (query.get("compare") or [default.compare])[0]
        if compare not in COMPARISONS:
            compare = default.compare
            dropped.append("compare")
        view = replace(
            default, start=start, end=min(end, as_of), as_of=as_of, where=tuple(where), by=by,
            period=period, compare=compare,
        )
        return view, dropped


COMPARISONS: tuple[str, ...] = ("preset", "goal", "last_year", "similar", "published")


def _day(query: Mapping[str, list[str]], name: str, default: date, dropped: list[str]) -> date:
    if name not in query or not query[name]:
        return default
    try:
        return date.fromisoformat(query[name][0])
    except ValueError:
        dropped.append(name)
        return default
