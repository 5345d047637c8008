"""Sentences beside a number: what differs beyond chance, and what comes by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from school.config import Preset
from school.terms.numbers import counted, grouped, percent, range_words

if TYPE_CHECKING:
    from school.growth import Below, Group
    from school.measures.reliability import Reliability
    from school.weekdays import Pattern

SAME_START = ("What each group gained above or below what students with the same first score "
              "gained on average. In the order of the school; no rank.")


def weekday_sentence(found: Pattern) -> str:
    """'More is missed on Mondays (9.1%) than on other days, beyond chance.'"""
    if found.why:
        return f"Days of the week cannot be compared yet: {found.why}."
    whole = sum(d.possible for d in found.weekdays)
    usual = sum(d.absent for d in found.weekdays) / whole if whole else 0.0
    more = [d for d in found.weekdays if d.flagged and d.rate > usual]
    if not more:
        return "No day of the week stands out beyond chance."
    named = " and ".join(f"{d.name}s ({percent(d.rate, None, 1)})" for d in more)
    inside = [d for d in more if d.apart is not None]
    apart = ", also " + " and ".join(percent(d.apart or 0.0, None, 1) for d in inside) + \
        " without days beside a holiday" if inside else ""
    return f"More is missed on {named} than on other days, beyond chance{apart}."


def by_itself_sentence(found: Below, preset: Preset | None = None) -> str:
    """'The 31 students who started lowest gained 8.1 points; about 5.0 of these come by itself.'"""
    who = counted(found.students, "students", preset)
    head = f"The {who} who started lowest gained {grouped(found.gain, preset, 1)} points"
    if found.by_itself < 0.05:
        return f"{head}."
    left = found.gain - found.by_itself - found.all_gain
    rest = f"{grouped(left, preset, 1)} points are left" if left > 0 else "nothing is left"
    return (f"{head}. A group picked because it was low rises by itself: about "
            f"{grouped(found.by_itself, preset, 1)} of these points, beside the "
            f"{grouped(found.all_gain, preset, 1)} that everybody gained; {rest}.")


def residual_line(name: str, group: Group, preset: Preset | None = None) -> dict[str, object]:
    """A line of the table of gains against others with the same start."""
    if group.value is None or group.low is None or group.high is None:
        return {"Group": name, "Students": group.students, "Above the same start": "too few",
                "Likely": ""}
    return {"Group": name, "Students": group.students,
            "Above the same start": grouped(group.value, preset, 1),
            "Likely": range_words(group.low, group.high, preset, 1)}


def reliability_sentence(found: Reliability) -> str:
    """Whether the questions hang together; a guide, and never that they measure one thing."""
    if found.alpha is None:
        return f"Whether the questions hang together cannot be told: {found.why}."
    return (f"{found.questions} questions answered by {counted(found.complete, 'people')} hang "
            f"together to {found.alpha:.2f} of 1 (alpha; 0.70 is used as a guide, and it does not "
            "say that they measure one thing).")


def apart_sentence(above: Sequence[str], below: Sequence[str], looked: int, name: str) -> str:
    """'Monday (8.1%) lies above the others beyond chance, Wednesday (6.1%) below.'"""
    if not above and not below:
        return f"The differences by {name} could be chance."
    parts = [f"{_some(some)} {'lies' if len(some) == 1 else 'lie'} {way} the others"
             for some, way in ((above, "above"), (below, "below")) if some]
    return f"{', '.join(parts)}, beyond chance; all {looked} were looked at."


def _some(names: Sequence[str]) -> str:
    """At most two by name: 'A', 'A and B', 'A, B and 3 more'."""
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]}, {names[1]} and {len(names) - 2} more"
