"""Whether the data folder lies where others also write: in a synchronised or network folder.

Such a folder copies the data file in the middle of a save, or lets two computers write at once, and
the data are damaged. Said by its path, by the marks that such programs leave, and by the system.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path, PurePath

import psutil

# A folder of this name on the way to the data, and who keeps it in step with others.
_NAMES = (
    (re.compile(r"onedrive( .*)?", re.I), "OneDrive"),
    (re.compile(r"dropbox( \(.*\))?", re.I), "Dropbox"),
    (re.compile(r"google ?drive( .*)?|googledrive-.*|my drive|drivefs", re.I), "Google Drive"),
    (re.compile(r"icloud ?drive|com~apple~clouddocs|mobile documents", re.I), "iCloud"),
    (re.compile(r"nextcloud.*", re.I), "Nextcloud"),
    (re.compile(r"owncloud.*", re.I), "ownCloud"),
)
# What their programs leave in the folders they keep.
_MARKS = (
    (".dropbox", "Dropbox"), (".dropbox.cache", "Dropbox"),
    (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
    (".tmp.drivedownload", "Google Drive"), (".tmp.driveupload", "Google Drive"),
    (".nextcloudsync.log", "Nextcloud"), (".owncloudsync.log", "ownCloud"),
    (".stfolder", "Syncthing"), (".sync_journal.db", "Nextcloud"),
)
_JOURNAL = re.compile(r"\.?_?sync_[0-9a-f]+\.db", re.I)  # of Nextcloud and ownCloud
_NETWORK = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs",
    "fuse.davfs2", "fuse.sshfs", "fuse.rclone", "fuse.google-drive-ocamlfuse", "ncpfs", "afs",
})
Mount = tuple[str, str, str]  # where, kind of file system, options


def shared_by(folder: Path, mounts: Iterable[Mount] | None = None) -> str | None:
    """Who else writes in this folder: 'OneDrive', 'a network drive', …; None if nobody."""
    text = str(folder)
    if text.startswith(("\\\\", "//")):
        return "a network drive"
    whole = folder.absolute()
    for part in whole.parts[1:]:
        for name, who in _NAMES:
            if name.fullmatch(part):
                return who
    return _marked(whole) or _mounted(whole, _mounts() if mounts is None else mounts)


def _marked(folder: Path) -> str | None:
    """By what such a program left in this folder or in one above it."""
    for place in (folder, *folder.parents):
        for mark, who in _MARKS:
            if (place / mark).exists():
                return who
        try:
            if any(_JOURNAL.fullmatch(p.name) for p in place.glob("*sync_*.db")):
                return "Nextcloud"
        except OSError:
            continue
    return None


def _mounted(folder: Path, mounts: Iterable[Mount]) -> str | None:
    """By the kind of file system of the deepest place above the folder that is one of its own."""
    best: Mount | None = None
    for mount in mounts:
        inside = folder.is_relative_to(PurePath(mount[0]))
        if inside and (best is None or len(mount[0]) >= len(best[0])):
            best = mount
    if best is None:
        return None
    network = best[1].lower() in _NETWORK or "remote" in best[2].lower().split(",")
    return "a network drive" if network else None


def _mounts() -> list[Mount]:
    try:
        listed = psutil.disk_partitions(all=True)
    except (OSError, RuntimeError):
        return []
    return [(p.mountpoint, p.fstype, p.opts if sys.platform == "win32" else "") for p in listed]
