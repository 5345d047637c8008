"""One reading child that waits: it has imported all it needs, so a drop is read at once.

Only where it pays: in the app while somebody is at the Upload page, and at the command line while
the stores open. Everywhere else a drop starts a child of its own. A waiting child has seen no file;
it ends by itself when nobody needs it, and when the process that started it ends.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

WAITS = 15 * 60.0  # seconds until a child that nobody needed ends
MARGIN = 30.0  # one that is about to end is not taken any more
WAITING = "--wait"
LOG = "child.log"
_ROOT = Path(__file__).resolve().parent.parent


class Spare:
    """At most one waiting child of this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept = False
        self._waiting: subprocess.Popen[str] | None = None
        self._since = 0.0

    def keep(self) -> None:
        """From now on `ready` does something: this process lives long enough to use a spare."""
        self._kept = True

    @contextlib.contextmanager
    def kept(self) -> Iterator[None]:
        """The same for as long as the block lasts."""
        self.keep()
        try:
            yield
        finally:
            self.close()

    def ready(self) -> None:
        """See to it that a child waits; costs nothing where one does."""
        if not self._kept:
            return
        with self._lock:
            if self._usable() is None:
                with contextlib.suppress(OSError):  # the drop will say it, if it is so then
                    self._waiting = _start(WAITING, stdin=subprocess.PIPE,
                                           stderr=subprocess.DEVNULL)
                    self._since = time.monotonic()

    def take(self, folder: Path) -> subprocess.Popen[str]:
        """A child that works on `folder`: the one that waits, else a new one."""
        with self._lock:
            child, self._waiting = self._usable(), None
        if child is not None and _told(child, folder):
            return child
        with (folder / LOG).open("ab") as errors:
            return _start(str(folder), stdin=subprocess.DEVNULL, stderr=errors)

    def close(self) -> None:
        """End the child that waits; none is started any more."""
        self._kept = False
        with self._lock:
            self._end()

    def _usable(self) -> subprocess.Popen[str] | None:
        """The child that waits and will go on doing so for a while."""
        child = self._waiting
        old = time.monotonic() - self._since > WAITS - MARGIN
        if child is not None and (old or child.poll() is not None):
            self._end()
        return self._waiting

    def _end(self) -> None:
        child, self._waiting = self._waiting, None
        if child is not None:
            _ended(child)


def _start(word: str, *, stdin: int, stderr: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "etl.child", word],
        stdin=stdin, stdout=subprocess.PIPE, stderr=stderr,  # type: ignore[call-overload]
        cwd=_ROOT, env={**os.environ, "PYTHONPATH": str(_ROOT)}, text=True, encoding="utf-8",
    )


def _told(child: subprocess.Popen[str], folder: Path) -> bool:
    """Give a waiting child its folder; False where it is no longer there to take it."""
    try:
        if child.stdin is not None:
            child.stdin.write(f"{folder}\n")
            child.stdin.close()
        return True
    except OSError:
        _ended(child)
        return False


def _ended(child: subprocess.Popen[str]) -> None:
    """End a child and let go of its pipes; what it was not told any more is lost with it."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


_SPARE = Spare()
keep = _SPARE.keep
kept = _SPARE.kept
ready = _SPARE.ready
take = _SPARE.take
close = _SPARE.close
