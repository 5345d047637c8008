"""Chart forms: the one place to add one. Its values are in `spec`, its colours in `palette`.

Figures are dicts; nothing of `plotly.express` or `graph_objects` is built, it costs too much. Text
has no colour of its own: it follows the page. Marks that could be chance are pale.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pages.parts.axes import grid, line
from pages.parts.rows import agreement, dots, ranked, steps
from pages.parts.spec import Bar, Cell, Chart, Form, Item, Level, Point, State

__all__ = [
    "CONFIG",
    "FORMS",
    "Bar",
    "Cell",
    "Chart",
    "Form",
    "Item",
    "Level",
    "Point",
    "State",
    "alt_text",
    "figure",
]

WALL, WALL_HEIGHT = 1.45, 1.2  # in Present

CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False, "responsive": True}

FORMS: dict[Form, Callable[[Chart, str | None], dict[str, Any]]] = {
    "ranked": ranked,
    "dots": dots,
    "line": line,
    "agreement": agreement,
    "grid": grid,
    "steps": steps,
}


def alt_text(form: str, what: str, rows: Sequence[tuple[str, str]], view: str, lead: str) -> str:
    """Words for a screen reader, from the rows as (name, value in words), highest first; <= 300."""
    parts = [f"{form} of {what}, {len(rows)} {'row' if len(rows) == 1 else 'rows'}, {view}."]
    if rows:
        parts.append(f"Highest: {rows[0][0]}, {rows[0][1]}.")
    if len(rows) > 1:
        parts.append(f"Lowest: {rows[-1][0]}, {rows[-1][1]}.")
    parts.append(lead)
    last = "All values are in the table below."
    text = ""
    for part in parts:
        if part and len(text) + len(part) + len(last) + 2 <= 300:
            text += part + " "
    return text + last


def figure(chart: Chart, chosen: str | None = None, *, large: bool = False) -> dict[str, Any]:
    """The Plotly figure of a chart. `chosen` is the key of the row that is looked at closer.

    `large` is for a wall: the words grow inside the figure, so that its margins make room.
    """
    drawn = FORMS[chart.form](chart, chosen)
    return _enlarged(drawn) if large else drawn


def _enlarged(drawn: dict[str, Any]) -> dict[str, Any]:
    frame = drawn["layout"]
    notes = [{**n, "font": {**n.get("font", {}), "size": n["font"]["size"] * WALL},
              "yshift": n.get("yshift", 0) * WALL} for n in frame.get("annotations", ())]
    margin = {side: room * WALL for side, room in frame["margin"].items()}
    font = {**frame["font"], "size": frame["font"]["size"] * WALL}
    return {**drawn, "layout": {**frame, "annotations": notes, "margin": margin, "font": font,
                                "height": frame["height"] * WALL_HEIGHT}}
