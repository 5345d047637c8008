"""A data folder that another program also writes to is found out, and no other folder is."""

from __future__ import annotations

from pathlib import Path

import pytest

from school.whereabouts import shared_by


@pytest.mark.parametrize(("path", "who"), [
    ("/Users/a/OneDrive/Staffroom/data", "OneDrive"),
    ("/Users/a/OneDrive - Hill School/data", "OneDrive"),
    ("/Users/a/Dropbox/data", "Dropbox"),
    ("/Users/a/Dropbox (Personal)/data", "Dropbox"),
    ("/Users/a/Google Drive/data", "Google Drive"),
    ("/Users/a/Library/CloudStorage/GoogleDrive-a@x.org/My Drive/data", "Google Drive"),
    ("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/data", "iCloud"),
    ("/Users/a/Nextcloud/school/data", "Nextcloud"),
    ("//office/share/data", "a network drive"),
    ("\\\\office\\share\\data", "a network drive"),
    ("/Users/a/Documents/Staffroom/data", None),
    ("/Users/a/Dropboxes are nice/data", None),
    ("/Users/a/my onedrive notes/data", None),
])
def test_a_folder_is_known_by_its_path(path: str, who: str | None) -> None:
    assert shared_by(Path(path), mounts=()) == who


@pytest.mark.parametrize(("mark", "who"), [
    (".dropbox", "Dropbox"), (".stfolder", "Syncthing"), (".tmp.drivedownload", "Google Drive"),
    (".sync_0a1b2c3d4e5f.db", "Nextcloud"), ("._sync_0a1b2c3d4e5f.db", "Nextcloud"),
    (".nextcloudsync.log", "Nextcloud"), ("notes.txt", None), ("sync_plan.db", None),
])
def test_a_folder_is_known_by_the_marks_above_it(
    tmp_path: Path, mark: str, who: str | None
) -> None:
    folder = tmp_path / "Staffroom" / "data"
    folder.mkdir(parents=True)
    (tmp_path / mark).write_bytes(b"")
    assert shared_by(folder, mounts=()) == who


@pytest.mark.parametrize(("kind", "who"), [
    ("cifs", "a network drive"), ("nfs4", "a network drive"), ("fuse.sshfs", "a network drive"),
    ("ext4", None), ("tmpfs", None),
])
def test_a_network_drive_is_known_by_the_system(
    tmp_path: Path, kind: str, who: str | None
) -> None:
    folder = tmp_path / "share" / "data"
    folder.mkdir(parents=True)
    mounts = [("/", "ext4", ""), (str(tmp_path / "share"), kind, ""),
              (str(tmp_path / "share" / "data" / "deeper"), "cifs", ""), ("/elsewhere", "nfs", "")]
    assert shared_by(folder, mounts) == who


def test_a_drive_that_windows_calls_remote_is_one(tmp_path: Path) -> None:
    assert shared_by(tmp_path, [(tmp_path.anchor, "NTFS", "rw,remote")]) == "a network drive"


def test_an_ordinary_folder_of_this_computer_is_not_warned_about(tmp_path: Path) -> None:
    assert shared_by(tmp_path) is None
