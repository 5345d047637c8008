"""Who may see what, and why. Scope comes from here and never from a link.

For now one person uses Staffroom on one computer and sees everything in it; every query passes
through a `Scope` all the same, so that a narrower one needs no second way in. `RULES` is the one
place for a permission: each row is written once over named columns and is rendered both to SQL
(`Scope.predicate`) and to Python (`why_visible`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """One reason for which rows are visible: `columns` must hold one of the person's values."""

    reason: str
    role: str
    columns: tuple[str, ...]


RULES: tuple[Rule, ...] = (
    Rule("You use Staffroom on this computer", "owner", ()),
    Rule("You are the head of this school", "head", ("org_id",)),
    Rule("You teach this grade", "grade_lead", ("org_id", "grade")),
)


@dataclass(frozen=True)
class Scope:
    """What one person may see: her role and, per column of her rule, the values allowed."""

    role: str = "owner"
    allowed: tuple[tuple[str, tuple[str, ...]], ...] = ()
    staff: bool = True  # inside the school's own staff exact small numbers stay visible

    @property
    def rule(self) -> Rule:
        """The rule that opens rows to this person."""
        return next(r for r in RULES if r.role == self.role)

    def predicate(self) -> tuple[str, tuple[str, ...]]:
        """SQL condition over the rule's columns and its bound values; 'true' for the owner."""
        allowed = dict(self.allowed)
        parts: list[str] = []
        values: list[str] = []
        for column in self.rule.columns:
            options = allowed.get(column, ())
            if not options:
                return "false", ()
            parts.append(f"{column} in ({', '.join('?' * len(options))})")
            values.extend(options)
        return " and ".join(parts) or "true", tuple(values)

    def why_visible(self, row: Mapping[str, object]) -> str | None:
        """The reason for which `row` may be seen, or None. Agrees with `predicate` by test."""
        allowed = dict(self.allowed)
        for column in self.rule.columns:
            if row.get(column) is None or row[column] not in allowed.get(column, ()):
                return None
        return self.rule.reason


OWNER = Scope()
