"""A sheet of levels: one row a level, lowest first, and which of them count as reached.

It stands beside a grid or a list of observations in one file and says what their levels are.
"""

from __future__ import annotations

from etl.assessments import level_facts
from etl.cells import column
from etl.checks import Cells, rejections
from etl.fields import Target, knows, match, normalise
from etl.headers import data_rows, find_header
from etl.model import Context, Extract, Finding, Layout, Recognition, Sheet
from etl.people import KEYS, TARGETS, columns_of, header_of
from etl.rosters import yes_or_no
from etl.scales import Scale, ScaleLevel
from etl.scores import number
from etl.siblings import Drop

_TARGETS: tuple[Target, ...] = (
    Target("level", ("level", "levels", "level name"), "the level", near=False),
    Target("order", ("order", "rank", "number", "step"), "its place, 1 the lowest", near=False),
    Target("reached", ("reached", "counts as reached", "is reached"), "whether it is reached",
           near=False),
    Target("meaning", ("meaning", "what it means", "descriptor", "description"),
           "what a student at it can do", near=False),
)
_WORDS = {t.name: t.words for t in _TARGETS}
_NAMED = knows(tuple(t for t in TARGETS if t.name in KEYS))


def recognise(sheet: Sheet, context: Context) -> Recognition | None:
    """A level in every row, and beside it whether it is reached, or its place and meaning."""
    header = find_header(sheet, lambda c: normalise(c) in knows(_TARGETS), minimum=2)
    if header is None or any(normalise(n) in _NAMED for n in header.names):
        return None
    found = match(header.names, _TARGETS, sheet, context)
    if not found.has("level", "reached"):
        return None
    return Recognition(
        "outcome_levels", 0.97, header.row, header.first_row, found.columns, found.questions,
        found.findings, {"header": header})


def extract(sheet: Sheet, recognition: Recognition, context: Context) -> Extract:
    """The scale of the sheet; rows without a level or with the same level twice are left out."""
    rows = data_rows(sheet, header_of(recognition), [columns_of(recognition)["level"]])
    scale, bad, findings = _read(sheet, recognition)
    facts = {} if scale is None else {
        "levels": level_facts({scale.name: scale}, int(rows.index[0]) + 1)}
    return Extract(
        facts, len(rows.index), frozenset((rows.index[sorted(bad)] + 1).tolist()), rows.skipped,
        (), tuple(findings))


def _read(
    sheet: Sheet, known: Recognition
) -> tuple[Scale | None, frozenset[int], list[Finding]]:
    """The scale, the positions that are left out, and why. It is named after its own words."""
    index, header = columns_of(known), header_of(known)
    rows = data_rows(sheet, header, [index["level"]]).index
    labels = column(sheet, index["level"], rows).to_pylist()
    places = _order(sheet, known, len(rows))
    reached = [yes_or_no(v or "") for v in column(sheet, index["reached"], rows).to_pylist()]
    meaning = column(sheet, index["meaning"], rows).to_pylist() if "meaning" in index \
        else [None] * len(rows)
    twice = frozenset(i for i, v in enumerate(labels) if v in labels[:i])
    kept = sorted((i for i in range(len(rows)) if i not in twice), key=lambda i: places[i])
    yes = [n for n, i in enumerate(kept, 1) if reached[i] == "yes"]
    findings = rejections(
        "level twice", "This level stands twice.", sheet, Cells(header.names[index["level"]], rows),
        sorted(twice), None, "one row a level")
    below = [i for n, i in enumerate(kept, 1) if yes and n > yes[0] and reached[i] == "no"]
    findings += rejections(
        "reached below", "A level under this one counts as reached, so this one does too.", sheet,
        Cells(header.names[index["reached"]], rows), below, None, "yes", "warns")
    if len(kept) < 2:
        return None, twice, findings
    names = " / ".join(str(labels[i]) for i in kept)
    line = f", reached from {labels[kept[yes[0] - 1]]}" if yes else ""
    levels = tuple(ScaleLevel(str(labels[i]), (), meaning[i] or "") for i in kept)
    return Scale(f"{names}{line}", levels, yes[0] if yes else None, "the file"), twice, findings


def _order(sheet: Sheet, known: Recognition, count: int) -> list[float]:
    """The stated place of each level; without one, lowest first as they stand."""
    index, header = columns_of(known), header_of(known)
    plain = [float(n) for n in range(count)]
    if "order" not in index:
        return plain
    rows = data_rows(sheet, header, [index["level"]]).index
    said = [number(v) if v else None for v in column(sheet, index["order"], rows).to_pylist()]
    return plain if any(v is None for v in said) else [float(v) for v in said if v is not None]


def scales_beside(sheet: Sheet, drop: Drop) -> Scale | None:
    """The scale of the one sheet of levels in the same file; none where there are several."""
    found = [_read(other, known)[0] for other, known, _ in drop.values()
             if known.layout == "outcome_levels" and other.file == sheet.file]
    return found[0] if len(found) == 1 else None


LAYOUT = Layout("outcome_levels", "levels", "a list of levels", 20, "1", _WORDS, recognise, extract)
