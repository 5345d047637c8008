"""Any measure beside the same question typed by hand in DuckDB: 600,000, 6 and 30 million marks.

`BENCH_GROUNDS` keeps the grounds from one run to the next; without it they are filled each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import twenty
from twenty import TWO_YEARS, Taken, side_by_side

from school.house import House, open_house
from school.measures import answer
from school.view import View

pytestmark = pytest.mark.long

_YEAR = "date between date '2024-04-01' and date '2025-11-14'"
# What an analyst would type: one row a student and part, then the sums that an interval needs; of
# results also who has no score and why, as the measure says it.
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
    ("mean_score", "subject"): f"""
        with unit as (select subject, student, min(scale) as scale, max(scale) as other,
            sum(100 * score / max_score) filter (status = 'scored') as x,
            count(score) filter (status = 'scored') as n,
            case when count(score) filter (status = 'scored') = 0
                then 'no score: ' || min(status) end as left_out
            from mart.results join mart.assessments using (assessment_id)
            where {_YEAR} group by all)
        select subject, left_out, count(*), sum(x), sum(n), sum(x * x), sum(x * n), sum(n * n),
            min(scale), max(other) from unit group by subject, left_out""",
    ("pass_rate", "subject"): f"""
        with unit as (select subject, student,
            sum((100 * score >= 33 * max_score)::integer) filter (status = 'scored') as x,
            count(score) filter (status = 'scored') as n,
            case when count(score) filter (status = 'scored') = 0
                then 'no score: ' || min(status) end as left_out
            from mart.results join mart.assessments using (assessment_id)
            where {_YEAR} group by all)
        select subject, left_out, count(*), sum(x), sum(n), sum(x * x), sum(x * n), sum(n * n)
        from unit group by subject, left_out""",
}
# The sums alone: nothing of who has no score and why, nor whether all is on one scale.
SUMS_ALONE = {
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


@pytest.fixture(scope="module", params=["twenty", "two hundred", "thousand"])
def sized(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory,
          ) -> Iterator[tuple[str, House]]:
    """A house of each size, open."""
    place: Path = twenty.kept(request.param, tmp_path_factory.mktemp("grounds"))
    house = open_house(place)
    yield request.param, house
    house.close()


@pytest.mark.parametrize(("measure", "by"), BY_HAND)
def test_a_measure_costs_little_more_than_its_sql_by_hand(
    sized: tuple[str, House], measure: str, by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    size, house = sized
    view, turn = TWO_YEARS.with_(by=(by,)), [0]
    shown = answer(house.store, measure, view, preset=house.preset).rows
    ours, hand, again = side_by_side(
        lambda: _fresh(house, measure, view, turn),
        lambda: house.store.unsafe_run(BY_HAND[measure, by]),
        lambda: answer(house.store, measure, view, preset=house.preset))
    with capsys.disabled():
        print(f"\n{twenty.marks(size):>10,} marks, {measure} by {by}: answer {_ms(ours)}, by hand "
              f"{_ms(hand)}, {ours.work / hand.work:4.2f} x in work, "
              f"{ours.clock / hand.clock:4.2f} x by the clock; asked again "
              f"{again.clock * 1e3:5.2f} ms")
        if (measure, by) in SUMS_ALONE:
            alone = side_by_side(lambda: house.store.unsafe_run(SUMS_ALONE[measure, by]))[0]
            print(f"{'':>17} beside the sums alone {_ms(alone)}, "
                  f"{ours.work / alone.work:4.2f} x in work, "
                  f"{ours.clock / alone.clock:4.2f} x by the clock")
    parts = {row[0] for row in house.store.unsafe_run(BY_HAND[measure, by])}
    assert len(shown) == len(parts)


def _ms(taken: Taken) -> str:
    return f"{taken.clock * 1e3:6.1f} ms ({taken.work * 1e3:6.1f} of work)"
