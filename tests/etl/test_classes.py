"""One spelling of a class, and the grade its name tells."""

import pytest

from etl.classes import class_name


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ((None, "7 B", None), ("7", "7 B")),
        ((None, "7B", None), ("7", "7 B")),
        ((None, "Class 7-B", None), ("7", "7 B")),
        (("7", "B", None), ("7", "7 B")),
        (("Grade 07", None, "B"), ("7", "7 B")),
        ((None, "7", "B"), ("7", "7 B")),
        (("VII", None, "B"), ("7", "7 B")),
        (("7", None, None), ("7", None)),
        ((None, "Class 7", None), ("7", "7")),
        (("Year 7", "7R", None), ("7", "7 R")),
        ((None, "Maple", None), (None, "Maple")),
        (("4", "Maple", None), ("4", "Maple")),
        ((None, "LKG", None), ("LKG", "LKG")),
        ((None, None, None), (None, None)),
    ],
)
def test_grade_and_class_as_schools_write_them(
    stated: tuple[str | None, str | None, str | None], told: tuple[str | None, str | None]
) -> None:
    assert class_name(*stated) == told
