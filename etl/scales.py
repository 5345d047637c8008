"""Level scales: names, levels from lowest to highest, and which count as reached.

The scales are data in `scales.toml`. A column of words is compared with every scale; the answer is
the scale that knows all of them. A scale that nobody published a mark for has `cut` None: then no
share at or above it is shown.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True)
class ScaleLevel:
    """One level: the words on screen, other spellings, and what a student at it can do."""

    label: str
    spellings: tuple[str, ...] = ()
    meaning: str = ""


@dataclass(frozen=True)
class Scale:
    """Levels from lowest to highest. Levels from number `cut` (1 is the lowest) count as reached.

    `hints` are words of a header or title that name the scale; `needs_hint` keeps a scale of
    everyday words ('word', '1', 'A') from being taken for it without one.
    """

    name: str
    levels: tuple[ScaleLevel, ...]
    cut: int | None
    source: str
    hints: tuple[str, ...] = ()
    needs_hint: bool = False
    signs: bool = False
    lookup: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spelled = {
            plain(text): order
            for order, level in enumerate(self.levels, 1)
            for text in (level.label, *level.spellings)
        }
        object.__setattr__(self, "lookup", spelled)

    def order(self, text: str) -> int | None:
        """Place of a spelling on the scale, 1 lowest; None if it is not one of its levels."""
        return self.lookup.get(plain(text))

    def label(self, text: str) -> str | None:
        """The level as the scale writes it."""
        order = self.order(text)
        return None if order is None else self.levels[order - 1].label

    def reached(self, order: int) -> bool | None:
        """Whether a level counts as reached; None where the scale has no cut."""
        return None if self.cut is None else order >= self.cut


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Letters, digits and signs of grades in small letters: 'Std-I  Text' -> 'std i text'."""
    dashed = re.sub(r"[‐-―−]", "-", text)
    folded = unicodedata.normalize("NFKD", dashed).encode("ascii", "ignore").decode().lower()
    folded = re.sub(r"^\s*([a-z])\s*-\s*$", r"\1 minus", folded)
    return re.sub(r"[^a-z0-9+*<>]+", " ", folded).strip()


def read_scales(path: Path) -> tuple[Scale, ...]:
    """The scales of a data file."""
    with path.open("rb") as file:
        entries = tomllib.load(file)["scale"]
    return tuple(
        Scale(
            name=entry["name"],
            levels=tuple(
                ScaleLevel(lv["label"], tuple(lv.get("spellings", ())), lv.get("meaning", ""))
                for lv in entry["levels"]
            ),
            cut=entry.get("cut"),
            source=entry["source"],
            hints=tuple(entry.get("hints", ())),
            needs_hint=entry.get("needs_hint", False),
            signs=entry.get("signs", False),
        )
        for entry in entries
    )


SCALES: tuple[Scale, ...] = read_scales(Path(__file__).with_name("scales.toml"))
BY_NAME: Mapping[str, Scale] = {scale.name: scale for scale in SCALES}

# Single letters stand for ASER levels only where the header or the title names the scale.
_SHORT = 2


def recognise_scale(values: Iterable[str], header: str = "") -> Scale | None:
    """The scale that knows all of these words; a hint in the header decides between several."""
    words = {plain(v) for v in values} - {""}
    if not words:
        return None
    title = plain(header)
    best: tuple[int, int, Scale] | None = None
    for place, scale in enumerate(SCALES):
        if not words <= scale.lookup.keys():
            continue
        hinted = any(plain(hint) in title for hint in scale.hints)
        telling = scale.signs or any(len(w) > _SHORT and not w.isdigit() for w in words)
        if not hinted and (scale.needs_hint or not telling):
            continue
        score = (int(hinted), -place)
        if best is None or score > best[:2]:
            best = (*score, scale)
    return best[2] if best else None
