"""Questions of a test: how hard each was, and whether those who did well elsewhere did well here.

A question that nearly nobody or nearly everybody got right, or that goes against the rest of the
test, is one to look at: it may be printed wrongly, or not have been taught.
"""

from __future__ import annotations

from dataclasses import dataclass

from school import places
from school.config import Preset
from school.ground import ground
from school.prelude import Prelude
from school.stats import least
from school.store import Store
from school.view import View

HARD, EASY, AGAINST = 0.2, 0.95, 0.1
LEAST, LEAST_TOGETHER = least.SHARE, least.ALPHA  # students; those with all questions
FEWEST = 3  # questions of a test


@dataclass(frozen=True)
class Question:
    """One question of one test. `together` is how it goes with the rest of the test, -1 to 1."""

    school: str
    test: str
    subject: str
    item: str
    students: int
    complete: int  # students who have all questions of the test
    right: float  # share of its marks that were gained
    together: float | None

    @property
    def goes_with(self) -> float | None:
        """How it goes with the rest; None where too few have all questions of the test."""
        return self.together if self.complete >= LEAST_TOGETHER else None

    @property
    def why(self) -> tuple[str, ...]:
        """Reasons to look at it: hard, easy, against."""
        if self.students < LEAST:
            return ()
        out = ["hard"] if self.right < HARD else ["easy"] if self.right > EASY else []
        if self.goes_with is not None and self.goes_with < AGAINST:
            out.append("against")
        return tuple(out)


def questions(store: Store, view: View, preset: Preset | None = None) -> tuple[Question, ...]:
    """Every question of every test of the view that was marked question by question."""
    land = ground(store)
    prelude = Prelude(view.with_(by=("item",), period=None), land, preset)
    places.add_orgs(prelude)
    prelude.need("results")
    rows = store.run(prelude.query(f"""
        marks as (
            select org_id, assessment, subject, item, student,
                arg_max(score, (date - date '1900-01-01') * 1000 + attempt) as score,
                arg_max(percent, (date - date '1900-01-01') * 1000 + attempt) as percent
            from results where kind = 'points' and item <> 'whole' and percent is not null
            group by all),
        tests as (select org_id, assessment, subject, count(distinct item) as questions
            from marks group by all having questions >= {FEWEST}),
        totals as (select org_id, assessment, subject, student, sum(score) as total,
            count(*) as answered from marks group by all)
        select m.org_id, m.assessment, m.subject, m.item, count(*),
            count(*) filter (w.answered = t.questions), avg(m.percent) / 100,
            corr(m.score, w.total - m.score) filter (w.answered = t.questions)
        from marks m join tests t using (org_id, assessment, subject)
            join totals w using (org_id, assessment, subject, student)
        group by 1, 2, 3, 4 order by 1, 2, 3, 4"""))
    return tuple(
        Question(land.places[r[0]].name if r[0] in land.places else str(r[0]), str(r[1]),
                 str(r[2]), str(r[3]), int(r[4]), int(r[5]), float(r[6]), _number(r[7]))
        for r in rows)


def _number(value: float | None) -> float | None:
    """None too where all had the same, which is no number."""
    return None if value is None or value != value else float(value)
