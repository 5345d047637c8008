"""Groups of students as people call them: 'students without a disability', 'language: Urdu'.

A kind of group that is answered by yes or no has a name for both answers here; another kind keeps
its question beside the answer, because 'not hostel' would be nobody's word.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

_MANY = 4  # values that are named; more are counted
_SEX = {"female": "girls", "f": "girls", "girl": "girls",
        "male": "boys", "m": "boys", "boy": "boys"}
_YES = {"yes", "y", "true", "1"}
_NO = {"no", "n", "false", "0"}

# Kind of group -> who answers yes, and who answers no.
_CALLED: Mapping[str, tuple[str, str]] = MappingProxyType({
    "disability": ("students with a disability", "students without a disability"),
    "first_generation": ("first-generation learners", "students other than first-generation ones"),
    "english_learner": ("English learners", "students other than English learners"),
    "economic_status": ("disadvantaged students", "students who are not disadvantaged"),
})


def group_words(kind: str, labels: Sequence[str]) -> str:
    """A group, or several of one kind, in words; `kind` is a column without 'group.'."""
    if kind == "sex":
        return listed([_SEX.get(label.lower(), label) for label in labels])
    if len(labels) == 1 and (called := _called(kind, labels[0].lower())):
        return called
    name = kind.replace("_", " ")
    return f"{name}: {listed(labels) if len(labels) <= _MANY else f'{len(labels)} groups'}"


def _called(kind: str, answer: str) -> str | None:
    """The name of those who gave this answer, where the kind has one."""
    if kind not in _CALLED:
        return None
    yes, no = _CALLED[kind]
    if answer in _YES | {"disadvantaged"}:
        return yes
    return no if answer in _NO | {"not disadvantaged"} else None


def people(who: str) -> str:
    """A group as a noun: 'girls', 'others', 'students (language: Urdu)'."""
    if who == "all others":
        return "others"
    return f"students ({who})" if ": " in who else who


def listed(labels: Sequence[str]) -> str:
    """'6', '6 and 7', '6, 7 and 8'."""
    if len(labels) == 1:
        return labels[0]
    return f"{', '.join(labels[:-1])} and {labels[-1]}"
