"""What a mark means: the preset's codes, plain words, yes and no where the header says so; the rest
is asked.

A mark that nobody explained is never guessed: it becomes a question, and its rows wait for the
answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from etl.fields import normalise
from etl.model import Context, Question, Sheet
from school.config import BARE_CODES, CATEGORY_WORDS, Code, preset

_ABSENT, _PRESENT = Code("absent_unauthorised", "Absent", 2), Code("present", "Present")
_WITH_LEAVE = Code("absent_authorised", "Absent with leave", 2)

# Words that say themselves what they mean, in any country.
_WORDS: Mapping[str, Code] = {
    **dict.fromkeys(
        (
            "present",
            "inattendance",
            "attended",
            "attending",
            "here",
            "p r e s e n t".replace(" ", ""),
        ),
        _PRESENT,
    ),
    **dict.fromkeys(
        (
            "absent",
            "unexcused",
            "unexcusedabsence",
            "absentunexcused",
            "absentunauthorised",
            "truant",
            "unauthorisedabsence",
            "absence",
            "notpresent",
        ),
        _ABSENT,
    ),
    **dict.fromkeys(
        (
            "excused",
            "excusedabsence",
            "absentexcused",
            "authorisedabsence",
            "absentauthorised",
            "absentwithleave",
            "leave",
            "medicalleave",
            "sick",
            "ill",
            "illness",
            "medical",
            "onleave",
        ),
        _WITH_LEAVE,
    ),
    **dict.fromkeys(
        ("late", "tardy", "lateness", "arrivedlate"), Code("present", "Late", late=True)
    ),
    **dict.fromkeys(
        ("earlydeparture", "leftearly", "partial", "partialday"),
        Code("present", "Present for part of the day"),
    ),
    **dict.fromkeys(("halfday",), Code("present", "Half day", 1)),
    **dict.fromkeys(
        ("onduty", "fieldtrip", "approvedactivity", "educationalvisit", "schooltrip"),
        Code("approved_activity", "On duty or approved activity"),
    ),
    **dict.fromkeys(
        (
            "holiday",
            "sunday",
            "weekend",
            "noschool",
            "schoolclosed",
            "closed",
            "vacation",
            "notexpected",
            "notenrolled",
            "notenrolledyet",
        ),
        Code("not_possible", "Holiday or not expected"),
    ),
    **dict.fromkeys(
        ("notmarked", "notrecorded", "unmarked", "nomark"), Code("not_recorded", "Not marked")
    ),
}
_YES = frozenset(("y", "yes", "true", "1", "t"))
_NO = frozenset(("n", "no", "false", "0", "f"))
# What a person may say of a mark: the categories, and two kinds of presence that schools mark.
ANSWERS = (CATEGORY_WORDS["present"], "Late", "Half day",
           *(words for category, words in CATEGORY_WORDS.items() if category != "present"))
_HALF_ANSWERS = frozenset(("half", "halfday", "presenthalfaday", "halfdaypresent"))


@dataclass(frozen=True)
class Codes:
    """Meaning of each mark of a sheet; None for one that is still asked about."""

    meaning: Mapping[str, Code | None]
    questions: tuple[Question, ...]

    @property
    def unknown(self) -> frozenset[str]:
        """Marks without a meaning."""
        return frozenset(m for m, code in self.meaning.items() if code is None)


def known_code(mark: str, context: Context) -> Code | None:
    """What the preset or plain words make of `mark`; None if nobody said. Without a preset: P and
    A.
    """
    chosen = preset(context.preset)
    table = chosen.codes if chosen else BARE_CODES
    if mark in table:
        return table[mark]
    return table.get(mark.upper()) or _WORDS.get(normalise(mark))


def read_codes(
    counts: Mapping[str, int], context: Context, sheet: Sheet, flag: str | None = None
) -> Codes:
    """Meanings of all marks in `counts`. `flag` 'present' or 'absent': a yes-or-no column of that
    name.
    """
    meaning: dict[str, Code | None] = {}
    for mark in counts:
        code = answered(context.answer(f"code:{mark}", sheet))
        if code is None and flag is not None:
            code = _flag(mark, flag)
        meaning[mark] = code if code is not None else known_code(mark, context)
    open_marks = [m for m, code in meaning.items() if code is None]
    return Codes(meaning, tuple(_question(m, counts[m]) for m in sorted(open_marks)))


def answered(said: str | None) -> Code | None:
    """The code an answer stands for: a category's name or its words, in any case."""
    if said is None:
        return None
    plain = normalise(said)
    if plain in _HALF_ANSWERS:
        return Code("present", "Half day", 1)
    for category, words in CATEGORY_WORDS.items():
        if plain in (normalise(category), normalise(words)):
            return Code(category, words, 2 if category.startswith("absent") else 0)
    return _WORDS.get(plain)


def halves(code: Code, session: str) -> tuple[int, int]:
    """(possible, absent) in half days. A day is two; a morning or an afternoon is one; a period is
    none.

    A period counts through the day that is worked out from all of its periods.
    """
    if code.category in ("not_possible", "not_recorded"):
        return 0, 0
    if session == "DAY":
        return 2, code.absent_halves
    if session in ("AM", "PM"):
        return 1, 1 if code.absent_halves >= 2 else 0
    return 0, 0


def ordinary(code: Code | None) -> bool:
    """Whether a mark says 'in school' and nothing else: not late, not half a day."""
    if code is None or code.category not in ("present", "approved_activity"):
        return False
    return not re.search(r"late|tardy|early|half|part", code.label, re.IGNORECASE)


def _flag(mark: str, flag: str) -> Code | None:
    plain = mark.strip().lower()
    if plain in _YES:
        return _PRESENT if flag == "present" else _ABSENT
    if plain in _NO:
        return _ABSENT if flag == "present" else _PRESENT
    return None


def times(count: int) -> str:
    """'once', or how often."""
    return "once" if count == 1 else f"{count:,} times"


def _question(mark: str, count: int) -> Question:
    return Question(
        f"code:{mark}",
        f"What does “{mark}” mean in your register? It stands {times(count)}.",
        ANSWERS,
        (mark,),
    )
