"""What publish needs to know of a drop, whoever made it: files with bytes, sheets with rows.

`etl.desk.Drop` is one; what is typed on a page is another, with no bytes at all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from etl.model import Context, SheetReport
from etl.verdicts import Judged
from school.records.loads import TYPED


class Dropped(Protocol):
    """One file of a drop: what it is called in the reports, its bytes, and what is kept of them."""

    @property
    def label(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def sha256(self) -> str: ...


class Drop(Protocol):
    """What a check left behind; `etl.desk.Drop` is one."""

    @property
    def reports(self) -> Sequence[SheetReport]: ...
    @property
    def context(self) -> Context: ...
    @property
    def files(self) -> Sequence[Dropped]: ...
    @property
    def judged(self) -> Judged | None: ...
    def facts(self, sheet_key: str) -> Mapping[str, pa.Table]: ...
    def kept_copy(self, label: str) -> bytes | None: ...


@dataclass(frozen=True)
class Part:
    """One sheet that is to be loaded: its place among the reports and its rows."""

    at: int
    report: SheetReport
    tables: Mapping[str, pa.Table]
    name: str  # of the sheet inside the file, whatever the file is called


@dataclass(frozen=True)
class DroppedFile:
    """One file that is to be loaded."""

    dropped: Dropped
    parts: tuple[Part, ...]
    digest: str


@dataclass(frozen=True)
class TypedFile:
    """Stands for a file where something was typed: it has no bytes."""

    label: str = TYPED
    path: Path = Path()
    sha256: str = ""


@dataclass(frozen=True)
class TypedDrop:
    """What was typed on a page, in the shape of a drop."""

    reports: Sequence[SheetReport]
    context: Context
    tables: Mapping[str, pa.Table]
    files: Sequence[Dropped] = ()
    judged: Judged | None = None

    def facts(self, sheet_key: str) -> Mapping[str, pa.Table]:
        return self.tables

    def kept_copy(self, label: str) -> bytes | None:
        return None
