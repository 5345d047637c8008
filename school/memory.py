"""What was worked out is kept: a bounded memory a store, whose oldest entries go first.

Keys carry the data version, so that a publish or an undo makes everything before it old.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from school.store import Store

T = TypeVar("T")


class Memory(Generic[T]):
    """Values by key, at most `most` a store. Safe to use from many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: WeakKeyDictionary[Store, OrderedDict[Hashable, T]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def get(self, store: Store, key: Hashable) -> T | None:
        """What is kept under `key`; None where there is nothing."""
        with self._lock:
            kept = self._kept.get(store)
            if kept is None or key not in kept:
                return None
            kept.move_to_end(key)
            return kept[key]

    def keep(self, store: Store, key: Hashable, value: T) -> T:
        """Keep `value`, and give it back."""
        with self._lock:
            kept = self._kept.setdefault(store, OrderedDict())
            kept[key] = value
            while len(kept) > self._most:
                kept.popitem(last=False)
        return value
