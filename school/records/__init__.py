"""What people type, what they loaded and what was done: kept in SQLite, migrated by number.

Facts of students are never kept here. `Records` is the open file; `loads`, `settings`, `shapes`,
`targets`, `comments`, `jobs` and `audit` read and write it by plain functions. Nothing here reads
a clock of its own: `Records` is given one.
"""

from school.records.book import Records

__all__ = ["Records"]
