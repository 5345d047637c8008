"""Who has a plan of support: one that holds on the census day, whatever it is for."""

from datetime import date

import people

from school.measures import answer, overlap
from school.store import Store
from school.view import View


def test_a_plan_counts_while_it_holds_on_the_census_day(store: Store, june: View) -> None:
    last = june.end
    people.fill(store, {"support": [
        {"student": people.ASHA, "org_id": "hill", "need": "Reading", "begin_date": last},
        {"student": people.ASHA, "org_id": "hill", "need": "Attendance", "begin_date": last},
        {"student": people.BILAL, "org_id": "hill", "need": "Reading",
         "begin_date": date(2025, 1, 1), "end_date": last},
        {"student": people.CHITRA, "org_id": "hill", "need": "Reading",
         "begin_date": date(2025, 12, 1)}]})
    found = answer(store, "plan_share", june).rows[0]
    heads = answer(store, "headcount", june).rows[0]
    assert (found.numerator, found.denominator) == (1, heads.value)


def test_support_stands_beside_need_for_the_same_students(store: Store, june: View) -> None:
    people.fill(store, {"support": [
        {"student": people.ASHA, "org_id": "hill", "need": "Reading", "begin_date": june.start}]})
    found = overlap(store, [("plan_share", june), ("pass_rate", june)])
    assert found.both(0, 0) == 1
