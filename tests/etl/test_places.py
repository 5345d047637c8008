"""Which school a row belongs to; what is asked instead of guessed."""

import numpy as np
import pyarrow as pa
import pytest

from etl.checks import Cells
from etl.model import Context, Known
from etl.places import NEW, Places, is_code, read_places
from tests.grids import answered, context, rows, sheet

HILL = Known({"hillside primary school": "29", "29": "29"}, {"29": "Hillside Primary School"})


def _read(
    names: list[str | None] | None,
    known: Context,
    codes: list[str | None] | None = None,
    **hints: str,
) -> Places:
    count = len(names or codes or [1])
    arrays = [None if v is None else pa.array(v, pa.string()) for v in (codes, names)]
    return read_places(sheet("a"), known, Cells("School", np.arange(1, count + 1)), *arrays, hints)


def test_a_code_is_the_id_and_a_name_without_code_is_its_own_id() -> None:
    found = _read(["Hill  School", "Lake School"], context(), ["0017", None])
    assert found.org_id.to_pylist() == ["0017", "lake school"]
    assert rows(found.facts, "org_id", "name", "code", "row") == [
        ("lake school", "Lake School", None, 3), ("0017", "Hill  School", "0017", 2)
    ] or rows(found.facts, "org_id", "name", "code", "row") == [
        ("0017", "Hill  School", "0017", 2), ("lake school", "Lake School", None, 3)
    ]  # fmt: skip


def test_a_known_spelling_finds_its_school_and_keeps_the_spelling() -> None:
    found = _read(["HILLSIDE PRIMARY SCHOOL"], context(known=HILL))
    assert found.org_id.to_pylist() == ["29"] and not found.questions


def test_a_near_spelling_is_asked_and_the_answer_joins_it() -> None:
    found = _read(["Hilside Primary School"], context(known=HILL))
    (asked,) = found.questions
    assert asked.about == "school:Hilside Primary School"
    assert asked.choices == ("Hillside Primary School", NEW)
    said = answered(context(known=HILL), {asked.about: "Hillside Primary School"})
    found = _read(["Hilside Primary School"], said)
    assert found.org_id.to_pylist() == ["29"] and not found.questions
    assert ("hilside primary school", "29") in rows(found.facts, "org_id", "same_as")
    said = answered(context(known=HILL), {asked.about: NEW})
    assert _read(["Hilside Primary School"], said).org_id.to_pylist() == ["hilside primary school"]


@pytest.mark.parametrize(
    "other", ["Hillside Primary School 2", "Lakeside Primary School", "Riverside Primary School"]
)
def test_names_that_only_share_common_words_or_differ_in_a_number_are_not_near(other: str) -> None:
    assert not _read([other], context(known=HILL)).questions


def test_two_spellings_in_one_file_are_asked_too() -> None:
    found = _read(["Govt School Hosahalli", "Govt School Hosahali"], context())
    assert [q.about for q in found.questions] == ["school:Govt School Hosahali"]


def test_a_column_wins_over_an_answer_and_an_answer_over_the_title() -> None:
    assert _read(["Lake"], context(school="Hill"), school="Title").org_id.to_pylist() == ["lake"]
    assert _read(None, context(school="Hill"), school="Title").org_id.to_pylist() == ["hill"]
    assert _read(None, context(), school="Title").org_id.to_pylist() == ["title"]


def test_where_nothing_says_it_the_school_is_asked_among_those_known() -> None:
    two = Known({**HILL.schools, "lake": "lake"}, {**HILL.school_names, "lake": "Lake"})
    found = _read(None, context(known=two))
    assert [(q.about, q.choices, q.required) for q in found.questions] == [
        ("school", ("Hillside Primary School", "Lake"), True)
    ]
    assert found.org_id.null_count == 1


def test_the_only_school_is_taken_where_nothing_says_it_and_the_card_says_so() -> None:
    found = _read(None, context(known=HILL))
    ((asked),) = found.questions
    assert (asked.about, asked.choices, asked.required) == (
        "school", ("Hillside Primary School",), False)
    assert "Hillside Primary School" in asked.words
    assert found.org_id.to_pylist() == ["29"]
    other = _read(None, context(known=HILL, school="Lake"))
    assert (other.org_id.to_pylist(), other.questions) == (["lake"], ())


def test_a_row_without_school_is_bad_where_others_have_one() -> None:
    assert _read(["Hill", None], context()).bad == frozenset({1})


def test_codes_and_names_are_told_apart() -> None:
    assert all(
        is_code(c) for c in ("29110012345", "01M015", "ab2a9665-ce87-4120-a8b5-edd392875e42")
    )
    assert not any(is_code(c) for c in ("Hill", "P.S. 015 Roberto", "School 12"))
