"""What a table of the facts store is: its columns, its grain in words, its key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["TEXT", "BIGINT", "INTEGER", "SMALLINT", "TINYINT", "DOUBLE", "DATE", "BOOLEAN"]


@dataclass(frozen=True)
class Column:
    """One column: name as in SQL, DuckDB type, meaning, and whether it must be filled."""

    name: str
    type: Type
    meaning: str
    required: bool = False


@dataclass(frozen=True)
class Table:
    """One table. `key` names the columns of its grain; `fold` says what stands of several loads."""

    name: str
    grain: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    fold: Literal["row", "columns"] = "row"

    def column(self, name: str) -> Column:
        """The column called `name`; KeyError if there is none."""
        return next(c for c in self.columns if c.name == name)

    @property
    def names(self) -> tuple[str, ...]:
        """Column names in order, without `load_id` and `row`."""
        return tuple(c.name for c in self.columns)


STUDENT = Column(
    "student", "BIGINT", "Key of the student: 63 bits of a hash of namespace and id.", True
)
ORG = Column("org_id", "TEXT", "The school, as in organisations.", True)
