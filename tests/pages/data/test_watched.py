"""The watched folder on the pages: set, told, looked at, left out, switched off."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hillside
import pytest
from screen import button, said, settled
from streamlit.testing.v1 import AppTest

import server
from etl import jobs, watching
from pages.data import watched
from school.records import audit, loads
from school.records import folder as records
from school.records.folder import Folder
from school.terms import folder as words
from tests.office import Office, marks

Opener = Callable[..., AppTest]


def bring(office: Office, app: AppTest, **files: bytes) -> AppTest:
    """Save files into the folder, let them rest, and draw until the work is done."""
    for name, data in files.items():
        office.save(f"{name}.csv", data)
    office.look()
    office.look(after=watching.AT_REST)
    return settled(app)


@pytest.fixture
def office(folder: object, tmp_path: Path) -> Office:
    house = server.house("own")
    assert house is not None
    house.choose_preset("india")
    (tmp_path / "exports").mkdir()
    return Office(house, tmp_path / "exports")


def choose(app: AppTest, path: object, how: str = watched.LOOK) -> AppTest:
    next(t for t in app.text_input if "folder" in t.label).set_value(str(path))
    app.radio[0].set_value(how)
    next(b for b in app.button if b.label in ("Watch this folder", "Save this")).click()
    return app.run()


def expanders(app: AppTest) -> list[str]:
    return [e.label for e in app.expander]


def test_a_folder_is_set_changed_and_switched_off_on_the_page(
    office: Office, open_page: Opener
) -> None:
    app = open_page("upload")
    assert "Watch a folder" in expanders(app)
    choose(app, f'"{office.exports}"')
    assert not app.exception
    assert records.folder(office.house.records) == Folder(office.exports, False)
    assert "Watched folder: exports" in expanders(app)
    choose(app, office.exports, watched.ALONE_WORDS)
    assert records.folder(office.house.records) == Folder(office.exports, True)
    button(app, "Watch no folder").click().run()
    assert records.folder(office.house.records) is None
    assert "Watch a folder" in expanders(app)
    assert [e.what for e in audit.trail(office.house.records)][:3] == [
        "watch no folder", "watch a folder", "watch a folder"]


def test_a_folder_that_cannot_be_watched_is_refused_in_words(
    office: Office, open_page: Opener
) -> None:
    app = choose(open_page("upload"), office.exports / "nothing")
    assert words.NO_FOLDER in said(app)
    choose(app, office.house.folder)
    assert words.OUR_OWN in said(app)
    assert records.folder(office.house.records) is None


def test_a_file_of_the_folder_waits_is_looked_at_and_used_like_any_other(
    office: Office, open_page: Opener
) -> None:
    office.watch()
    app = bring(office, open_page("upload"), June=marks(6), July=marks(7, code="ZZ"))
    assert not app.exception
    assert "1 file from the folder waits for an answer. 1 file waits for a look." in said(app)
    assert "July.csv: It needs an answer." in said(app)
    button(app, "Look at what waits").click()
    settled(app)
    next(s for s in app.selectbox if "ZZ" in s.label).set_value("Absent")
    button(app, "Go on with these answers").click()
    settled(app)
    button(app, "Use these data").click()
    settled(app)
    assert "72 rows read: 72 new" in said(app)
    assert {x.file for x in loads.loads(office.house.records)} == {"June.csv", "July.csv"}
    assert "from the folder waits" not in said(open_page("upload"))


def test_what_was_used_by_itself_is_told_on_upload_and_overview(
    office: Office, open_page: Opener
) -> None:
    office.watch(by_itself=True)
    bring(office, open_page("upload"), June=marks(6), July=marks(7))
    app = bring(office, open_page("upload"), August=marks(8, code="ZZ"))
    told = "2 files from the folder were used today. 1 file waits for an answer."
    assert told in said(app)
    overview = open_page("")
    assert not overview.exception
    assert told in said(overview) and "See what waits" in said(overview)
    assert told not in said(open_page("", {"present": "1"}))


def test_left_out_files_wait_no_more_until_they_change(office: Office, open_page: Opener) -> None:
    office.watch()
    app = bring(office, open_page("upload"), June=marks(6), Empty=b"")
    assert "1 file from the folder waits for a look. 1 file could not be used." in said(app)
    button(app, "Leave out").click().run()
    assert "from the folder" not in said(app)
    app = bring(office, app, June=marks(6, code="A"))
    assert "1 file from the folder waits for a look." in said(app)


def test_a_file_that_went_away_before_the_look_is_told(office: Office, open_page: Opener) -> None:
    office.watch()
    app = bring(office, open_page("upload"), June=marks(6))
    (office.exports / "June.csv").unlink()
    button(app, "Look at what waits").click().run()
    assert words.gone(1) in said(app)
    assert jobs.current(office.house) is None
    assert "from the folder waits" not in said(app.run())


def test_a_folder_that_is_gone_or_slow_is_told_where_it_is_set(
    office: Office, open_page: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "shared_by", lambda path: "OneDrive")
    office.watch()
    office.exports.rename(office.exports.with_name("away"))
    app = bring(office, open_page("upload"))
    assert words.GONE in said(app)
    assert words.slow("OneDrive") in said(app)


def test_the_invented_schools_know_no_folder(office: Office, open_page: Opener) -> None:
    office.watch()
    bring(office, open_page("upload"), June=marks(6))
    hillside.fill(office.house.folder / "sample").close()
    for page in ("", "upload"):
        app = open_page(page, {"data": "sample"})
        assert not app.exception
        assert "These are the invented" in said(app) or "Nothing here is real" in said(app)
        assert "from the folder" not in said(app)
        assert "Watched folder: exports" not in expanders(app)
