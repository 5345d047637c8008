"""An upload as a person meets it: cards of one shape each, answers, and the work behind them.

A card stands for all sheets of one shape, so that twelve monthly registers ask one question once.
The three pieces of work (`reading`, `answering`, `using`) are given to `etl.jobs`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from etl import known, numbers, reporting
from etl.desk import Drop, again
from etl.jobs import Running
from etl.layouts import layouts
from etl.model import ColumnGuess, Context, Finding, Layout, Question, SheetReport
from etl.preview import Brings, brings, look
from etl.publish import publish
from school.config import preset
from school.house import House
from school.terms.checks import changes

SHOWN_FINDINGS = 5
_LEVELS = ("stops", "rejects", "warns")
_ORDER = {"question": 0, "ready": 1, "known": 2, "refused": 3, "aside": 4}
# Answers that belong to one file; asked once for each, where a card holds several.
_OF_ONE_FILE = frozenset({"class", "month", "subject", "maximum"})
_EVERYWHERE = ("code:", "school:")


@dataclass(frozen=True)
class Asked:
    """One question of a card. `sheets` are those it is asked for; none means all files alike."""

    question: Question
    sheets: tuple[str, ...]
    label: str = ""  # which file, where a card asks for each


@dataclass(frozen=True)
class Group:
    """Findings of one rule: the first as an example, and how many cells or rows there are."""

    first: Finding
    count: int


@dataclass(frozen=True)
class Card:
    """All sheets of one shape: what they are, what they hold, what is asked, what is odd."""

    key: str
    state: str
    title: str
    holds: str
    words: str
    sheets: tuple[SheetReport, ...]
    columns: tuple[ColumnGuess, ...] = ()
    targets: Mapping[str, str] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    findings: tuple[Group, ...] = ()
    preview: Mapping[str, Any] = field(default_factory=dict)
    brings: Brings | None = None  # against what stands; None before it is ready

    @property
    def open(self) -> int:
        """Required questions that stop publishing."""
        return sum(a.question.required for a in self.asked)


@dataclass(frozen=True)
class Checked:
    """A drop that was read, as cards; nothing is kept of it yet."""

    drop: Drop
    cards: tuple[Card, ...]

    def files(self, left_out: frozenset[str] = frozenset()) -> dict[str, int]:
        """How many files are ready, need an answer, are refused, set aside or known."""
        state: dict[str, str] = {}
        for card in self.cards:
            for report in card.sheets:
                file = self.drop.file_of(report).label
                now = "aside" if card.key in left_out else card.state
                if file not in state or _ORDER[now] < _ORDER[state[file]]:
                    state[file] = now
        return {s: list(state.values()).count(s) for s in _ORDER}


@dataclass(frozen=True)
class Used:
    """What came of publishing a drop."""

    reports: tuple[SheetReport, ...]

    @property
    def loads(self) -> tuple[int, ...]:
        """Numbers of the uploads that were added, in order."""
        found = {r.load_id for r in self.reports if r.state == "loaded" and r.load_id is not None}
        return tuple(sorted(found))

    def count(self, what: str) -> int:
        """Sum of one of read, loaded, unchanged, changed, rejected over what was used."""
        return sum(int(getattr(r, what)) for r in self.reports if r.state in ("loaded", "known"))


Work = Callable[[Running], Any]


def reading(house: House, folder: Path, paths: Sequence[Path], as_of: date) -> Work:
    """Read received files for the first time."""

    def work(running: Running) -> Checked:
        context = known.context(house, as_of)
        drop = known.check(house, paths, context, folder=folder, progress=running.progress,
                           stopped=running.stopped)
        return _looked(house, drop)

    return work


def answering(house: House, before: Checked, answers: Mapping[str, Any]) -> Work:
    """Look at the same files with more answers."""

    def work(running: Running) -> Checked:
        context = replace(before.drop.context, answers=merged(before.drop.context, answers))
        try:
            drop = again(before.drop, context, progress=running.progress, stopped=running.stopped)
        except BaseException:
            before.drop.close()
            raise
        return _looked(house, drop)

    return work


def _looked(house: House, drop: Drop) -> Checked:
    """The drop beside what stands, as cards."""
    try:
        return checked(look(house, drop))
    except BaseException:
        drop.close()
        raise


def using(house: House, found: Checked, left_out: frozenset[str], who: str) -> Work:
    """Publish what is ready, keep the answers, and clear the table."""

    def work(running: Running) -> Used:
        out = {id(r) for c in found.cards if c.key in left_out for r in c.sheets}
        reports = tuple(
            replace(r, state="aside", words="Left out.") if id(r) in out else r
            for r in found.drop.reports
        )
        drop = replace(found.drop, reports=reports)
        done = publish(house, drop, who, progress=running.progress, stopped=running.stopped)
        known.remember(house, drop, done)
        drop.close()
        return Used(tuple(done))

    return work


def merged(context: Context, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Old and new answers; those of one sheet are joined, the newer stands."""
    out: dict[str, Any] = dict(context.answers)
    for key, value in answers.items():
        if isinstance(value, Mapping) and isinstance(out.get(key), Mapping):
            out[key] = {**out[key], **value}
        else:
            out[key] = value
    return out


