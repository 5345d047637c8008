"""A number in the middle of similar schools, and where chance would put a school of this size."""

from __future__ import annotations

from statistics import median, quantiles

from school.answers import Answer, Row
from school.config import Preset
from school.measures import answer
from school.needs.values import Reference
from school.similar.nearest import similar_schools
from school.similar.values import LEAST, Middle, Similar
from school.stats.expected import expected_share, overdispersion
from school.store import Store
from school.terms import similar as words
from school.view import View


def middle(
    store: Store, measure: str, view: View, preset: Preset | None, found: Similar,
) -> Middle | None:
    """What lies in the middle of the schools found; None where under eight of them have it."""
    if found.refused:
        return None
    asked = view.choose("cluster", ()).choose("school", (*found.ids, found.school))
    split = answer(store, measure, asked.with_(by=("school",), period=None), preset=preset)
    rows = {r.segments["school"]: r for r in split.rows}
    shares = {s: v for s in found.ids if (v := _bad(split, rows.get(s))) is not None}
    known = list(shares.values())
    if len(known) < LEAST:
        return None
    low, centre, high = quantiles(known, n=4, method="inclusive")
    mine = rows.get(found.school)
    own, people = _bad(split, mine), (mine.people or 0) if mine else 0
    times = overdispersion([(round(v * n), n) for s, v in shares.items()
                            if (n := rows[s].people or 0)], centre)
    expected = expected_share(centre, people, times=times) \
        if own is not None and 0 < centre < 1 else None
    return Middle(len(known), median(known), low, high, own, people, expected, times)


def reference(store: Store, measure: str, view: View, preset: Preset | None) -> Reference | None:
    """The median of similar schools as the line that a need is judged against; None without it."""
    found = similar_schools(store, view, preset)
    made = middle(store, measure, view, preset, found) if found else None
    if made is None:
        return None
    name = words.middle_name(made.count)
    return Reference(made.median, name, f"at {name}")


def _bad(split: Answer, row: Row | None) -> float | None:
    """The share of students with the bad outcome; None where there are too few to say."""
    if row is None or row.value is None or (row.people or 0) < split.minimum:
        return None
    return row.value if split.better == "lower" else 1 - row.value
