"""From a view to its needs: counted, judged against a printed line, placed, ordered, said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from school.answers import Answer
from school.config import Preset
from school.describe import Named, parts_in_words
from school.measures import answer, answers, overlap
from school.measures.overlap import Overlap
from school.needs.candidates import OUR_GOAL, Ask, Goal, Similar, bad_share, counted
from school.needs.values import Candidate, Counted, Need, Needs, Trend
from school.needs.where import (
    Part,
    Segments,
    controlled,
    cuts_of,
    parts_of,
    standing_out,
    weekdays,
    words_of,
)
from school.periods import year_before
from school.stats import (
    Ranked,
    bh,
    cautious_excess,
    difference_interval,
    half_up,
    steadiness,
)
from school.stats.ranking import share_p
from school.store import Store
from school.terms.needs import NeedPhrase, needs_lead, weights_sentence
from school.terms.words import Certainty
from school.view import View

GROUP_ROWS = 2  # rows of their own that one measure's groups may have
FIRST, FIRM = 3, 0.8  # a place among the first three is firm if it holds in 8 of 10 shaken orders
Known = Mapping[str, Sequence[Named]]


def needs(
    store: Store, view: View, preset: Preset | None, known: Known, *, goal: Goal | None = None,
    similar: Similar | None = None, weights: Mapping[str, float] | None = None,
    weighed_on: str = "",
) -> Needs:
    """The needs of the students in `view`, greatest first by cautious excess in students.

    `goal(measure, view)` gives the school's own target on the measure's scale, or None; `similar`
    the share in similar schools or a published one. `weights` are the team's, 1 to 3 by key (1
    where unsaid), and `weighed_on` the day they are of, in words. Withheld measures (too little of
    the register is marked) are named, never ranked.
    """
    def ask(measure: str, asked: View) -> Answer:
        return answer(store, measure, asked, preset=preset)

    found = counted(store, ask, view, preset, goal or (lambda _m, _v: None), similar)
    judged = [c for c in found if c.answer.withheld is None and c.of >= c.answer.minimum]
    withheld = tuple(
        f"{c.candidate.label}: {c.answer.withheld}" for c in found if c.answer.withheld)
    columns = _columns(view, known)
    for c in judged:  # all at once, so that each is one query
        views = [c.candidate.view.with_(by=cut) for cut in cuts_of(columns)]
        answers(store, c.candidate.measure, views, preset=preset)
    parts = controlled(parts_of(ask, c, columns) for c in judged)

    def say(segments: Segments) -> str:
        return parts_in_words(segments, known, preset)

    rows: list[Need] = []
    looked = apart = 0
    for c, own in zip(judged, parts, strict=True):
        out = standing_out(own)
        looked, apart = looked + len(own), apart + len(out)
        rows.append(_need(ask, c, (*words_of(out, say), *_days(ask, c))))
        rows += _group_rows(ask, c, out, say)
    alike = sorted(rows, key=_order)
    rows = sorted((_weighed(n, weights or {}) for n in rows), key=_order)
    rows, ahead = _certain(rows)
    first = alike[0].phrase.name if rows and alike[0].key != rows[0].key else ""
    whole = _said(store, view, preset, rows, judged, withheld, found, ahead,
                  weights_sentence(weighed_on, first) if weights else "")
    return replace(whole, looked=looked, found=apart, unweighted_first=first,
                   hidden=_hidden(ask, store, view, preset, found))


def _hidden(ask: Ask, store: Store, view: View, preset: Preset | None,
            found: Sequence[Counted]) -> int:
    """How many numbers staff would see here and this reader does not, because they are small."""
    if view.scope.staff:
        return 0
    inside = view.with_(scope=replace(view.scope, staff=True))
    everything = counted(store, ask, inside, preset, lambda _m, _v: None)
    seen = {c.candidate.key for c in found}
    return sum(1 for c in everything if c.candidate.key not in seen)


def _weighed(need: Need, weights: Mapping[str, float]) -> Need:
    """The need with the team's weight; a group's need has that of its measure."""
    return replace(need, weight=weights.get(need.part_of or need.key, 1.0))


def _columns(view: View, known: Known) -> list[str]:
    """What a need is cut by: grade, every group, class in one school, school among a few."""
    columns = ["grade", *sorted(c for c in known if c.startswith("group."))]
    schools = view.values("school") or tuple(v.value for v in known.get("school", ()))
    if len(schools) > 1:
        columns.append("school")
    return [c for c in columns if len(known.get(c, ())) > 1 and len(view.values(c)) != 1]


def _days(ask: Ask, c: Counted) -> tuple[str, ...]:
    return weekdays(ask, c) if c.candidate.measure == "chronic_absence" else ()


def _need(ask: Ask, c: Counted, where: tuple[str, ...], part_of: str | None = None) -> Need:
    candidate = c.candidate
    excess = cautious_excess(c.of, c.bad, candidate.reference.share, "lower")
    assert excess is not None
    phrase = NeedPhrase(candidate.name, candidate.did, c.bad, c.of, round(half_up(excess.students)),
                        round(half_up(excess.cautious)), candidate.reference.than)
    return Need(candidate.key, candidate.measure, candidate.view, candidate.label, phrase, c.bad,
                c.of, candidate.reference, excess, "Clear", where, _trend(ask, c), c.answer,
                part_of, candidate.asks)


def _trend(ask: Ask, c: Counted) -> Trend:
    """Against the same days of last year, beyond chance or not; for a test, its earlier sitting."""
    before = ask(c.candidate.measure, year_before(c.candidate.view))
    row = before.total
    if bad_share(before) is None or row is None or row.numerator is None or not row.denominator:
        return "unknown"
    old = row.denominator - row.numerator if before.better == "higher" else row.numerator
    moved = difference_interval(c.bad, c.of, round(old), round(row.denominator))
    if moved is None or moved[0] <= 0 <= moved[1]:
        return "same"
    return "worse" if moved[0] > 0 else "better"


def _group_rows(
    ask: Ask, c: Counted, out: Sequence[Part], say: Callable[[Segments], str],
) -> list[Need]:
    """Rows of their own for groups that stand out from the rest of their measure."""
    rows: list[Need] = []
    for part in out:
        if "school" in part.columns or part.columns == ("grade",) or len(rows) == GROUP_ROWS:
            continue
        view = c.candidate.view
        for column, value in part.segments:
            view = view.narrow(column, (value,))
        who = say(part.segments)
        candidate = Candidate(
            f"{c.candidate.key}@" + "&".join(f"{k}={v}" for k, v in part.segments),
            c.candidate.measure, view, f"{c.candidate.name} for {who}",
            f"{c.candidate.label}: {who}", c.candidate.did, c.candidate.reference,
            c.candidate.asks,
        )
        answered = ask(c.candidate.measure, view)
        need = _need(ask, Counted(candidate, part.bad, part.of, answered), (), c.candidate.key)
        if need.beyond_chance:
            rows.append(need)
    return rows


def _order(need: Need) -> tuple[float, float, str]:
    return -need.score, -(need.excess.rate - need.reference.share), need.key


def _certain(rows: list[Need]) -> tuple[list[Need], float]:
    """Clear, a close call or chance; and how often the first stays ahead of the second.

    A close call is beyond chance alone but not among so many looked at, or changes places with the
    needs around the third when shares and weights are shaken.
    """
    adjusted = bh([share_p(n.bad, n.of, n.reference.share) for n in rows])
    firm, ahead = steadiness([Ranked(n.of, n.bad, n.reference.share, n.times) for n in rows], FIRST)
    out: list[Need] = []
    for place, (need, q, share) in enumerate(zip(rows, adjusted, firm, strict=True)):
        label: Certainty = "Clear" if need.beyond_chance or need.within else "Could be chance"
        holds = share if place < FIRST else 1 - share
        if need.beyond_chance and (q > 0.05 or holds < FIRM):
            label = "Close call"
        if need.of < 10:
            label = "Too few to say"
        out.append(replace(need, certainty=label, firm=share))
    return out, ahead


def _said(store: Store, view: View, preset: Preset | None, rows: list[Need],
          judged: list[Counted], withheld: tuple[str, ...], found: list[Counted], ahead: float,
          weighed: str) -> Needs:
    clear = [n for n in rows if n.beyond_chance]
    chance = sum(1 for n in rows if not n.beyond_chance and not n.within)
    tie = len(clear) > 1 and _rivals(clear[0], clear[1]) and ahead < FIRM
    attendance = next((c.answer for c in found if c.candidate.measure == "chronic_absence"), None)
    completeness = attendance.card.completeness if attendance else None
    lead = needs_lead([n.phrase for n in clear], chance=chance, measures=len(judged), tie=tie,
                      completeness=completeness, preset=preset, weighed=weighed,
                      goals=all(n.reference.words == OUR_GOAL for n in rows))
    shared = _shared(store, preset, [n for n in rows if n.part_of is None])
    return Needs(lead, tuple(rows), len(judged), tie, shared, completeness, withheld, attendance)


def _rivals(first: Need, second: Need) -> bool:
    """A part of a need is no rival of it."""
    return (first.part_of or first.key) != (second.part_of or second.key)


def _shared(store: Store, preset: Preset | None, rows: list[Need]) -> Overlap | None:
    """Who stands behind which of the needs; None outside the staff."""
    if not rows or not all(need.view.scope.staff for need in rows):
        return None
    return overlap(store, [(need.measure, need.view) for need in rows], preset=preset)
