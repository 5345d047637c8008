"""What the Learning page says: what comes next, what stands in a cell, how a student grew."""

from __future__ import annotations

from dataclasses import dataclass

from school.config import Preset
from school.terms.numbers import count_of, counted, grouped, percent_range
from school.terms.words import Lead, joined, lower_first, word

NONE_YET = "No levels recorded yet."
TOO_FEW = "Too few questions to say."
MOST_CAN = "Most of those observed can do what was planned."
HIDDEN = "Hidden to protect students: fewer than 10 were observed."
# Reasons to look at a question of a test.
CHECK = {
    "hard": "hardly anybody got it right",
    "easy": "nearly everybody got it right",
    "against": "those who did well in the rest did no better here",
}


@dataclass(frozen=True)
class NextPhrase:
    """A goal in a class: of `students`, how many are not there yet, and how many nobody saw."""

    goal: str
    place: str  # 'Class 3 A'
    students: int
    not_there: int
    unobserved: int
    few: int = 0
    of_test: bool = False


def next_lead(found: NextPhrase, preset: Preset | None = None) -> Lead:
    """'Subtraction with borrowing comes next for Class 3 A: 18 of 32 are not there yet, …'."""
    there = _are(found.not_there, found.students, "not there yet", preset)
    seen = _were(found.unobserved, "not observed", preset)
    bold = f"{found.goal} comes next for {found.place}: {there}{seen}."
    if found.of_test:
        there = _are(found.not_there, found.students, "below the level expected", preset)
        bold = f"{found.goal} in {found.place}: {there}{seen}."
    return Lead(bold, _few(found.few, preset))


def next_share_lead(goal: str, place: str, share: str, of_test: bool) -> Lead:
    """What comes next, for readers outside the staff: a share, and no count of a few."""
    if of_test:
        return Lead(f"{goal} in {place}: {share} are at the level expected.")
    return Lead(f"{goal} comes next for {place}: {share} have reached it.")


def share_words(low: int, high: int) -> str:
    """A share as others may see it: '40%', 'at most 20%' or 'at least 80%'."""
    if low == high:
        return f"{low}%"
    return f"at most {high}%" if low == 0 else f"at least {low}%"


def share_span(low: int, high: int) -> str:
    """The same where there is little room, as in a cell of a grid on a phone: '0–20%'."""
    return f"{low}%" if low == high else f"{low}–{high}%"


def all_lead(students: int, goals: int, preset: Preset | None = None) -> Lead:
    """Everybody has reached everything that was planned."""
    if students == 1:
        return Lead("The one student can do what was planned.")
    what = "what was planned" if goals > 1 else "the one thing that was planned"
    return Lead(f"All {grouped(students, preset)} can do {what}.")


def most_lead(reached: int, judged: int, unobserved: int, preset: Preset | None = None) -> Lead:
    """Nothing comes next beyond single students: each goal is reached by most who were observed."""
    times = f"{grouped(reached, preset)} of {grouped(judged, preset)}"
    rest = f"Students and outcomes were seen {grouped(judged, preset)} times; {times} are reached."
    return Lead(MOST_CAN, joined(rest, _open(unobserved, preset)))


def too_few_seen(place: str) -> str:
    """Why nothing is said of a class."""
    return f"Too few were observed to say what comes next for {place}."


def thin_lead(judged: int, students: int, goal: str, place: str,
              preset: Preset | None = None) -> Lead:
    """Too few of a class were observed to say what comes next."""
    seen = count_of(judged, students, "students", preset)
    verb = "was" if judged == 1 else "were"
    return Lead(too_few_seen(place),
                f"{seen[:1].upper()}{seen[1:]} {verb} observed in {lower_first(goal)}.")


def plan_lead(goals: int, place: str, preset: Preset | None = None) -> Lead:
    """Outcomes are known, and nobody has looked yet."""
    thing = "outcome is" if goals == 1 else "outcomes are"
    return Lead(NONE_YET, f"{grouped(goals, preset)} {thing} planned for {place}.")


def none_lead(place: str = "") -> Lead:
    """Nothing is known at all; the way on is the grid of a class."""
    grid = f"the grid for {place}" if place else "a grid"
    return Lead(NONE_YET, f"Download {grid}, fill it in Excel, drop it back.")


