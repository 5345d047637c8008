"""Whom should someone talk to this week? Students by number of signs, each with its evidence."""

from school.attention.listing import attention
from school.attention.values import DAYS, Attention, Listed, Sign
from school.attention.worth import Worth, worth

__all__ = ["DAYS", "Attention", "Listed", "Sign", "Worth", "attention", "worth"]
