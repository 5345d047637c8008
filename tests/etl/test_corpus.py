"""Files of our own whose every value is known: equal rows, or words that name the cell."""

from __future__ import annotations

import io
from collections import Counter

import openpyxl
import pytest

from etl import celltext, workbook
from etl.layouts import layouts
from etl.model import Finding, Question, Recognition, Sheet
from etl.recognise import Aside, recognise
from school.errors import UnreadableFile
from tests.etl.corpus import dates, letters, numbers, totals
from tests.etl.corpus import layouts as tables
from tests.etl.corpus.case import Case
from tests.grids import answered, context

CASES = [*dates.CASES, *numbers.CASES, *letters.CASES, *tables.CASES, *totals.CASES]
BOOKS = [c for c in CASES if c.file.endswith(".xlsx")]
IDS = [c.name for c in CASES]


class Outcome:
    """What came of a file: facts by table, findings, questions, and words where it was refused."""

    def __init__(self, case: Case) -> None:
        self.facts: dict[str, list[dict[str, object]]] = {}
        self.findings: list[Finding] = []
        self.questions: list[Question] = []
        self.refused = ""
        known = answered(context(case.preset), case.answers)
        try:
            sheets = list(workbook.sheets(case.file, case.data))
        except UnreadableFile as error:
            self.refused = error.words
            return
        for sheet in sheets:
            self._read(sheet, known)

    def _read(self, sheet: Sheet, known: object) -> None:
        self.findings += sheet.findings
        found = recognise(sheet, known)  # type: ignore[arg-type]
        if not isinstance(found, Recognition):
            self.refused = found.words
            return
        made = layouts()[found.layout].extract(sheet, found, known)  # type: ignore[arg-type]
        self.findings += [*found.findings, *made.findings]
        self.questions += [*found.questions, *made.questions]
        people = made.facts.get("students")
        ids = {} if people is None else dict(
            zip(people["student"].to_pylist(), people["student_id"].to_pylist(), strict=True))
        tests = {a["assessment_id"]: a for a in made.facts["assessments"].to_pylist()} if (
            "assessments" in made.facts) else {}
        for name, table in made.facts.items():
            for row in table.to_pylist():
                row |= tests.get(row.get("assessment_id"), {}) if name == "results" else {}
                self.facts.setdefault(name, []).append(
                    {**row, "student": ids.get(row.get("student"), row.get("student"))})

    def rows(self, table: str, columns: tuple[str, ...]) -> Counter[tuple[object, ...]]:
        return Counter(tuple(r.get(c) for c in columns) for r in self.facts.get(table, []))


def test_the_corpus_holds_at_least_sixty_files_and_no_name_twice() -> None:
    assert len(CASES) >= 60
    assert len(set(IDS)) == len(IDS)


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_every_row_is_as_it_was_typed_or_its_cell_is_named(case: Case) -> None:
    got = Outcome(case)
    if case.refused:
        assert case.refused in got.refused and not got.facts
        return
    assert not got.refused
    for table, (columns, rows) in case.facts.items():
        assert got.rows(table, columns) == Counter(tuple(r) for r in rows), table
    told = [(f.rule, f.row, f.column) for f in got.findings]
    assert set(case.found) <= set(told)
    assert {t for t, f in zip(told, got.findings, strict=True) if f.level == "rejects"} <= set(
        case.found)
    assert {q.about for q in got.questions if q.required} == set(case.asked)


@pytest.mark.parametrize("case", BOOKS, ids=[c.name for c in BOOKS])
def test_a_second_reader_of_workbooks_sees_the_same_cells(case: Case) -> None:
    book = openpyxl.load_workbook(io.BytesIO(case.data), data_only=True)
    fast = {s.name: s for s in _as_they_stand(case)}
    different = 0
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                different += _text(cell.value) != _cell(fast[page.title], cell.row, cell.column)
    assert different == case.differs[0], case.differs[1]


def _as_they_stand(case: Case) -> list[Sheet]:
    """The sheets before anything is turned or parted."""
    return list(workbook._workbook(case.file, case.data))


def _text(value: object) -> str | None:
    return celltext.typed(value)


def _cell(sheet: Sheet, row: int, column: int) -> str | None:
    if column > sheet.cells.num_columns or row > sheet.cells.num_rows:
        return None
    value = sheet.cells.column(column - 1)[row - 1].as_py()
    assert value is None or isinstance(value, str)
    return value


def test_nothing_is_aside_that_holds_rows() -> None:
    for case in CASES:
        if not case.facts:
            continue
        for sheet in workbook.sheets(case.file, case.data):
            assert not isinstance(recognise(sheet, answered(context(case.preset), case.answers)),
                                  Aside)
