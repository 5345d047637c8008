"""Charts with axes: a line over time with its usual range, and a grid of classes by weeks."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from pages.parts import palette as ink
from pages.parts.layout import layout, rule, words
from pages.parts.spec import Cell, Chart, Point

COLUMN_LETTERS, ROW_LETTERS = 14, 22  # of a grid's names in one line


def line(chart: Chart, chosen: str | None) -> dict[str, Any]:
    """A line over time on its usual range; points beyond it are triangles with their date."""
    rows: tuple[Point, ...] = chart.rows
    shapes = [_band(chart.band)] if chart.band else []
    notes = [
        words(r.day.isoformat(), r.value, r.note, 13, (0, _clear_of(rows, at)), xanchor="center")
        for at, r in enumerate(rows) if r.note and r.value is not None
    ]
    for level in chart.levels:
        dash = "dash" if level.dashed else "solid"
        shapes.append(rule(0, 1, level.value, level.value, dash, xref="paper"))
        notes.append(words(1, level.value, level.label, 13, (0, 9), xref="paper",
                           xanchor="right", opacity=0.85))
    earlier = [_last_year(rows)] if any(r.before is not None for r in rows) else []
    axes = {"xaxis": _days(rows, room=bool(chart.levels)),
            "yaxis": _values(chart.percent, right=chart.wide > 1)}
    return {
        "data": [*earlier, _course(rows, chart.percent, chosen)],
        "layout": layout(350, **axes, shapes=shapes, annotations=notes,
                         margin={"l": 22 if chart.wide > 1 else 1, "r": 4, "t": 16, "b": 44}),
    }


def _clear_of(rows: Sequence[Point], at: int) -> int:
    """Above or below a point, where the line that leaves it does not run through its name."""
    now, after = rows[at].value, rows[at + 1].value if at + 1 < len(rows) else None
    if now is None or after is None:
        return -18 if rows[at].signal == "worse" else 18
    return -18 if after > now else 18


def _course(rows: Sequence[Point], percent: bool, chosen: str | None) -> dict[str, Any]:
    marks = {"worse": "triangle-down", "better": "triangle-up"}
    said = [f"{r.label}, not judged" if r.partial else r.label for r in rows]
    form = ":.1%" if percent else ":,.4~g"
    return {
        "type": "scatter", "mode": "lines+markers", "connectgaps": False,
        "x": [r.day.isoformat() for r in rows], "y": [r.value for r in rows],
        "customdata": [r.key for r in rows], "text": said,
        "line": {"color": ink.OURS, "width": 2.5}, "unselected": {"marker": {"opacity": 1}},
        "hovertemplate": "%{text}: %{y" + form + "}<extra></extra>",
        "marker": {
            "opacity": 1, "line": {"width": [2 if r.partial else 0 for r in rows]},
            "symbol": ["circle-open" if r.partial else marks.get(r.signal or "", "circle")
                       for r in rows],
            "color": [ink.BY_STATE[r.signal or "ours"] for r in rows],
            "size": [17 if r.key == chosen else 13 if r.signal else 8 for r in rows],
        },
    }


def _last_year(rows: Sequence[Point]) -> dict[str, Any]:
    return {
        "type": "scatter", "mode": "lines", "x": [r.day.isoformat() for r in rows],
        "y": [r.before for r in rows], "connectgaps": False, "hoverinfo": "skip",
        "line": {"color": ink.REFERENCE, "width": 1.5},
    }


def _band(band: tuple[float, float]) -> dict[str, Any]:
    return {
        "type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": band[0], "y1": band[1],
        "fillcolor": ink.BAND, "line": {"width": 0}, "layer": "below",
    }


def _days(rows: Sequence[Point], room: bool) -> dict[str, Any]:
    """The axis of days; with room at its right end where lines are labelled."""
    axis: dict[str, Any] = {
        "type": "date", "fixedrange": True, "showgrid": False, "zeroline": False, "nticks": 7,
        "tickformat": "%-d %b\n%Y",
    }
    if len(rows) > 1:
        first, last = rows[0].day, rows[-1].day
        span = last - first
        end = last + span * (0.22 if room else 0.02)
        axis["range"] = [(first - span * 0.02).isoformat(), end.isoformat()]
    return axis


def _values(percent: bool, right: bool) -> dict[str, Any]:
    """The axis of values; at the right end of a chart of which a phone shows that end first."""
    return {
        "side": "right" if right else "left",
        "fixedrange": True, "nticks": 4, "gridcolor": ink.RULE, "zeroline": False,
        "automargin": True, "tickformat": ".0%" if percent else "",
    }


def grid(chart: Chart, chosen: str | None) -> dict[str, Any]:
    """Cells by row and column, darker for more; what was not observed is a dotted frame."""
    cells: tuple[Cell, ...] = chart.rows
    rows = list(dict.fromkeys(c.row for c in cells))
    columns = list(dict.fromkeys(c.column for c in cells))
    where: Mapping[tuple[str, str], Cell] = {(c.row, c.column): c for c in cells}
    at = [[where.get((r, c)) for c in columns] for r in rows]
    steps = len(ink.HEAT)
    trace = {
        "type": "heatmap", "zmin": 0, "zmax": 1, "showscale": False,
        "z": [[c.value if c else None for c in line] for line in at], "xgap": 3, "ygap": 3,
        "colorscale": [[k, fill] for i, (fill, _) in enumerate(ink.HEAT)
                       for k in (i / steps, (i + 1) / steps)],
        "text": [[c.text if c else "" for c in line] for line in at],
        "customdata": [[c.key if c else "" for c in line] for line in at],
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>", "hoverongaps": False,
    }
    blank = [(i, j) for j, line in enumerate(at) for i, c in enumerate(line)
             if (c is None and not chart.sparse) or (c is not None and c.value is None)]
    still = {"type": "category", "fixedrange": True, "showgrid": False}
    trace["x"] = [_folded(c, COLUMN_LETTERS) for c in columns]
    trace["y"] = [_folded(r, ROW_LETTERS) for r in rows]
    deep, high = (max((1 + t.count("<br>") for t in texts), default=1)
                  for texts in (trace["x"], trace["y"]))
    notes = [words(i, j, cell.text, xanchor="center") for i, j in blank
             if chart.inside and (cell := at[j][i]) is not None and cell.text]
    inside = _inside(trace, cells, rows, columns) if chart.inside else []
    return {"data": [trace, *inside], "layout": layout(
        48 + 16 * deep + (12 + 16 * high) * len(rows), annotations=notes,
        shapes=[_frame(i, j, at[j][i]) for i, j in blank],
        margin={"l": 1, "r": 1, "t": 14 + 16 * deep, "b": 4},
        xaxis={**still, "side": "top", "nticks": 4 if chart.sparse else 8, "tickangle": 0,
               "range": [-0.5, len(columns) - 0.5]},
        yaxis={**still, "range": [len(rows) - 0.5, -0.5], "automargin": True},
    )}


def _inside(
    trace: Mapping[str, Any], cells: Sequence[Cell], rows: Sequence[str], columns: Sequence[str],
) -> list[dict[str, Any]]:
    """Words in the cells, each in the ink of its step, over marks that nobody sees but can click.

    A selection would fade the words, were it not for the colour that a selected one would have.
    """
    at = {"type": "scatter", "x": [trace["x"][columns.index(c.column)] for c in cells],
          "y": [trace["y"][rows.index(c.row)] for c in cells]}
    unseen = {"marker": {"opacity": 0}}
    shown = [c.text if c.value is not None else "" for c in cells]
    return [
        {**at, "mode": "markers", "hoverinfo": "none", "customdata": [c.key for c in cells],
         "marker": {"symbol": "square", "size": 44, "opacity": 0}, "selected": unseen,
         "unselected": unseen},
        {**at, "mode": "text", "text": shown, "hoverinfo": "skip",
         "textfont": {"color": [ink.HEAT[_step(c.value)][1] for c in cells]},
         "selected": {"textfont": {"color": ink.INK}}},
    ]


def _step(value: float | None) -> int:
    return min(int((value or 0.0) * len(ink.HEAT)), len(ink.HEAT) - 1)


def _folded(text: str, width: int) -> str:
    """A long name in several lines, so that a phone has room for the cells."""
    return "<br>".join(textwrap.wrap(text, width, break_long_words=False)) or text


def _frame(column: int, row: int, cell: Cell | None) -> dict[str, Any]:
    """A dotted frame where nothing was observed; filled grey where it is not over yet."""
    place = {"type": "rect", "x0": column - 0.45, "x1": column + 0.45, "y0": row - 0.42,
             "y1": row + 0.42}
    if cell is not None and cell.open:
        return {**place, "fillcolor": ink.REFERENCE, "line": {"width": 0}}
    return {**place, "line": {"color": ink.REFERENCE, "width": 1, "dash": "dot"}}
