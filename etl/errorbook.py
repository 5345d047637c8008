"""The user's own file back, with every bad cell marked and a sheet that lists what to mend.

Before a drop is used it is made from the drop; afterwards the kept upload is read again in the same
way. Nothing that was kept out of a file (passwords, who answered) comes back in it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from etl import desk, exchange, guard, known, marking, redact
from etl.celltext import letter
from etl.desk import Drop
from etl.marking import Bad
from etl.model import Context, Finding, Sheet, SheetReport
from school.errors import UnreadableFile, WrongUse
from school.house import House
from school.records import loads
from school.records.loads import Load

MOST_CELLS = 200_000  # above this the bad rows come back alone
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_ORIGINAL = frozenset({".xlsx", ".xlsm"})
_LETTERS = re.compile(r"^[A-Z]{1,3}$")
NO_LONGER = "This file was not kept, so it cannot be given back. Mark it in your own copy."


@dataclass(frozen=True)
class Marked:
    """A file to hand back: its bytes, its name, and how many cells are marked in it."""

    content: bytes
    name: str
    mime: str
    cells: int


def worth_marking(findings: Sequence[Finding]) -> bool:
    """Whether any of these findings names a row that could be marked."""
    return any(f.row is not None for f in findings)


def marked(drop: Drop, reports: Sequence[SheetReport]) -> Marked:
    """The files of these sheets with their bad cells marked: a workbook, or a zip of several."""
    files: dict[str, list[SheetReport]] = {}
    for report in reports:
        if report.findings:
            files.setdefault(report.file, []).append(report)
    if not files:
        raise WrongUse("Nothing in these files needs mending.")
    made = [_file(drop, file, of) for file, of in files.items()]
    if len(made) == 1:
        return made[0]
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, one in enumerate(made, 1):
            twice = sum(m.name == one.name for m in made) > 1
            archive.writestr(f"{number} {one.name}" if twice else one.name, one.content)
    return Marked(stream.getvalue(), "to mend.zip", "application/zip", sum(m.cells for m in made))


def marked_upload(house: House, load_id: int) -> Marked:
    """A file that was used, with its bad cells marked: the kept upload, read as it was then."""
    load = loads.load(house.records, load_id)
    if load is None or load.kept_sha256 is None:
        raise WrongUse(NO_LONGER)
    with _read_again(house, load) as (drop, label):
        mine = [r for r in drop.reports if drop.file_of(r).label == label]
        return marked(drop, mine)


@contextmanager
def _read_again(house: House, load: Load) -> Iterator[tuple[Drop, str]]:
    """The drop this load came in, read again with the answers of then; the file's name in it."""
    together = [x for x in reversed(loads.loads(house.records)) if x.drop_id == load.drop_id]
    kept = [x for x in together if x.kept_sha256 and (house.uploads / x.kept_sha256).exists()]
    if load.id not in [x.id for x in kept]:
        raise WrongUse(NO_LONGER)
    labels = [x.file for x in kept]
    folder, paths = desk.receive([_kept(house, x) for x in kept], house.staging)
    context = Context(load.as_of, load.preset, load.answers, known.known(house))
    drop = desk.check(paths, context, house.staging, folder=folder, labels=labels)
    try:
        yield drop, load.file
    finally:
        drop.close()


def _kept(house: House, load: Load) -> tuple[str, bytes]:
    data = (house.uploads / str(load.kept_sha256)).read_bytes()
    name = PurePosixPath(load.file)
    if name.suffix.lower() in (".xls", ".ods") and load.kept_sha256 != load.sha256:
        name = name.with_suffix(".xlsx")  # a copy without identities is written as one
    return name.name, data


