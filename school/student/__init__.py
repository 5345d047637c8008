"""How is this student doing? One student's days, results, levels, signs and support."""

from school.student.profile import profile
from school.student.values import Day, Profile, Result

__all__ = ["Day", "Profile", "Result", "profile"]
