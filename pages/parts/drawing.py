"""A chart's values as places on paper: what the typeset picture draws.

Every length is a fraction of the drawing's width or height, so that one drawing serves a picture
and a printed page. Colours are those of the screen.
"""

from __future__ import annotations

from math import ceil, floor, log10
from typing import Any

from pages.parts import palette as ink
from pages.parts.spec import Bar, Cell, Chart, Item, Point

_TINT = "38"  # 22 % of the mark's hue, as the last two digits of an 8-digit colour


def drawing(chart: Chart) -> dict[str, Any]:
    """What `picture.typ` needs to draw this chart."""
    shape = {"ranked": _ranked, "dots": _dots, "agreement": _agreement, "line": _line,
             "grid": _grid, "steps": _steps}[chart.form]
    head = {"title": chart.title, "caption": chart.caption, "alt": chart.alt or chart.title}
    return {**head, **shape(chart)}


def _row(row: Bar, rule: str) -> dict[str, Any]:
    hue = ink.BY_STATE[row.state]
    return {"label": row.label, "text": row.text, "range_text": row.range_text, "sub": row.sub,
            "hue": hue, "tint": hue + _TINT, "rule": rule, "solid": None, "pale": None,
            "range": None, "zero": None, "mark": None, "dot": False, "hollow": False}


def _rules(chart: Chart) -> list[str]:
    """For each row the words of the dotted line above it; only the first row of chance has them."""
    first = next((n for n, r in enumerate(chart.rows) if r.state == "chance"), -1)
    return [chart.divider if n == first else "" for n in range(len(chart.rows))]


def _ranked(chart: Chart) -> dict[str, Any]:
    longest = max([r.high or r.value or 0.0 for r in chart.rows] + [1e-9])
    out = []
    for row, rule in zip(chart.rows, _rules(chart), strict=True):
        best = row.value or 0.0
        low = max(0.0, best if row.low is None else row.low) / longest
        high = max(low, (best if row.high is None else row.high) / longest)
        drawn = _row(row, rule)
        hue = ink.OURS if row.state == "chance" else ink.BY_STATE[row.state]
        if row.value is not None:
            drawn.update(solid=[0.0, low], pale=[low, high - low], hue=hue, tint=hue + _TINT)
            drawn["mark"] = max(0.0, row.value) / longest
        out.append(drawn)
    return {"kind": "rows", "rows": out, "zero": 0.0, "zero_label": ""}


def _steps(chart: Chart) -> dict[str, Any]:
    """Bars from where a step begins to where it ends; pale where students left."""
    longest = max([r.high or 0.0 for r in chart.rows] + [1e-9])
    out = []
    for row in chart.rows:
        low, high = (row.low or 0.0) / longest, (row.high or 0.0) / longest
        part = "pale" if row.state in ("chance", "worse") else "solid"
        out.append({**_row(row, ""), part: [low, high - low]})
    return {"kind": "rows", "rows": out, "zero": 0.0, "zero_label": ""}


def _dots(chart: Chart) -> dict[str, Any]:
    seen = [v for r in chart.rows for v in (r.low, r.value, r.high) if v is not None]
    seen += [level.value for level in chart.levels]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    start, width = low - (high - low) * 0.05, (high - low) * 1.1 or 1.0
    out = []
    for row, rule in zip(chart.rows, _rules(chart), strict=True):
        drawn = {**_row(row, rule), "dot": True, "hollow": row.state == "chance"}
        if row.value is not None:
            drawn["mark"] = (row.value - start) / width
        if row.low is not None and row.high is not None:
            drawn["range"] = [(row.low - start) / width, (row.high - row.low) / width]
        if chart.levels:
            drawn["zero"] = (chart.levels[0].value - start) / width
        out.append(drawn)
    level = chart.levels[0] if chart.levels else None
    return {"kind": "rows", "rows": out, "zero": (level.value - start) / width if level else 0.0,
            "zero_label": level.label if level else ""}


def _agreement(chart: Chart) -> dict[str, Any]:
    rows = []
    for item in chart.rows:
        rows.append({"label": item.label, "text": item.text, "parts": _parts(item)})
    return {"kind": "agreement", "rows": rows}


