"""Charts with axes: a line over time with its usual range, and a grid of classes by weeks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pages.parts import palette as ink
from pages.parts.layout import layout, rule, words
from pages.parts.spec import Cell, Chart, Point


def line(chart: Chart, chosen: str | None) -> dict[str, Any]:
    rows: tuple[Point, ...] = chart.rows
    days = [r.day.isoformat() for r in rows]
    traces: list[dict[str, Any]] = []
    if any(r.before is not None for r in rows):
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": days,
                "y": [r.before for r in rows],
                "connectgaps": False,
                "line": {"color": ink.REFERENCE, "width": 1.5},
                "hoverinfo": "skip",
            }
        )
    marks = [
        {"worse": "triangle-down", "better": "triangle-up"}.get(r.signal or "", "circle")
        for r in rows
    ]
    hues = [ink.BY_STATE[r.signal or "ours"] for r in rows]
    traces.append(
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": days,
            "y": [r.value for r in rows],
            "connectgaps": False,
            "line": {"color": ink.OURS, "width": 2.5},
            "customdata": [r.key for r in rows],
            "text": [r.label for r in rows],
            "unselected": {"marker": {"opacity": 1}},
            "hovertemplate": "%{text}: %{y"
            + (":.1%" if chart.percent else "")
            + "}<extra></extra>",
            "marker": {
                "symbol": marks,
                "color": hues,
                "size": [17 if r.key == chosen else 12 if r.signal else 8 for r in rows],
            },
        }
    )
    shapes: list[dict[str, Any]] = []
    notes = [
        words(
            r.day.isoformat(),
            r.value,
            r.note,
            13,
            (0, -18 if r.signal == "worse" else 18),
            xanchor="center",
        )
        for r in rows
        if r.note and r.value is not None
    ]
    if chart.band:
        shapes.append(
            {
                "type": "rect",
                "xref": "paper",
                "x0": 0,
                "x1": 1,
                "y0": chart.band[0],
                "y1": chart.band[1],
                "fillcolor": ink.BAND,
                "line": {"width": 0},
                "layer": "below",
            }
        )
    for level in chart.levels:
        shapes.append(
            rule(0, 1, level.value, level.value, "dash" if level.dashed else "solid", xref="paper")
        )
        notes.append(
            words(
                1, level.value, level.label, 13, (0, 9), xref="paper", xanchor="right", opacity=0.85
            )
        )
    y_axis = {
        "fixedrange": True,
        "nticks": 4,
        "gridcolor": ink.RULE,
        "zeroline": False,
        "automargin": True,
        "tickformat": ".0%" if chart.percent else "",
    }
    x_axis = {
        "fixedrange": True,
        "type": "date",
        "showgrid": False,
        "nticks": 7,
        "tickformat": "%-d %b\n%Y",
        "zeroline": False,
    }
    return {
        "data": traces,
        "layout": layout(
            340,
            xaxis=x_axis,
            yaxis=y_axis,
            shapes=shapes,
            annotations=notes,
            margin={"l": 1, "r": 8, "t": 16, "b": 28},
        ),
    }


def grid(chart: Chart, chosen: str | None) -> dict[str, Any]:
    cells: tuple[Cell, ...] = chart.rows
    rows, columns = (
        list(dict.fromkeys(c.row for c in cells)),
        list(dict.fromkeys(c.column for c in cells)),
    )
    where: Mapping[tuple[str, str], Cell] = {(c.row, c.column): c for c in cells}
    at = [[where.get((r, c)) for c in columns] for r in rows]
    steps = len(ink.HEAT)
    scale = [
        [k, fill] for i, (fill, _) in enumerate(ink.HEAT) for k in (i / steps, (i + 1) / steps)
    ]
    trace = {
        "type": "heatmap",
        "x": columns,
        "y": rows,
        "z": [[c.value if c else None for c in line] for line in at],
        "zmin": 0,
        "zmax": 1,
        "colorscale": scale,
        "showscale": False,
        "xgap": 3,
        "ygap": 3,
        "text": [[c.text if c else "" for c in line] for line in at],
        "customdata": [[c.key if c else "" for c in line] for line in at],
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
        "hoverongaps": False,
    }
    shapes = [
        {
            "type": "rect",
            "x0": i - 0.45,
            "x1": i + 0.45,
            "y0": j - 0.42,
            "y1": j + 0.42,
            "line": {"color": ink.REFERENCE, "width": 1, "dash": "dot"},
        }
        for j, line in enumerate(at)
        for i, c in enumerate(line)
        if c is None or c.value is None
    ]
    return {
        "data": [trace],
        "layout": layout(
            64 + 28 * len(rows),
            shapes=shapes,
            margin={"l": 1, "r": 1, "t": 30, "b": 4},
            xaxis={
                "type": "category",
                "side": "top",
                "fixedrange": True,
                "showgrid": False,
                "nticks": 8,
                "tickangle": 0,
            },
            yaxis={
                "type": "category",
                "autorange": "reversed",
                "fixedrange": True,
                "showgrid": False,
                "automargin": True,
            },
        ),
    }
