"""What people say, and whom we have not heard: one survey wave, question by question.

Agreement comes with its range (narrower where most of those asked have answered), never as a mean.
Nothing here is joined with a student.
"""

from __future__ import annotations

from dataclasses import dataclass

from school import stats
from school.config import Preset
from school.store import Store
from school.terms import Lead, grouped, joined, percent, percent_range, range_words
from school.terms import feedback as words
from school.view import View
from school.voice.asked import Counts, Parts, Wave, counts, waves, written
from school.voice.groups import Group, groups, unheard
from school.voice.hiding import LEAST, LEAST_TEXT, why_hidden

__all__ = ["Asked", "Feedback", "Group", "Wave", "feedback", "groups", "own_words", "waves"]

_AUDIENCES = ("students", "families", "staff", "schools")


@dataclass(frozen=True)
class Asked:
    """One question with what may be seen of it. `hidden` is the reason where that is nothing."""

    key: str
    text: str
    kind: str
    reversed: bool
    n: int | None
    agree: int | None
    share: float | None
    low: float | None
    high: float | None
    parts: Parts | None
    aside: int | None
    blank: int | None
    values: tuple[tuple[str, int], ...] = ()
    hidden: str | None = None

    @property
    def said(self) -> str:
        """'63% agree, likely 59 to 66' or '7.4 on average, likely 7.3 to 7.5'."""
        if self.hidden or self.share is None:
            return self.hidden or ""
        if self.kind != "agreement":
            likely = f", likely {range_words(self.low, self.high, None, 1)}" \
                if self.low is not None and self.high is not None else ""
            return f"{grouped(self.share, None, 1)} on average{likely}"
        verb = "do not agree" if self.reversed else "agree"
        likely = f", likely {percent_range(self.low, self.high)}" \
            if self.low is not None and self.high is not None else ""
        return f"{percent(self.share, self.n)} {verb}{likely}"

    @property
    def phrase(self) -> words.ItemPhrase:
        """The question as the lead says it."""
        return words.ItemPhrase(self.text, self.agree or 0, self.n or 0, self.reversed)


@dataclass(frozen=True)
class Feedback:
    """One wave: its questions, fewest agreement first, who answered, and the sentence."""

    wave: Wave | None
    waves: tuple[Wave, ...]
    items: tuple[Asked, ...]
    lead: Lead
    unheard: str
    alt: str

    @property
    def answered(self) -> int:
        """How many answered in this view."""
        return self.wave.people if self.wave else 0

    @property
    def agreeing(self) -> tuple[Asked, ...]:
        """Questions on an agreement scale that may be seen, fewest agreement first."""
        return tuple(i for i in self.items if i.kind == "agreement" and not i.hidden)

    @property
    def averages(self) -> tuple[Asked, ...]:
        """Questions answered by a number that may be seen, lowest first."""
        return tuple(i for i in self.items
                     if i.kind == "number" and not i.hidden and i.share is not None)


def feedback(
    store: Store, view: View, preset: Preset | None = None, *, waiting: int = 0
) -> Feedback:
    """The latest wave of the view. `waiting` counts comments without an answer."""
    found = waves(store, view, preset)
    if not found:
        return Feedback(None, (), (), words.no_survey_lead(waiting), "", "No chart: no survey yet.")
    wave = found[-1]
    asked_of = wave.invited if not view.where or set(dict(view.where)) <= {"wave"} else None
    told = [_asked(c, asked_of) for c in counts(store, view, preset, wave)]
    items = tuple(sorted(told, key=_order))
    apart = "" if wave.of_schools else unheard(store, view, preset, wave)
    lead = _lead(wave, items, asked_of, apart, waiting, preset)
    return Feedback(wave, tuple(found), items, lead, apart, _alt(wave, items, lead))


def own_words(
    store: Store, view: View, preset: Preset | None, item: Asked
) -> tuple[str, ...]:
    """What people wrote, shuffled, where at least ten did; for own staff only."""
    if item.kind != "text" or item.hidden or not view.scope.staff:
        return ()
    found = written(store, view, preset, item.key)
    return tuple(found) if len(found) >= LEAST_TEXT else ()


def _order(item: Asked) -> tuple[bool, bool, float, str]:
    return (bool(item.hidden), item.kind != "agreement", item.share or 0.0, item.text)


def _asked(item: Counts, invited: int | None) -> Asked:
    hidden = why_hidden(item)
    if hidden is not None:
        return Asked(item.item_id, item.text, item.kind, item.reversed, None, None, None, None,
                     None, None, None, None, (), hidden)
    if item.kind == "agreement":
        low, high = stats.rate_interval(item.agree, item.n, invited) or (None, None)
        return Asked(item.item_id, item.text, item.kind, item.reversed, item.n, item.agree,
                     item.agree / item.n, low, high, item.parts, item.aside, item.blank)
    mean = low = high = None
    if item.kind == "number" and item.numbers:
        mean = item.total / item.numbers
        low, high = stats.mean_interval(item.numbers, item.total, item.squares) or (None, None)
    shown = tuple((v, a) for v, a in item.values if a >= LEAST)
    return Asked(item.item_id, item.text, item.kind, item.reversed, item.n, None, mean, low, high,
                 None, item.aside, item.blank, shown)


def _lead(
    wave: Wave, items: tuple[Asked, ...], asked_of: int | None, apart: str, waiting: int,
    preset: Preset | None,
) -> Lead:
    if wave.of_schools:
        seen = [i for i in items if i.share is not None]
        if not seen:
            return words.few_lead(wave.people)
        top, low = max(seen, key=lambda i: i.share or 0), min(seen, key=lambda i: i.share or 0)
        return words.schools_lead((top.phrase.quoted, grouped(top.share or 0, preset, 1)),
                                  (low.phrase.quoted, grouped(low.share or 0, preset, 1)),
                                  wave.people, preset)
    if wave.people < LEAST:
        return words.few_lead(wave.people)
    who = wave.audience if wave.audience in _AUDIENCES else "people"
    rest = joined(words.answered_sentence(wave.people, asked_of, preset), apart,
                  words.waiting_sentence(waiting))
    seen = [i for i in items if i.kind == "agreement" and not i.hidden]
    if not seen:
        return Lead(words.answered_sentence(wave.people, asked_of, preset),
                    "No question of this survey was answered on a scale of agreement.")
    if len(seen) == 1:
        return words.one_item_lead(seen[0].phrase, who, rest, preset)
    return words.items_lead(seen[-1].phrase, seen[0].phrase, who, rest, preset)


def _alt(wave: Wave, items: tuple[Asked, ...], lead: Lead) -> str:
    """The chart in words, at most 300 characters."""
    seen = [i for i in items if i.share is not None]
    end = " All values are in the table below."
    if not seen:
        return f"No chart: {lead.bold}"[:300]
    form = "Agreement bars" if seen[0].kind == "agreement" else "Dots with ranges"
    many = f"{len(seen)} {'question' if len(seen) == 1 else 'questions'}"
    fewest = "Fewest agree" if seen[0].kind == "agreement" else "Lowest"
    text = (f"{form}, {many}, {wave.people} answered. {fewest}: {seen[0].phrase.quoted}, "
            f"{seen[0].said}. {lead.bold}")
    return (text if len(text) + len(end) <= 300 else text[:299 - len(end)].rstrip() + "…") + end
