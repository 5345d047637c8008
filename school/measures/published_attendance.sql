-- title: Attendance, published totals
-- question: What attendance was published of whole schools, classes or grades?
-- meaning: The attendance that published tables state for a school, class or grade, in which no single student stands. Where every figure of the view states its half days they are added up; else each published percentage counts once. Of several tables or levels that say the same, one is taken. It is never added to the marks of single students, and it has no range, because nothing in it was drawn by chance.
-- kind: rate
-- unit: share of sessions
-- better: higher
-- minimum: 1
-- source: the published table that is named beside the number
-- version: 1
-- reads: totals
select period, segment, unit, attended as numerator, of_all as denominator
from totals
