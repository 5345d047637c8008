"""What of a survey may be seen: five answers, ten for a group or for written words, never one mind.

These rules hold for everybody, own staff too: who answered was promised not to be found out.
"""

from __future__ import annotations

from school.stats import least
from school.terms.feedback import alike_words, hidden_words
from school.voice.asked import Counts

LEAST, LEAST_GROUP = least.ANSWERS, least.ANSWERS_GROUP
LEAST_TEXT, LEAST_ALIKE = least.ANSWERS_TEXT, least.ANSWERS_ALIKE


def why_hidden(item: Counts) -> str | None:
    """The reason for which a question shows nothing; None where it may be seen."""
    least = LEAST_TEXT if item.kind == "text" else LEAST
    if item.n < least:
        return hidden_words(item.n, least)
    if item.n < LEAST_ALIKE and _alike(item):
        return alike_words(item.n)
    return None


def _alike(item: Counts) -> bool:
    """Whether everybody gave the same answer, or stands on the same side."""
    if item.kind == "agreement":
        return item.agree in (0, item.n)
    if item.kind == "choice":
        return len(item.values) <= 1
    if item.kind == "number" and item.numbers:
        return abs(item.squares * item.numbers - item.total * item.total) < 1e-9
    return False
