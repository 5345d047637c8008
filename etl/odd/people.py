"""One student under two numbers, or two students under one: suggested, never joined by itself."""

from __future__ import annotations

from etl.odd.check import Check, rows_of

# Names as sorted words in small letters, so that swapped ones are alike.
_EVERYONE = """
with named as (
    select sheet, "row", student, namespace, student_id, birth_date, lower(name) as name
    from drop_students where id_kind = 'id'
    union all
    select null, null, student, namespace, student_id, birth_date, lower(name)
    from mart.students where id_kind = 'id' {stands}
), everyone as (
    select *, array_to_string(list_sort(list_filter(
            string_split_regex(name, '[^\\pL\\pM]+'), lambda x : x <> '')), ' ') as sorted
    from named
), mine as (select * from everyone where sheet is not null)
"""
_NOT_AGAIN = "and student not in (select student from drop_students)"

# Two students who stand here already were looked at when they came.
_FRESH = """and not (a.student in (select student from mart.students)
    and b.student in (select student from mart.students))
"""

_ZEROS = _EVERYONE.format(stands=_NOT_AGAIN) + """
select a.sheet, a."row", any_value(a.student_id)
from mine a join everyone b
    on a.namespace = b.namespace and a.student <> b.student
        and ltrim(a.student_id, '0') = ltrim(b.student_id, '0')
where (a.name is null or b.name is null or a.sorted = b.sorted
        or jaro_winkler_similarity(a.sorted, b.sorted) >= 0.85)
    and (a.birth_date is null or b.birth_date is null or a.birth_date = b.birth_date)
    and (b.sheet is null or (b.sheet, b."row") < (a.sheet, a."row"))
""" + _FRESH + """group by a.sheet, a."row" order by a.sheet, a."row" """

# Two children of one day may be twins: a list that holds both of them means both of them, unless
# their names are the same words.
_NAMES = _EVERYONE.format(stands=_NOT_AGAIN) + """
select a.sheet, a."row", null
from mine a join everyone b
    on a.namespace = b.namespace and a.birth_date = b.birth_date and a.student <> b.student
where a.sorted <> '' and ltrim(a.student_id, '0') <> ltrim(b.student_id, '0')
    and (b.sheet is null or (b.sheet, b."row") < (a.sheet, a."row"))
    and (a.sorted = b.sorted or ((b.sheet is null or b.sheet <> a.sheet)
        and least(length(a.name), length(b.name)) >= 8
        and damerau_levenshtein(a.name, b.name) <= 2))
""" + _FRESH + """group by a.sheet, a."row" order by a.sheet, a."row" """

_ONE_NUMBER = _EVERYONE.format(stands="") + """
select a.sheet, a."row", any_value(a.student_id)
from mine a join everyone b on a.student = b.student and b.sheet is null
where a.sorted <> '' and b.sorted <> '' and a.sorted <> b.sorted
    and ((a.birth_date <> b.birth_date and jaro_winkler_similarity(a.sorted, b.sorted) < 0.85)
        or (a.birth_date is distinct from b.birth_date or a.birth_date is null)
            and not list_has_any(string_split(a.sorted, ' '), string_split(b.sorted, ' '))
            and jaro_winkler_similarity(a.sorted, b.sorted) < 0.7)
group by a.sheet, a."row" order by a.sheet, a."row" """

CHECKS = (
    Check("number without zeros",
          "This number stands elsewhere with other zeros in front, beside the same name or none. "
          "If it is one student, write the number in one way.",
          ("students",), rows_of(_ZEROS), expected="one way to write a number"),
    Check("one student twice",
          "A student with this birth date and nearly this name has another number. If it is one "
          "student, use one number.", ("students",), rows_of(_NAMES),
          expected="one number for each student"),
    Check("one number for two",
          "This number belonged to a student with quite another name. If it is another student, "
          "give a number of its own.", ("students",), rows_of(_ONE_NUMBER),
          expected="a number for each student"),
)
