"""What the Upload page says: what was read, what needs an answer, and what it changed."""

from __future__ import annotations

from school.config import Preset
from school.terms.numbers import grouped
from school.terms.words import Lead, joined, noun, upper_first


def upload_empty_lead() -> Lead:
    """Nothing has been dropped yet."""
    return Lead("Drop attendance, marks, class lists or surveys.",
                "Excel, CSV or a zip, in any layout.")


def upload_lead(
    *, ready: int, questions: int = 0, refused: int = 0, aside: int = 0, known: int = 0
) -> Lead:
    """What came of several sheets: '4 files read: 3 are ready, 1 needs an answer.'"""
    total = ready + questions + refused + aside + known
    if total == 0:
        return upload_empty_lead()
    parts = [
        _part(ready, "is ready", "are ready"),
        _part(questions, "needs an answer", "need an answer"),
        _part(refused, "could not be used", "could not be used"),
        _part(known, "was here already", "were here already"),
        _part(aside, "set aside", "set aside"),
    ]
    told = ", ".join(p for p in parts if p)
    return Lead(f"{total} {noun(total, 'files')} read: {told}.",
                "Files set aside hold no list of data." if aside else "")


def upload_one_lead(words: str, ready: bool) -> Lead:
    """One file: 'This is daily attendance: 600 students, 5 schools, 3 to 28 Jan 2022. Ready.'"""
    return Lead(words, "Ready." if ready else "An answer is needed first.")


def upload_refused_lead(why: str) -> Lead:
    """One file that cannot be used; `why` is a whole sentence without its first words."""
    return Lead(f"We could not use this file: {why}")


def upload_same_lead(day: str, files: int = 1) -> Lead:
    """The same bytes again."""
    which = "this file" if files == 1 else "these files"
    return Lead(f"You have already added {which} on {day}.", "Nothing changes.")


def upload_nothing_lead(files: int = 1) -> Lead:
    """Other bytes that say only what stands."""
    which = "this file" if files == 1 else "these files"
    return Lead(f"Everything in {which} stands here already.", "Nothing would change.")


def upload_done_lead(
    *, read: int, new: int, same: int, changed: int, left_out: int, preset: Preset | None = None
) -> Lead:
    """After publishing: '12,000 rows read: 11,962 new, 0 the same, 0 changed, 38 left out.'"""
    if read == 0:
        return Lead("No rows were read, so nothing changed.")
    figures = [f"{grouped(n, preset)} {what}" for n, what in
               ((new, "new"), (same, "the same"), (changed, "changed"), (left_out, "left out"))]
    rows = f"{grouped(read, preset)} {noun(read, 'rows')}"
    return Lead(f"{rows} read: {', '.join(figures)}.",
                "Nothing changes." if same == read else "")


def upload_stopped_lead() -> Lead:
    """The person pressed Stop."""
    return Lead("Stopped. Nothing was changed.")


def undo_sentence(what: str, before: str, after: str, changes: int) -> str:
    """What Undo would do: 'Attendance goes back from 93.1% to 92.8%; 118 marks change back.'"""
    moves = f"{upper_first(what)} goes back from {before} to {after}" if before != after else \
        f"{upper_first(what)} stays at {after}"
    back = f"{changes} {noun(changes, 'marks')} {'changes' if changes == 1 else 'change'} back"
    return joined(f"{moves}; {back}." if changes else f"{moves}.")


def _part(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}" if count else ""
