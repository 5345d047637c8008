"""Published shares of other places, each with its source and year; never added to our own numbers.

Of several the latest year is taken, and of that year the nearest level: the local authority or
district in which the school lies, its region or state, then the country.
"""

from __future__ import annotations

from dataclasses import dataclass

from school.config import Preset
from school.ground import Ground, ground
from school.measures import catalogue
from school.memory import Memory
from school.needs.values import Reference
from school.store import Store
from school.terms.benchmarks import benchmark_words
from school.view import View

TOTAL = "total"
_LEVELS = ("local", "regional", "national")  # a single school's figure is no line for another


@dataclass(frozen=True)
class Benchmark:
    """One published share: of which measure, where, when, of whom, and who says so."""

    source: str
    measure: str
    year: str  # 'YYYY-YY'
    place: str
    name: str
    level: str
    dimension: str
    value: str
    share: float

    def words(self, share: float) -> str:
        """Place, year, value and source; `share` is what was published or the other side of it."""
        return benchmark_words(self.name, self.year, self.source, share, self.share)


_kept: Memory[tuple[Benchmark, ...]] = Memory(4)


# A file may hold every local authority of a country: only those in which a school here lies count.
_FITTING = """
with ours as (select lower(org_id) as said from mart.organisations
    union select lower(name) from mart.organisations where name is not null)
select source, measure, academic_year, place, coalesce(name, place), level, dimension, value, share
from mart.benchmarks where level = 'national' or (level in ('local', 'regional')
    and (lower(place) in (select said from ours) or lower(name) in (select said from ours)))
order by all"""


def published(store: Store) -> tuple[Benchmark, ...]:
    """The published shares of countries, and of the places in which a school here lies."""
    version = store.data_version
    found = _kept.get(store, version)
    if found is not None:
        return found
    return _kept.keep(store, version, tuple(Benchmark(*r) for r in store.unsafe_run(_FITTING)))


def benchmark(store: Store, measure: str, view: View, preset: Preset | None) -> Benchmark | None:
    """The published share that stands beside a measure in a view; None where there is none."""
    land = ground(store)
    above = _above(land, view)
    fitting = [(b, near) for b in published(store)
               if b.measure == measure and (near := _nearness(b, above, preset)) is not None]
    for wanted in _wanted(view):
        found = [(b, near) for b, near in fitting if _speaks_of(b, wanted)]
        if found:
            return min(found, key=lambda f: (-int(f[0].year[:4]), f[1], f[0].source))[0]
    return None


def reference(store: Store, measure: str, view: View, preset: Preset | None) -> Reference | None:
    """The published share as the line that a need is judged against; None where there is none."""
    found = benchmark(store, measure, view, preset)
    if found is None:
        return None
    bad = found.share if catalogue()[measure].better == "lower" else 1 - found.share
    words = found.words(bad)
    return Reference(bad, words, f"at the rate of {words}")


def _wanted(view: View) -> list[tuple[str, str]]:
    """Of whom a share may speak, best first: the one group or subject chosen, then everybody.

    A share of all subjects says nothing about one of them.
    """
    chosen = [(c.removeprefix("group."), v[0]) for c, v in view.where
              if len(v) == 1 and (c.startswith("group.") or c in ("grade", "subject"))]
    subject = [c for c in chosen if c[0] == "subject"]
    whole = [] if view.values("subject") else [(TOTAL, TOTAL)]
    return [*(subject if subject else chosen if len(chosen) == 1 else []), *whole]


def _speaks_of(found: Benchmark, wanted: tuple[str, str]) -> bool:
    dimension, value = wanted
    return (found.dimension in (dimension, "group") and dimension != TOTAL
            and found.value.casefold() == value.casefold()) or (
                dimension == TOTAL and found.dimension == TOTAL)


def _above(land: Ground, view: View) -> frozenset[str]:
    """Ids and names, in small letters, of the places in which all schools of the view lie."""
    chosen = view.values("school") or tuple(
        p.org_id for p in land.places.values() if p.type == "school" and p.school == p.org_id)
    common: set[str] | None = None
    for school in chosen:
        names: set[str] = set()
        place = land.places.get(school)
        while place and place.parent and place.parent in land.places:
            place = land.places[place.parent]
            if place.org_id.casefold() in names:
                break
            names |= {place.org_id.casefold(), place.name.casefold()}
        common = names if common is None else common & names
    return frozenset(common or ())


def _nearness(found: Benchmark, above: frozenset[str], preset: Preset | None) -> float | None:
    """0 for the place just above, up to 3 for a country; None for a place that is not ours."""
    rank = float(_LEVELS.index(found.level))
    if {found.place.casefold(), found.name.casefold()} & above:
        return rank
    if found.level != "national":
        return None
    ours = preset is None or found.name.casefold() == preset.title.casefold()
    return rank if ours else rank + 1
