"""One thread that ends queries which run too long: a timer thread a query costs more than most."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

_LOOK = 0.2  # seconds between two looks
_PATIENCE = 25  # looks without any query, then it waits to be woken


class Watch:
    """Ends what is not over in time. Its thread begins with the first query."""

    def __init__(self) -> None:
        self._due: dict[int, tuple[float, Callable[[], None]]] = {}
        self._changed = threading.Condition()
        self._asleep = False
        self._thread: threading.Thread | None = None
        self._number = 0

    def begin(self, end: Callable[[], None], seconds: float) -> int:
        """`end` is called after so many seconds, unless `over` was said before."""
        with self._changed:
            self._number += 1
            self._due[self._number] = (time.monotonic() + seconds, end)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="watch", daemon=True)
                self._thread.start()
            elif self._asleep:
                self._changed.notify()
            return self._number

    def over(self, number: int) -> None:
        """The query of this number has ended; after this it is not touched any more."""
        with self._changed:
            self._due.pop(number, None)

    def _look(self) -> None:
        quiet = 0
        while True:
            time.sleep(_LOOK)
            with self._changed:
                now = time.monotonic()
                for number in [n for n, (due, _) in self._due.items() if due <= now]:
                    self._due.pop(number)[1]()
                quiet = 0 if self._due else quiet + 1
                if quiet > _PATIENCE:
                    # A query may be over before this thread is awake: then it sleeps on, and must
                    # say so, or nobody would wake it for the next one.
                    self._asleep = True
                    while not self._due:
                        self._changed.wait()
                    self._asleep = False
                    quiet = 0
