"""What marks mean."""

import pytest

from etl.codes import ANSWERS, halves, known_code, read_codes
from school.config import PRESETS
from tests.grids import answered, context, sheet


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_every_code_of_a_preset_is_read_as_the_preset_says(name: str) -> None:
    for mark, code in PRESETS[name].codes.items():
        assert known_code(mark, context(name)) == code


def test_a_code_is_read_as_typed_first_and_in_capitals_second() -> None:
    assert known_code("hd", context("india")) == PRESETS["india"].codes["HD"]
    assert known_code("x", context("england")) == PRESETS["england"].codes["X"]


def test_without_a_preset_only_p_and_a_and_plain_words_are_read() -> None:
    known = read_codes({"P": 1, "a": 1, "L": 1, "H": 1, "Absent": 1}, context(None), sheet("a"))
    assert known.unknown == {"L", "H"}
    assert [q.about for q in known.questions] == ["code:H", "code:L"]


def test_one_and_zero_and_yes_and_no_need_a_header_that_says_what_they_tell() -> None:
    marks = {"1": 3, "0": 1, "Y": 2, "No": 1}
    assert read_codes(marks, context("us"), sheet("a")).unknown == set(marks)
    present = read_codes(marks, context("us"), sheet("a"), "present").meaning
    absent = read_codes(marks, context("us"), sheet("a"), "absent").meaning
    assert [present[m].absent_halves for m in marks if present[m]] == [0, 2, 0, 2]  # type: ignore[union-attr]
    assert [absent[m].absent_halves for m in marks if absent[m]] == [2, 0, 2, 0]  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["Absent with leave", "absent_authorised", "ABSENT WITH LEAVE"])
def test_an_answer_may_be_the_category_or_its_words(said: str) -> None:
    known = answered(context("india"), {"code:ZZ": said})
    assert read_codes({"ZZ": 1}, known, sheet("a")).meaning["ZZ"].category == "absent_authorised"  # type: ignore[union-attr]


def test_an_answer_stands_above_the_preset() -> None:
    known = answered(context("india"), {"code:L": "Present"})
    assert read_codes({"L": 1}, known, sheet("a")).meaning["L"].category == "present"  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ANSWERS)
def test_every_answer_that_is_offered_is_understood(said: str) -> None:
    known = read_codes({"l": 1}, answered(context("india"), {"code:l": said}), sheet("a"))
    code = known.meaning["l"]
    assert code is not None and code.label == said
    if said in ("Late", "Half day"):
        assert (code.category, halves(code, "DAY")) == ("present", (2, int(said == "Half day")))


def test_a_day_is_two_halves_a_session_one_and_a_period_none() -> None:
    codes = PRESETS["india"].codes
    table = {m: [halves(codes[m], s) for s in ("DAY", "AM", "P1")] for m in ("P", "A", "HD", "H")}
    assert table == {
        "P": [(2, 0), (1, 0), (0, 0)], "A": [(2, 2), (1, 1), (0, 0)],
        "HD": [(2, 1), (1, 0), (0, 0)], "H": [(0, 0), (0, 0), (0, 0)],
    }  # fmt: skip