def _parts(item: Item) -> list[dict[str, Any]]:
    total, at, parts = sum(item.counts), 0.0, []
    for count, (fill, letters) in zip(item.counts, ink.AGREEMENT, strict=True):
        share = count / total if total else 0.0
        parts.append({"x": at, "w": share, "fill": fill, "ink": letters,
                      "text": str(count) if share >= 0.04 else ""})
        at += share
    return parts


def _line(chart: Chart) -> dict[str, Any]:
    points: tuple[Point, ...] = chart.rows
    seen = [v for p in points for v in (p.value, p.before) if v is not None]
    seen += [*(chart.band or ()), *(level.value for level in chart.levels)]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    room = high - low
    if room < 1e-9 * max(1.0, abs(high)):  # one value, or none that a paper could tell apart
        room = abs(high) if abs(high) > 1e-9 else 1.0
    bottom, top = low - 0.08 * room, high + 0.12 * room
    first, last = (points[0].day, points[-1].day) if points else (None, None)
    days = max((last - first).days, 1) if first and last else 1

    def x(point: Point) -> float:
        return 0.02 + 0.94 * ((point.day - first).days / days if first else 0.0)

    def y(value: float) -> float:
        return (top - value) / (top - bottom)

    def joined(values: list[float | None]) -> list[list[float]]:
        pairs = zip(points, points[1:], values, values[1:], strict=False)
        return [[x(p), y(a), x(q), y(b)] for p, q, a, b in pairs if a is not None and b is not None]

    marks = [{"x": x(p), "y": y(p.value), "hue": ink.BY_STATE[p.signal or "ours"],
              "shape": "hollow" if p.partial
              else {"worse": "down", "better": "up"}.get(p.signal or "", "circle")}
             for p in points if p.value is not None]
    step = max(1, -(-len(points) // 6))
    return {
        "kind": "line",
        "segments": joined([p.value for p in points]),
        "before": joined([p.before for p in points]),
        "points": marks,
        "notes": [{"x": x(p), "y": y(p.value), "label": p.note}
                  for p in points if p.note and p.value is not None],
        "band": [y(chart.band[1]), y(chart.band[0])] if chart.band else None,
        "levels": [{"y": y(v.value), "label": v.label, "dashed": v.dashed} for v in chart.levels],
        "ticks": [{"y": y(v), "label": _figure(v, chart.percent)} for v in _ticks(low, high)],
        "days": [{"x": x(p), "label": p.label} for p in points[::step]],
    }


def _ticks(low: float, high: float) -> list[float]:
    """Round values between the lowest and the highest: as many as there are, at most three."""
    span = high - low
    if span <= 0:
        return [low]
    power = 10.0 ** floor(log10(span) - 1)
    for step in (power * size for size in (1, 2, 2.5, 5, 10, 20, 25, 50)):
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first < 3:
            break
    values = [round(n * step, 9) for n in range(first, last + 1)]
    return values or [round((low + high) / 2, 9)]


def _figure(value: float, percent: bool) -> str:
    return f"{value * 100:.4g}%" if percent else f"{value:.4g}"


def _grid(chart: Chart) -> dict[str, Any]:
    cells: tuple[Cell, ...] = chart.rows
    columns = list(dict.fromkeys(c.column for c in cells))
    at = {(c.row, c.column): c for c in cells}
    rows = []
    for name in dict.fromkeys(c.row for c in cells):
        rows.append({"label": name, "cells": [_cell(at.get((name, c))) for c in columns]})
    return {"kind": "grid", "columns": columns, "rows": rows}


def _cell(cell: Cell | None) -> dict[str, Any]:
    if cell is None or cell.value is None:
        return {"fill": None, "ink": ink.INK, "text": (cell.text if cell else "") or "–"}
    fill, letters = ink.HEAT[min(int(cell.value * len(ink.HEAT)), len(ink.HEAT) - 1)]
    return {"fill": fill, "ink": letters, "text": cell.text}
