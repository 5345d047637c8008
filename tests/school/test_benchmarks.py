"""Published shares stand beside our own numbers with place, year and source, and change none."""

from __future__ import annotations

from typing import Any

import pytest

from school import benchmarks
from school.config import ENGLAND, INDIA
from school.measures import answer
from school.store import Store
from school.view import View
from tests import people

DFE = "DfE, pupil absence in schools"


def _share(share: float, **more: Any) -> dict[str, Any]:
    return {"source": DFE, "measure": "chronic_absence", "academic_year": "2016-17",
            "place": "E92", "name": "England", "level": "national", "dimension": "total",
            "value": "total", "share": share, **more}


def _hill(store: Store, *shares: dict[str, Any]) -> Store:
    return people.fill(store, {
        "organisations": [people.school(parent_id="camden"),
                          {"org_id": "camden", "name": "Camden", "type": "district",
                           "parent_id": "london"},
                          {"org_id": "london", "name": "London", "type": "region"}],
        "benchmarks": shares})


def test_kat_2_is_named_in_full(empty: Store, june: View) -> None:
    store = _hill(empty, _share(744275 / 6899770))
    line = benchmarks.reference(store, "chronic_absence", june, ENGLAND)
    assert line is not None
    assert line.words == "England 2016/17: 10.8% (DfE, pupil absence in schools)"
    assert line.share == 744275 / 6899770
    assert line.than == f"at the rate of {line.words}"


@pytest.mark.parametrize(("more", "name", "year"), [
    ((_share(0.2, academic_year="2022-23"),), "England", "2022-23"),
    ((_share(0.2, place="london", name="London", level="regional"),), "London", "2016-17"),
    ((_share(0.2, place="london", name="London", level="regional"),
      _share(0.2, place="E09", name="Camden", level="local")), "Camden", "2016-17"),
    ((_share(0.2, place="E09", name="Camden", level="local", academic_year="2015-16"),),
     "England", "2016-17"),
    ((_share(0.2, place="leeds", name="Leeds", level="local"),), "England", "2016-17"),
    ((_share(0.2, place="100", name="Some school", level="school"),), "England", "2016-17"),
    ((_share(0.2, place="wales", name="Wales"),), "England", "2016-17"),
    ((_share(0.2, dimension="school type", value="Primary"),), "England", "2016-17")])
def test_the_latest_year_and_then_the_nearest_place_is_taken(
    empty: Store, june: View, more: tuple[dict[str, Any], ...], name: str, year: str
) -> None:
    found = benchmarks.benchmark(_hill(empty, _share(0.1), *more), "chronic_absence", june, ENGLAND)
    assert found is not None and (found.name, found.year) == (name, year)


@pytest.mark.parametrize(("more", "offered"), [
    ({}, True), ({"level": "local", "place": "E09", "name": "Camden"}, True),
    ({"level": "local", "place": "E10", "name": "Leeds"}, False), ({"level": "school"}, False)])
def test_it_is_offered_where_it_is_of_the_country_or_of_a_place_of_ours(
    empty: Store, more: dict[str, Any], offered: bool
) -> None:
    assert bool(benchmarks.published(_hill(empty, _share(0.1, **more)))) == offered


def test_a_group_is_compared_with_its_own_share_where_one_was_published(
    empty: Store, june: View
) -> None:
    store = _hill(empty, _share(0.1), _share(0.12, dimension="sex", value="male"))
    boys = june.choose("group.sex", ("male",))
    girls = june.choose("group.sex", ("female",))
    told = [benchmarks.benchmark(store, "chronic_absence", v, ENGLAND) for v in (boys, girls)]
    assert [b.share for b in told if b] == [0.12, 0.1]


def test_a_subject_is_compared_with_that_subject_alone(empty: Store, june: View) -> None:
    passed = {"measure": "pass_rate", "source": "Board", "name": "India", "place": "india"}
    store = _hill(empty, _share(0.7, **passed),
                  _share(0.65, **{**passed, "dimension": "group", "value": "Mathematics"}))
    maths, science = (june.choose("subject", (s,)) for s in ("Mathematics", "Science"))
    assert benchmarks.reference(store, "pass_rate", science, INDIA) is None
    line = benchmarks.reference(store, "pass_rate", maths, INDIA)
    assert line is not None and line.share == pytest.approx(0.35)
    assert line.words == "India 2016/17: 35.0%, published as 65.0% (Board)"


def test_a_published_share_changes_no_number_of_our_own(store: Store, june: View) -> None:
    def told() -> list[Any]:
        return [(r.value, r.people) for m in ("attendance_rate", "chronic_absence", "headcount")
                for r in answer(store, m, june, preset=INDIA).rows]

    before = told()
    assert benchmarks.reference(store, "chronic_absence", june, INDIA) is None
    people.fill(store, {"benchmarks": [_share(0.5)]})
    assert benchmarks.published(store) and told() == before
