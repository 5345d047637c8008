"""Addresses: of a view, and of an export that waits to be collected."""

from __future__ import annotations

import json
import secrets
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import server

EXPORT_SECONDS = 3600
WRITING_SECONDS = 12 * 3600  # nobody knows the address before it is written


def address(base: str, page: str, query: Mapping[str, Sequence[str]]) -> str:
    """The whole address of a view, every value named."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}/{page}?{encoded(query)}"


def encoded(query: Mapping[str, Sequence[str]]) -> str:
    """A query string in a fixed order, so that two links to one view are equal."""
    return urlencode([(k, v) for k in sorted(query) for v in query[k]])


def here_only(base: str) -> bool:
    """Whether an address works on this computer alone."""
    return urlsplit(base).hostname in server.HOSTS


def keep_export(content: bytes, name: str, mime: str, owner: str = server.OWNER) -> str:
    """Keep one export for an hour; the address at which its owner can collect it."""
    return write_export(lambda path: path.write_bytes(content), name, mime, owner)


def write_export(
    write: Callable[[Path], object], name: str, mime: str, owner: str = server.OWNER
) -> str:
    """The same for one that is too big for memory: `write` puts it into the file it is given."""
    sweep_exports()
    token = secrets.token_urlsafe(18)
    place = server.data_folder() / "exports" / token
    place.mkdir(parents=True, mode=0o700)
    meta = {"name": name, "mime": mime, "owner": owner, "until": time.time() + WRITING_SECONDS}
    (place / "meta.json").write_text(json.dumps(meta), "utf-8")  # so that no sweep takes it
    try:
        write(place / "content")
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    meta["until"] = time.time() + EXPORT_SECONDS
    (place / "meta.json").write_text(json.dumps(meta), "utf-8")
    return f"/export/{token}"


def sweep_exports() -> None:
    """Delete the exports whose hour is over, and what an interrupted one left behind."""
    for place in (server.data_folder() / "exports").glob("*"):
        if server.export_meta(place) is None and time.time() - place.stat().st_mtime > 60:
            shutil.rmtree(place, ignore_errors=True)
