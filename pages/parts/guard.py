"""One guard around every page: a plain sentence and a code on screen, the place in the log.

The log names file, line and kind of fault. It never repeats a message, because a message can
carry what stood in a cell.
"""

from __future__ import annotations

import logging
import secrets
import traceback
from logging.handlers import RotatingFileHandler

import server

_ALPHABET = "ACDEFHJKLMNPQRTUVWXYZ234679"  # nothing that is misread aloud


def code() -> str:
    """Four signs that tie what is on the screen to a line of the log."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(4))


def note(error: BaseException, page: str) -> str:
    """Write where `error` happened into the log; the code to be shown."""
    shown = code()
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = " < ".join(f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in reversed(frames))
    detail = getattr(error, "detail", "")
    _log().error("%s page=%s %s at %s %s", shown, page, type(error).__name__, where, detail)
    return shown


def _log() -> logging.Logger:
    logger = logging.getLogger("staffroom")
    path = server.data_folder() / "staffroom.log"
    held = [h for h in logger.handlers if isinstance(h, RotatingFileHandler)]
    if not any(h.baseFilename == str(path) for h in held):
        for handler in held:
            logger.removeHandler(handler)
            handler.close()
        handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=2, delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
        logger.addHandler(handler)
        logger.propagate = False
    return logger
