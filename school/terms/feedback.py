"""What the Feedback page says: what people agree with, what least, and who has not answered."""

from __future__ import annotations

from dataclasses import dataclass

from school.config import Preset
from school.terms.numbers import count_of, counted, grouped, percent
from school.terms.words import Lead, joined, noun, upper_first

LONGEST = 90


@dataclass(frozen=True)
class ItemPhrase:
    """One question in words: its text, how many give the good answer, of how many."""

    text: str
    agree: int
    n: int
    reversed: bool = False  # agreeing is the bad answer, and `agree` counts the others

    @property
    def verb(self) -> str:
        """'agree with', or 'do not agree with' where agreeing is the bad answer."""
        return "do not agree with" if self.reversed else "agree with"

    @property
    def quoted(self) -> str:
        """The text in quotation marks, shortened at a word where it is long."""
        text = self.text.strip().rstrip(".")
        if len(text) > LONGEST:
            text = text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
        return f"“{text}”"


def answered_sentence(answered: int, asked: int | None, preset: Preset | None = None) -> str:
    """'342 of 600 answered.'; without the number asked, how many answered."""
    if asked is not None and answered <= asked:
        return f"{upper_first(count_of(answered, asked, 'people', preset))} answered."
    return f"{upper_first(counted(answered, 'people', preset))} answered."


def waiting_sentence(waiting: int) -> str:
    """How many comments wait for an answer; empty for none."""
    if waiting == 0:
        return ""
    return "One comment waits for an answer." if waiting == 1 else \
        f"{waiting} comments wait for an answer."


def no_survey_lead(waiting: int) -> Lead:
    """No survey has been uploaded yet."""
    return Lead("No survey yet.", waiting_sentence(waiting))


def few_lead(answered: int) -> Lead:
    """Under five answers."""
    if answered == 0:
        return Lead("Nobody has answered yet.")
    if answered == 1:
        return Lead("Only one person answered, so the answer stays hidden from everyone.")
    return Lead(f"Only {answered} people answered, so answers stay hidden from everyone.")


def one_item_lead(item: ItemPhrase, who: str, rest: str = "", preset: Preset | None = None) -> Lead:
    """A survey of one question: '19 of 31 families agree with “…”.'"""
    agree = upper_first(count_of(item.agree, item.n, who, preset))
    one = "does not agree with" if item.reversed else "agrees with"
    verb = one if item.agree == 1 else item.verb
    return Lead(f"{agree} {verb} {item.quoted}.", rest)


def items_lead(
    most: ItemPhrase, least: ItemPhrase, who: str, rest: str = "", preset: Preset | None = None
) -> Lead:
    """The questions most and fewest agree with."""
    bold = (f"{percent(most.agree / most.n, most.n)} of {who} {most.verb} {most.quoted} "
            f"({grouped(most.agree, preset)} of {grouped(most.n, preset)}).")
    fewest = f"Fewest {least.verb} {least.quoted}: {percent(least.agree / least.n, least.n)}."
    if percent(most.agree / most.n, most.n) == percent(least.agree / least.n, least.n):
        fewest = "No question gets clearly more agreement than another."
    return Lead(bold, joined(fewest, rest))


def schools_lead(
    highest: tuple[str, str], lowest: tuple[str, str], schools: int, preset: Preset | None = None
) -> Lead:
    """A file that holds one average a school: the highest and lowest question on average."""
    many = upper_first(counted(schools, "schools", preset))
    return Lead(f"{many} answered; {highest[0]} is highest with {highest[1]} on average.",
                f"{lowest[0]} is lowest with {lowest[1]}." if lowest != highest else "")


def hidden_words(answered: int, minimum: int) -> str:
    """Why a question or a group shows nothing."""
    return (f"Hidden to protect people: {small_count(answered)} here, fewer than {minimum}.")


def alike_words(answered: int) -> str:
    """Why answers that are all alike are hidden."""
    return f"Hidden to protect people: all {answered} answers are alike."


def small_count(answered: int) -> str:
    """'3 answers', '1 answer'."""
    return f"{answered} {noun(answered, 'answers')}"
