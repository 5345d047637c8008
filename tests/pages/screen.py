"""What a drawn page says, as one text, and a house whose register is only half marked."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import hillside
from streamlit.testing.v1 import AppTest

import server
from etl import jobs


def said(app: AppTest) -> str:
    """Everything the page says, as text."""
    parts = [*app.markdown, *app.caption, *app.title, *app.header, *app.error]
    found = [str(p.value) for p in parts] + [str(h.proto.body) for h in app.get("html")]
    return "\n".join([*found, *(str(link.proto.label) for link in app.get("page_link"))])


def settled(app: AppTest, seconds: float = 90) -> AppTest:
    """Draw until no work of the own house is under way."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.run()
        house = server.house("own")
        if house is not None and jobs.current(house) is None:
            return app.run()
        time.sleep(0.1)
    raise AssertionError("the work did not end")


def button(app: AppTest, label: str) -> Any:
    """The button of this label."""
    return next(b for b in app.button if b.label == label)


def half_marked(folder: Path) -> None:
    """Fill a house of which about half of all marks are missing."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("delete from mart.attendance where hash(student * 1000 + day(date)) % 2 = 0")
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
