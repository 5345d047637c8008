"""What is said of keeping a copy: where the data lie, what was saved, what a restore replaces."""

from __future__ import annotations

from school.terms.words import noun


def shared_warning(who: str) -> str:
    """The data folder lies where another program also writes."""
    keeps = "It is on" if who == "a network drive" else "It is kept in step by"
    return (f"**The data folder lies in a place that others also write to.** {keeps} {who}, which "
            "can damage the data while they are being saved. Close Staffroom, move its whole "
            "folder to your Documents on this computer, and keep a copy with “Save everything”.")


def restore_question(*, loads: int, day: str, standing: int) -> str:
    """What a restore would put in the place of what."""
    now = (f"The {standing} {noun(standing, 'uploads')} that are here now will no longer be shown."
           if standing > 1 else "The upload that is here now will no longer be shown."
           if standing else "There are no data here yet.")
    kept = " They are moved aside and not deleted." if standing > 1 else (
        " It is moved aside and not deleted." if standing else "")
    return f"The file was saved on {day} and holds {loads} {noun(loads, 'uploads')}. {now}{kept}"


def restored_words(*, loads: int, day: str, aside: str | None) -> str:
    """What was done."""
    kept = f" What was here before is kept in the folder {aside}." if aside else ""
    return f"Restored: {loads} {noun(loads, 'uploads')}, as saved on {day}.{kept}"
