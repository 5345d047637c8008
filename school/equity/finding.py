"""From a view to its gaps: every group against all others, or against a chosen one, in each need.

Groups and their others hold at least ten students each; all comparisons of the page are controlled
together (Benjamini and Hochberg).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from school.answers import Answer, Row
from school.config import Preset
from school.describe import parts_in_words
from school.equity.support import reach
from school.equity.values import OTHERS, Equity, Gap, Known, Side
from school.measures import answer, answers
from school.needs.candidates import counted
from school.needs.values import Counted
from school.needs.where import LEAST, z_score
from school.places import UNKNOWN
from school.stats import bh, difference_interval, least
from school.stats.gaps import least_expected, mid_p, risk_ratio
from school.stats.spread import pulled_rates
from school.store import Store
from school.terms.equity import equity_lead, others_words
from school.terms.words import Certainty
from school.view import View

SURE = 0.05
_Cells = dict[tuple[str, str], Side]  # inside, value of the group


def equity(
    store: Store, view: View, preset: Preset | None, known: Known, *,
    columns: Sequence[str] = (), reference: Mapping[str, str] | None = None, within: str = "",
    need: str = "",
) -> Equity:
    """The gaps of a view, those that concern most students first.

    `columns` are the kinds of groups looked at (all that are known if none); `reference` names, by
    column, the value that the others are compared with, else every group is compared with all
    others; `within` is a second column, inside whose values the groups are compared; `need` keeps
    one need alone.
    """
    kinds = [c for c in (columns or sorted(known)) if c.startswith("group.") and c in known]
    cuts = [(c, within) if within else (c,) for c in kinds if c != within]
    asked = counted(store, lambda m, v: answer(store, m, v, preset=preset), view, preset,
                    lambda _m, _v: None)
    found = [c for c in asked
             if c.answer.withheld is None and (not need or c.candidate.key == need)]
    gaps: list[Gap] = []
    splits: list[Answer] = []
    few = hidden = 0
    for c in found:
        views = [c.candidate.view.with_(by=cut) for cut in cuts]
        for split in answers(store, c.candidate.measure, views, preset=preset):
            splits.append(split)
            hidden += sum(1 for r in split.rows if r.hidden or r.numerator is None)
            made, small = _gaps(c, split, (reference or {}), known, preset)
            gaps += made
            few += small
    if not found and not view.scope.staff:
        hidden += 1  # what has numbers has too small ones for readers outside the staff
    judged = sorted(_certain(gaps), key=_order)
    unknown = tuple(_unknown(store, view, preset, kinds))
    reached = () if need or within else reach(store, view, preset, known, kinds)
    lead = equity_lead(judged, groups=bool(kinds), measured=bool(found or hidden), unknown=unknown,
                       hidden=hidden, reached=reached, preset=preset)
    return Equity(lead, tuple(judged), len(gaps), unknown, few, hidden,
                  tuple(c.answer for c in found), tuple(splits), reached)


def _gaps(c: Counted, split: Answer, reference: Mapping[str, str], known: Known,
          preset: Preset | None) -> tuple[list[Gap], int]:
    """All gaps of one need by one kind of group; and how many groups are too small to say."""
    column = split.view.by[0]
    within = split.view.by[1] if len(split.view.by) > 1 else ""
    cells = {k: s for k, s in _cells(split, column, within)}
    pulled = _pulled(cells) if within else {}
    few, out = 0, list[Gap]()
    for (inside, value), here in cells.items():
        other = _other(cells, inside, value, reference.get(column, OTHERS))
        if other is None or value == reference.get(column):
            continue
        if here.bad == other.bad == 0:
            continue  # nobody has it: there is nothing to compare
        if here.of < LEAST or other.of < LEAST:
            few += 1
            continue
        gap = _gap(c, split.view, column, value, within, inside, here, other,
                   reference.get(column, OTHERS), known, preset)
        out.append(replace(gap, pulled=pulled.get((inside, value))))
    return _once(out), few


def _cells(split: Answer, column: str, within: str) -> Iterator[tuple[tuple[str, str], Side]]:
    """Counts of each group, inside each part; groups that nobody knows are left out."""
    for row in split.rows:
        side = _side(row, split.better == "higher")
        inside = row.segments[within] if within else ""
        if side is not None and UNKNOWN not in (row.segments[column], inside):
            yield (inside, row.segments[column]), side


def _side(row: Row, higher: bool) -> Side | None:
    if row.hidden or not row.people or row.numerator is None or not row.denominator:
        return None
    bad = row.denominator - row.numerator if higher else row.numerator
    return Side(round(bad), round(row.denominator))


def _pulled(cells: _Cells) -> Mapping[tuple[str, str], float]:
    """The share of each crossed group pulled toward that of all; nothing under five groups."""
    if len(cells) < least.SHRUNK:
        return {}
    return dict(zip(cells, pulled_rates([(s.bad, s.of) for s in cells.values()]), strict=True))


def _other(cells: _Cells, inside: str, value: str, reference: str) -> Side | None:
    """The group that is compared with: the chosen one, or all others of the same part."""
    if reference != OTHERS:
        return cells.get((inside, reference))
    rest = [s for (i, v), s in cells.items() if i == inside and v != value]
    return Side(sum(s.bad for s in rest), sum(s.of for s in rest)) if rest else None


def _gap(c: Counted, view: View, column: str, value: str, within: str, inside: str, here: Side,
         other: Side, reference: str, known: Known, preset: Preset | None) -> Gap:
    interval = difference_interval(here.bad, here.of, other.bad, other.of)
    assert interval is not None  # neither side is empty

    def say(segment: str) -> str:
        return parts_in_words([(column, segment)], known, preset)

    values = [v.value for v in known.get(column, ()) if v.value != UNKNOWN]
    key = f"{c.candidate.key}@{column}={value}" + (f"&{within}={inside}" if within else "")
    return Gap(
        key=key, need=c.candidate.key, measure=c.candidate.measure, view=c.candidate.view,
        name=c.candidate.name, label=c.candidate.label, did=c.candidate.did, column=column,
        value=value, who=say(value), others=others_words(value, values, reference, say),
        inside=parts_in_words([(within, inside)], known, preset) if within else "",
        within=(within, inside) if within else None,
        other_values=(reference,) if reference else tuple(v for v in values if v != value),
        here=here, other=other, points=here.share - other.share, low=interval[0],
        high=interval[1], ratio=risk_ratio(here.bad, here.of, other.bad, other.of), q=1.0,
        certainty="Could be chance",
    )


def _once(gaps: list[Gap]) -> list[Gap]:
    """Of two groups that are each other's others only the one that is worse off."""
    out = []
    for gap in gaps:
        mirror = [g for g in gaps if g is not gap and g.inside == gap.inside
                  and g.here == gap.other and g.other == gap.here]
        if not mirror or (gap.points, gap.value) > (mirror[0].points, mirror[0].value):
            out.append(gap)
    return out


