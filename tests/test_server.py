"""What stands in front of the pages, as a browser, a stranger and a second start meet it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit import config
from streamlit.runtime import Runtime

import server
from etl import listing, watching
from pages.parts import links
from school.records import folder as watched

ROOT = Path(__file__).parents[1]
HERE = "http://127.0.0.1:8501"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = tmp_path / "data"
    monkeypatch.setenv("STAFFROOM_DATA", str(place))
    yield place
    server.close_houses()


@pytest.fixture
def client(folder: Path) -> Iterator[TestClient]:
    """The app as the launcher makes it, with its routes, middleware and lifespan."""
    server.house("own")
    with TestClient(launched(), base_url=HERE) as made:
        yield made


def launched() -> st.App:
    """A fresh app; the one of the test before is over, and a process may hold only one."""
    Runtime._instance = None
    return st.App(str(ROOT / "pages" / "shell.py"), routes=server.ROUTES,
                  middleware=server.MIDDLEWARE, lifespan=server.lifespan)


def test_the_first_page_is_also_found_under_its_name(client: TestClient) -> None:
    for said, there in (("", "/"), ("?data=own&grade=7", "/?data=own&grade=7")):
        answer = client.get(f"/overview{said}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (307, there)
    assert client.get("/overview").status_code == 200


def test_health_asks_both_stores(client: TestClient, folder: Path) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    own = server.house("own")
    assert own is not None
    own.records.close()
    own.store.close()
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "failed"})


def test_every_answer_carries_the_security_headers(client: TestClient) -> None:
    for path in ("/", "/health", "/export/nothing", "/_stcore/health"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        script = next(p for p in policy.split("; ") if p.startswith("script-src"))
        assert "unsafe" not in script
        assert "'self' 'sha256-" in script
        assert "frame-ancestors 'none'" in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "same-origin"


def test_script_hash_is_that_of_the_page_as_it_is_served(client: TestClient) -> None:
    page = client.get("/").text
    assert page.count("<script>") == len(server.script_hashes()) == 1


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8501", "", "0.0.0.0"])
def test_foreign_host_is_refused(client: TestClient, host: str) -> None:
    for path in ("/", "/health", "/_stcore/host-config"):
        assert client.get(path, headers={"Host": host}).status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999",
                                    "https://127.0.0.1:8501"])
def test_foreign_origin_is_refused_on_every_door(client: TestClient, origin: str) -> None:
    assert client.get("/health", headers={"Origin": origin}).status_code == 403
    upload = client.put("/_stcore/upload_file/a/b", headers={"Origin": origin}, content=b"x")
    assert upload.status_code == 403
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect(
        "ws://127.0.0.1:8501/_stcore/stream", headers={"Origin": origin}
    ):
        pass
    assert refused.value.code == 1008


def test_own_page_may_open_the_websocket(client: TestClient) -> None:
    with client.websocket_connect(
        "ws://127.0.0.1:8501/_stcore/stream", headers={"Origin": HERE},
        subprotocols=["streamlit"],
    ) as socket:
        assert socket.accepted_subprotocol == "streamlit"


def test_two_hosts_or_two_origins_are_refused() -> None:
    def request(*headers: tuple[bytes, bytes]) -> dict[str, Any]:
        return {"type": "http", "headers": list(headers)}

    host, origin = (b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")
    assert server.ours(request(host, origin))
    assert not server.ours(request(host, host))
    assert not server.ours(request(host, origin, origin))
    assert not server.ours(request(origin))
    assert not server.ours(request((b"host", b"[::1")))


def test_export_is_collected_once_made_and_gone_after_its_hour(
    client: TestClient, folder: Path
) -> None:
    href = links.keep_export(b"42 students", "needs über.txt", "text/plain")
    answer = client.get(href)
    assert answer.text == "42 students"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == \
        "attachment; filename*=UTF-8''needs%20%C3%BCber.txt"
    meta = folder / "exports" / href.removeprefix("/export/") / "meta.json"
    meta.write_text(json.dumps({**json.loads(meta.read_text()), "until": time.time() - 1}))
    assert client.get(href).status_code == 404


def test_export_of_another_person_is_not_there(client: TestClient) -> None:
    href = links.keep_export(b"private", "a.txt", "text/plain", owner="somebody else")
    assert client.get(href).status_code == 404


@pytest.mark.parametrize(
    "token", ["%2e%2e", "%2e%2e%2fcookie.secret", "meta.json", "a" * 30, "a" * 200]
)
def test_address_that_nobody_was_given_leads_nowhere(client: TestClient, token: str) -> None:
    assert client.get(f"/export/{token}").status_code in (400, 404)


def test_two_exports_of_the_same_length_stay_apart(client: TestClient) -> None:
    size = 2_000_000
    one = links.keep_export(b"a" * size, "same.bin", "application/octet-stream")
    two = links.keep_export(b"a" * (size // 2) + b"b" + b"a" * (size // 2 - 1), "same.bin",
                            "application/octet-stream")
    assert client.get(one).content == b"a" * size
    assert client.get(two).content.count(b"b") == 1


def test_old_exports_are_swept_when_a_new_one_is_kept(client: TestClient, folder: Path) -> None:
    href = links.keep_export(b"old", "old.txt", "text/plain")
    place = folder / "exports" / href.removeprefix("/export/")
    meta = json.loads((place / "meta.json").read_text())
    (place / "meta.json").write_text(json.dumps({**meta, "until": 0}))
    os.utime(place, (time.time() - 999, time.time() - 999))
    links.keep_export(b"new", "new.txt", "text/plain")
    assert not place.exists()


def test_it_says_where_it_is_open_while_it_runs(folder: Path) -> None:
    server.house("own")
    with TestClient(launched(), base_url=HERE):
        note = json.loads((folder / "open.json").read_text())
        assert note["pid"] == os.getpid()
        assert note["url"].startswith("http://127.0.0.1:")
    assert not (folder / "open.json").exists()


def test_the_watched_folder_is_looked_into_while_it_runs_and_no_thread_stays(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports, looked = tmp_path / "exports", threading.Event()
    exports.mkdir()
    monkeypatch.setattr(watching, "EVERY", 0.01)
    monkeypatch.setattr(listing, "entries", lambda place: looked.set() or [])
    own = server.house("own")
    assert own is not None
    watched.watch(own.records, "owner", watched.Folder(exports))
    with TestClient(launched(), base_url=HERE):
        assert looked.wait(20)
    assert not [t for t in threading.enumerate() if t.name == "staffroom-folder"]


def test_note_of_a_process_that_is_gone_stops_nobody(folder: Path) -> None:
    folder.mkdir()
    note = folder / "open.json"
    note.write_text(json.dumps({"url": "http://127.0.0.1:9", "pid": 2**22 + 1}))
    assert server.open_elsewhere(folder) is None
    note.write_text(json.dumps({"url": "http://evil.example", "pid": 1}))
    assert server.open_elsewhere(folder) is None
    note.write_text("half a not")
    assert server.open_elsewhere(folder) is None


@pytest.mark.skipif(os.name == "nt", reason="file modes say nothing on this system")
def test_cookie_secret_is_made_once_and_for_this_person_only(folder: Path) -> None:
    first = server.cookie_secret(folder)
    assert len(first) == 64
    assert server.cookie_secret(folder) == first
    assert stat.S_IMODE((folder / "cookie.secret").stat().st_mode) == 0o600


def test_settings_of_the_project_are_those_that_are_pinned() -> None:
    assert server.wrong_settings() == []


def test_changed_setting_is_named() -> None:
    before = config.get_option("client.showErrorDetails")
    config.set_option("client.showErrorDetails", "full")
    try:
        assert server.wrong_settings() == ["client.showErrorDetails"]
    finally:
        config.set_option("client.showErrorDetails", before)


def started(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "app.py"),
               "--server.headless", "true", *options]
    return subprocess.Popen(command, cwd=folder.parent, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT,
                            env={**os.environ, "STAFFROOM_DATA": str(folder)})


def test_wrong_setting_stops_the_start_with_a_sentence(tmp_path: Path) -> None:
    process = started(tmp_path / "data", "--server.address", "0.0.0.0", "--server.port", "0")
    out, _ = process.communicate(timeout=90)
    assert process.returncode == 2
    assert "does not start with these settings changed: server.address." in out
    assert not (tmp_path / "data").exists()


def test_second_start_on_one_folder_says_where_the_first_is(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    first = started(folder, "--server.port", "0")
    try:
        for _ in range(600):
            if (folder / "open.json").exists():
                break
            time.sleep(0.1)
        url = json.loads((folder / "open.json").read_text())["url"]
        second = started(folder, "--server.port", "0")
        out, _ = second.communicate(timeout=90)
        assert second.returncode == 3
        assert f"Staffroom is open at {url}" in out
        assert "Traceback" not in out
    finally:
        first.terminate()
        first.wait(20)
    assert not (folder / "open.json").exists()
