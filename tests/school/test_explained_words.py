"""Sentences of the denominator card: none, one, two and many; agreed, explained, close, unknown."""

from __future__ import annotations

from typing import get_args

import pytest

from school.config import INDIA
from school.counted.values import Reason
from school.terms import explained as words


@pytest.mark.parametrize(("amount", "said"), [
    (1, "Without 1 student who left, it would be 93.4%."),
    (4, "Without 4 students who left, it would be 93.4%."),
    (1204, "Without 1,204 students who left, it would be 93.4%.")])
def test_a_way_is_said_with_its_amount(amount: int, said: str) -> None:
    assert words.way_sentence("leavers_out", amount, "93.4%", None) == said


def test_every_reason_has_a_sentence_that_ends_with_its_figure() -> None:
    for reason in get_args(Reason):
        said = words.way_sentence(reason, 12, "50%", INDIA)
        assert said.endswith(", it would be 50%.") and said[0].isupper(), reason


@pytest.mark.parametrize(("found", "reached", "said"), [
    (0, True, "The two agree: 93.4%."),
    (0, False, "It says 93.4%, here it is 93.1%. None of the usual reasons brings the two closer."),
    (1, True, "It says 93.4%, here it is 93.1%. This would explain it:"),
    (3, True, "It says 93.4%, here it is 93.1%. The first of these would explain it:"),
    (1, False, "It says 93.4%, here it is 93.1%. No usual reason explains all of it. "
               "This comes closer:"),
    (2, False, "It says 93.4%, here it is 93.1%. No usual reason explains all of it. "
               "These come closer:")])
def test_the_lead_says_how_far_it_is_explained(found: int, reached: bool, said: str) -> None:
    assert words.explained_lead("93.1%", "93.4%", found, reached=reached) == said


def test_only_what_there_is_stands_on_the_card() -> None:
    assert words.closely_lines(0, 0.0, 0, 0, None) == []
    assert words.closely_lines(3, 1.0, 1, 2, None) == [
        "Half days missed: 3. Each counts as half a day absent.",
        "On approved activity: 1 day. They count as attended.",
        "Left before the last day: 1 student. Their days until then count.",
        "Came after the first day: 2 students. Only their days since then count."]
    assert "2.5 days" in words.closely_lines(0, 2.5, 0, 0, None)[0]
