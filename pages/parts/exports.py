"""What a person takes into the meeting: the picture of a view, and its numbers as a workbook.

Plain data in, bytes out: nothing here asks the store, so an export can say no more than the page
it was made from and the `Answer`s behind it, and hides what they hide.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

import typst

from pages.parts import palette as ink
from pages.parts.drawing import drawing
from pages.parts.sheets import Handed, workbook
from pages.parts.spec import Chart
from school.terms import Lead

__all__ = ["Handed", "Handout", "picture", "workbook"]

TEMPLATE = Path(__file__).with_name("picture.typ")
PIXELS_PER_INCH = 144.0  # 800 points wide: 1600 px
# The first one that the computer has; the last is in typst itself. All scripts fall back by glyph.
FONTS = ("Source Sans 3", "Segoe UI", "Helvetica Neue", "Noto Sans", "Liberation Sans",
         "DejaVu Sans", "Nirmala UI", "Noto Sans Devanagari", "Noto Sans Kannada",
         "Libertinus Serif")


@dataclass(frozen=True)
class Handout:
    """What stands on the page that is taken away: the frame fills it with what it has drawn.

    `filters` is `describe(...)` of the view; `people` names who is counted ("604 students");
    `tiles` are (label, figure, words).
    """

    title: str
    lead: Lead
    filters: str
    as_of: date
    people: str = ""
    stamp: str = ""
    tiles: tuple[tuple[str, str, str], ...] = ()
    charts: tuple[Chart, ...] = ()
    invented: bool = False


def picture(handout: Handout, form: Literal["png", "pdf"] = "png") -> bytes:
    """The view as one picture, 1600 px wide, or as a tagged PDF that a screen reader can read."""
    inputs = {"handout": json.dumps(_values(handout, form), ensure_ascii=False)}
    if form == "pdf":
        return bytes(typst.compile(str(TEMPLATE), format="pdf", sys_inputs=inputs,
                                   pdf_standards=["ua-1"]))
    made = typst.compile(str(TEMPLATE), format="png", ppi=PIXELS_PER_INCH, sys_inputs=inputs)
    return bytes(made[0] if isinstance(made, list) else made)


def _values(handout: Handout, form: str) -> dict[str, Any]:
    dated = f"Data to {handout.as_of.day} {handout.as_of:%b %Y}"
    stamped = handout.stamp.startswith("Data to")  # the frame's stamp begins with the date
    foot = ["" if stamped else dated, handout.stamp, handout.people]
    return {
        "form": form,
        "fonts": FONTS,
        "title": handout.title,
        "bold": handout.lead.bold,
        "rest": handout.lead.rest,
        "filters": handout.filters,
        "tiles": [list(t) for t in handout.tiles],
        "charts": [drawing(c) for c in handout.charts],
        "invented": handout.invented,
        "foot": " · ".join(part for part in foot if part),
        "hues": {"ours": ink.OURS, "reference": ink.REFERENCE, "second": ink.SECOND,
                 "ink": ink.INK},
    }
