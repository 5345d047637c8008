"""Every sheet gets one of three answers: a layout, a reason to leave it alone, or a refusal that
helps.
"""

from dataclasses import replace

from etl.layouts import layouts
from etl.model import Finding
from etl.recognise import Aside, recognise
from tests.grids import context, sheet


def test_the_layouts_are_found_by_looking_into_the_folder() -> None:
    found = layouts()
    assert {"attendance_daily", "register", "attendance_totals", "calendar"} <= set(found)
    assert all(name == layout.name for name, layout in found.items())
    assert [x.order for x in found.values()] == sorted(x.order for x in found.values())


def test_an_empty_sheet_and_an_empty_template_are_set_aside() -> None:
    blank = recognise(sheet([["", ""], ["", ""]]), context())
    assert isinstance(blank, Aside) and "empty" in blank.words
    template = recognise(sheet("Student ID|Name|Date|Attendance Code"), context())
    assert isinstance(template, Aside) and "template" in template.words


def test_notes_and_legends_are_set_aside_with_the_reason() -> None:
    legend = sheet("Code|Meaning\nP|Present\nA|Absent\nL|Leave\nH|Holiday\nS|Sunday", "Legend")
    assert isinstance(recognise(legend, context()), Aside)
    notes = sheet("How to fill in this register\nWrite P for present\n\nAsk the office", "Read me")
    assert isinstance(recognise(notes, context()), Aside)


def test_a_hidden_sheet_that_nobody_knows_is_set_aside() -> None:
    grid = sheet("a|b|c|d\n1|2|3|4\n5|6|7|8\n9|10|11|12\n1|2|3|4")
    assert isinstance(recognise(replace(grid, hidden=True), context()), Aside)


def test_an_unknown_list_is_refused_with_what_we_looked_for_and_saw() -> None:
    grid = sheet("Alpha|Beta|Gamma|Delta\n1|x|y|z\n2|x|y|z\n3|x|y|z\n4|x|y|z\n5|x|y|z")
    found = recognise(grid, context())
    assert isinstance(found, Finding) and found.level == "stops"
    assert found.found == "Alpha, Beta, Gamma, Delta"
    assert "Student ID" in found.words and "above the list" in found.words
