"""Reliability: alpha over complete answer sheets, thirty at least, turned questions turned."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import surveys

from school.measures.reliability import judged, reliability
from school.store import Store
from school.view import View

ROWS = ("11111", "11110", "11100", "11000", "10000", "00000")  # KAT-8: items across, people down


def test_ten_questions_as_published() -> None:
    """KAT-29 (Bland and Altman): 0.95."""
    assert judged(10, 30, 11.16, 77.44).alpha == pytest.approx(0.95099, abs=5e-6)


def test_a_survey_of_yes_and_no_through_the_store(empty: Store, june: View) -> None:
    """KAT-8: the six answer patterns five times each; alpha rests on variances, so five times the
    people move it only by the correction for their number, the same above and below."""
    letters = {f"I can do {n}.": "".join("S" if row[n] == "1" else "X" for row in ROWS) * 5
               for n in range(5)}
    surveys.fill(empty, surveys.wave(letters))
    found = reliability(empty, june)
    assert (found.questions, found.complete, found.why) == (5, 30, None)
    assert found.alpha == pytest.approx(0.8333, abs=5e-5)


def test_incomplete_sheets_are_left_out_and_a_turned_question_is_turned(
    empty: Store, june: View
) -> None:
    good, bad = "I feel safe here.", "I am bullied here."
    surveys.fill(empty, surveys.wave(
        {good: "SANDX" * 7 + "?", bad: "XDNAS" * 7 + "S"}, turned=(bad,)))
    found = reliability(empty, june)
    assert (found.complete, found.alpha) == (35, pytest.approx(1.0))


def test_what_is_missing_is_said(empty: Store, june: View) -> None:
    assert judged(1, 50, 1.0, 1.0).why == "one question alone has none"
    assert judged(4, 29, 1.0, 1.0).why == "fewer than 30 people answered every question"
    assert judged(4, 30, 0.0, 0.0).why == "everybody gave the same answers"
    assert reliability(empty, june).alpha is None
