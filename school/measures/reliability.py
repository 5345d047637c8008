"""Do the questions of a survey hang together? Cronbach's alpha, counted in the store."""

from __future__ import annotations

from dataclasses import dataclass

from school.measures.asking import question
from school.prelude import Prelude
from school.stats.agreement import alpha_of
from school.stats.least import ALPHA
from school.store import Store
from school.view import View

GUIDE = 0.7  # a guide only: alpha says nothing about what is measured


@dataclass(frozen=True)
class Reliability:
    """Alpha of the questions on the agreement scale, over those who answered all of them.

    `alpha` is None where `why` says what is missing: fewer than 30 complete answer sheets, fewer
    than two questions, or everybody giving the same answers.
    """

    questions: int
    complete: int
    alpha: float | None
    why: str | None = None


def reliability(store: Store, view: View) -> Reliability:
    """Alpha of the agreement questions in the view; questions asked the other way round are turned.
    """
    asked = question(store, "favourable_share", view.with_(by=(), period=None), None, None)
    prelude = Prelude(asked.view, asked.ground, None)
    prelude.need("responses")
    rows = store.run(prelude.query("""
        asked as (
            select response_id, item_id,
                case when reversed then top + 1 - value_order else value_order end as score
            from responses
            where kind = 'agreement' and value_order is not null and answered_by = 'response'
        ), questions as (select count(distinct item_id) as k from asked),
        whole as (
            select response_id, sum(score) as total from asked
            group by response_id having count(distinct item_id) = (select k from questions)
        ), items as (
            select var_samp(a.score) as spread from asked a join whole using (response_id)
            group by a.item_id
        )
        select (select k from questions), (select count(*) from whole),
            (select sum(spread) from items), (select var_samp(total) from whole)"""))
    questions, complete, items, total = rows[0]
    return judged(int(questions), int(complete), items, total)


def judged(
    questions: int, complete: int, items: float | None, total: float | None
) -> Reliability:
    """Alpha from the summed variance of the questions and the variance of the totals."""
    if questions < 2:
        return Reliability(questions, complete, None, "one question alone has none")
    if complete < ALPHA:
        return Reliability(questions, complete, None,
                           f"fewer than {ALPHA} people answered every question")
    alpha = alpha_of(questions, items or 0.0, total or 0.0)
    why = "everybody gave the same answers" if alpha is None else None
    return Reliability(questions, complete, alpha, why)
