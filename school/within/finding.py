"""Inside one school: which classes gain steadily, and how much of the differences lies where.

Progress and not marks: the gain of the same students from their first to their last test. Nothing
is drawn under six classes of five students, or where a class is one teacher, because then it would
compare people (METHODS 7 and 13).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from school.answers import Answer, Row
from school.config import Preset
from school.measures import answer
from school.places import UNKNOWN
from school.stats import Interval
from school.stats.expected import expected_mean
from school.stats.least import GROUPS, MEMBERS
from school.stats.spread import Group, Spread, pulled
from school.stats.spread import spread as of_groups
from school.store import Store
from school.terms import within as words
from school.view import View
from school.within.steady import steady
from school.within.values import ClassMean, Variation, Within

YEAR = timedelta(days=365)


def within(
    store: Store, view: View, preset: Preset | None, *, one_teacher: bool | None,
) -> Within:
    """The finding for the one school of `view`.

    `one_teacher` says whether a class here is taught by one teacher; None while nobody said, and
    then nothing but gains is told.
    """
    plain = view.with_(by=(), period=None)
    found, longer = _gains(store, plain, preset)
    if found is None:
        return Within(words.NOTHING, (), None, (), "", None, longer)
    gaining = steady(store, plain, preset)  # the same children: never those of another year
    cells = dict(_cells(found))
    refused = words.refused(len({c for c, _ in cells}), one_teacher,
                            hidden=any(r.hidden for r in found.rows))
    variation = None if refused else _variation(cells)
    classes = () if refused else tuple(_means(cells))
    lead = words.within_lead(gaining, variation, refused, preset)
    asks = one_teacher is None and len({c for c, _ in cells}) >= GROUPS
    return Within(lead, gaining, variation, classes, refused, found, longer, asks)


def _gains(store: Store, view: View, preset: Preset | None) -> tuple[Answer | None, bool]:
    """Gains by class and subject in the view, else from the year before on; None without any."""
    for longer in (False, True):
        asked = view.with_(start=view.start - YEAR) if longer else view
        found = answer(store, "gain", asked.with_(by=("class", "subject")), preset=preset)
        if any(r.value is not None and (r.people or 0) >= MEMBERS for r in found.rows):
            return found, longer
    return None, True


def _cells(found: Answer) -> Iterator[tuple[tuple[str, str], Group]]:
    """Class and subject with the sums of their students' gains; small ones are left out."""
    for row in found.rows:
        group = _group(row)
        if group is not None and UNKNOWN not in row.segments.values():
            yield (row.segments["class"], row.segments["subject"]), group


def _group(row: Row) -> Group | None:
    if row.value is None or row.squares is None or (row.people or 0) < MEMBERS:
        return None
    people = row.people or 0
    return Group(people, people * row.value, row.squares)


def _variation(cells: dict[tuple[str, str], Group]) -> Variation | None:
    """Parts between subjects, between classes of one subject, and between students of a class."""
    centred, subjects = _centred(cells)
    inside = of_groups(list(centred.values()))
    if inside is None:
        return None
    apart = of_groups(subjects)
    between = apart.between if apart is not None else 0.0
    whole = inside.between + inside.within + between
    scale = (inside.between + inside.within) / whole if whole else 1.0
    low, high = inside.range
    return Variation(
        inside.share * scale, (low * scale, high * scale), between / whole if whole else 0.0,
        (1 - inside.share) * scale, len({c for c, _ in cells}), max(s.n for s in subjects))


def _centred(
    cells: dict[tuple[str, str], Group],
) -> tuple[dict[tuple[str, str], Group], list[Group]]:
    """The cells with the mean of their subject taken away, and the subjects as groups."""
    out: dict[tuple[str, str], Group] = {}
    subjects = []
    for subject in sorted({s for _, s in cells}):
        mine = {k: g for k, g in cells.items() if k[1] == subject}
        whole = Group(sum(g.n for g in mine.values()), sum(g.total for g in mine.values()),
                      sum(g.squares for g in mine.values()))
        subjects.append(whole)
        m = whole.mean
        for key, g in mine.items():
            out[key] = Group(g.n, g.total - g.n * m, g.squares - 2 * m * g.total + g.n * m * m)
    return out, subjects


def _means(cells: dict[tuple[str, str], Group]) -> Iterator[ClassMean]:
    """Each class in each subject, in the order of names, beside what chance would allow."""
    for subject in sorted({s for _, s in cells}):
        mine = {k: g for k, g in cells.items() if k[1] == subject}
        found = of_groups(list(mine.values()))
        if found is None:
            continue
        for (name, _), group in sorted(mine.items()):
            yield ClassMean(name, subject, group.n, group.mean, pulled(group, found),
                            _expected(found, group.n))


def _expected(found: Spread, n: int) -> Interval:
    """The range in which a class of this size lies by chance, if all classes gained alike."""
    return expected_mean(found.mean, found.within, n)
