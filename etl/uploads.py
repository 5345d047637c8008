"""The bytes of each upload, kept by hash: as they came, or redacted, never a password.

A file that held passwords or a survey's identities is kept only as a copy without them; of the
original only the hash stays. The same bytes are kept once.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from pathlib import Path


def sha256(path: Path) -> str:
    """Hash of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep(folder: Path, path: Path, name: str) -> str:
    """Keep a file as it is under its hash `name`; whole or not at all."""
    target = folder / name
    if not target.exists():
        beside = folder / f".{secrets.token_hex(8)}"
        try:
            shutil.copyfile(path, beside)
            _into_place(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    return name


def keep_bytes(folder: Path, data: bytes) -> str:
    """Keep these bytes (a redacted copy) under their own hash; the hash."""
    name = hashlib.sha256(data).hexdigest()
    target = folder / name
    if not target.exists():
        beside = folder / f".{secrets.token_hex(8)}"
        try:
            beside.write_bytes(data)
            _into_place(beside, target)
        finally:
            beside.unlink(missing_ok=True)
    return name


def drop_unused(folder: Path, used: set[str]) -> int:
    """Remove kept bytes that no load speaks of (a load was cut off); how many."""
    gone = 0
    for path in folder.iterdir():
        if path.is_file() and path.name not in used:
            path.unlink()
            gone += 1
    return gone


def _into_place(beside: Path, target: Path) -> None:
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(target)
