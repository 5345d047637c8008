"""What is remembered about files, in words: each answer a sentence that ends in what was chosen."""

from __future__ import annotations

from collections.abc import Mapping

from school.terms.words import upper_first

SUBJECTS: Mapping[str, str] = {
    "blank": "An empty cell means", "counted": "Under the name of a month stand",
    "dates": "In dates, what comes first is",
    "ids": "Student numbers belong", "column": "Column “{}” is", "code": "“{}” means",
    "school": "“{}” is", "grade": "“{}” is grade or class", "loss": "What was missing is",
}
OPTIONS: Mapping[str, Mapping[str, str]] = {
    "blank": {"yes": "present", "no": "no mark"},
    "counted": {"days present": "days present", "days absent": "days absent",
                "something else": "no days of attendance"},
    "dates": {"dmy": "the day", "mdy": "the month"},
    "ids": {"shared": "to all schools together"},
}
LEFT_OUT = "left out"
OWN_SCHOOL = "a school of its own"
DAYS: Mapping[str, str] = {"school": "a school day", "holiday": "a holiday",
                           "exam": "an exam day", "closure": "a day the school is closed"}
STANDS = ("What you added before stays as it was read then. A change counts from the next file "
          "on; what you forget is asked again.")


def subject(about: str, columns: Mapping[str, str]) -> str:
    """How the sentence of an answer begins: 'An empty cell means', 'Column “Adm No” is'.

    `columns` has the words for each thing a column can hold.
    """
    kind, _, name = about.partition(":")
    if kind == "target":
        return f"{upper_first(columns.get(name, name))} stands in column"
    words = SUBJECTS.get(kind, "")
    if not words or ("{}" in words and not name):
        return f"{upper_first(about)} is"
    return words.format(name)


def sentence(about: str, option: str, columns: Mapping[str, str]) -> str:
    """The whole answer: 'An empty cell means present.'"""
    return f"{subject(about, columns)} {option}."


def shape_words(file: str, columns: int, headers: tuple[str, ...], day: str) -> str:
    """What a kind of file looks like: 'Such as June.xlsx. Columns: Adm No, Name. Last added …'"""
    shown = headers[:4]
    more = f" and {columns - len(shown)} more" if columns > len(shown) else ""
    parts = [f"Such as {file}." if file else "",
             f"Columns: {', '.join(shown)}{more}." if shown else "",
             f"Last added on {day}." if day else ""]
    return " ".join(p for p in parts if p) or "Kept before kinds of file were noted."


def changed_words(changed: int, forgotten: int, standing: int) -> str:
    """What came of a change, and which uploads do not follow by themselves."""
    return _told(
        (changed, "1 answer changed. The next file like this is read with it.",
         "{} answers changed. The next file like this is read with them."),
        (forgotten, "1 answer forgotten. The next file like this asks again.",
         "{} answers forgotten. The next file like this asks again."),
        (standing, "1 upload stands as read with the answer of then. Should it change too, undo "
         "and add it again:", "{} uploads stand as read with the answer of then. Should they "
         "change too, undo and add them again:"),
    ) or "Nothing was changed."


def added_words(added: int, same: int, kept: int, names: int) -> str:
    """What came of adding a file of answers to those that are here."""
    return _told(
        (added, "1 answer added.", "{} answers added."),
        (same, "1 was here already.", "{} were here already."),
        (kept, "1 is answered differently here and was left as it is.",
         "{} are answered differently here and were left as they are."),
        (names, "1 was left out, because the name of a student stands in it.",
         "{} were left out, because names of students stand in them."),
    ) or "No answers were added: the file holds none."


def _told(*parts: tuple[int, str, str]) -> str:
    """A sentence for each count that is not nothing: for one, and for many."""
    return " ".join(one if n == 1 else many.format(n) for n, one, many in parts if n)