def checked(drop: Drop) -> Checked:
    """The drop as cards: what needs an answer first, then what is ready."""
    groups: dict[tuple[str, ...], list[SheetReport]] = {}
    for report in drop.reports:
        alike = report.state not in ("ready", "question")
        key = (report.state if alike else "", report.layout or "", report.fingerprint)
        groups.setdefault(key, []).append(report)
    cards = [_card("|".join(key), reports, drop) for key, reports in groups.items()]
    return Checked(drop, tuple(sorted(cards, key=lambda c: _ORDER[c.state])))


def _card(key: str, reports: Sequence[SheetReport], drop: Drop) -> Card:
    first = reports[0]
    state = "question" if any(r.state == "question" for r in reports) else first.state
    layout = layouts().get(first.layout or "")
    country = preset(drop.context.preset)
    summary = _summary(reports, drop) if len(reports) > 1 and layout else first.summary
    shown = [r for r in reports if r.preview]  # better rows that are read than raw ones
    example = next((r for r in shown if r.preview["table"]), shown[0] if shown else first)
    return Card(
        key=key, state=state, title=_title(layout.title if layout else "", reports),
        holds=reporting.held(summary, country), words=first.words, sheets=tuple(reports),
        columns=first.columns, targets=_targets(layout),
        asked=tuple(_asked(reports)), findings=tuple(_groups(reports)), preview=example.preview,
        brings=brings(reports),
    )


def _targets(layout: Layout | None) -> dict[str, str]:
    """What a column of the card can be given: in every list of students also our own number."""
    targets = dict(layout.targets) if layout else {}
    return {**targets, numbers.TARGET: numbers.WORDS} if numbers.has_people(targets) else targets


def _title(kind: str, reports: Sequence[SheetReport]) -> str:
    plain = kind.removeprefix("a ").removeprefix("an ") or reports[0].sheet or reports[0].file
    plain = plain[:1].upper() + plain[1:]
    return plain if len(reports) == 1 else f"{plain}, {len(reports)} sheets"


def _summary(reports: Sequence[SheetReport], drop: Drop) -> Mapping[str, Any]:
    """What several sheets hold together: a student who stands in all of them counts once."""
    import pyarrow as pa

    every: dict[str, list[pa.Table]] = {}
    for report in reports:
        for name, rows in drop.facts(f"{report.file}|{report.sheet}").items():
            wanted = [c for c in ("student", "org_id", "type", "date", "begin_date", "response_id",
                                      "unit")
                      if c in rows.column_names]
            every.setdefault(name, []).append(rows.select(wanted))
    return reporting.summarise({
        name: pa.concat_tables(parts, promote_options="permissive") for name, parts in every.items()
    })


def _asked(reports: Sequence[SheetReport]) -> list[Asked]:
    """Each question once, with the sheets it is asked for; some once a file."""
    shared: dict[str, tuple[Question, list[str]]] = {}
    single: list[Asked] = []
    for report in reports:
        sheet = f"{report.file}|{report.sheet}"
        for question in report.questions:
            if question.about in _OF_ONE_FILE and len(reports) > 1:
                single.append(Asked(question, (sheet,), f"{report.file}, {report.sheet}"))
            else:
                shared.setdefault(question.about, (question, []))[1].append(sheet)
    every = [
        Asked(question, () if about.startswith(_EVERYWHERE) else tuple(sheets))
        for about, (question, sheets) in shared.items()
    ]
    return sorted([*every, *single], key=lambda a: not a.question.required)


def _groups(reports: Sequence[SheetReport]) -> list[Group]:
    """Findings by rule: what stops first, then what leaves rows out, then what changes a number."""
    found: dict[tuple[str, str], list[Finding]] = {}
    for report in reports:
        for finding in report.findings:
            found.setdefault((finding.level, finding.rule), []).append(finding)
    groups = [Group(many[0], sum(f.count for f in many)) for many in found.values()]
    return sorted(groups, key=lambda g: (
        _LEVELS.index(g.first.level), changes(g.first.rule) is None, -g.count))


def answer_for(asked: Asked, value: str) -> dict[str, Any]:
    """The answers that `value` to this question makes."""
    if not asked.sheets:
        return {asked.question.about: value}
    return {sheet: {asked.question.about: value} for sheet in asked.sheets}


def said_before(found: Checked, asked: Asked) -> str | None:
    """The answer that was given and did not settle this question; None if none was given."""
    answers = found.drop.context.answers
    about = asked.question.about
    own = [answers[s][about] for s in asked.sheets
           if isinstance(answers.get(s), Mapping) and about in answers[s]]
    value = own[0] if own else answers.get(about)
    return str(value) if value is not None and asked.question.required else None


def column_answer(card: Card, guess: ColumnGuess, target: str) -> dict[str, Any]:
    """The answers that give a column of this card another target, on every sheet of it."""
    return {f"{r.file}|{r.sheet}": {f"column:{guess.source}": target} for r in card.sheets}


def joined(parts: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Several answers as one."""
    out: dict[str, Any] = {}
    for part in parts:
        for key, value in part.items():
            if isinstance(value, Mapping):
                out[key] = {**out.get(key, {}), **value}
            else:
                out[key] = value
    return out
