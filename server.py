"""What stands in front of the pages: settings, health, headers, downloads, one start a data folder.

It refuses a foreign Host or Origin before anything else sees the request, and it draws nothing.
"""

from __future__ import annotations

import base64
import contextlib
import gc
import hashlib
import importlib
import json
import os
import re
import secrets
import shutil
import sys
import threading
import time
import urllib.request
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote, urlsplit

import psutil
import streamlit
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from etl import spare, watching
from school.errors import StaffroomError, StoreBusy
from school.house import House, open_house

ROOT = Path(__file__).resolve().parent
OWNER = "owner"  # the one person of this computer, until there is a sign-in
HOSTS = ("127.0.0.1", "localhost", "::1")

# What must hold for the promises we make; .streamlit/config.toml says the same.
PINNED: dict[str, Any] = {
    "client.showErrorDetails": "none",
    "client.toolbarMode": "viewer",
    "client.disableDataExport": True,
    "browser.gatherUsageStats": False,
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.maxUploadSize": 100,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.fileWatcherType": "none",
}

_houses: dict[Path, House] = {}
_lock = threading.RLock()


def data_folder() -> Path:
    """Where the school's data lie: beside app.py, or where STAFFROOM_DATA says."""
    return Path(os.environ.get("STAFFROOM_DATA") or ROOT / "data").resolve()


def house(name: str) -> House | None:
    """The school's own data, or the invented schools; None while those do not exist."""
    folder = data_folder() / "sample" if name == "sample" else data_folder()
    with _lock:
        if folder not in _houses:
            if name == "sample" and not (folder / "facts.duckdb").exists():
                return None
            _houses[folder] = open_house(folder)
        return _houses[folder]


def close_houses(below: Path | None = None) -> None:
    """Close the open data folders, or only those below a folder."""
    with _lock:
        for folder in [f for f in _houses if below is None or f.is_relative_to(below)]:
            _houses.pop(folder).close()


@contextlib.contextmanager
def closed(folder: Path) -> Iterator[Path]:
    """Keep a folder and all below it closed, while it is replaced or deleted."""
    with _lock:
        close_houses(folder)
        yield folder


def remove_sample() -> None:
    """Close the invented schools and delete their folder."""
    with closed(data_folder() / "sample") as folder:
        shutil.rmtree(folder, ignore_errors=True)


def wrong_settings() -> list[str]:
    """Names of the settings that are not as Staffroom needs them."""
    return [name for name, value in PINNED.items() if config.get_option(name) != value]


def prepare(folder: Path) -> None:
    """Check settings and the data folder, open it, or end the start with a sentence."""
    wrong = wrong_settings()
    if wrong:
        _end(f"Staffroom does not start with these settings changed: {', '.join(wrong)}.", 2)
    other = open_elsewhere(folder)
    if other:
        _end(f"Staffroom is open at {other}", 3)
    try:
        house("own")
        secret = cookie_secret(folder)
    except StoreBusy as error:
        _end(f"Staffroom is open at {error.url}" if error.url else error.words, 3)
    except StaffroomError as error:
        _end(error.words, 1)
    except OSError:
        _end("We may not write in this folder. Move Staffroom to your Documents.", 1)
    config.set_option("server.cookieSecret", secret)


def _end(words: str, code: int) -> NoReturn:
    print(words, file=sys.stderr, flush=True)
    # A plain exit would be reported by the server around us as a crash, with a trace.
    os._exit(code)


