"""How a published share is named: place, year, value, source."""

from __future__ import annotations

from school.terms.numbers import percent


def benchmark_words(name: str, year: str, source: str, share: float, said: float) -> str:
    """'England 2016/17: 10.8% (DfE, pupil absence in schools)'.

    `said` is what was published, where `share` is the other side of it.
    """
    also = "" if share == said else f", published as {percent(said, places=1)}"
    return f"{name} {year_words(year)}: {percent(share, places=1)}{also} ({source})"


def year_words(year: str) -> str:
    """A school year as it is read: '2016/17'."""
    return year.replace("-", "/")
