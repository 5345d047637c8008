"""What the page Within our school says: gains first, causes before people, no class in a rank."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from school.config import Preset
from school.stats.least import GROUPS
from school.terms.numbers import counted, percent, percent_range
from school.terms.words import Lead

if TYPE_CHECKING:
    from school.within.values import Steady, Variation

NOTHING = Lead("There are no gains to look at yet.", "Needs marks from two tests.")
ASK = "Is each class here taught by one teacher?"
CAUSES = (
    ("timetable", "Timetable: does one class have its hours late or cut more often?"),
    ("make_up", "Make-up: were classes put together by marks, language or age?"),
    ("cover", "Cover: was a teacher away for weeks?"),
    ("resources", "Books and rooms: does every class have what the others have?"),
    ("absence", "Absence: were the students of a class in school when it was taught?"),
)


def refused(classes: int, one_teacher: bool | None, *, hidden: bool = False) -> str:
    """Why differences between classes are not drawn; empty where they may be."""
    if hidden:
        return "Small classes stay hidden here, so differences between classes are not drawn."
    if classes < GROUPS:
        return (f"With {counted(classes, 'classes')} this would compare people, so we do not draw "
                "it.")
    if one_teacher is None:
        return "Before differences between classes are drawn we need one answer."
    if one_teacher:
        return "Where a class is one teacher this would compare people, so we do not draw it."
    return ""


def within_lead(
    steady: Sequence[Steady], variation: Variation | None, why_not: str,
    preset: Preset | None = None,
) -> Lead:
    """Gains first; then how much of the differences lies between classes, with its range."""
    rest = why_not if variation is None else variation_sentence(variation)
    if steady:
        return Lead(gains_sentence(steady), rest)
    if variation is None:
        return Lead("No class has gained steadily over three tests yet.", rest)
    low, _ = variation.classes_range
    if low < 0.005:
        return Lead("No class stands out; differences are what class size explains.", rest)
    return Lead(rest)


def gains_sentence(steady: Sequence[Steady]) -> str:
    """'Class 5 A has gained in Mathematics at three tests in a row.'"""
    first = steady[0]
    more = len(steady) - 1
    others = "" if not more else f" So {'has one other' if more == 1 else f'have {more} others'}."
    return f"{first.class_name} has gained in {first.subject} from test to test.{others}"


def variation_sentence(found: Variation) -> str:
    """'Of the differences in gain about 12% lie between classes (likely 4% to 25%); …'"""
    low, high = found.classes_range
    return (f"Of the differences in gain about {percent(found.classes)} lie between classes "
            f"(likely {percent_range(low, high)}); {percent(found.students)} are between students "
            "of the same class.")