def cell_words(
    reached: int, judged: int, likely: tuple[float, float] | None, unobserved: int, few: int,
    preset: Preset | None = None,
) -> str:
    """What the panel says of one cell, in whole sentences."""
    if not judged:
        return joined(TOO_FEW if few else "Nobody was observed yet.",
                      _open(unobserved, preset) if few else "")
    did = _did(reached, judged, preset)
    range_ = f", likely {percent_range(*likely)}" if likely and judged > 1 else ""
    return joined(f"{did[:1].upper()}{did[1:]}{range_}.", _open(unobserved, preset),
                  _few(few, preset))


def pooled_words(reached: int, judged: int, kind: str, preset: Preset | None = None) -> str:
    """What the panel says of a goal that is looked at through others."""
    through = "the abilities and concepts it rests on" if kind == "outcome" else \
        "the outcomes that rest on it"
    seen = counted(judged, "times", preset)
    return f"In {through} students were seen {seen}, and had reached {_times(reached, preset)}."


def _times(n: int, preset: Preset | None) -> str:
    return f"them {counted(n, 'times', preset)}" if n else "none of them"


def behind_words(behind: tuple[str, ...], kind: str) -> str:
    """Which goals a roll-up still waits for."""
    if not behind:
        return "Each of them is reached by most."
    through = "Not yet reached by most" if kind == "outcome" else "Outcomes not yet reached by most"
    return f"{through}: {'; '.join(behind)}."


def no_line_words(n: int, preset: Preset | None = None) -> str:
    """Students at a level without a meaning."""
    stand = "stands" if n == 1 else "stand"
    return (f"{counted(n, 'students', preset)} {stand} at a level of which nobody said whether it "
            "is reached.")


def growth_words(
    goal: str, first: str, last: str, since: str, up: bool | None, lower: bool = False
) -> str:
    """'Adds: up from Not yet to Nearly since 12 Jun 2025.' Never a comparison with others."""
    if up is None:
        return f"{goal}: {last}, seen first on {since}."
    if up:
        return f"{goal}: up from {first} to {last} since {since}."
    if lower:
        return f"{goal}: {last} now, {first} on {since}."
    return f"{goal}: {last}, as on {since}."


def room_words(name: str, preset: Preset | None) -> str:
    """A class as people say it: 'Class 3 A'; a name of its own stands alone."""
    if not name:
        return f"no {word(preset, 'class')} named"
    kind = word(preset, "grade" if preset and preset.name == "india" else "class")
    return name if name[:1].isalpha() else f"{kind[:1].upper()}{kind[1:]} {name}"


def tier_words(tier: str) -> str:
    """A tier of skills as a choice."""
    return {"basic": "Basic", "advanced": "Advanced", "": "All skills"}.get(tier, tier)


def _are(x: int, n: int, what: str, preset: Preset | None) -> str:
    """'18 of 32 are not there yet', 'all 12 are', 'the one student is'."""
    if n == 1:
        return f"the one student is {what}"
    if x == n:
        return f"all {grouped(n, preset)} are {what}"
    return f"{grouped(x, preset)} of {grouped(n, preset)} {'is' if x == 1 else 'are'} {what}"


def _were(n: int, what: str, preset: Preset | None) -> str:
    return "" if not n else f", {grouped(n, preset)} {'was' if n == 1 else 'were'} {what}"


def _did(reached: int, judged: int, preset: Preset | None) -> str:
    if judged == 1:
        return "the one student observed has reached it" if reached else \
            "the one student observed has not reached it yet"
    if reached in (0, judged):
        return f"{'all' if reached else 'none of the'} {grouped(judged, preset)} observed " \
            f"{'have' if reached else 'has'} reached it"
    return f"{grouped(reached, preset)} of {grouped(judged, preset)} observed " \
        f"{'has' if reached == 1 else 'have'} reached it"


def _open(n: int, preset: Preset | None) -> str:
    return f"Not observed: {grouped(n, preset)}." if n else ""


def _few(n: int, preset: Preset | None) -> str:
    return f"{counted(n, 'students', preset)} answered too few questions to say." if n else ""
