"""The map of outcomes: their order, what they rest on, and what hangs loose."""

from __future__ import annotations

from tests.grids import context, read, rows, sheet

MAP = """
Learning outcome|Subject|Class|Abilities|Concepts|Order|Skill
Adds two-digit numbers|Mathematics|3|Comprehend|Place value; Addition|1|Basic
Subtracts with borrowing|Mathematics|3|Comprehend; Analyse|Place value|2|
|Mathematics|3|Interpret||2|
Tells a story|Kannada|Class III|Communicate||3|Advanced
||||Fractions||
"""


def test_outcomes_keep_their_order_and_what_they_rest_on() -> None:
    made = read(sheet(MAP), context(), "outcome_map")
    goals = rows(made.facts["objectives"], "name", "kind", "subject", "grade", "objective_order",
                 "tier")
    assert goals[0] == ("Adds two-digit numbers", "outcome", "Mathematics", "3", 1, "basic")
    assert ("Tells a story", "outcome", "Kannada", "3", 3, "advanced") in goals
    assert ("Comprehend", "ability", None, None, None, None) in goals
    assert ("Place value", "concept", "Mathematics", None, None, None) in goals
    parts = rows(made.facts["objective_parts"], "objective_id", "part_id")
    assert ("outcome/mathematics/3/subtracts with borrowing", "ability///analyse") in parts
    assert len(parts) == 7


def test_what_hangs_loose_is_said_and_a_row_that_says_nothing_is_named() -> None:
    made = read(sheet(MAP), context())
    told = {f.rule: f.words for f in made.findings}
    assert told["no concept"].endswith(": Tells a story.")
    assert told["no outcome for it"].endswith(": Fractions.")
    assert [(f.rule, f.row) for f in made.findings if f.level == "rejects"] == [("no outcome", 4)]
    assert made.rejected == {4}


def test_the_subject_is_asked_where_nothing_says_it() -> None:
    text = "Learning outcome|Class|Abilities\nAdds|3|Observe\nTakes away|3|Observe\n"
    assert [q.about for q in read(sheet(text), context()).questions] == ["subject"]
    made = read(sheet(text, name="Mathematics"), context())
    assert made.questions == () and len(made.facts["objective_parts"]) == 2
