"""The layouts: one file a kind of export, found by looking into this folder.

A file that defines `LAYOUT` is a layout; nothing else has to be told about it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from etl.model import Layout


@lru_cache(maxsize=1)
def layouts() -> dict[str, Layout]:
    """All layouts by name, in the order in which a drop is loaded."""
    names = sorted(p.stem for p in Path(__file__).parent.glob("*.py") if p.stem != "__init__")
    modules = [import_module(f"etl.layouts.{name}") for name in names]
    found: list[Layout] = [m.LAYOUT for m in modules if hasattr(m, "LAYOUT")]
    return {layout.name: layout for layout in sorted(found, key=lambda x: (x.order, x.name))}
