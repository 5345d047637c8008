"""What a team decides about needs is signed, dated, and never overwritten."""

from __future__ import annotations

from datetime import datetime

import pytest

from school.errors import WrongUse
from school.records import Records
from school.records import needs as decided

NOON = datetime(2025, 10, 3, 12, 0)


@pytest.fixture
def records() -> Records:
    return Records(clock=lambda: NOON)


def test_the_last_weights_count_with_who_and_when(records: Records) -> None:
    assert decided.weights(records) is None
    decided.set_weights(records, {"chronic_absence": 2.0}, "Ada")
    decided.set_weights(records, {"chronic_absence": 3.0, "pass_rate:Science": 1.0}, " Ben ")
    assert decided.weights(records) == decided.Weights(
        {"chronic_absence": 3.0, "pass_rate:Science": 1.0}, "Ben", "2025-10-03T12:00:00")


@pytest.mark.parametrize(("value", "who"), [(0.5, "Ada"), (3.5, "Ada"), (2.0, "  ")])
def test_weights_outside_one_to_three_or_unsigned_are_refused(
    records: Records, value: float, who: str
) -> None:
    with pytest.raises(WrongUse):
        decided.set_weights(records, {"chronic_absence": value}, who)
    assert decided.weights(records) is None


def test_each_need_of_each_view_has_its_own_gate(records: Records) -> None:
    decided.set_gate(records, "chronic_absence", "all", "partly", "Ada")
    decided.set_gate(records, "chronic_absence", "all", "yes", "Ben")
    assert decided.gate(records, "chronic_absence", "all") == decided.Decision(
        "yes", "Ben", "2025-10-03T12:00:00")
    assert decided.gate(records, "chronic_absence", "school=hill") is None
    assert decided.gate(records, "pass_rate:Science", "all") is None


def test_a_gate_without_a_name_or_with_another_answer_is_refused(records: Records) -> None:
    with pytest.raises(WrongUse):
        decided.set_gate(records, "chronic_absence", "all", "yes", "")
    with pytest.raises(WrongUse):
        decided.set_gate(records, "chronic_absence", "all", "perhaps", "Ada")  # type: ignore[arg-type]
