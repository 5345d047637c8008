"""Attendance facts from marks: the one place where a mark becomes half days possible and missed.

Daily lists and registers both end here. Single periods are kept as they are marked and count
through a day that is worked out from them: half of the marked periods missed is a day missed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import (
    Bools,
    Ints,
    column,
    filled,
    groups,
    mask,
    over_unique,
    repeat,
    sheet_row,
    tally,
)
from etl.checks import Cells, conflict_findings, last_stands
from etl.codes import Codes, halves, read_codes
from etl.model import Context, Finding, Sheet
from school.config import Code

BLANK = "(blank)"  # the code of a cell that a person said means present

_NO_MARK = pa.array(["not_possible", "not_recorded"])


def attendance(
    student: pa.Array,
    day: pa.Array,
    session: pa.Array,
    org_id: pa.Array,
    grade: pa.Array,
    class_: pa.Array,
    code: pa.Array,
    meaning: Mapping[str, Code | None],
    rows: Ints,
    minutes: pa.Array | None = None,
    tardy: pa.Array | None = None,
) -> pa.Table:
    """One row a mark. Each array has one value a mark; a mark without meaning must not come here.

    `minutes` late and `tardy` (a column that says who came late) where the sheet has them.
    """
    known = {mark: c for mark, c in meaning.items() if c is not None}
    group, pairs, _ = groups([code, session])
    counted = [halves(known[m], s) for m, s in pairs]
    at = pa.array(group)
    columns = {
        "student": student,
        "date": day,
        "session": session,
        "org_id": org_id,
        "grade": grade,
        "class": class_,
        "code": code,
        "category": over_unique(code, lambda m: known[m].category, pa.string()),
        "possible": pa.array([possible for possible, _ in counted], pa.int8()).take(at),
        "absent": pa.array([absent for _, absent in counted], pa.int8()).take(at),
        "row": sheet_row(rows),
    }
    late = over_unique(code, lambda m: known[m].late, pa.bool_())
    columns["late"] = late if tardy is None else pc.or_(late, pc.fill_null(tardy, False))
    if minutes is not None:
        columns["minutes_late"] = minutes
    return pa.table(columns)


def lateness(
    sheet: Sheet, index: Mapping[str, int], rows: Ints, context: Context
) -> tuple[pa.Array | None, pa.Array | None]:
    """Of each row the minutes late, and whether a yes-or-no column says late; None without them."""
    minutes = tardy = None
    if "minutes_late" in index:
        minutes = over_unique(column(sheet, index["minutes_late"], rows), minutes_of, pa.int16())
    if "tardy" in index:
        values = column(sheet, index["tardy"], rows)
        said = read_codes(tally(values), context, sheet, "absent").meaning  # a yes says it
        tardy = over_unique(values, lambda v: _says_late(said[v]), pa.bool_())
    return minutes, tardy


def _says_late(code: Code | None) -> bool:
    """What stands in a column for late: yes, or a word for it."""
    return code is not None and (code.late or code.category.startswith("absent"))


def with_days(table: pa.Table) -> pa.Table:
    """`table` with a DAY row for each student and day that has only single periods."""
    whole = pa.array(["DAY", "AM", "PM"])
    if pc.all(pc.is_in(pc.unique(table["session"]), whole)).as_py():
        return table
    single = pc.invert(pc.is_in(table["session"], whole))
    periods = table.filter(single).combine_chunks()
    keys = [periods["student"].combine_chunks(), periods["date"].combine_chunks()]
    group, combinations, first = groups(keys)
    rest = table.filter(pc.invert(single))
    stated = set(zip(rest["student"].to_pylist(), rest["date"].to_pylist(), strict=True))
    free = pa.array([c not in stated for c in combinations], pa.bool_())
    days = _days(periods, group, first, len(combinations))
    return pa.concat_tables([table, days.filter(free)], promote_options="default")


def _days(periods: pa.Table, group: Ints, first: Ints, count: int) -> pa.Table:
    """The day of each student that its periods add up to; late if one of them was marked late."""
    category = periods["category"].combine_chunks()
    marked: Bools = ~mask(pc.is_in(category, _NO_MARK))
    missed: Bools = marked & mask(pc.starts_with(category, "absent"))
    possible = np.bincount(group, weights=marked, minlength=count).astype(np.int64)
    absent = np.bincount(group, weights=missed, minlength=count).astype(np.int64)
    gone = (possible > 0) & (2 * absent >= possible)
    reason = np.zeros(count, dtype=np.int64)  # a day missed has the category of its first one
    order = np.flatnonzero(missed)[::-1]
    reason[group[order]] = order
    attended = pc.if_else(pa.array(possible > 0), "present", "not_possible")
    late = np.bincount(group, weights=mask(periods["late"].combine_chunks()), minlength=count) > 0
    base = periods.take(pa.array(first))
    same = {n: base[n] for n in ("student", "date", "org_id", "grade", "class", "row")}
    return pa.table({
        **same,
        "session": repeat("DAY", count),
        "code": pa.array(
            [f"{p - a} of {p} periods" for p, a in zip(possible, absent, strict=True)]
        ),
        "category": pc.if_else(pa.array(gone), category.take(pa.array(reason)), attended),
        "possible": pa.array(np.where(possible > 0, 2, 0), pa.int8()),
        "absent": pa.array(np.where(gone, 2, 0), pa.int8()),
        "late": pa.array(late),
    })  # fmt: skip


def are_marks(counts: Mapping[str, int], header: str, context: Context, sheet: Sheet) -> bool:
    """Whether a column holds attendance: known marks or short ones, and no numbers but 1 and 0."""
    if not counts:
        return True
    total = sum(counts.values())
    numbers = sum(n for m, n in counts.items() if re.fullmatch(r"[-+]?\d+([.,]\d+)?%?", m))
    flags = sum(n for m, n in counts.items() if m in ("0", "1"))
    if numbers > flags and numbers > total / 10:
        return False
    meaning = read_codes(counts, context, sheet).meaning
    known = sum(n for m, n in counts.items() if meaning[m] is not None)
    short = len(counts) <= 40 and all(len(m) <= 3 for m in counts)
    return known >= 0.3 * total or short or "attend" in header.lower()


def session_of(text: str) -> str:
    """DAY, AM, PM or a period such as P1, from what stands in a session column."""
    plain = "".join(text.lower().split()).replace(".", "")
    if plain in ("am", "morning", "forenoon", "fn"):
        return "AM"
    if plain in ("pm", "afternoon", "an"):
        return "PM"
    if plain in ("day", "allday", "fullday", "daily", "wholeday", "full", "all"):
        return "DAY"
    number = re.search(r"\d+", plain)
    return f"P{int(number[0])}" if number else text.strip().upper()


def minutes_of(text: str) -> int | None:
    """Minutes late, from what stands in a column of them; None without a number in front."""
    number = re.match(r"^\d{1,3}", text)
    return int(number[0]) if number else None


def usable(
    sheet: Sheet, values: pa.Array, codes: Codes, cells: Cells
) -> tuple[Bools, list[Finding]]:
    """Marks whose meaning is known, and a finding for each mark that is still asked about."""
    unknown = sorted(codes.unknown)
    use = filled(values) & ~mask(pc.is_in(values, pa.array(unknown, pa.string())))
    counts = tally(values)
    findings = []
    for mark in unknown:
        first, *others = np.flatnonzero(mask(pc.equal(values, mark))).tolist()
        findings.append(Finding(
            "unknown mark", "rejects", f"What does “{mark}” mean in your register?", sheet.name,
            int(cells.rows[first]) + 1, cells.column, mark, "a mark that somebody explained",
            counts[mark], cells.place(first), cells.more(others),
        ))  # fmt: skip
    return use, findings


def one_mark(
    sheet: Sheet, tables: Sequence[pa.Table], name: str
) -> tuple[pa.Table | None, list[Finding]]:
    """All marks in one table, one that stands for each student, day and session."""
    if not tables:
        return None, []
    facts = tables[0]
    if len(tables) > 1:
        facts = pa.concat_tables(tables, promote_options="default").combine_chunks()
    keys = [facts[k].combine_chunks() for k in ("student", "date", "session")]
    stand = last_stands(keys, [facts["code"].combine_chunks()])
    rows = facts["row"].to_numpy().astype(np.int64) - 1
    findings = conflict_findings(
        stand, sheet, Cells(name, rows), keys[1], "mark"
    )
    return facts if stand.keep.all() else facts.filter(pa.array(stand.keep)), findings
