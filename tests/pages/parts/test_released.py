"""A file for others, held against what was made before: made, or refused with what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from screen import said
from streamlit.testing.v1 import AppTest

import server
from school.house import open_house
from school.records import releases
from school.records.releases import Told

Opener = Callable[..., AppTest]
TEST = "pass_rate assessment=Term 1 subject=Mathematics"  # the need that others are told of
EVERYBODY = (*range(1000, 1012), *range(2000, 2012))


def before(folder: Path, people: tuple[int, ...], about: str = TEST) -> None:
    """An earlier release told of these students."""
    house = open_house(folder)
    told = frozenset(releases.digests(house.records, people).values())
    releases.keep(house.records, "needs", "png", [
        Told(about, "2025-04-01", "2025-06-20", (), told)], "owner")
    house.close()


def made(app: AppTest) -> bool:
    """Whether a file is offered."""
    return "Save the picture" in said(app)


def test_a_picture_for_others_is_made_and_written_down(filled: Path, open_page: Opener) -> None:
    app = open_page("needs")
    app.button(key="export:png").click().run()
    assert not app.exception and made(app)
    server.close_houses()
    house = open_house(filled)
    kept = releases.earlier(house.records, {TEST})
    house.close()
    assert {len(k.members) for k in kept} == {24}


def test_next_to_a_file_of_all_but_one_it_is_refused(filled: Path, open_page: Opener) -> None:
    before(filled, EVERYBODY[1:])
    app = open_page("needs")
    app.button(key="export:png").click().run()
    assert not app.exception and not made(app)
    assert "This was not made: one made for others on" in said(app)
    assert "Choose the dates that were chosen then, or a larger group" in said(app)


def test_for_staff_it_is_made_all_the_same(filled: Path, open_page: Opener) -> None:
    before(filled, EVERYBODY[1:])
    app = open_page("needs")
    app.segmented_control(key="readers:needs").set_value("staff").run()
    app.button(key="export:png").click().run()
    assert not app.exception and made(app)


def test_a_file_of_another_half_of_the_school_stands_in_nobodys_way(
    filled: Path, open_page: Opener
) -> None:
    before(filled, EVERYBODY[:12])
    app = open_page("needs")
    app.button(key="export:png").click().run()
    assert made(app)
