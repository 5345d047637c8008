"""Any measure beside the same question typed by hand in DuckDB, at 20 schools and 600,000 marks."""

from __future__ import annotations

import pytest
from twenty import TWO_YEARS, best

from school.house import House
from school.measures import answer
from school.view import View

pytestmark = pytest.mark.long

_YEAR = "date between date '2024-04-01' and date '2025-11-14'"
# What an analyst would type: one row a student and part, then the sums that an interval needs.
BY_HAND = {
    ("attendance_rate", "grade"): f"""
        with unit as (select grade, student, sum(possible - absent) as x, sum(possible) as n
            from mart.attendance where {_YEAR} group by all)
        select grade, count(*), sum(x), sum(n), sum(x * x), sum(x * n), sum(n * n)
        from unit group by grade""",
    ("absence_rate", "school"): f"""
        with unit as (select org_id, student, sum(absent) as x, sum(possible) as n
            from mart.attendance where {_YEAR} group by all)
        select org_id, count(*), sum(x), sum(n), sum(x * x), sum(x * n), sum(n * n)
        from unit group by org_id""",
    ("chronic_absence", "group.sex"): f"""
        with unit as (select student, sum(absent) as a, sum(possible) as n
            from mart.attendance where {_YEAR} group by all)
        select m.value, count(*), sum((10 * a >= n)::integer) from unit join mart.memberships m
        using (student) where m.kind = 'sex' and n >= 40 group by m.value""",
    ("mean_score", "subject"): """
        with unit as (select subject, student, avg(100 * score / max_score) as v
            from mart.results join mart.assessments using (assessment_id)
            where status = 'scored' group by all)
        select subject, count(*), sum(v), sum(v * v) from unit group by subject""",
    ("pass_rate", "subject"): """
        with unit as (select subject, student, sum((100 * score >= 33 * max_score)::integer) as x,
            count(*) as n from mart.results join mart.assessments using (assessment_id)
            where status = 'scored' group by all)
        select subject, count(*), sum(x), sum(n), sum(x * x), sum(x * n), sum(n * n)
        from unit group by subject""",
}


def _fresh(house: House, measure: str, view: View, turn: list[int]) -> None:
    """An answer that is not remembered from the last turn: a threshold nobody asked for before."""
    turn[0] += 1
    answer(house.store, measure, view.with_(end=view.end.replace(day=1 + turn[0] % 14)),
           preset=house.preset)


@pytest.mark.parametrize(("measure", "by"), BY_HAND)
def test_a_measure_costs_little_more_than_its_sql_by_hand(
    house: House, measure: str, by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    view, turn = TWO_YEARS.with_(by=(by,)), [0]
    answer(house.store, measure, view, preset=house.preset)
    ours = best(lambda: _fresh(house, measure, view, turn), 8)
    hand = best(lambda: house.store.unsafe_run(BY_HAND[measure, by]), 8)
    again = best(lambda: answer(house.store, measure, view, preset=house.preset), 8)
    with capsys.disabled():
        print(f"\n{measure} by {by}: answer {ours * 1e3:6.1f} ms, by hand {hand * 1e3:6.1f} ms, "
              f"{ours / hand:4.2f} x; asked again {again * 1e3:5.2f} ms")
    shown = answer(house.store, measure, view, preset=house.preset).rows
    assert len(shown) == len(house.store.unsafe_run(BY_HAND[measure, by]))
