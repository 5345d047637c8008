"""Published totals: numbers of whole schools that a table states, told apart from our own."""

from __future__ import annotations

from collections.abc import Sequence

SHOWN = 3  # tables that are named; of more their number is told


def published_stamp(sources: Sequence[str]) -> str:
    """Beside the freshness of a number: 'published totals, from “Table 5”'."""
    return f"published totals, from {_tables(sources)}"


def published_words(sources: Sequence[str]) -> str:
    """Where a number comes from in which no student stands, as a sentence."""
    return (f"Published totals, read from {_tables(sources)}. No single student stands in them, "
            "and they are never added to what is known of single students.")


def _tables(sources: Sequence[str]) -> str:
    if len(sources) > SHOWN:
        return f"{len(sources)} tables"
    named = [f"“{s}”" for s in sources]
    return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))
