"""Published counts: one level and one total row for each place and year, parts kept as parts.

Levels are never added up and a total is never added to its parts. Where a place has parts but no
total, and each of its breakdowns comes to the same, that sum stands as the total and says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Bools, Ints, groups, mask, over_groups, over_unique, repeat
from etl.scales import plain

TOTAL = "total"
MONTH = "month"  # a dimension whose parts are never added up
_TOTALS = frozenset((
    "total", "all", "all pupils", "all students", "all schools", "all school types", "all grades",
    "all classes", "overall", "both", "all genders", "grand total", "all types", "persons", "t",
))


@dataclass(frozen=True)
class Breakdown:
    """A column that splits the count, or that only describes the place (`describes` allows it)."""

    name: str
    values: pa.Array
    describes: bool


@dataclass(frozen=True)
class Lines:
    """One published number a line. `rows` are sheet rows from 0; `label` names the breakdown."""

    rows: Ints
    org: pa.Array
    year: pa.Array
    level: pa.Array
    count: pa.Array
    breakdowns: tuple[Breakdown, ...]
    label: pa.Array | None = None


@dataclass(frozen=True)
class Counted:
    """The facts, and what was found on the way. Row sets hold sheet rows from 0."""

    table: pa.Table
    repeats: frozenset[int] = frozenset()
    conflicts: frozenset[int] = frozenset()
    summed: frozenset[int] = frozenset()  # lines of one place that were parts of its total
    derived: int = 0  # totals that were not in the file
    without_total: int = 0  # places and years whose parts cannot be added up
    described: tuple[str, ...] = field(default=())  # columns that describe places, level by level
    by_month: bool = False


def is_total(value: str | None) -> bool:
    """Whether a cell of a breakdown column stands for everything."""
    return value is None or plain(value) in _TOTALS


def count_lines(lines: Lines, source: str) -> Counted:
    """The facts of these lines: each place, year, dimension and value once."""
    split, described = _split(lines)
    if split or lines.label is not None:
        dimension, value = _parts(split, lines.label)
    else:
        dimension = value = repeat(TOTAL, len(lines.rows))
    code, _, _ = groups([lines.org, lines.year, dimension, value])
    keep, counts, repeats, conflicts, summed = _fold(lines, code)
    table = pa.table({
        "source": pa.repeat(pa.scalar(source), int(keep.sum())),
        "org_id": lines.org.filter(pa.array(keep)),
        "academic_year": lines.year.filter(pa.array(keep)),
        "dimension": dimension.filter(pa.array(keep)),
        "value": value.filter(pa.array(keep)),
        "level": lines.level.filter(pa.array(keep)),
        "headcount": pa.array(counts[keep], pa.int64()),
        "census_date": pa.nulls(int(keep.sum()), pa.date32()),
        "row": pa.array(lines.rows[keep] + 1, pa.int32()),
    })
    totals, without = _missing_totals(table)
    return Counted(
        pa.concat_tables([table, totals]) if totals is not None else table,
        frozenset(lines.rows[repeats].tolist()), frozenset(lines.rows[conflicts].tolist()),
        frozenset(lines.rows[summed].tolist()),
        totals.num_rows if totals is not None else 0, without, described,
        any(p.name == MONTH for p in lines.breakdowns),
    )


def _split(lines: Lines) -> tuple[list[tuple[str, pa.Array]], tuple[str, ...]]:
    """The breakdowns with totals as null; all null where a column only describes places."""
    out: list[tuple[str, pa.Array]] = []
    described: list[str] = []
    place, _, _ = groups([lines.org, lines.year])
    for part in lines.breakdowns:
        values = over_unique(part.values, lambda v: None if is_total(v) else v, pa.string())
        if part.describes:
            for level in pc.unique(lines.level).to_pylist():
                here = mask(pc.equal(lines.level, level))
                if _describes(place[here], part.values.filter(pa.array(here))):
                    values = pc.if_else(pa.array(here), pa.scalar(None, pa.string()), values)
                    described.append(f"{part.name} ({level})")
        out.append((part.name, values))
    return out, tuple(described)


def _describes(place: Ints, values: pa.Array) -> bool:
    """Whether each place and year has one value here, save for a few: then it splits nothing."""
    said = mask(pc.is_valid(values))
    if not said.any():
        return False
    if any(is_total(v) for v in pc.unique(values).to_pylist() if v is not None):
        return False
    coded = values.dictionary_encode().indices
    index = pc.fill_null(coded, -1).to_numpy(zero_copy_only=False).astype(np.int64) + 1
    pairs = len(np.unique(place * (index.max() + 1) + index))
    return pairs <= 1.01 * len(np.unique(place))


def _parts(
    split: Sequence[tuple[str, pa.Array]], label: pa.Array | None
) -> tuple[pa.Array, pa.Array]:
    """Each line's dimension and value: 'total' and 'total', or the names and values joined."""
    names = [name for name, _ in split]
    columns = [values for _, values in split] + ([label] if label is not None else [])
    labelled = label is not None

    def dimension(*cells: str | None) -> str:
        told = [n for n, c in zip(names, cells, strict=False) if c is not None]
        if not told:
            return TOTAL
        spoken = cells[-1] if labelled and cells[-1] and not is_total(cells[-1]) else None
        if spoken is None:
            return " + ".join(told)
        other = [n for n in told if not plain(n).startswith("characteristic")]
        return " + ".join([*other, spoken])

    def value(*cells: str | None) -> str:
        told = [c for _, c in zip(names, cells, strict=False) if c is not None]
        return " + ".join(told) if told else TOTAL

    kind = pa.string()
    return over_groups(columns, dimension, kind), over_groups(columns, value, kind)


