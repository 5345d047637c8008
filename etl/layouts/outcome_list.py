"""A list of observations: one row a student, outcome and day, with a level or counted questions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import column, filled, over_groups, over_unique, repeat
from etl.checks import Cells, conflict_findings, last_stands, rejections
from etl.fields import Target, knows, match, normalise, target
from etl.headers import data_rows, find_header
from etl.layouts.outcome_levels import scales_beside
from etl.model import Context, Extract, Layout, Recognition, Sheet
from etl.outcomefacts import lines, read_days, read_subjects, tables
from etl.outcomes import choose_scale, level_share, no_scale, read_cells, words_of
from etl.people import (
    KEYS,
    TARGETS,
    People,
    columns_of,
    header_of,
    known_schools,
    named,
    read_people,
)
from etl.scales import Scale
from etl.siblings import Drop

_GOALS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("outcome", ("learning outcome", "learning outcomes", "outcome", "outcome name", "lo",
                 "learning objective", "objective", "competency", "competence", "skill")),
    ("ability", ("ability", "ability name")),
    ("concept", ("concept", "concept name")),
)
_TARGETS: tuple[Target, ...] = (
    *TARGETS,
    *(Target(name, words, f"the {name}", near=False) for name, words in _GOALS),
    target("subject"), target("date", "date observed", "observed on", "observation date"),
    Target("level", ("level", "level reached", "learning level", "rubric level", "observed level",
                     "observation", "seen"), "the level", near=False),
    Target("correct", ("correct", "questions correct", "right", "correct answers"),
           "how many questions were answered rightly", near=False),
    Target("items", ("items", "questions", "questions asked", "out of", "number of questions"),
           "how many questions were asked", near=False),
)
_WORDS = {t.name: t.words for t in _TARGETS}


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A student, what was looked at, and a level or a count in every row."""
    header = find_header(sheet, lambda c: normalise(c) in knows(_TARGETS), minimum=3)
    if header is None:
        return None
    found = match(header.names, _TARGETS, sheet, context)
    goal = next((kind for kind, _ in _GOALS if kind in found.index), None)
    if goal is None or not named(found.index):
        return None
    if not (found.has("level") or found.has("correct", "items")):
        return None
    rows = data_rows(sheet, header, [found.index[k] for k in KEYS if k in found.index]).index[:5000]
    text = column(sheet, found.index[goal], rows)
    if level_share(text, choose_scale([text], "")) >= 0.5:
        return None  # the 'outcome' of a test is its level, and nothing that is learned
    return Recognition(
        "outcome_list", 0.99, header.row, header.first_row, found.columns, found.questions,
        found.findings, {"header": header, "kind": goal})


def extract(
    sheet: Sheet, recognition: Recognition, context: Context, own: Scale | None = None
) -> Extract:
    """Every row as an observation; of two of one student, outcome and day the last stands."""
    people = read_people(sheet, recognition, context)
    days = read_days(sheet, recognition, context, people)
    kind: str = recognition.notes["kind"]
    index, header = columns_of(recognition), header_of(recognition)
    subject, asked = read_subjects(sheet, recognition, context, people, kind != "ability")
    goal = over_unique(column(sheet, index[kind], people.rows), lambda v: " ".join(v.split()),
                       pa.string())
    text = _cells(sheet, index, people)
    scale = choose_scale([text], header.hints.get("title", ""), own)
    place = Cells(header.names[index["level" if "level" in index else "correct"]], people.rows)
    seen = read_cells(text, sheet, place, scale)
    stand = last_stands([people.students.keys, goal, days.day], [text])
    nameless = np.flatnonzero(~filled(goal)).tolist()
    bad = ~people.good | ~stand.keep
    for at in (days.bad, seen.bad, frozenset(nameless)):
        bad[sorted(at)] = True
    findings = [
        *people.findings, *days.findings, *seen.findings,
        *conflict_findings(stand, sheet, place, text, "student, outcome and day"),
        *rejections("no outcome", "This row does not say what was looked at.", sheet,
                    Cells(header.names[index[kind]], people.rows), nameless, None,
                    "the name of an outcome")]
    lost = words_of([text]) if scale is None else []
    findings += [no_scale(lost, sheet)] if lost else []
    facts = {"organisations": people.places.facts, "students": people.students.facts}
    if known_schools(people) and not asked:
        made = lines(people, days.day, goal, kind, subject, seen)
        facts |= tables([(made, np.flatnonzero(~bad))], seen.scales)
    return Extract(
        {n: t for n, t in facts.items() if t.num_rows}, len(people.rows),
        frozenset((people.rows[bad] + 1).tolist()), people.skipped,
        (*people.questions, *days.questions, *asked), tuple(findings))


def _cells(sheet: Sheet, index: dict[str, int], people: People) -> pa.Array:
    """What was seen in each row as one cell: the level, else '3 of 4'."""
    empty = repeat(None, len(people.rows))
    level = column(sheet, index["level"], people.rows) if "level" in index else empty
    if not {"correct", "items"} <= set(index):
        return level
    counts = over_groups(
        [column(sheet, index[n], people.rows) for n in ("correct", "items")],
        lambda right, of: f"{right} of {of}" if right is not None and of is not None else None,
        pa.string())
    return pc.coalesce(level, counts)


def resolve(drop: Drop, context: Context) -> dict[str, Extract]:
    """Lists beside a sheet of levels are read again with those levels."""
    return {
        key: extract(sheet, known, context, own)
        for key, (sheet, known, _) in drop.items() if known.layout == "outcome_list"
        and (own := scales_beside(sheet, drop)) is not None
    }


LAYOUT = Layout("outcome_list", "observations", "observations of learning outcomes", 60, "1",
                _WORDS, recognise, extract)
