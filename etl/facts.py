"""Rows on their way into the store: in the shape of the schema, summed up in a digest.

A layout fills the columns it knows; here each gets its type and its place. A row without a value
that its table requires is a fault of the layout and stops the publish: never half a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from etl.model import Extract
from school import schema
from school.errors import NotRecognised

_ARROW: Mapping[str, pa.DataType] = {
    "TEXT": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "SMALLINT": pa.int16(),
    "TINYINT": pa.int8(), "DOUBLE": pa.float64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(),
}


def tidy(name: str, rows: pa.Table) -> pa.Table:
    """Rows of one fact table with every column of its schema, typed, and `row`."""
    table = schema.BY_NAME.get(name)
    strangers = set(rows.column_names) - set(table.names if table else ()) - {"row"}
    if table is None or strangers:
        raise NotRecognised("This sheet could not be read whole, so nothing of it was used.",
                            f"no place for {name} {sorted(strangers)}")
    columns: dict[str, Any] = {}
    for column in table.columns:
        kind = _ARROW[column.type]
        if column.name in rows.column_names:
            values = rows[column.name].cast(kind)
        else:
            values = pa.nulls(rows.num_rows, kind)
        if column.required and values.null_count:
            raise NotRecognised("This sheet could not be read whole, so nothing of it was used.",
                                f"{name}.{column.name} is blank in {values.null_count} rows")
        columns[column.name] = values
    if "row" in rows.column_names:
        columns["row"] = rows["row"].cast(pa.int32())
    else:
        columns["row"] = pa.nulls(rows.num_rows, pa.int32())
    return pa.table(columns)


def of_good_rows(extract: Extract) -> Extract:
    """The extract without students and schools that only rejected rows name."""
    facts = dict(extract.facts)
    if not extract.rejected or "students" not in facts:
        return extract
    out = pa.array(sorted(extract.rejected), pa.int32())
    for name, key in (("students", "student"), ("organisations", "org_id")):
        if name not in facts:
            continue
        used = [
            t.column(c).cast(facts[name].schema.field(key).type).combine_chunks()
            for other, t in facts.items()
            for c in (key, "parent_id", "same_as")
            if c in t.column_names and (other != name or c != key)
            and (other != "organisations" or name == "organisations")
        ]
        spare = pc.is_in(facts[name]["row"].cast(pa.int32()), out)
        if used:
            spare = pc.and_not(spare, pc.is_in(facts[name][key], pa.concat_arrays(used)))
        facts[name] = facts[name].filter(pc.invert(spare))
    return replace(extract, facts=facts)


def digest(sheets: Mapping[str, Mapping[str, pa.Table]]) -> str:
    """Hex digits that tell whether two readings of a file became the very same rows."""
    total = hashlib.blake2b(digest_size=16)
    sink = _Sink(total)
    for key in sorted(sheets):
        for name in sorted(sheets[key]):
            rows = sheets[key][name].combine_chunks()
            total.update(f"{key}\x1f{name}\x1f{rows.num_rows}\x1f".encode())
            with pa.ipc.new_stream(pa.PythonFile(sink, "w"), rows.schema) as stream:
                stream.write_table(rows)
    return total.hexdigest()


class _Sink:
    """A file that keeps nothing but the running hash of what is written to it."""

    closed = False

    def __init__(self, total: Any) -> None:
        self._total = total

    def write(self, data: Any) -> int:
        self._total.update(data)
        return len(data)

    def flush(self) -> None:
        return None

    def close(self) -> None:
        return None
