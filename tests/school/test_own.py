"""What a school may define of its own numbers, who did it when, and that it outlives a restart."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import people
import pytest

from school import own
from school.__main__ import main
from school.errors import Stale, WrongUse
from school.house import House, open_house
from school.measures import catalogue
from school.records import audit
from school.records.numbers import own_numbers

GIVEN: dict[str, Any] = {"title": "Minutes online", "unit": "minutes", "better": "higher",
                         "minimum": 10, "line": 30.0}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_house(tmp_path, clock=lambda: datetime(2025, 6, 30, 10), least_free=0)


def test_a_definition_says_who_and_when_and_outlives_a_restart(house: House) -> None:
    own.define(house, "owner", "Minutes used", **GIVEN)
    kept = own_numbers(house.records)
    assert [(k.slug, k.name, k.line, k.who, k.at, k.version) for k in kept] == [
        ("minutes-used", "Minutes used", 30.0, "owner", "2025-06-30T10:00:00", 1)]
    house.close()
    again = open_house(house.folder, least_free=0)
    measure = catalogue(again.store)["own:minutes-used"]
    assert (measure.title, measure.source) == ("Minutes online",
                                               "defined by owner on 2025-06-30")
    assert "own:minutes-used:share" in catalogue(again.store)
    again.close()


def test_a_change_is_a_new_version_and_a_late_one_is_refused(house: House) -> None:
    own.define(house, "owner", "Minutes", **GIVEN)
    own.define(house, "owner", "Minutes", **{**GIVEN, "line": None}, version=1)
    assert catalogue(house.store)["own:minutes"].version == "2"
    assert "own:minutes:share" not in catalogue(house.store)
    with pytest.raises(Stale, match="changed this number meanwhile"):
        own.define(house, "owner", "Minutes", **GIVEN, version=1)
    house.close()


def test_a_forgotten_number_is_gone_everywhere_and_it_is_written_down(house: House) -> None:
    own.define(house, "owner", "Minutes", **GIVEN)
    own.forget(house, "owner", "minutes")
    assert not [n for n in catalogue(house.store) if n.startswith("own:")]
    assert [e.what for e in audit.trail(house.records)][:2] == [
        "forgot a number of our own", "defined a number of our own"]
    house.close()


@pytest.mark.parametrize(("change", "words"), [
    ({"title": " "}, "Give the number a title"), ({"minimum": 4}, "At least 5 people"),
    ({"better": "neither"}, "A line needs a good side"), ({"title": "BOOKS"}, "title already")])
def test_what_is_missing_is_said(house: House, change: dict[str, Any], words: str) -> None:
    own.define(house, "owner", "Books", **{**GIVEN, "title": "Books"})
    with pytest.raises(WrongUse, match=words):
        own.define(house, "owner", "Minutes", **{**GIVEN, **change})
    house.close()


def test_addresses_are_plain_and_never_taken_twice() -> None:
    assert own.slug_of("Minutes used (Math)") == "minutes-used-math"
    assert own.slug_of("Minutes", {"minutes", "minutes-2"}) == "minutes-3"
    assert own.slug_of("पढ़ी किताबें").startswith("n") and len(own.slug_of("पढ़ी किताबें")) == 9


def test_the_command_line_answers_it_too(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    people.fill(house.store, {"organisations": [people.school()], "numbers": [
        {"student": n, "name": "Minutes", "date": people.JUNE, "org_id": "hill", "value": 10.0 * n}
        for n in range(3)]})
    own.define(house, "owner", "Minutes", **GIVEN)
    house.close()
    assert main(["answer", "own:minutes", "--data", str(house.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["value"] == 10
    assert main(["answer", "own:books", "--data", str(house.folder)]) == 2
