"""Fixtures that many tests share: an empty store in memory, and one with a small named cast.

`empty` is a store without rows; `store` holds the cast of `tests/people.py` (five students of one
school, ten school days, one test). Both are real stores; nothing is mocked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # tests import the cast as `people`

import people
from hypothesis import settings

from school.store import Store
from school.view import View

# Plain `pytest` tries the same cases every time, so that it says the same on every machine;
# STAFFROOM_SEARCH=1 looks for new ones.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, print_blob=True)
settings.load_profile("search" if os.environ.get("STAFFROOM_SEARCH") else "steady")


@pytest.fixture
def empty() -> Iterator[Store]:
    """A store without rows."""
    store = Store()
    yield store
    store.close()


@pytest.fixture
def store(empty: Store) -> Store:
    """A store with the named cast."""
    return people.fill(empty, people.cast())


@pytest.fixture
def june() -> View:
    """June 2025, all schools, not split."""
    return View(date(2025, 6, 1), date(2025, 6, 30), date(2025, 6, 30))
