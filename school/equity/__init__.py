"""Do all groups do equally well? Gaps between groups in students, with how sure we are."""

from school.equity.finding import equity
from school.equity.moments import moments
from school.equity.support import inside, reach, support
from school.equity.values import Equity, Gap, Moment, Reach, Side, Support

__all__ = ["Equity", "Gap", "Moment", "Reach", "Side", "Support", "equity", "inside", "moments",
           "reach", "support"]
