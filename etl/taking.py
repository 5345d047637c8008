"""Files of the watched folder, taken in: the same check and preview as any drop, then a decision.

What needs no answer, lacks nothing and leaves no row out is used by itself, if that was chosen. All
else waits for a person, who reads it again from the folder: no copy of a file is kept before it is
used, since it may hold passwords.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from etl import desk, known, losses
from etl.desk import Drop
from etl.jobs import Running, Work
from etl.listing import AT_ONCE, BYTES_AT_ONCE, Found, content
from etl.model import SheetReport
from etl.preview import NOT_COMPARED, look
from etl.publish import publish
from school.errors import CannotSave, UnreadableFile
from school.house import House
from school.quality import EXPECTED
from school.records import folder as records
from school.records.folder import Arrived, Folder, State
from school.store import FULL
from school.terms import folder as words

WHO = "watched folder"
# Findings that say that something is missing: like the alarm, they are for a person.
_LACKS = frozenset({losses.RULE, EXPECTED, "class gone", "fewer tested", "fewer marked"})


@dataclass(frozen=True)
class Verdict:
    """What a person has to do about a file, and why. 'waiting': nothing but a look."""

    state: State
    words: str


def taking(house: House, folder: Folder, found: Sequence[Found]) -> Work:
    """Read these files, use what may be used by itself, and write down what became of each."""

    def work(running: Running) -> None:
        try:
            _take(house, folder, found, running)
        except UnreadableFile as error:
            if len(found) == 1:
                records.note(house.records, found[0].entry, found[0].sha256, "refused", error.words)
                return
            for one in found:  # one of them ends the reading of all
                taking(house, folder, [one])(running)

    return work


def _take(house: House, folder: Folder, found: Sequence[Found], running: Running) -> None:
    received: list[Found] = []
    try:
        staged, paths = desk.receive(_contents(folder.path, found, received), house.staging)
    except OSError as error:
        raise CannotSave(FULL, error.strerror or "") from error
    if not received:
        staged.rmdir()
        return
    context = known.context(house, house.records.clock().date())
    drop = known.check(house, paths, context, folder=staged, progress=running.progress,
                       stopped=running.stopped)
    try:
        verdicts, looked = judged(house, drop)
        if folder.by_itself and any(v.state == "waiting" for v in verdicts.values()):
            publish(house, looked, WHO, progress=running.progress, stopped=running.stopped)
        for file, one in zip(drop.files, received, strict=True):
            said = verdicts[file.label]
            use = folder.by_itself and said.state == "waiting"
            records.note(house.records, one.entry, one.sha256, "used" if use else said.state,
                         said.words)
    finally:
        drop.close()


def _contents(folder: Path, found: Sequence[Found], received: list[Found]) -> \
        Iterator[tuple[str, bytes]]:
    """Name and bytes, one file after the other; one that has changed since comes later."""
    for one in found:
        data = content(folder, one.entry.name, one.sha256)
        if data is not None:
            received.append(one)
            yield one.entry.name, data


def judged(house: House, drop: Drop) -> tuple[dict[str, Verdict], Drop]:
    """What is to become of each file, and the drop with nothing ready but what needs no answer.

    A file that needs one is taken out and the rest looked at again: what it says must not hide that
    another one lacks something.
    """
    verdicts: dict[str, Verdict] = {}
    while True:
        looked = look(house, _without(drop, frozenset(verdicts)))
        fresh = {f.label: verdict(_of(looked, f.label)) for f in drop.files
                 if f.label not in verdicts}
        held = {label: v for label, v in fresh.items() if v.state != "waiting"}
        if not held or len(held) == len(fresh):
            return {**verdicts, **fresh}, looked
        verdicts |= held


def _without(drop: Drop, labels: frozenset[str]) -> Drop:
    out = {id(r) for label in labels for r in _of(drop, label)}
    return replace(drop, reports=tuple(
        replace(r, state="aside") if id(r) in out else r for r in drop.reports))


def _of(drop: Drop, label: str) -> list[SheetReport]:
    return [r for r in drop.reports if drop.file_of(r).label == label]


def verdict(reports: Sequence[SheetReport]) -> Verdict:
    """What a person has to decide about the file of these sheets."""
    lists = [r for r in reports if r.state != "aside"]
    refused = [r for r in lists if r.state == "refused"]
    if not lists:
        return Verdict("aside", words.NO_LIST)
    if refused:
        whole = len(refused) == len(lists)
        return Verdict("refused" if whole else "asks", refused[0].words)
    questions = [q for r in lists for q in r.questions if q.required]
    if questions:
        lost = any(q.about.startswith(f"{losses.RULE}:") for q in questions)
        return Verdict("asks", words.LACKS if lost else words.asks(len(questions)))
    found = [f for r in lists for f in r.findings]
    if any(f.words == NOT_COMPARED for f in found):
        return Verdict("asks", words.NOT_COMPARED)
    if any(f.rule in _LACKS for f in found):
        return Verdict("asks", words.LACKS)
    rejected = sum(r.rejected for r in lists)
    if rejected:
        return Verdict("asks", words.rejects(rejected))
    return Verdict("waiting", words.holds([r.words for r in lists]))


def contents(house: House, folder: Folder, open_ones: Sequence[Arrived]) -> \
        tuple[list[tuple[str, bytes]], int]:
    """The first files that wait, read again from the folder for a person, and how many are gone.

    One that has changed since is left out: it is found again as it is now.
    """
    out: list[tuple[str, bytes]] = []
    gone: list[int] = []
    for one in open_ones:
        if len(out) == AT_ONCE or sum(len(data) for _, data in out) > BYTES_AT_ONCE:
            break
        data = content(folder.path, one.name, one.sha256)
        if data is not None:
            out.append((one.name, data))
        elif folder.path.exists() and not (folder.path / one.name).exists():
            gone.append(one.id)
    records.settle(house.records, gone, "gone")
    return out, len(gone)
