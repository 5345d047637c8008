"""What people write on a view: a comment keeps the view it was made on, and opens it again.

`view` is the query string of the view, which holds no student. A stale edit keeps both texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update

from school.errors import Stale
from school.records.book import Records, added
from school.records.tables import COMMENT


@dataclass(frozen=True)
class Comment:
    """One comment: where it was made, what it says, who may read it, and what was answered."""

    id: int
    page: str
    view: str
    about: str  # the view in words, such as "Absence, Class 7, Term 1"
    text: str
    readers: str
    who: str
    at: str
    answer: str | None
    answered_by: str | None
    answered_at: str | None
    version: int


def add_comment(
    records: Records, page: str, view: str, about: str, text: str, who: str,
    readers: str = "Staff of this school",
) -> int:
    """Keep a comment; its number."""
    row = {"page": page, "view": view, "about": about, "text": text, "who": who,
           "readers": readers, "at": records.now(), "version": 1}
    with records.writing() as connection:
        return added(connection, insert(COMMENT).values(row))


def comments(
    records: Records, page: str | None = None, view: str | None = None
) -> list[Comment]:
    """Comments, newest first: all, those of a page, or those made on one view."""
    query = select(COMMENT).order_by(COMMENT.c.id.desc())
    if page is not None:
        query = query.where(COMMENT.c.page == page)
    if view is not None:
        query = query.where(COMMENT.c.view == view)
    with records.reading() as connection:
        return [Comment(**row) for row in connection.execute(query).mappings()]


def edit_comment(records: Records, comment_id: int, text: str, version: int) -> None:
    """Change the text of a comment that was read at `version`."""
    _save(records, comment_id, version, text, {"text": text})


def answer_comment(
    records: Records, comment_id: int, answer: str, who: str, version: int
) -> None:
    """Answer a comment that was read at `version`."""
    row = {"answer": answer, "answered_by": who, "answered_at": records.now()}
    _save(records, comment_id, version, answer, row)


def _save(
    records: Records, comment_id: int, version: int, typed: str, row: dict[str, Any]
) -> None:
    here = COMMENT.c.id == comment_id
    with records.writing() as connection:
        standing = connection.execute(select(COMMENT).where(here)).first()
        if standing is None:
            raise Stale(f"This comment is no longer here. You wrote: “{typed}”")
        if standing.version != version:
            theirs = standing.answer if "answer" in row else standing.text
            raise Stale(
                f"Someone changed this meanwhile. Now it says: “{theirs}” You wrote: “{typed}”",
                f"comment {comment_id} is at version {standing.version}",
            )
        connection.execute(update(COMMENT).where(here).values(version=version + 1, **row))