def open_elsewhere(folder: Path) -> str | None:
    """Address of the Staffroom that has this folder open in another process, if one answers."""
    try:
        note = json.loads((folder / "open.json").read_text("utf-8"))
        url, pid = str(note["url"]), int(note["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if pid == os.getpid() or not psutil.pid_exists(pid) or urlsplit(url).hostname not in HOSTS:
        return None
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=3):
            return url
    except OSError:
        return None


def cookie_secret(folder: Path) -> str:
    """The secret that signs cookies: made at the first start, readable by this person only."""
    path = folder / "cookie.secret"
    with contextlib.suppress(FileNotFoundError):
        kept = path.read_text("ascii").strip()
        if len(kept) >= 32:
            return kept
        path.unlink()
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    secret = secrets.token_hex(32)
    with os.fdopen(handle, "w") as file:
        file.write(secret)
    return secret


@contextlib.asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[dict[str, Any] | None]:
    """Say where we are open, warm up what is slow to import, and close everything at the end."""
    note = data_folder() / "open.json"
    url = f"http://127.0.0.1:{config.get_option('server.port')}"
    house("own")
    note.write_text(json.dumps({"url": url, "pid": os.getpid()}), "utf-8")
    threading.Thread(target=_warm_up, name="warm-up", daemon=True).start()
    watcher = watching.Watcher(lambda: house("own"), _lock)
    watcher.start()
    try:
        with spare.kept():
            yield None
    finally:
        watcher.stop()
        note.unlink(missing_ok=True)
        close_houses()
        gc.unfreeze()


def _warm_up() -> None:
    """Import what costs seconds, then keep the collector from walking over it ever again."""
    for module in ("pandas", "scipy.stats", "statsmodels.stats.proportion", "statsmodels.api"):
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    gc.collect()
    gc.freeze()


def health(_request: Request) -> Response:
    """A real query on both stores: 200, or 503 when either does not answer."""
    try:
        own = house("own")
        well = own is not None and own.store.healthy() and own.records.healthy()
    except Exception:
        well = False
    return JSONResponse({"status": "ok" if well else "failed"}, 200 if well else 503)


def export_meta(place: Path) -> dict[str, Any] | None:
    """Name, kind and owner of a kept export; None once its hour is over."""
    try:
        meta: dict[str, Any] = json.loads((place / "meta.json").read_text("utf-8"))
        return meta if time.time() < float(meta["until"]) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def export(request: Request) -> Response:
    """Stream one export to its owner; every other address is the same 404."""
    token = str(request.path_params["token"])
    place = data_folder() / "exports" / token
    meta = export_meta(place) if re.fullmatch(r"[\w-]{20,40}", token) else None
    if meta is None or meta["owner"] != OWNER:
        return PlainTextResponse("This file is no longer here. Export it again.", 404)
    disposition = f"attachment; filename*=UTF-8''{quote(str(meta['name']))}"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return FileResponse(place / "content", media_type=str(meta["mime"]), headers=headers)


def front(request: Request) -> Response:
    """The first page lies at "/"; its own name in the address leads there with all it says."""
    return Response(status_code=307, headers={"Location": f"/?{request.url.query}".rstrip("?")})


def script_hashes() -> list[str]:
    """Hashes of the inline scripts of the page that Streamlit serves."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    inline = re.findall(r"<script>(.*?)</script>", page, re.S)
    digests = (hashlib.sha256(text.encode()).digest() for text in inline)
    return [f"'sha256-{base64.b64encode(d).decode()}'" for d in digests]


def security_headers() -> dict[str, str]:
    """The headers that every answer carries."""
    policy = (
        "default-src 'self'", f"script-src 'self' {' '.join(script_hashes())}",
        "style-src 'self' 'unsafe-inline'", "img-src 'self' data: blob:", "font-src 'self' data:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:*", "worker-src 'self' blob:",
        "object-src 'none'", "base-uri 'self'", "form-action 'self'", "frame-ancestors 'none'",
    )
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }


class Guard:
    """Refuses what does not come from this computer's own page; adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.headers = security_headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self.headers)
                del headers["server"]
            await send(message)

        if ours(scope):
            await self.app(scope, receive, with_headers)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            words = "Staffroom answers only to its own page on this computer."
            await PlainTextResponse(words, 403)(scope, receive, with_headers)


def ours(scope: Scope) -> bool:
    """Whether Host names this computer once, and Origin, if there is one, is that same host."""
    heads = [(k.lower(), v.decode("latin-1")) for k, v in scope["headers"]]
    hosts = [v for k, v in heads if k == b"host"]
    origins = [v for k, v in heads if k == b"origin"]
    if len(hosts) != 1 or len(origins) > 1:
        return False
    try:
        name = urlsplit(f"//{hosts[0]}").hostname
    except ValueError:
        return False
    return name in HOSTS and all(o == f"http://{hosts[0]}" for o in origins)


ROUTES = [Route("/health", health), Route("/export/{token}", export), Route("/overview", front)]
MIDDLEWARE = [Middleware(Guard)]
