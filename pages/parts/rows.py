"""Charts made of rows: a label above each, its mark, its value right of it, its words below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pages.parts import palette as ink
from pages.parts.layout import ROW, layout, rule, words
from pages.parts.spec import Bar, Chart, Item

LETTERS = 44  # of a label in one line on a phone
SECOND_LINE = 0.3  # of a row's height that a label in two lines needs more
BAND = 0.15  # of a row's height above and below its mark, free of words


def ranked(chart: Chart, chosen: str | None) -> dict[str, Any]:
    """Bars: solid to the cautious end, pale to the other, an ink line at the best estimate."""
    rows: tuple[Bar, ...] = chart.rows
    y, gap = _places(chart)
    width = max([r.high or r.value or 0 for r in rows] + [1e-9]) / 0.7
    solid = [max(0.0, r.low if r.low is not None else r.value or 0) for r in rows]
    far = [max(s, r.high if r.high is not None else r.value or 0)
           for s, r in zip(solid, rows, strict=True)]
    hues = [ink.OURS if r.state == "chance" else ink.BY_STATE[r.state] for r in rows]
    quiet = {
        "type": "bar", "orientation": "h", "y": y, "width": 0.24, "hoverinfo": "none",
        "customdata": [r.key for r in rows], "unselected": {"marker": {"opacity": 1}},
    }
    traces: list[dict[str, Any]] = [
        _target(chart, y, 0, width, chosen),
        {**quiet, "x": [b - a for a, b in zip(solid, far, strict=True)], "base": solid,
         "marker": {"color": [ink.PALE[h] for h in hues], "line": {"color": hues, "width": 1}}},
        {**quiet, "x": solid, "marker": {"color": hues}},
        _estimates(rows, y, ink.PAPER, 6),
        _estimates(rows, y, ink.INK, 2.5),
    ]
    notes = [n for r, at, end in zip(rows, y, far, strict=True) for n in _row_words(r, 0, at, end)]
    shapes = []
    if gap is not None:
        shapes.append(rule(0, width, gap, gap, dash="dot"))
        notes.append(words(0, gap, chart.divider, 13, (0, -12), opacity=0.8))
    return {"data": traces, "layout": _rows_layout(y, width, 0, notes, shapes, _headroom(rows))}


def _estimates(rows: Sequence[Bar], y: list[float], color: str, size: float) -> dict[str, Any]:
    """Upright lines at the best estimates; drawn in white, then in ink, they show on any page.

    A count that is sure has no range, and its bar needs no line at its end.
    """
    at = [(r, where) for r, where in zip(rows, y, strict=True)
          if r.low is None or r.low != r.high]
    rows, y = [r for r, _ in at], [where for _, where in at]
    return {
        "type": "scatter", "mode": "markers", "x": [r.value for r in rows], "y": y,
        "hoverinfo": "none", "customdata": [r.key for r in rows],
        "unselected": {"marker": {"opacity": 1}},
        "marker": {"symbol": "line-ns", "size": 13, "line": {"color": color, "width": size}},
    }


def dots(chart: Chart, chosen: str | None) -> dict[str, Any]:
    rows: tuple[Bar, ...] = chart.rows
    y, _ = _places(chart)
    seen = [v for r in rows for v in (r.low, r.value, r.high) if v is not None]
    seen += [level.value for level in chart.levels]
    low, high = (min(seen), max(seen)) if seen else (0.0, 1.0)
    room = (high - low) or abs(high) or 1.0
    longest = max((len(r.text) for r in rows), default=0)  # right of the mark, also on a phone
    start, end = low - room * 0.03, high + room * max(0.28, 0.034 * longest)
    traces: list[dict[str, Any]] = [_target(chart, y, start, end - start, chosen)]
    for row, at in zip(rows, y, strict=True):
        hue = ink.BY_STATE[row.state]
        if row.low is not None and row.high is not None:
            traces.append(
                {
                    "type": "scatter",
                    "mode": "lines",
                    "x": [row.low, row.high],
                    "y": [at, at],
                    "line": {"color": hue, "width": 2},
                    "hoverinfo": "skip",
                }
            )
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": [row.value],
                "y": [at],
                "customdata": [row.key],
                "hoverinfo": "none",
                "unselected": {"marker": {"opacity": 1}},
                "marker": {
                    "size": 13,
                    "color": ink.PALE[hue] if row.state == "chance" else hue,
                    "symbol": "circle",
                    "line": {"color": hue, "width": 2},
                },
            }
        )
    notes: list[dict[str, Any]] = []
    for row, at in zip(rows, y, strict=True):
        ends = [v for v in (row.high, row.value) if v is not None]
        notes += _row_words(row, start, at, max(ends) if ends else start)
    shapes = [  # beside the marks only: a line through the words would cross them out
        rule(v.value, v.value, at - BAND, at + BAND, "dash" if v.dashed else "solid")
        for v in chart.levels for at in y
    ]
    notes += [
        words(v.value, 1, v.label, 13, (4, 0), yref="paper", yanchor="top", opacity=0.8)
        for v in chart.levels
    ]
    # room for the names of the lines, over the first row
    above = _headroom(rows) + (0.3 if chart.levels else 0.0)
    return {"data": traces, "layout": _rows_layout(y, end, start, notes, shapes, above)}


def steps(chart: Chart, chosen: str | None) -> dict[str, Any]:
    """Bars that begin where the one before ended; solid for the whole, pale for what left."""
    rows: tuple[Bar, ...] = chart.rows
    y, _ = _places_plain(len(rows), 1.0)
    low = [r.low or 0.0 for r in rows]
    high = [r.high or 0.0 for r in rows]
    width = max([*high, 1.0]) * 1.2
    hues = [ink.BY_STATE[r.state] for r in rows]
    pale = [r.state in ("chance", "worse") for r in rows]
    traces = [_target(chart, y, 0, width, chosen), {
        "type": "bar", "orientation": "h", "y": y, "width": 0.3, "base": low,
        "x": [b - a for a, b in zip(low, high, strict=True)], "hoverinfo": "none",
        "customdata": [r.key for r in rows], "unselected": {"marker": {"opacity": 1}},
        "marker": {"color": [ink.PALE[h] if p else h for h, p in zip(hues, pale, strict=True)],
                   "line": {"color": hues, "width": 1.5}},
    }]
    notes = [n for r, at, end in zip(rows, y, high, strict=True)
             for n in _row_words(r, 0, at, end)]
    return {"data": traces, "layout": _rows_layout(y, width, 0, notes, [], _headroom(rows))}


def agreement(chart: Chart, chosen: str | None) -> dict[str, Any]:
    rows: tuple[Item, ...] = chart.rows
    y, _ = _places_plain(len(rows))
    totals = [sum(r.counts) for r in rows]
    starts = [0.0] * len(rows)
    traces: list[dict[str, Any]] = [_target(chart, y, 0, 1.02, chosen)]
    for part, (fill, text) in enumerate(ink.AGREEMENT):
        share = [r.counts[part] / t if t else 0 for r, t in zip(rows, totals, strict=True)]
        traces.append(
            {
                "type": "bar",
                "orientation": "h",
                "y": y,
                "x": share,
                "base": list(starts),
                "width": 0.3,
                "marker": {"color": fill, "line": {"color": ink.REFERENCE, "width": 1}},
                "hoverinfo": "none",
                "text": [
                    str(r.counts[part]) if s >= 0.12 else ""
                    for r, s in zip(rows, share, strict=True)
                ],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textfont": {"color": text, "size": 13},
                "customdata": [r.key for r in rows],
                "unselected": {"marker": {"opacity": 1}},
                "textangle": 0,
            }
        )
        starts = [a + s for a, s in zip(starts, share, strict=True)]
    notes = [
        words(0, at, f"<b>{wrapped(r.label)}</b>", 15, (0, 18), yanchor="bottom")
        for r, at in zip(rows, y, strict=True)
    ]
    notes += [
        words(0, at, r.text, 13, (0, -28), opacity=0.85) for r, at in zip(rows, y, strict=True)
    ]
    return {"data": traces, "layout": _rows_layout(y, 1.02, 0, notes, [])}


def _places(chart: Chart) -> tuple[list[float], float | None]:
    """Height of each row, top first, leaving room above the first that could be chance."""
    places: list[float] = []
    y, gap = 0.0, None
    for row in chart.rows:
        second = SECOND_LINE if len(row.label) > LETTERS else 0.0
        y -= second if places else 0.0
        if chart.divider and gap is None and row.state == "chance":
            y -= 0.5 if places else 0.2 + second
            gap = y + 0.68 + second
        places.append(y)
        y -= 1.0
    return places, gap


def _headroom(rows: Sequence[Bar]) -> float:
    """Room over the first row for the second line of its label."""
    return SECOND_LINE if rows and len(rows[0].label) > LETTERS else 0.0


def _places_plain(n: int, apart: float = 1.25) -> tuple[list[float], None]:
    return [-float(i) * apart for i in range(n)], None


def _target(
    chart: Chart, y: list[float], start: float, width: float, chosen: str | None
) -> dict[str, Any]:
    """Transparent bars over whole rows, so that a click anywhere on a row is a click on it."""
    keys = [r.key for r in chart.rows]
    return {
        "type": "bar",
        "orientation": "h",
        "x": [width] * len(y),
        "base": [start] * len(y),
        "y": y,
        "width": 0.92,
        "customdata": keys,
        "hoverinfo": "none",
        "marker": {"color": [ink.FAINT if k == chosen else ink.CLEAR for k in keys]},
        "unselected": {"marker": {"opacity": 1}},
    }


def _row_words(row: Any, x: float, y: float, end: float, above: int = 26) -> list[dict[str, Any]]:
    right = f"<b>{row.text}</b>" + (f"  {row.range_text}" if getattr(row, "range_text", "") else "")
    label = f"<b>{wrapped(row.label)}</b>"
    out = [words(x, y, label, 15, (0, above - 9), yanchor="bottom") if "<br>" in label
           else words(x, y, label, 15, (0, above))]
    if row.text:
        out.append(words(end, y, right, 13, (6, 0)))
    if getattr(row, "sub", ""):
        out.append(words(x, y, row.sub, 13, (0, -above), opacity=0.8))
    return out


def _rows_layout(
    y: list[float], end: float, start: float, notes: list[Any], shapes: list[Any],
    above: float = 0.0,
) -> dict[str, Any]:
    low, top = (y[-1] if y else 0) - 0.5, 0.5 + above
    return layout(
        int((top - low) * ROW) + 8,
        annotations=notes,
        shapes=shapes,
        xaxis={"visible": False, "fixedrange": True, "range": [start, end]},
        yaxis={"visible": False, "fixedrange": True, "range": [low, top]},
    )


def wrapped(text: str, width: int = LETTERS) -> str:
    """A long label in at most two lines; the table below has the whole of it."""
    if len(text) <= width:
        return text
    cut = text.rfind(" ", 0, width)
    rest = text[cut + 1 :]
    return text[:cut] + "<br>" + (rest if len(rest) <= width else rest[: width - 1].rstrip() + "…")
