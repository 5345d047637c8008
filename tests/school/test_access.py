"""A rule reads the same in SQL and in Python, and a scope without values shows nothing."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from school.access import OWNER, RULES, Scope
from school.store import Store

STORE = Store()
VALUES = st.sampled_from(["hill", "river", "6", "7", "o'brien", ""])
ROWS = st.fixed_dictionaries({"org_id": st.none() | VALUES, "grade": st.none() | VALUES})
SCOPES = st.builds(
    lambda role, orgs, grades: Scope(role, (("org_id", tuple(orgs)), ("grade", tuple(grades)))),
    st.sampled_from([r.role for r in RULES]), st.sets(VALUES, max_size=3),
    st.sets(VALUES, max_size=3))


@settings(max_examples=80, deadline=None)
@given(scope=SCOPES, row=ROWS)
def test_sql_and_python_agree_on_who_sees_a_row(scope: Scope, row: dict[str, str | None]) -> None:
    predicate, values = scope.predicate()
    found = STORE.unsafe_run(
        f"select count(*) from (select ?::text as org_id, ?::text as grade) where {predicate}",
        [row["org_id"], row["grade"], *values])
    assert bool(found[0][0]) == (scope.why_visible(row) is not None)


def test_every_rule_has_a_reason_in_words() -> None:
    assert all(rule.reason and rule.role for rule in RULES)
    assert len({rule.role for rule in RULES}) == len(RULES)


def test_the_owner_sees_everything_and_hears_why() -> None:
    assert OWNER.predicate() == ("true", ())
    assert OWNER.why_visible({}) == "You use Staffroom on this computer"


def test_a_head_without_a_school_sees_nothing() -> None:
    assert Scope("head").predicate() == ("false", ())
    assert Scope("head").why_visible({"org_id": "hill"}) is None
