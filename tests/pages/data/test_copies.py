"""Keep a copy on the pages: saved by a job, collected by its address, restored after a question."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from screen import said
from streamlit.testing.v1 import AppTest

import server
from etl import jobs
from etl.publish import publish
from school.backup import save
from school.house import House, open_house
from school.records import loads
from tests.drops import drop, mark, table

Opener = Callable[..., AppTest]
MONDAY = date(2025, 6, 2)


def with_uploads(folder: Path, *names: str) -> House:
    """A house with one small upload a name; the caller closes it."""
    house = open_house(folder, least_free=0)
    for number, name in enumerate(names):
        publish(house, drop(folder.parent, {name: {"attendance": table(
            "attendance", [mark(n, MONDAY) for n in range(number + 12)])}}), "owner")
    return house


def saved(folder: Path) -> bytes:
    """A saved file of two uploads, made elsewhere."""
    house = with_uploads(folder / "elsewhere" / "data", "a.csv", "b.csv")
    save(house, folder / "copy.zip", "owner")
    house.close()
    return (folder / "copy.zip").read_bytes()


def standing() -> list[str]:
    own = server.house("own")
    assert own is not None
    return [x.file for x in loads.loads(own.records, "standing")]


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def test_everything_is_saved_by_a_job_and_collected_by_its_address(
    folder: Path, open_page: Opener
) -> None:
    with_uploads(folder, "a.csv").close()
    app = press(open_page("quality"), "copies:save")
    own = server.house("own")
    assert own is not None
    until = time.monotonic() + 30
    while jobs.current(own, "save") is not None:
        assert time.monotonic() < until
        time.sleep(0.05)
    app.run()
    words = said(app)
    assert "Everything is saved" in words
    token = words.split("/export/")[1].split(")")[0]
    content = folder / "exports" / token / "content"
    assert content.read_bytes()[:2] == b"PK"
    meta = server.export_meta(content.parent)
    assert meta is not None and meta["name"].startswith("Staffroom 2") and meta["owner"] == "owner"


def test_a_restore_asks_before_it_replaces_and_keeps_what_was_here(
    folder: Path, open_page: Opener, tmp_path: Path
) -> None:
    content = saved(tmp_path)
    with_uploads(folder, "mine.csv").close()
    app = open_page("quality")
    app.file_uploader[0].upload("copy.zip", content).run()
    press(app, "copies:ask")
    assert "holds 2 uploads" in said(app) and "moved aside and not deleted" in said(app)
    assert standing() == ["mine.csv"]
    press(app, "copies:restore")
    assert standing() == ["b.csv", "a.csv"]
    app.run()
    assert "Restored: 2 uploads" in said(app)
    aside, = folder.glob("before-restore-*")
    old = open_house(aside, least_free=0)
    assert [x.file for x in loads.loads(old.records)] == ["mine.csv"]
    old.close()


def test_an_empty_staffroom_begins_with_a_saved_file(
    folder: Path, open_page: Opener, tmp_path: Path
) -> None:
    content = saved(tmp_path)
    first = open_page()
    assert [u.label for u in first.file_uploader] == ["Choose files to read"]
    assert "Restore from a saved file" in said(first)
    app = open_page("quality")
    uploader = next(u for u in app.file_uploader if u.label == "Choose a saved file")
    uploader.upload("copy.zip", content).run()
    press(app, "copies:ask")
    assert "There are no data here yet." in said(app)
    press(app, "copies:restore")
    assert standing() == ["b.csv", "a.csv"]


@pytest.mark.parametrize(("content", "words"), [
    (b"no zip at all", "not a file that Staffroom saved"),
    (b"PK\x05\x06" + bytes(18), "not a file that Staffroom saved"),
])
def test_a_foreign_file_is_refused_in_words(
    folder: Path, open_page: Opener, content: bytes, words: str
) -> None:
    with_uploads(folder, "mine.csv").close()
    app = open_page("quality")
    app.file_uploader[0].upload("copy.zip", content).run()
    press(app, "copies:ask")
    assert words in said(app)
    assert "copies:restore" not in [b.key for b in app.button]
    assert standing() == ["mine.csv"]


def test_a_damaged_file_leaves_everything_as_it_was(
    folder: Path, open_page: Opener, tmp_path: Path
) -> None:
    content = bytearray(saved(tmp_path))
    content[len(content) // 4] ^= 0xFF
    with_uploads(folder, "mine.csv").close()
    app = open_page("quality")
    app.file_uploader[0].upload("copy.zip", bytes(content)).run()
    press(app, "copies:ask")
    if "copies:restore" in [b.key for b in app.button]:
        press(app, "copies:restore")
    app.run()
    assert "damaged" in said(app)
    assert standing() == ["mine.csv"] and not list(folder.glob("before-restore-*"))


@pytest.mark.parametrize("page", ["quality", "upload"])
def test_a_synchronised_folder_is_warned_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_page: Opener, page: str
) -> None:
    for name, warned in (("OneDrive - Hill School", True), ("Documents", False)):
        place = tmp_path / name / "data"
        monkeypatch.setenv("STAFFROOM_DATA", str(place))
        with_uploads(place, "a.csv").close()
        words = "\n".join(str(w.value) for w in open_page(page).warning)
        assert ("OneDrive" in words and "Save everything" in words) is warned
        server.close_houses()


def test_every_upload_says_how_it_was_read(folder: Path, open_page: Opener) -> None:
    house = open_house(folder, least_free=0)
    publish(house, drop(folder.parent, {"a.csv": {"attendance": table(
        "attendance", [mark(n, MONDAY) for n in range(12)])}}, answers={"blank": "yes"}), "Head")
    house.close()
    words = said(open_page("quality")).replace("\\", "")
    assert "Upload 1, added " in words and ", by Head." in words
    assert "Speaks up to" in words and "2025" in words
    assert "Answered: An empty cell means present." in words
