"""Numbers as a principal reads them: counts with their base, percent, points, ranges."""

from __future__ import annotations

from school.config import Preset
from school.stats import half_up
from school.terms.words import noun

_ONE_IN = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 100)
MINUS = "−"


def grouped(value: float, preset: Preset | None = None, places: int = 0) -> str:
    """A number with its thousands parted as the country does: 1,13,249 or 113,249."""
    text = f"{abs(half_up(value, places)):.{places}f}"
    whole, _, rest = text.partition(".")
    if preset is not None and preset.grouping == "indian" and len(whole) > 3:
        head, tail = whole[:-3], whole[-3:]
        pairs = [head[max(0, i - 2):i] for i in range(len(head), 0, -2)][::-1]
        whole = ",".join([*pairs, tail])
    else:
        whole = f"{int(whole):,}"
    sign = MINUS if half_up(value, places) < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"


def big(value: float, preset: Preset | None = None) -> str:
    """A number for a tile: above 9,999 as '12.4 thousand', in India from a lakh as '1.13 lakh'."""
    if value <= 9_999:
        return grouped(value, preset)
    if preset is not None and preset.grouping == "indian" and value >= 99_950:
        if value >= 9_995_000:
            return f"{grouped(value / 1e7, preset, 2)} crore"
        return f"{grouped(value / 1e5, preset, 2)} lakh"
    if value >= 999_950:
        return f"{grouped(value / 1e6, preset, 2)} million"
    return f"{grouped(value / 1e3, preset, 1)} thousand"


def count_of(x: int, n: int, plural: str, preset: Preset | None = None) -> str:
    """A count with its base: '112 of 604 students', 'none of the 604 students'."""
    if n == 0:
        return f"no {plural}"
    base = f"{grouped(n, preset)} {noun(n, plural)}"
    if x == 0:
        return f"none of the {base}" if n > 1 else f"not the one {noun(1, plural)}"
    if x == n:
        return f"all {base}" if n > 1 else f"the one {noun(1, plural)}"
    return f"{grouped(x, preset)} of {base}"


def counted(n: int, plural: str, preset: Preset | None = None) -> str:
    """A count with its noun: '12 weeks', '1 week', 'no weeks'."""
    return f"{grouped(n, preset) if n else 'no'} {noun(n, plural)}"


def some_of_words(shown: int, all_: int, preset: Preset | None = None) -> str:
    """That a picture holds only the first parts, and how to come to the others."""
    return (f"These are the first {grouped(shown, preset)} of {grouped(all_, preset)}, in their "
            "order. Choose some above to see others, or split by something larger.")


def one_in(x: int, n: int) -> str | None:
    """'nearly 1 in 5' for one number alone; '42 of every 100' where no such words are near.

    None under 30, where counts speak for themselves. Never used to compare two numbers.
    """
    if n < 30:
        return None
    if x in (0, n):
        return "none" if x == 0 else "all"
    rate = x / n
    m = min(_ONE_IN, key=lambda k: abs(rate * k - 1))
    near = round(rate * m - 1, 9)
    if near == 0:
        return f"1 in {m}"
    if abs(near) <= 0.03:
        return f"about 1 in {m}"
    if -0.10 <= near < 0:
        return f"nearly 1 in {m}"
    if 0 < near <= 0.10:
        return f"more than 1 in {m}"
    of = int(half_up(rate * 100))
    if of in (0, 100):
        return "fewer than 1 of every 100" if of == 0 else "more than 99 of every 100"
    return f"{of} of every 100"


def percent(rate: float, n: int | None = None, places: int = 0) -> str:
    """A share as percent: '19%', '93.1%'; 'under 1%' for a little, never a decimal under 100."""
    places = 0 if (n is not None and n < 100) or rate in (0, 1) else places
    shown = half_up(rate * 100, places)
    least = f"{10 ** -places:.{places}f}%"
    if shown == 0 and rate > 0:
        return f"under {least}"
    if shown == 100 and rate < 1:
        return f"over {100 - 10 ** -places:.{places}f}%"
    return f"{shown:.{places}f}%"


def points(difference: float, places: int = 0) -> str:
    """A difference of two shares, without direction: '4 points', '1 point', 'under 1 point'."""
    shown = half_up(abs(difference) * 100, places)
    if shown == 0 and difference != 0:
        return "under 1 point" if places == 0 else f"under {10 ** -places:.{places}f} points"
    return f"{shown:.{places}f} {'point' if shown == 1 else 'points'}"


def change_words(before: float, now: float, n: int | None = None, places: int = 0) -> str:
    """How a share moved: '4 points lower (97.1% to 93.1%)'."""
    old, new = percent(before, n, places), percent(now, n, places)
    if old == new:
        return f"the same ({new})"
    way = "higher" if now > before else "lower"
    return f"{points(now - before, 0)} {way} ({old} to {new})"


def range_words(low: float, high: float, preset: Preset | None = None, places: int = 0) -> str:
    """A range of counts or means: '34 to 72'; one figure where both ends show the same."""
    one, two = grouped(low, preset, places), grouped(high, preset, places)
    return one if one == two else f"{one} to {two}"


def percent_range(low: float, high: float, n: int | None = None, places: int = 0) -> str:
    """A range of shares: '89.6% to 92.6%'."""
    one, two = percent(low, n, places), percent(high, n, places)
    return one if one == two else f"{one} to {two}"


def at_least(low: float, preset: Preset | None = None) -> str:
    """The low end of a count in words: 'at least 34', or 'could be chance'."""
    return "could be chance" if low < 0.5 else f"at least {grouped(low, preset)}"
