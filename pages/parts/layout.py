"""What every figure shares: size, axes that stay put, words beside marks, thin rules."""

from __future__ import annotations

from typing import Any

from pages.parts import palette as ink

ROW = 96  # px of a row with its label above and its words below
FONT = "'Source Sans', 'Nirmala UI', 'Noto Sans', sans-serif"


def layout(height: int, **more: Any) -> dict[str, Any]:
    hidden = {"visible": False, "fixedrange": True}
    base: dict[str, Any] = {
        "height": height,
        "margin": {"l": 1, "r": 0, "t": 4, "b": 4},
        "barmode": "overlay",
        "dragmode": False,
        "showlegend": False,
        "paper_bgcolor": ink.CLEAR,
        "plot_bgcolor": ink.CLEAR,
        "font": {"family": FONT, "size": 13},
        "xaxis": dict(hidden),
        "yaxis": dict(hidden),
        "hoverlabel": {"font": {"family": FONT, "size": 13}},
        "clickmode": "event+select",
    }
    return {**base, **more}


def words(
    x: Any, y: Any, text: str, size: int = 13, shift: tuple[int, int] = (0, 0), **more: Any
) -> dict[str, Any]:
    return {
        "x": x,
        "y": y,
        "text": text,
        "showarrow": False,
        "xanchor": "left",
        "xshift": shift[0],
        "yshift": shift[1],
        "font": {"size": size},
        "align": "left",
        **more,
    }


def rule(
    x0: Any, x1: Any, y0: Any, y1: Any, dash: str = "solid", color: str = ink.REFERENCE, **more: Any
) -> dict[str, Any]:
    return {
        "type": "line",
        "x0": x0,
        "x1": x1,
        "y0": y0,
        "y1": y1,
        "line": {"color": color, "width": 1, "dash": dash},
        **more,
    }
