"""What is said of the watched folder: what waits, what was used, why it cannot be watched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from school.config import Preset
from school.terms.numbers import counted, grouped
from school.terms.words import joined

GONE = "We cannot find this folder. Is its drive connected? Nothing is lost; we go on looking."
NO_FOLDER = "There is no folder of this name. Copy its whole path from the file manager."
NOT_WHOLE = "Write the whole path of the folder, as the file manager shows it."
A_FILE = "This is a file. Choose the folder that it lies in."
NO_RIGHT = "We may not look into this folder. Choose one that this computer's user may open."
OUR_OWN = "This is the data folder of Staffroom itself. Choose one that you save exports to."
TOO_MANY = ("This folder holds more than {most} files, so it is not watched. Choose a folder that "
            "holds nothing but exports.")
NOT_NOW = ("These files have changed or cannot be opened just now. They are read again as soon as "
           "they rest.")

NOT_COMPARED = "It could not be compared with the last upload."
LACKS = "It lacks something that the last upload had."
NO_LIST = "It holds no list of data."


def too_many(most: int, preset: Preset | None = None) -> str:
    """More files than are looked through every few seconds."""
    return TOO_MANY.format(most=grouped(most, preset))


def holds(lists: Sequence[str]) -> str:
    """What a file that needs no answer holds; each list in its sentence."""
    return lists[0] if len(lists) == 1 else f"It holds {len(lists)} lists."


def rejects(rows: int) -> str:
    """Rows of the file would be left out."""
    return f"{counted(rows, 'rows').capitalize()} would be left out."


def asks(questions: int) -> str:
    """The file does not say everything."""
    return "It needs an answer." if questions < 2 else f"It needs {questions} answers."


def slow(who: str) -> str:
    """The folder is not on this computer alone."""
    lies = "is on a network drive" if who == "a network drive" else f"is kept in step by {who}"
    return (f"This folder {lies}. We look into it twice a minute and wait longer "
            "until a file has arrived whole.")


def growing(names: int) -> str:
    """Files that do not come to rest."""
    many = "1 file is" if names == 1 else f"{names} files are"
    return f"{many} still being written, or open in another program. We wait."


def told(used: int, states: Mapping[str, int], preset: Preset | None = None) -> str:
    """'2 files from the folder were used today. 1 file waits for an answer.'; blank for nothing."""
    kinds = (
        (used, "was used today", "were used today"),
        (states.get("asks", 0), "waits for an answer", "wait for an answer"),
        (states.get("waiting", 0), "waits for a look", "wait for a look"),
        (states.get("refused", 0), "could not be used", "could not be used"),
    )
    said: list[str] = []
    for n, one, many in kinds:
        if n:
            place = "" if said else " from the folder"
            said.append(f"{counted(n, 'files', preset)}{place} {one if n == 1 else many}.")
    return joined(*said)


def gone(files: int) -> str:
    """Files that were taken out of the folder before anyone looked."""
    return (f"{counted(files, 'files').capitalize()} {'is' if files == 1 else 'are'} no longer in "
            "the folder. Nothing of what was in there was used.")
