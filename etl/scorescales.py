"""Score scales of a OneRoster gradebook: which letters there are, in which order, and of what.

The standard (1.2, gradebook, csv binding) gives a scale as a list of pairs, such as
`{A:90-100},{B:80-89}`, and says in two files of links which piece of work or which single result is
marked on which scale. It does not say which letter is a pass, so no level of such a scale counts as
reached or not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.model import Sheet
from etl.scales import Scale, ScaleLevel
from etl.scores import number
from etl.siblings import Drop, first, lines_beside

Line = Mapping[str, str | None]
_PAIR = re.compile(r"\s*[{\[(]?\s*([^:=]*?)\s*[:=]\s*([^:=]*?)\s*[}\])]?\s*")
_BOUND = re.compile(r"-?\d+(?:\.\d+)?")
SOURCE = "the score scales of the export"


@dataclass(frozen=True)
class ScoreScales:
    """The scales of a drop by their ids, and the scale of a result or of a piece of work."""

    scales: Mapping[str, Scale]
    of_result: Mapping[str, str]
    of_item: Mapping[str, str]

    def of(self, result: Line, item: Line) -> Scale | None:
        """The scale of one result: its own, else that of its piece of work; by id or by title."""
        named = (
            first(result, "scorescalesourcedid", "scorescale", "scalescore")
            or self.of_result.get(result.get("sourcedid") or "")
            or first(item, "scorescalesourcedid", "scorescale")
            or self.of_item.get(item.get("sourcedid") or "")
        )
        if named is None:
            return None
        return self.scales.get(named) or next(
            (s for s in self.scales.values() if s.name == named), None)


def score_scales(sheet: Sheet, drop: Drop) -> ScoreScales:
    """What the files beside the results say of their scales."""
    scales = {name: made for name, line in lines_beside(sheet, drop, "scales").items()
              if (made := scale_of(line)) is not None}
    links = lines_beside(sheet, drop, "scale_links").values()
    places: dict[str, dict[str, str]] = {"resultsourcedid": {}, "lineitemsourcedid": {}}
    for line in links:
        for of, known in places.items():
            if line.get(of) and line.get("scorescalesourcedid"):
                known.setdefault(line[of] or "", line["scorescalesourcedid"] or "")
    return ScoreScales(scales, places["resultsourcedid"], places["lineitemsourcedid"])


def scale_of(line: Line) -> Scale | None:
    """A scale with its levels from the lowest to the highest; None where no order is told."""
    found = [(m[1], m[2]) for part in _parts(line.get("scorescalevalue") or "")
             if (m := _PAIR.fullmatch(part))]
    left = all(number(one) is None and not _range(one) for one, _ in found)
    levels = [(one, two) if left else (two, one) for one, two in found]
    bounds = [_BOUND.match(bound.strip()) for _, bound in levels]
    if len(levels) < 2 or not all(bounds) or not all(label for label, _ in levels):
        return None
    ordered = sorted(zip((float(b[0]) for b in bounds if b), levels, strict=True),
                     key=lambda pair: pair[0])
    return Scale(line.get("title") or "Score scale",
                 tuple(ScaleLevel(label, meaning=bound) for _, (label, bound) in ordered),
                 None, SOURCE)


def _parts(text: str) -> list[str]:
    """The pairs of a list; a comma inside braces parts nothing."""
    braced = re.findall(r"\{[^{}]*\}", text)
    return braced or [p for p in re.split(r"[,;|]", text) if p.strip()]


def _range(text: str) -> bool:
    """'90-100' is a range of scores and no level."""
    return re.fullmatch(r"\s*-?\d+(\.\d+)?\s*(-|–|to)\s*\d+(\.\d+)?\s*", text) is not None
