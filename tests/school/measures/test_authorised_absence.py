"""Absence with leave: with absence without leave it adds up to all absence."""

from datetime import date

import people

from school.derive import derive
from school.measures import answer
from school.store import Store
from school.view import View

TEN = people.days(people.JUNE, 10)


def with_leave(store: Store) -> Store:
    """Asha: one day without and one with leave; Bilal: half a day, and a day that is not marked."""
    marks = [*people.marks(people.ASHA, TEN, "AAPPPPPPPP"),
             *people.marks(people.BILAL, TEN, "HPP.XPPPPP")]
    marks[1]["category"] = "absent_authorised"
    return people.fill(store, {"organisations": [people.school()], "attendance": marks})


def figures(store: Store, name: str, view: View) -> tuple[float | None, float | None, int | None]:
    row = answer(store, name, view).rows[0]
    return row.numerator, row.denominator, row.people


def test_with_and_without_leave_add_up_to_all_absence(empty: Store, june: View) -> None:
    with_leave(empty)
    assert figures(empty, "authorised_absence", june) == (2, 36, 2)
    assert figures(empty, "unauthorised_absence", june) == (3, 36, 2)
    assert figures(empty, "absence_rate", june) == (5, 36, 2)


def test_england_2016_17_at_a_hundred_thousandth(empty: Store) -> None:
    """KAT-2: 24,402 sessions, 828 with leave and 307 without: 3.4, 1.3 and 4.7 percent."""
    day, version = date(2016, 9, 1), empty.data_version + 1
    with empty.writing() as tx:
        people.put(tx, "organisations", [people.school()])
        tx.execute(
            "insert into mart.attendance (student, date, session, org_id, code, category, "
            "possible, absent) select i // 2, $day, if(i % 2 = 0, 'AM', 'PM'), 'hill', '', "
            "case when i < 828 then 'absent_authorised' when i < 1135 then 'absent_unauthorised' "
            "else 'present' end, 1, "
            "(i < 1135)::integer from range(24402) t(i)", {"day": day})
        derive(tx, None)
        tx.execute("insert into raw.meta values ('data_version', ?)", [str(version)])
    view = View(day, day, day)
    shown = [round(100 * (answer(empty, f"{name}", view).rows[0].value or 0), 1)
             for name in ("authorised_absence", "unauthorised_absence", "absence_rate")]
    assert shown == [3.4, 1.3, 4.7]


def test_totals_without_daily_marks_do_not_say_it(empty: Store, june: View) -> None:
    people.country(empty, 1000, 50, date(2025, 6, 1))
    assert answer(empty, "authorised_absence", june).rows == ()
