"""Places of a published table: level, organisation and the place above it, row by row.

A place is known by its code where the table gives one, else by its name in small letters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from etl.cells import Ints, blank, column, over_unique
from etl.model import Sheet
from etl.scales import plain

LEVELS: Mapping[str, str] = {
    "school": "school",
    "schools": "school",
    "establishment": "school",
    "local authority": "district",
    "la": "district",
    "district": "district",
    "lea": "district",
    "block": "district",
    "cluster": "district",
    "region": "region",
    "regional": "region",
    "division": "region",
    "state": "state",
    "national": "national",
    "country": "national",
}
# Level, columns that identify it, columns that name it; from the smallest up.
PLACES: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("school", ("school_id", "school_name"), ("school_name",)),
    ("district", ("district_id", "district_id_old", "district_name"), ("district_name",)),
    ("region", ("region_id", "region_name"), ("region_name",)),
    ("state", ("state_name",), ("state_name",)),
    ("national", ("country_id", "country_name"), ("country_name",)),
)


def said(sheet: Sheet, index: Mapping[str, Sequence[int]], name: str, rows: Ints) -> pa.Array:
    """A column's cells with 'NULL' as blank; all blank where the table has no such column."""
    if name not in index:
        return blank(len(rows))
    values = column(sheet, index[name][0], rows)
    return over_unique(
        values, lambda v: None if v.upper() in ("NULL", "NONE", "NA") else v, pa.string()
    )


def read_places(
    sheet: Sheet, index: Mapping[str, Sequence[int]], rows: Ints
) -> tuple[pa.Array, pa.Array, pa.Table]:
    """Level and organisation of each row, and the organisations themselves."""
    ids = {lv: _first(sheet, index, codes, rows, lower=True) for lv, codes, _ in PLACES}
    names = {lv: _first(sheet, index, codes, rows) for lv, _, codes in PLACES}
    stated = said(sheet, index, "level", rows)
    level = over_unique(stated, lambda v: LEVELS.get(plain(v)), pa.string())
    if "level" not in index:
        parts = [
            pc.if_else(pc.is_valid(ids[lv]), pa.scalar(lv), pa.scalar(None, pa.string()))
            for lv, _, _ in PLACES
        ]
        level = pc.coalesce(*parts)
    org = blank(len(rows))
    name, parent = org, org
    for place, (lv, _, _) in enumerate(PLACES):
        here = pc.fill_null(pc.equal(level, lv), False)
        above = [ids[up] for up, _, _ in PLACES[place + 1 :]]
        org = pc.if_else(here, ids[lv], org)
        name = pc.if_else(here, pc.coalesce(names[lv], ids[lv]), name)
        if above:
            parent = pc.if_else(here, pc.coalesce(*above), parent)
    phase = pc.if_else(
        pc.fill_null(pc.equal(level, "school"), False),
        said(sheet, index, "phase", rows),
        pa.scalar(None, pa.string()),
    )
    places = pa.table(
        {
            "org_id": org,
            "name": name,
            "type": level,
            "parent_id": parent,
            "code": org,
            "phase": phase,
            "row": pa.array(rows + 1, pa.int32()),
        }
    )
    return level, org, places


def _first(
    sheet: Sheet,
    index: Mapping[str, Sequence[int]],
    targets: Sequence[str],
    rows: Ints,
    lower: bool = False,
) -> pa.Array:
    """The first of these columns that says something; a name used as an id is in small letters."""
    found = [said(sheet, index, t, rows) for t in targets if t in index]
    if lower:
        found = [
            over_unique(v, lambda x: " ".join(x.lower().split()), pa.string())
            if t.endswith("_name")
            else v
            for v, t in zip(found, [t for t in targets if t in index], strict=True)
        ]
    return pc.coalesce(*found) if found else blank(len(rows))
