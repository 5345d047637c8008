"""Numbers of the school's own: the table `numbers` of the prelude, one row a student, name and day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from school.prelude import Prelude


def numbers(prelude: Prelude) -> tuple[str, str, str, str]:
    """Source, columns, day and joins of `numbers`."""
    sql = (f"(select student, date, org_id, name, value from mart.numbers "
           f"where {prelude.in_dates('date')} and {prelude.in_schools('org_id')})")
    return sql, "f.name, f.value", "f.date", ""
