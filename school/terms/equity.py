"""What the Equity page says: gaps in counts of both groups, never one figure alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from school.config import Preset
from school.stats import half_up
from school.terms.groups import people
from school.terms.numbers import count_of, counted, grouped, points
from school.terms.words import Lead, joined, upper_first

if TYPE_CHECKING:
    from school.equity.values import Gap, Reach, Support

UNKNOWN_SHARE = 0.10  # of students, above which it is said that a group is not known
NO_GROUPS = Lead("We know no groups yet.", "Add a class list with a group column.")
NOTHING = Lead("There is nothing to compare yet.", "Add attendance, marks or learning levels.")


def others_words(
    value: str, values: Sequence[str], reference: str, say: Callable[[str], str],
) -> str:
    """Whom a group is compared with: the other of two, a chosen one, or 'all others'."""
    if reference:
        return say(reference)
    rest = [v for v in values if v != value]
    return say(rest[0]) if len(rest) == 1 else "all others"


def equity_lead(
    gaps: Sequence[Gap], *, groups: bool, measured: bool,
    unknown: Sequence[tuple[str, int, int]] = (), hidden: int = 0, reached: Sequence[Reach] = (),
    preset: Preset | None = None,
) -> Lead:
    """The finding: the clear gap that concerns most students, or that none is clear; then whom
    support reaches less often."""
    if not groups:
        return NO_GROUPS
    if not measured:
        return NOTHING
    unsaid = joined(*(unknown_sentence(*u, preset) for u in unknown))
    note = joined(reach_sentence(reached, preset), unsaid)
    clear = [g for g in gaps if g.clear]
    if clear:
        first = clear[0]
        return Lead(gap_sentence(first, preset),
                    joined(fewer_sentence(first, preset), _more(len(clear) - 1), note))
    if not gaps:
        if hidden:
            return Lead("Hidden to protect students: fewer than 10 in a group.", note)
        return Lead("No group is large enough to compare.",
                    joined("Both groups need 10 students or more.", note))
    if reached:
        return Lead("No gap is clear, but support reaches some less often.",
                    joined(f"{upper_first(_reach_words(reached[0], preset))}.", unsaid))
    worst = max(gaps, key=lambda g: abs(g.points))
    return Lead("No gap is clear.", joined(
        f"The largest, {points(worst.points)}, could be chance." if len(gaps) > 1
        else f"The one we could look at, {points(worst.points)}, could be chance.", note))


def gap_sentence(gap: Gap, preset: Preset | None = None) -> str:
    """'62 of 141 girls are below pass in Mathematics, and 42 of 152 boys: 16 points more, …'"""
    where = f"In {gap.inside}: " if gap.inside else ""
    here = count_of(gap.here.bad, gap.here.of, people(gap.who), preset)
    there = count_of(gap.other.bad, gap.other.of, people(gap.others), preset)
    words = f"{here} {gap.did}, and {there}: {more_words(gap.points)}, likely {span(gap)}."
    return f"{where}{words}" if where else upper_first(words)


def more_words(difference: float) -> str:
    """'16 points more' or '3 points fewer'."""
    if difference == 0:
        return "no difference"
    return f"{points(difference)} {'more' if difference > 0 else 'fewer'}"


def span(gap: Gap) -> str:
    """The range of a gap in points: '5 to 27', '−2 to 9'."""
    return points_span(gap.low, gap.high)


def points_span(low: float, high: float) -> str:
    """A range of differences of shares, in points."""
    return f"{grouped(half_up(100 * low))} to {grouped(half_up(100 * high))}"


def fewer_sentence(gap: Gap, preset: Preset | None = None) -> str:
    """'At the rate of boys about 23 of them fewer would be.'"""
    n = round(half_up(gap.students))
    if n < 1:
        return ""
    return f"At the rate of {people(gap.others)} about {grouped(n, preset)} of them fewer would be."


def _more(n: int) -> str:
    if n == 0:
        return ""
    return "One other gap is clear." if n == 1 else f"{n} other gaps are clear."


def unknown_sentence(column: str, unknown: int, of: int, preset: Preset | None = None) -> str:
    """That a group is not known for many; empty while it is for few."""
    if not of or unknown <= UNKNOWN_SHARE * of:
        return ""
    name = upper_first(column.removeprefix("group.").replace("_", " "))
    many = counted(unknown, "students", preset)
    return f"{name} is unknown for {many}; they are shown as unknown, not as no."


def concerned(gap: Gap, preset: Preset | None = None) -> str:
    """'about 23 students', for the end of a gap's line."""
    n = round(half_up(gap.students))
    return f"about {counted(n, 'students', preset)}" if n >= 1 else ""


def times_words(ratio: float, low: float, high: float) -> str:
    """'1.6 times as likely (1.2 to 2.1)'."""
    return f"{ratio:.1f} times as likely ({low:.1f} to {high:.1f})"


def support_sentence(
    who: str, others: str, found: Support, preset: Preset | None = None,
) -> str:
    """'Of the 62 girls with this need 20 have a plan of support, of the 42 boys 30. …'"""
    words = f"{upper_first(_planned(who, others, found, 'this need', preset))}."
    if found.range is None:
        return words
    low, high = found.range
    if low > 0 or high < 0:
        return f"{words} That is {'more' if low > 0 else 'fewer'} often beyond chance."
    return f"{words} That difference could be chance."


def reach_sentence(groups: Sequence[Reach], preset: Preset | None = None) -> str:
    """'Support reaches some less: of the 62 girls with a need …'; empty where nobody is missed."""
    if not groups:
        return ""
    return f"Support reaches some less often: {_reach_words(groups[0], preset)}."


def _reach_words(one: Reach, preset: Preset | None) -> str:
    words = _planned(one.who, "all others", one.found, "a need", preset)
    return f"{words}, beyond chance"


def _planned(who: str, others: str, found: Support, need: str, preset: Preset | None) -> str:
    """'of the 62 girls with this need 20 have a plan of support, of the 42 boys 30'."""
    has = "has" if found.planned == 1 else "have"
    return (f"of the {grouped(found.need, preset)} {people(who)} with {need} "
            f"{_number(found.planned, preset)} {has} a plan of support, "
            f"of the {grouped(found.other_need, preset)} {people(others)} "
            f"{_number(found.other_planned, preset)}")


def _number(n: int, preset: Preset | None) -> str:
    return grouped(n, preset) if n else "none"
