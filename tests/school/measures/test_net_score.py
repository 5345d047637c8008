"""Net agreement: agree less disagree; the middle counts as neither, whichever way it is asked."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
import surveys

from school.measures import answer
from school.store import Store
from school.view import View


def net(store: Store, letters: str, view: View, *, turned: bool = False) -> float | None:
    asked = "I am bullied here."
    surveys.fill(store, surveys.wave({asked: letters}, turned=(asked,) if turned else ()))
    return answer(store, "net_score", view).rows[0].value


def test_ninety_sixty_and_fifty_of_200_are_plus_twenty(empty: Store, june: View) -> None:
    """KAT-30: +20 with 8.74 to 31.26."""
    assert net(empty, "S" * 40 + "A" * 50 + "N" * 60 + "D" * 30 + "X" * 20, june) == 20
    row = answer(empty, "net_score", june).rows[0]
    assert (row.low, row.high) == (pytest.approx(8.74, abs=0.15), pytest.approx(31.26, abs=0.15))


def test_the_middle_is_neither_when_the_question_is_turned(empty: Store, june: View) -> None:
    assert net(empty, "SANNNNDXXX", june, turned=True) == 20


def test_the_scale_is_known_where_nobody_gave_the_highest_answer(empty: Store, june: View) -> None:
    assert net(empty, "AAANNNDDDD?", june) == -10
