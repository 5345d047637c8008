"""A checked drop becomes truth in one transaction: every file of it a load, or nothing of it.

Rows go to `raw`, their keys are folded into `mart`, what is derived is derived, and the counts are
taken against what stood before. The record of a load is written as pending first and confirmed
after the commit, so a kill at any moment leaves a whole load or none.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from etl import facts, uploads, verdicts
from etl.dropped import Drop, DroppedFile, Part, TypedDrop, TypedFile
from etl.layouts import layouts
from etl.model import Context, SheetReport
from school import fold, schema
from school.errors import Stopped
from school.house import House, settle
from school.records import audit, loads
from school.records.loads import TYPED
from school.store import Transaction

Progress = Callable[[int, int, str], None]  # steps done, steps in all, words
AGAIN = "You have already added this file. Nothing changes."
_COUNTS = ("read", "loaded", "unchanged", "changed", "rejected", "skipped")


def publish(
    house: House, drop: Drop, who: str, *, progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> list[SheetReport]:
    """Load every sheet of a drop that is ready, in one transaction; the reports with counts.

    A file that stands already with the same rows is left alone and reported as known. `Stopped`
    when asked to stop; then, as after any error, nothing of the drop is kept.
    """
    reports = list(drop.reports)
    step = _Steps(progress, stopped)
    fresh, again, twins = sort_out(house, drop)
    for file, load_id in again:
        for part in file.parts:
            reports[part.at] = _known(part.report, load_id)
    if fresh:
        step.total = len({n for f in fresh for p in f.parts for n in p.tables}) + 3
        for at, report in _load(house, drop, fresh, who, step):
            reports[at] = report
    for file, twin in twins:
        for part in file.parts:
            reports[part.at] = _known(part.report, reports[twin.parts[0].at].load_id)
    return reports


def sort_out(house: House, drop: Drop) -> tuple[
    list[DroppedFile], list[tuple[DroppedFile, int]], list[tuple[DroppedFile, DroppedFile]]
]:
    """Files that are new, those that stand already (with their load), and twins of new ones."""
    fresh: list[DroppedFile] = []
    known: list[tuple[DroppedFile, int]] = []
    twins: list[tuple[DroppedFile, DroppedFile]] = []
    for file in ready_files(drop):
        again = loads.same_again(
            house.records, file.dropped.sha256, file.digest, preset=drop.context.preset,
            answers=drop.context.answers, layouts=_layouts(file))
        twin = next((f for f in fresh if f.dropped.sha256 == file.dropped.sha256), None)
        if again is not None:
            known.append((file, again.id))
        elif twin is not None:
            twins.append((file, twin))
        else:
            fresh.append(file)
    return fresh, known, twins


def publish_typed(
    house: House, who: str, typed: Mapping[str, pa.Table], words: str, as_of: date
) -> int | None:
    """Load what was typed on a page, so that it can be undone like a file; its load, if any.

    None where everything typed stood already.
    """
    report = SheetReport(TYPED, "", "ready", words, read=max(t.num_rows for t in typed.values()))
    drop = TypedDrop((report,), Context(as_of), typed)
    tables = {name: facts.tidy(name, rows) for name, rows in typed.items()}
    digest = facts.digest({TYPED: tables})
    file = DroppedFile(TypedFile(), (Part(0, report, tables, TYPED),), digest)
    loaded = [r for _, r in _load(house, drop, [file], who, _Steps(None, None), keep_same=False)]
    return loaded[0].load_id


def revert(house: House, load_id: int, who: str) -> dict[str, int]:
    """Undo a load: what it said is folded away. Rows that went or changed back, by table."""
    from etl.refold import revert as undo

    return undo(house, load_id, who)


class _Steps:
    """Tells how far the work is and asks whether to go on."""

    def __init__(self, progress: Progress | None, stopped: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._stopped = stopped
        self._done = 0
        self.total = 1

    def __call__(self, words: str, *, may_stop: bool = True) -> None:
        if may_stop and self._stopped is not None and self._stopped():
            raise Stopped("Stopped. Nothing of it was used.")
        if self._progress is not None:
            self._progress(min(self._done, self.total), self.total, words)
        self._done += 1


def ready_files(drop: Drop) -> Iterator[DroppedFile]:
    """Files with sheets that are ready, each with its rows in the shape of the schema."""
    for dropped in drop.files:
        parts = []
        for at, report in enumerate(drop.reports):
            inside = report.file.startswith(f"{dropped.label}/")
            if report.state != "ready" or not (report.file == dropped.label or inside):
                continue
            rows = drop.facts(f"{report.file}|{report.sheet}")
            tables = {n: facts.tidy(n, t) for n, t in rows.items() if t.num_rows}
            name = f"{report.file.removeprefix(dropped.label)}|{report.sheet}"
            parts.append(Part(at, report, tables, name))
        if parts:
            digest = facts.digest({p.name: p.tables for p in parts})
            yield DroppedFile(dropped, tuple(parts), digest)


def _load(
    house: House, drop: Drop, files: Sequence[DroppedFile], who: str, step: _Steps,
    *, keep_same: bool = True,
) -> list[tuple[int, SheetReport]]:
    step("Keeping the files")
    kept = [_keep(house, drop, f) for f in files]
    numbers = loads.announce(
        house.records, secrets.token_hex(8),
        [_new_load(f, k) for f, k in zip(files, kept, strict=True)],
        who=who, as_of=drop.context.as_of, preset=drop.context.preset,
        answers=drop.context.answers,
    )
    try:
        with house.store.writing() as tx:
            reports = _write(house, tx, drop, list(zip(numbers, files, strict=True)), step)
            if not keep_same and all(r.loaded + r.changed == 0 for _, r in reports):
                raise _NothingNew
            loads.tally(house.records, _by_load(reports))
            step("Saving")
    except BaseException as error:
        loads.withdraw(house.records, numbers)
        used = {load.kept_sha256 for load in loads.loads(house.records)}
        for name in set(kept) - used - {None}:
            (house.uploads / str(name)).unlink(missing_ok=True)
        if isinstance(error, _NothingNew):
            return [(p.at, replace(p.report, state="known")) for f in files for p in f.parts]
        raise
    step("Saved", may_stop=False)
    loads.set_state(house.records, numbers, "standing")
    audit.note(house.records, who, "load", {"files": len(files), **_sums(r for _, r in reports)})
    return reports


class _NothingNew(Exception):
    """Everything typed stood already."""


def judge(
    tx: Transaction, files: Sequence[DroppedFile],
    rows: Iterable[tuple[schema.Table, pa.Table | None]],
) -> verdicts.Judged:
    """What the rows of these files, table by table, bring to what stands now."""
    new, tallies = verdicts.judge(tx, [(t, arrived) for t, arrived in rows if arrived is not None])
    return verdicts.Judged(fold.version(tx), _rows_of(files), new, tallies)


def _rows_of(files: Sequence[DroppedFile]) -> tuple[tuple[str, str], ...]:
    return tuple((part.name, file.digest) for file in files for part in file.parts)


def _write(
    house: House, tx: Transaction, drop: Drop, files: Sequence[tuple[int, DroppedFile]],
    step: _Steps,
) -> list[tuple[int, SheetReport]]:
    """Judge, append, fold and derive inside the open transaction."""
    parts = [(load_id, part) for load_id, file in files for part in file.parts]
    rows = [(table, arriving(table.name, parts)) for table in schema.TABLES]
    judged, mine = drop.judged, [file for _, file in files]
    if judged is None or (judged.version, judged.rows) != (fold.version(tx), _rows_of(mine)):
        judged = judge(tx, mine, rows)
    for table, arrived in rows:
        if arrived is not None:
            step(f"Adding {arrived.num_rows} rows")
            tx.insert(f"raw.{table.name}", arrived.drop_columns(["sheet", "seq"]))
    for load_id, file in files:
        tx.execute("insert into raw.loads values (?, ?, true)",
                   [load_id, loads.position_of(load_id, file.dropped.label)])
    step("Putting the rows in place")
    touched = fold.refold(tx, [load_id for load_id, _ in files], house.preset, new=judged.new)
    settle(tx, touched, house.preset, noted=True)
    fold.next_version(tx)
    return [
        (part.at, _loaded(part, load_id, judged.tallies.get(sheet, verdicts.Tally())))
        for sheet, (load_id, part) in enumerate(parts)
    ]


def arriving(name: str, parts: Sequence[tuple[int, Part]]) -> pa.Table | None:
    """All rows of one table in the drop, in order, with load, sheet and running number."""
    pieces = []
    for sheet, (load_id, part) in enumerate(parts):
        rows = part.tables.get(name)
        if rows is not None:
            rows = rows.append_column("load_id", _same(load_id, rows.num_rows))
            pieces.append(rows.append_column("sheet", _same(sheet, rows.num_rows)))
    if not pieces:
        return None
    rows = pa.concat_tables(pieces)
    return rows.append_column("seq", pa.array(np.arange(rows.num_rows)))


def _same(value: int, times: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.int32()), times)


def _loaded(part: Part, load_id: int, tally: verdicts.Tally) -> SheetReport:
    return replace(
        counted(part.report, tally), state="loaded", load_id=load_id,
        facts={name: rows.num_rows for name, rows in part.tables.items()},
    )


def counted(report: SheetReport, tally: verdicts.Tally) -> SheetReport:
    """The report with its counts; a row that brings nothing of its own is unchanged."""
    used = report.read - report.rejected
    changed = min(tally.changed, used)
    new = min(tally.new, used - changed)
    return replace(report, loaded=new, changed=changed, unchanged=used - new - changed)


def _known(report: SheetReport, load_id: int | None) -> SheetReport:
    return replace(report, state="known", load_id=load_id, words=AGAIN, loaded=0, changed=0,
                   unchanged=report.read - report.rejected)


def _keep(house: House, drop: Drop, file: DroppedFile) -> str | None:
    if isinstance(file.dropped, TypedFile):
        return None
    copy = drop.kept_copy(file.dropped.label)
    if copy is not None:
        return uploads.keep_bytes(house.uploads, copy)
    return uploads.keep(house.uploads, file.dropped.path, file.dropped.sha256)


def _new_load(file: DroppedFile, kept: str | None) -> loads.NewLoad:
    found = [f for part in file.parts for f in part.report.findings]
    return loads.NewLoad(
        file.dropped.label, file.dropped.sha256 or None, file.digest,
        _layouts(file),
        tuple({"rule": f.rule, "level": f.level, "words": f.words, "sheet": f.sheet, "row": f.row,
               "column": f.column, "found": f.found, "expected": f.expected, "count": f.count}
              for f in found),
        kept, " ".join(p.report.words for p in file.parts if p.report.words),
    )


def _layouts(file: DroppedFile) -> dict[str, str]:
    """Which layout, in which version, each sheet was read by."""
    known = layouts()
    out = {}
    for part in file.parts:
        name = part.report.layout or TYPED
        out[part.name] = f"{name} {known[name].version}" if name in known else name
    return out


def _by_load(reports: Sequence[tuple[int, SheetReport]]) -> dict[int, dict[str, Any]]:
    ids = {r.load_id for _, r in reports if r.load_id is not None}
    return {i: _sums(r for _, r in reports if r.load_id == i) for i in ids}


def _sums(reports: Any) -> dict[str, int]:
    rows = list(reports)
    return {name: sum(getattr(r, name) for r in rows) for name in _COUNTS}
