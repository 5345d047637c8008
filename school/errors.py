"""Everything that can go wrong, in words for a principal and a detail for the log.

    StaffroomError
    ├── WrongUse            a sentence about settings or a command line (exit 2)
    ├── UnreadableFile      the file cannot be opened safely or at all
    ├── NotRecognised       the file opens, but we do not know what it is
    ├── UnknownMeasure      nobody defined this number
    ├── BadMeasure          a definition that breaks the house rules, found when it is read
    ├── StoreBusy           another Staffroom has this data folder open (exit 3)
    ├── StoreDamaged        a store that does not open or does not answer
    ├── CannotSave          disk full, read-only folder
    ├── Stale               someone else changed this record meanwhile
    └── Stopped             a person pressed Stop
"""


class StaffroomError(Exception):
    """Base of all. `words` may be shown to anyone; `detail` is for the log and holds no name."""

    def __init__(self, words: str, detail: str = "") -> None:
        super().__init__(words)
        self.words = words
        self.detail = detail


class WrongUse(StaffroomError):
    """A setting or an argument that makes no sense."""


class UnreadableFile(StaffroomError):
    """Damaged, locked, too big when unpacked, or not a spreadsheet."""


class NotRecognised(StaffroomError):
    """A readable sheet whose kind we cannot tell."""


class UnknownMeasure(StaffroomError):
    """No file of that name under school/measures."""


class BadMeasure(StaffroomError):
    """A measure file with a missing header line, or one that reads a table directly."""


class StoreBusy(StaffroomError):
    """The data folder is open in another process. `url` says where, if known."""

    def __init__(self, words: str, detail: str = "", url: str = "") -> None:
        super().__init__(words, detail)
        self.url = url


class StoreDamaged(StaffroomError):
    """The facts or the records do not open, or do not answer a real query."""


class CannotSave(StaffroomError):
    """The disk is full, or the folder may not be written."""


class Stale(StaffroomError):
    """A save came too late; both texts are kept."""


class Stopped(StaffroomError):
    """Long work that a person stopped; nothing of it was kept."""
