"""Similar schools: alike in kind, then near in what is measured; the middle of them, never a rank.
"""

from __future__ import annotations

import math

import pytest

from school import similar
from school.access import Scope
from school.config import INDIA
from school.measures import known_values
from school.needs import needs
from school.similar.features import features
from school.store import Store
from school.terms.similar import compared_sentence, likeness, middle_sentence, place_sentence
from school.view import View
from tests import people
from tests.neighbours import LAST, Cast, of, tables


def _filled(store: Store, schools: list[Cast]) -> Store:
    return people.fill(store, tables(schools))


def _names(found: similar.Similar | None) -> list[str]:
    assert found is not None
    return [n.name for n in found.neighbours]


def _some(count: int, **more: object) -> list[Cast]:
    """Schools A, B, C … of 20, 22, 24 … students."""
    return [Cast(f"{chr(65 + n)} road", 20 + 2 * n, **more) for n in range(count)]


def test_only_schools_of_the_same_kind_are_compared(empty: Store) -> None:
    rural, urban = {"location": "rural"}, {"location": "Urban"}
    places = [*(Cast(f"Field {n}", 20 + n, traits=rural) for n in range(10)),
              *(Cast(f"Street {n}", 20 + n, traits=urban) for n in range(4)), Cast("Nowhere", 21)]
    store = _filled(empty, places)
    found = similar.similar_schools(store, of("field 0"), INDIA)
    assert _names(found) == [f"Field {n}" for n in range(1, 10)]
    assert found is not None and found.same == (("location", "rural"),)
    assert compared_sentence(found) == (
        "All the same in rural or urban (rural). These are all the other schools that are the same "
        "in this. Compared in number of students.")
    town = similar.similar_schools(store, of("street 0"), INDIA)
    assert town is not None and not town.neighbours
    assert town.refused == (
        "Only 3 other schools are like this one in rural or urban. A comparison with similar "
        "schools needs 8, so the usual line stands.")


def test_what_fewer_than_half_of_the_schools_state_parts_nobody(empty: Store) -> None:
    store = _filled(empty, [Cast("Alone", 20, traits={"board": "State"}), *_some(9)])
    found = similar.similar_schools(store, of("alone"), INDIA)
    assert found is not None and found.same == () and len(found.neighbours) == 9


@pytest.mark.parametrize(("count", "kept"), [(8, 0), (9, 8)])
def test_under_eight_neighbours_nothing_is_compared(empty: Store, count: int, kept: int) -> None:
    store = _filled(empty, _some(count))
    found = similar.similar_schools(store, of("a road"), INDIA)
    assert found is not None and len(found.neighbours) == kept
    assert bool(found.refused) == (kept == 0)
    assert (similar.reference(store, "chronic_absence", of("a road"), INDIA) is None) == (kept == 0)


def test_twenty_at_most_and_those_are_the_nearest_in_the_order_of_their_names(
    empty: Store
) -> None:
    places = [Cast(f"S {chr(122 - n)}", 10 + n, absent=0) for n in range(24)]
    store = _filled(empty, places)
    found = similar.similar_schools(store, of("s z"), INDIA)
    assert _names(found) == sorted(p.name for p in places[1:21])
    assert found is not None and compared_sentence(found) == "Compared in number of students."


def test_the_distance_is_that_of_standardised_logarithms(empty: Store) -> None:
    store = _filled(empty, [Cast(f"S {n}", 10 if n < 5 else 40) for n in range(10)])
    found = similar.similar_schools(store, of("s 0"), INDIA)
    assert found is not None
    # Half of the schools lie one standard deviation under the mean and half one over it.
    assert {n.name: round(n.distance, 9) for n in found.neighbours} == {
        **{f"S {n}": 0 for n in range(1, 5)}, **{f"S {n}": 2 for n in range(5, 10)}}
    assert [likeness(d) for d in (0, 1, 2)] == ["very near", "near", "less near"]


def test_a_group_counts_by_the_share_of_what_is_usual_whatever_that_is(empty: Store) -> None:
    store = _filled(empty, [Cast(f"S {n}", 10, other=n, absent=0) for n in range(9)])
    _, found = features(store, of("s 0"), INDIA)
    assert set(found) == {"group.language"}  # all have one size, so size says nothing
    shares = [1 - n / 10 for n in range(9)]
    middle, spread = sum(shares) / 9, math.sqrt(sum((s - 0.6) ** 2 for s in shares) / 9)
    assert found["group.language"] == pytest.approx(
        {f"s {n}": (s - middle) / spread for n, s in enumerate(shares)})