def _file(drop: Drop, file: str, reports: Sequence[SheetReport]) -> Marked:
    """One file of a drop (or of a zip in it) with its marks."""
    label = drop.file_of(reports[0]).label
    number = [f.label for f in drop.files].index(label)
    out = redact.columns_out(drop.reports)
    listed = exchange.read_json(drop.folder / "cells" / str(number) / exchange.SHEETS)
    sheets = [s for s in (exchange.sheet_from_json(v, drop.folder) for v in listed)
              if s.file == file]
    sheets = [replace(s, cells=redact.clean(s, out.get(s.key, ()))) for s in sheets]
    found = {s.name: s for s in sheets}
    bad = [b for r in reports for b in bad_cells(r, found.get(r.sheet))]
    starts = {r.sheet: r.first_row for r in reports}
    content = _on_original(drop, label, file, sheets, bad)
    if content is None:
        content = marking.of_rows(sheets, bad, starts)
    name = f"{PurePosixPath(file).stem} to mend.xlsx"
    return Marked(content, name, XLSX, len({(b.sheet, b.row, b.column) for b in bad if b.row}))


def _on_original(
    drop: Drop, label: str, file: str, sheets: Sequence[Sheet], bad: Sequence[Bad]
) -> bytes | None:
    """The original with its marks; None where it is no workbook, too big, or cannot be opened."""
    cells = sum(s.cells.num_rows * s.cells.num_columns for s in sheets)
    if PurePosixPath(file).suffix.lower() not in _ORIGINAL or cells > MOST_CELLS:
        return None
    if any(b.rule == "turned" for b in bad):  # its rows are no longer those of the file
        return None
    path = next(f.path for f in drop.files if f.label == label)
    try:
        data = drop.kept_copy(label) or guard.read_bytes(path)
        if file != label:
            inside = file.removeprefix(f"{label}/")
            data = next(d for n, d in guard.members(data) if n == inside)
        guard.check_workbook(data).close()
        formulas = any(b.rule == "formula_without_value" for b in bad)
        return marking.on_original(data, [s.name for s in sheets], bad, formulas=formulas)
    except (UnreadableFile, StopIteration, OSError, ValueError, KeyError, TypeError,
            AttributeError, IndexError):
        return None  # a workbook that only one of two readers can open: its rows come back


def bad_cells(report: SheetReport, sheet: Sheet | None) -> list[Bad]:
    """Every cell that the findings of a sheet speak of; a finding without one has no row."""
    out: list[Bad] = []
    for finding in report.findings:
        cells = [(finding.row, finding.at), *finding.more]
        for row, at in cells if sheet is not None else ():
            if row is not None and 0 < row <= sheet.cells.num_rows:  # type: ignore[union-attr]
                out.append(_bad(report, sheet, finding, row, at))  # type: ignore[arg-type]
        if sheet is None or (finding.row is None and not finding.more):
            out.append(Bad(report.sheet, None, None, finding.column or "", finding.found or "",
                           finding.expected or "", finding.words, finding.level, finding.rule,
                           finding.count))
    return out


def _bad(
    report: SheetReport, sheet: Sheet, finding: Finding, row: int, at: int | None
) -> Bad:
    column = at if at is not None else _column(report, sheet, finding, row)
    text = sheet.cells.column(column)[row - 1].as_py() if column < sheet.cells.num_columns else None
    name = finding.column or letter(column)
    return Bad(sheet.name, row, column, name, text or finding.found or "", finding.expected or "",
               finding.words, finding.level, finding.rule)


def _column(report: SheetReport, sheet: Sheet, finding: Finding, row: int) -> int:
    """Where a finding's column stands: by its header, by its letter, else by what was found."""
    cells = [sheet.cells.column(i)[row - 1].as_py() for i in range(sheet.cells.num_columns)]
    texts = [None if c is None else c.strip() for c in cells]
    named = [c for c in report.columns if c.source == finding.column and c.source]
    exact = [c.index for c in named if finding.found and texts[c.index] == finding.found]
    used = [c.index for c in named if c.target is not None]
    for places in (exact, used, [c.index for c in named]):
        if places:
            return places[0]
    if finding.column and _LETTERS.match(finding.column):
        places = [i for i in range(len(cells)) if letter(i) == finding.column]
        if places:
            return places[0]
    same = [i for i, t in enumerate(texts) if t is not None and t == finding.found]
    filled = [i for i, t in enumerate(texts) if t]
    return same[0] if len(same) == 1 else (filled or [0])[0]