def _certain(gaps: Sequence[Gap]) -> list[Gap]:
    """Each gap with its p value adjusted for all of the page, and what may be said of it."""
    adjusted = bh([_p(g) for g in gaps])
    out = []
    for gap, q in zip(gaps, adjusted, strict=True):
        beyond = gap.low > 0 or gap.high < 0
        label: Certainty = "Could be chance"
        if beyond:
            label = "Clear" if q <= SURE else "Close call"
        out.append(replace(gap, q=q, certainty=label))
    return out


def _p(gap: Gap) -> float:
    """By the score test; by the exact one where a group is too small for it."""
    counts = gap.here.bad, gap.here.of, gap.other.bad, gap.other.of
    if least_expected(*counts) < least.EXPECTED:
        return mid_p(*counts)
    z = z_score(*counts)
    return math.erfc(abs(z) / math.sqrt(2))


def _order(gap: Gap) -> tuple[float, float, str]:
    """Most students first, even allowing for chance; then what is least likely to be chance."""
    return -gap.least, gap.q if gap.points > 0 else 2 - gap.q, gap.key


def _unknown(
    store: Store, view: View, preset: Preset | None, kinds: Sequence[str],
) -> Iterator[tuple[str, int, int]]:
    """Of each kind of group, for how many students on roll it is not known."""
    plain = view.with_(by=(), period=None)
    views = [plain.with_(by=(c,)) for c in kinds]
    for column, found in zip(kinds, answers(store, "headcount", views, preset=preset), strict=True):
        people = {r.segments[column]: r.people or 0 for r in found.rows}
        yield column, people.get(UNKNOWN, 0), sum(people.values())
