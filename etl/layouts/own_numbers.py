"""Lists of students with numbers that the school counts itself: minutes in a learning program,
books read, whatever stands in a column. A column of unknown numbers is asked about.
"""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from etl.cells import column
from etl.fields import knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Layout, Question, Recognition, Sheet
from etl.numbers import NUMBER, TARGET, WORDS, is_numeric, numbers
from etl.people import KEYS, TARGETS, columns_of, header_of, known_schools, read_people

_TARGETS = (*TARGETS, target("date"), NUMBER)
_WORDS = {t.name: t.words for t in _TARGETS} | {TARGET: WORDS}
_FEWEST = 3  # rows of a list
_MOST_ASKED = 6  # columns that one is asked about


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """Students by id or by name and class, and at least one column of numbers that nobody knows.

    Every other kind of file is surer of itself.
    """
    header = find_header(sheet, lambda c: normalise(c) in knows(_TARGETS), minimum=1)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    if not {"student_id", "roll_number"} & set(found.index):
        return None
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index
    if len(rows) < _FEWEST:
        return None
    taken = [c for c in found.columns if c.target == TARGET]
    # A column that a person named stays with the layout that knows the rest of the list.
    known = any(context.answer(f"column:{c.source}", sheet) is None for c in taken)
    unknown = [c for c in found.columns if c.target is None and c.source
               and context.answer(f"column:{c.source}", sheet) is None
               and is_numeric(column(sheet, c.index, rows))]
    if not taken and not unknown:
        return None
    asked = () if taken else tuple(
        Question(f"column:{c.source}", f"“{c.source}” holds numbers. Shall we keep it as {WORDS}?",
                 (TARGET, "ignore"), tuple(column(sheet, c.index, rows[:3]).to_pylist()))
        for c in unknown[:_MOST_ASKED])
    columns = tuple(replace(c, target=None) if c in unknown else c for c in found.columns)
    return Recognition("own_numbers", 0.75 if known else 0.5, header.row, header.first_row, columns,
                       (*found.questions, *asked), found.findings, {"header": header})


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """The students and their numbers."""
    header, index = header_of(recognition), columns_of(recognition)
    rows = data_rows(sheet, header, [index[k] for k in KEYS if k in index])
    people = read_people(sheet, recognition, context, rows=rows.index)
    good = people.good.copy()
    facts: dict[str, pa.Table] = {}
    findings = [*people.findings]
    if known_schools(people) and TARGET in index:
        found, said = numbers(sheet, recognition, context, people, good)
        findings += said
        facts = {"organisations": people.places.facts, "students": people.students.facts,
                 "numbers": found}
    return Extract(
        facts, len(rows.index), frozenset((rows.index[~good] + 1).tolist()), rows.skipped,
        people.questions, tuple(findings),
    )  # fmt: skip


LAYOUT = Layout("own_numbers", "own_numbers", "a list of our own numbers", 45, "1", _WORDS,
                recognise, extract)
