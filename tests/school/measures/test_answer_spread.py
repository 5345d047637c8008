"""Answers by choice, in the order of the scale; don't know leaves the base."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
import surveys

from school.measures import answer
from school.store import Store
from school.view import View


def test_choices_stand_in_the_order_of_the_scale(empty: Store, june: View) -> None:
    surveys.fill(empty, surveys.wave({"I feel safe.": "SSAANDX?."}))
    rows = answer(empty, "answer_spread", june.with_(by=("level",))).rows
    assert [(r.segments["level"], r.numerator, r.denominator) for r in rows] == [
        ("Strongly disagree", 1, 7), ("Disagree", 1, 7), ("Neither agree nor disagree", 1, 7),
        ("Agree", 2, 7), ("Strongly agree", 2, 7)]
    whole = answer(empty, "answer_spread", june).rows[0]
    assert (whole.numerator, whole.denominator) == (4, 7)


def test_under_five_answers_no_choice_is_shown(empty: Store, june: View) -> None:
    surveys.fill(empty, surveys.wave({"I feel safe.": "SSAA"}))
    rows = answer(empty, "answer_spread", june.with_(by=("level",))).rows
    assert rows and all(r.hidden and r.numerator is None for r in rows)