def _fold(lines: Lines, code: Ints) -> tuple[Bools, Ints, Bools, Bools, Bools]:
    """One line a key: exact repeats once, parts of one total added, of two versions the last."""
    size = len(code)
    counts: Ints = lines.count.to_numpy(zero_copy_only=False).astype(np.int64).copy()
    keep = np.ones(size, dtype=np.bool_)
    repeats, conflicts, summed = (np.zeros(size, dtype=np.bool_) for _ in range(3))
    order = np.argsort(code, kind="stable")
    again = np.flatnonzero(np.diff(code[order]) == 0)
    sets: dict[int, list[int]] = defaultdict(list)
    for at in again:
        members = sets[int(code[order[at]])]
        if not members:
            members.append(int(order[at]))
        members.append(int(order[at + 1]))
    for members in sets.values():
        told = [tuple(p.values[i].as_py() for p in lines.breakdowns) for i in members]
        last = {about: i for about, i in zip(told, members, strict=True)}
        for about, i in zip(told, members, strict=True):
            if i != last[about]:
                same = counts[i] == counts[last[about]]
                (repeats if same else conflicts)[i] = True
        stand = sorted(last.values())
        total = int(sum(counts[i] for i in stand))
        keep[members] = False
        keep[stand[-1]] = True
        counts[stand[-1]] = total
        if len(stand) > 1:
            summed[stand] = True
    return keep, counts, repeats, conflicts, summed


def _overlaps(value: str) -> int:
    return int(any(word in ("total", "all", "any") for word in plain(value).split()))


def _missing_totals(table: pa.Table) -> tuple[pa.Table | None, int]:
    """Totals of places and years that state none: what each of their breakdowns comes to."""
    place, _, _ = groups([table[c].combine_chunks() for c in ("org_id", "academic_year")])
    is_whole = mask(pc.equal(table["dimension"].combine_chunks(), TOTAL))
    lacking = ~np.isin(place, np.unique(place[is_whole]))
    if not lacking.any():
        return None, 0
    lacking &= ~mask(pc.match_substring_regex(
        table["dimension"].combine_chunks(), rf"(^|\+ ){MONTH}($| \+)"))
    part = table.filter(pa.array(lacking))
    # 'White total' beside 'White British' overlaps: such parts cannot be added up
    overlap = over_unique(part["value"].combine_chunks(), _overlaps, pa.int64())
    part = part.append_column("overlap", overlap)
    splits = part.group_by(["org_id", "academic_year", "level", "dimension"]).aggregate([
        ("headcount", "sum"), ("row", "max"), ("source", "min"), ("overlap", "max"),
    ])
    spread = splits.group_by(["org_id", "academic_year", "level"]).aggregate([
        ("headcount_sum", "min"), ("headcount_sum", "max"), ("row_max", "max"),
        ("source_min", "min"), ("overlap_max", "max"),
    ])
    # several breakdowns of one place are whole where all of them come to the same
    same = pc.equal(spread["headcount_sum_min"], spread["headcount_sum_max"])
    good = spread.filter(pc.and_(same, pc.equal(spread["overlap_max_max"], 0)))
    count = good.num_rows
    whole = pa.repeat(pa.scalar(TOTAL), count)
    totals = pa.table({
        "source": good["source_min_min"], "org_id": good["org_id"],
        "academic_year": good["academic_year"],
        "dimension": whole, "value": whole,
        "level": good["level"], "headcount": good["headcount_sum_min"],
        "census_date": pa.nulls(count, pa.date32()), "row": good["row_max_max"],
    }).cast(table.schema)
    return (totals if count else None), spread.num_rows - count
