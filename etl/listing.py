"""What lies in a watched folder: names, sizes and times, and whether it may be watched at all.

Nothing in the folder is ever written, moved or deleted. Folders inside it, links and what other
programs keep beside their files are passed over.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.guard import FILE_BYTES
from school.errors import WrongUse
from school.records.folder import Entry
from school.terms import folder as words

MOST = 5_000  # entries of a folder that is looked through every few seconds
AT_ONCE = 20  # files of one drop
BYTES_AT_ONCE = 100 * 1024**2
_SUFFIXES = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".tsv", ".zip"})
_HIDDEN = 0x2  # of Windows
Lister = Callable[[Path], list[Entry]]


def is_meant(name: str) -> bool:
    """Whether a file of this name is a spreadsheet, and not what a program keeps beside one."""
    return Path(name).suffix.lower() in _SUFFIXES and name[0] not in ".~"


@dataclass(frozen=True)
class Found:
    """A file that came to rest, with the hash of its bytes."""

    entry: Entry
    sha256: str


def chosen(text: str, own: Path) -> Path:
    """The folder that was typed, as a whole path; `WrongUse` in words if it cannot be watched."""
    try:
        path = Path(text.strip().strip("\"'")).expanduser()
    except RuntimeError:  # the home of a user whom nobody knows
        raise WrongUse(words.NOT_WHOLE) from None
    if not path.is_absolute():
        raise WrongUse(words.NOT_WHOLE)
    if not path.exists():
        raise WrongUse(words.NO_FOLDER)
    look(path, own)
    return path


def look(path: Path, own: Path, lister: Lister | None = None) -> list[Entry]:
    """What lies in the folder; `WrongUse` says why it cannot be watched. `own`: the data folder."""
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            raise WrongUse(words.A_FILE)
        whole = path.resolve()
        if whole.is_relative_to(own.resolve()) or (whole / "facts.duckdb").exists():
            raise WrongUse(words.OUR_OWN)
        return (lister or entries)(path)
    except PermissionError as error:
        raise WrongUse(words.NO_RIGHT, "no right") from error
    except (OSError, ValueError) as error:
        raise WrongUse(words.GONE, type(error).__name__) from error


def entries(folder: Path) -> list[Entry]:
    """The spreadsheets that lie in a folder; `WrongUse` where it holds too much to look through."""
    found: list[Entry] = []
    with os.scandir(folder) as listed:
        for number, item in enumerate(listed):
            if number >= MOST:
                raise WrongUse(words.too_many(MOST))
            entry = _entry(item) if is_meant(item.name) else None
            if entry is not None:
                found.append(entry)
    return sorted(found, key=lambda e: e.name)


def _entry(item: os.DirEntry[str]) -> Entry | None:
    """A plain file, and no link: where a link leads to is not in the folder."""
    try:
        item.name.encode()
        known = item.stat(follow_symlinks=False)
    except (OSError, UnicodeEncodeError):  # it went away meanwhile, or its name is no text
        return None
    hidden = getattr(known, "st_file_attributes", 0) & _HIDDEN
    if hidden or not stat.S_ISREG(known.st_mode):
        return None
    return Entry(item.name, known.st_size, known.st_mtime_ns)


def digest(folder: Path, entry: Entry, stopped: Callable[[], bool]) -> str | None:
    """The hash of a file; None while it cannot be opened, or if it is not as listed any more."""
    path = folder / entry.name
    made = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                made.update(piece)
                if stopped():
                    return None
        now = path.stat()
    except OSError:
        return None
    return made.hexdigest() if (now.st_size, now.st_mtime_ns) == (entry.size, entry.changed) \
        else None


def batch(found: Sequence[Found]) -> list[Found]:
    """The first files that go together: not too many, and not too much to hold in memory."""
    size, out = 0, list[Found]()
    for one in found[:AT_ONCE]:
        size += one.entry.size
        if out and size > BYTES_AT_ONCE:
            break
        out.append(one)
    return out


def content(folder: Path, name: str, sha256: str) -> bytes | None:
    """The bytes of a file that was taken; None if it is gone or is another one now."""
    path = folder / name
    try:
        if path.is_symlink() or path.stat().st_size > FILE_BYTES:
            return None
        data = path.read_bytes()
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None
