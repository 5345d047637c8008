"""Agree: favourable answers of all on the scale, hidden from everyone under five answers."""

from typing import Any

import people

from school.measures import answer
from school.store import Store
from school.view import View


def survey(store: Store, *answers: tuple[str, int | None], reverse: bool = False) -> Store:
    items = [{"item_id": i, "wave_id": "w", "text": f"Question {i}", "item_order": n,
              "kind": "agreement", "reversed": reverse} for n, i in enumerate(("a", "b"))]
    rows: list[dict[str, Any]] = [
        {"response_id": f"r{n}", "item_id": item, "wave_id": "w", "org_id": "hill",
         "date": people.JUNE, "favourable": favourable, "value": "x"}
        for n, (item, favourable) in enumerate(answers)]
    return people.fill(store, {
        "organisations": [people.school()], "survey_items": items, "survey_responses": rows,
        "survey_waves": [{"wave_id": "w", "survey": "Voice", "wave": "June", "unit": "response"}]})


def test_do_not_know_leaves_the_base(empty: Store, june: View) -> None:
    survey(empty, *[("a", 1)] * 4, *[("a", 0)] * 2, ("a", None))
    found = answer(empty, "favourable_share", june.with_(by=("item",)))
    assert [(r.segments["item"], r.numerator, r.denominator) for r in found.rows] == [
        ("Question a", 4, 6)]
    assert found.card.left_out == (("don't know or no answer", 1),)


def test_under_five_answers_are_hidden_from_everyone(empty: Store, june: View) -> None:
    survey(empty, *[("a", 1)] * 4, *[("b", 1)] * 5)
    rows = answer(empty, "favourable_share", june.with_(by=("item",))).rows
    assert [(r.value, r.people, r.numerator) for r in rows] == [(None, None, None), (1.0, 5, 5)]
    assert rows[0].hidden == "Only 4 people answered, so answers stay hidden from everyone."


def test_agreeing_with_a_reversed_question_is_not_favourable(empty: Store, june: View) -> None:
    survey(empty, *[("a", 1)] * 4, *[("a", 0)] * 2, reverse=True)
    row = answer(empty, "favourable_share", june).rows[0]
    assert (row.numerator, row.denominator) == (2, 6)