@pytest.mark.parametrize(("tested", "used"), [(4, False), (5, True)])
def test_last_years_marks_count_where_half_of_the_schools_have_them(
    empty: Store, tested: int, used: bool
) -> None:
    store = _filled(empty, [Cast(f"S {n}", 20 + n, last_year=50.0 + n if n < tested else None)
                            for n in range(10)])
    assert ("mean_score" in features(store, of("s 0"), INDIA)[1]) == used


def test_the_middle_and_the_middle_half_are_those_of_the_neighbours(empty: Store) -> None:
    places = [Cast("Mine", 40, absent=16), *(Cast(f"S {n}", 20, absent=n) for n in range(9))]
    store = _filled(empty, places)
    found = similar.similar_schools(store, of("mine"), INDIA)
    assert found is not None
    made = similar.middle(store, "chronic_absence", of("mine"), INDIA, found)
    assert made is not None
    assert (made.count, made.median, made.low, made.high) == (9, 0.2, 0.1, 0.3)
    assert (made.own, made.people, made.place) == (0.4, 40, "above")
    assert middle_sentence(made) == ("In the middle of 9 similar schools it is 20%; half of them "
                                     "lie between 10% and 30%.")
    assert place_sentence(made).startswith(
        "This school's 40% lies above the range expected for 40 students,")
    line = similar.reference(store, "chronic_absence", of("mine"), INDIA)
    assert line is not None and (line.share, line.words, line.than) == (
        0.2, "the middle of 9 similar schools", "at the middle of 9 similar schools")


def test_a_need_is_judged_against_the_middle_and_names_it(empty: Store) -> None:
    places = [Cast("Mine", 40, absent=20), *(Cast(f"S {n}", 20, absent=4) for n in range(9))]
    store, view = _filled(empty, places), of("mine")
    found = needs(store, view, INDIA, known_values(store, view.scope), similar=lambda m, v:
                  similar.reference(store, m, v, INDIA))
    first = found.rows[0]
    assert (first.key, first.bad, first.reference.share) == ("chronic_absence", 20, 0.2)
    assert first.phrase.against() == ("20 of 40 students missed 1 day in 10 or more, 12 more than "
                                      "at the middle of 9 similar schools")


def test_where_schools_are_too_few_the_printed_line_stands_and_is_named(empty: Store) -> None:
    store, view = _filled(empty, _some(5, absent=8)), of("a road")
    found = needs(store, view, INDIA, known_values(store, view.scope), similar=lambda m, v:
                  similar.reference(store, m, v, INDIA))
    assert found.rows[0].reference.words == "the 10% line used in India (convention)"


def test_several_schools_and_a_class_have_no_similar_ones(empty: Store) -> None:
    store = _filled(empty, _some(10))
    assert similar.similar_schools(store, View(LAST, LAST, LAST), INDIA) is None
    assert similar.similar_schools(store, of("a road").choose("class", ("6 A",)), INDIA) is None


def test_a_projector_that_hides_small_groups_finds_the_same_schools(empty: Store) -> None:
    store = _filled(empty, [Cast(f"S {n}", 12 + n, other=n % 3) for n in range(12)])
    shown = similar.similar_schools(store, of("s 0", scope=Scope(staff=False)), INDIA)
    assert _names(shown) == _names(similar.similar_schools(store, of("s 0"), INDIA))


def test_a_school_without_students_in_these_days_is_not_compared(empty: Store) -> None:
    rows = tables(_some(10))
    rows["organisations"].append({"org_id": "new", "name": "New", "type": "school"})
    found = similar.similar_schools(people.fill(empty, rows), of("new"), INDIA)
    assert found is not None and found.refused.startswith("We do not know how many students")


@pytest.mark.parametrize(("count", "kept"), [(8, 0), (9, 8)])
def test_schools_that_nothing_tells_apart_are_all_alike_and_still_need_to_be_eight(
    empty: Store, count: int, kept: int
) -> None:
    store = _filled(empty, [Cast(f"S {n}", 20) for n in range(count)])
    found = similar.similar_schools(store, of("s 0"), INDIA)
    assert found is not None and [n.distance for n in found.neighbours] == [0.0] * kept
    assert bool(found.refused) == (kept == 0)
    assert compared_sentence(found) == "These are all the other schools here."


def test_where_the_middle_is_nobody_no_range_is_told(empty: Store) -> None:
    store = _filled(empty, [Cast("Mine", 30, absent=1), *_some(9, absent=0)])
    found = similar.similar_schools(store, of("mine"), INDIA)
    assert found is not None
    made = similar.middle(store, "chronic_absence", of("mine"), INDIA, found)
    assert made is not None and (made.median, made.expected, made.place) == (0.0, None, None)
    assert place_sentence(made) == ""
