"""What a drawn page says, as one text, and a house whose register is only half marked."""

from __future__ import annotations

from pathlib import Path

import hillside
from streamlit.testing.v1 import AppTest


def said(app: AppTest) -> str:
    """Everything the page says, as text."""
    parts = [*app.markdown, *app.caption, *app.title, *app.header, *app.error]
    found = [str(p.value) for p in parts] + [str(h.proto.body) for h in app.get("html")]
    return "\n".join([*found, *(str(link.proto.label) for link in app.get("page_link"))])


def half_marked(folder: Path) -> None:
    """Fill a house of which about half of all marks are missing."""
    house = hillside.fill(folder)
    with house.store.writing() as tx:
        tx.execute("delete from mart.attendance where hash(student * 1000 + day(date)) % 2 = 0")
        hillside.derive(tx, None)
        hillside.set_meta(tx, "data_version", "2")
    house.close()
