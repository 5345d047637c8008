"""What a team decides about needs: how much each weighs, and whether it can act on one.

Nothing is overwritten: a later decision counts, and the earlier ones stay with who and when.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import insert, select

from school.errors import WrongUse
from school.records.book import Records, packed
from school.records.tables import NEED_GATE, NEED_WEIGHTS

Gate = Literal["yes", "partly", "no", "open"]
LEAST, MOST = 1.0, 3.0


@dataclass(frozen=True)
class Weights:
    """How much each need weighs, 1 to 3 by its key; who decided it, and when."""

    weights: Mapping[str, float]
    who: str
    at: str


@dataclass(frozen=True)
class Decision:
    """Whether the team can act on a need of a view; who said so, and when."""

    answer: Gate
    who: str
    at: str


def weights(records: Records) -> Weights | None:
    """The weights that count now; None while nobody has set any, and all needs weigh 1."""
    query = select(NEED_WEIGHTS).order_by(NEED_WEIGHTS.c.id.desc()).limit(1)
    with records.reading() as connection:
        row = connection.execute(query).first()
    return Weights(json.loads(row.weights), row.who, row.at) if row else None


def set_weights(records: Records, chosen: Mapping[str, float], who: str) -> None:
    """Keep weights, signed by `who`. `WrongUse` for one outside 1 to 3, or without a name."""
    if not who.strip():
        raise WrongUse("Write who decided this.")
    if any(not LEAST <= value <= MOST for value in chosen.values()):
        raise WrongUse("A weight lies between 1 and 3.")
    row = {"weights": packed(dict(chosen)), "who": who.strip(), "at": records.now()}
    with records.writing() as connection:
        connection.execute(insert(NEED_WEIGHTS).values(row))


def gate(records: Records, need: str, view: str) -> Decision | None:
    """Whether the team can act on this need of this view; None where it was not discussed."""
    here = (NEED_GATE.c.need == need) & (NEED_GATE.c.view == view)
    query = select(NEED_GATE).where(here).order_by(NEED_GATE.c.id.desc()).limit(1)
    with records.reading() as connection:
        row = connection.execute(query).first()
    return Decision(row.answer, row.who, row.at) if row else None


def set_gate(records: Records, need: str, view: str, answer: Gate, who: str) -> None:
    """Keep what the team said. `WrongUse` for an answer nobody knows, or without a name."""
    if answer not in get_args(Gate):
        raise WrongUse("Say yes, partly, no, or leave it open.")
    if not who.strip():
        raise WrongUse("Write who decided this.")
    row = {"need": need, "view": view, "answer": answer, "who": who.strip(), "at": records.now()}
    with records.writing() as connection:
        connection.execute(insert(NEED_GATE).values(row))
