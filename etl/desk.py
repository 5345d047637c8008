"""Where a drop is received: one child process reads it, watched by memory and clock.

The folder survives the child, so a file that ends the child is named, set aside with a sentence,
and the rest of the drop is read by the next one.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import queue
import secrets
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import psutil
import pyarrow as pa

from etl import exchange, redact, spare
from etl.guard import TOO_MUCH
from etl.model import Context, SheetReport
from etl.verdicts import Judged
from school.errors import Stopped, UnreadableFile

Progress = Callable[[int, int, str], None]  # steps done, steps in all, words

# Resident bytes of the child: it must stay under 1 GiB, and fills some more before it is caught.
MEMORY = 896 * 1024**2
SILENT_SECONDS = 20.0  # of the child's own work without a word
SILENT_CLOCK = 180.0  # of the wall clock: a busy machine is not the file's fault
_POLL = 0.025
_CHILDREN = threading.Lock()  # one child at a time: two would share the memory meant for one


@dataclass(frozen=True)
class DropFile:
    """One file of a drop. `label` is what reports call it; sheets of a zip are 'label/member'."""

    label: str
    path: Path
    sha256: str
    size: int


@dataclass(frozen=True)
class Drop:
    """What a check left: a report a sheet, and the facts behind them in `folder`."""

    reports: tuple[SheetReport, ...]
    folder: Path
    context: Context
    files: tuple[DropFile, ...]
    judged: Judged | None = None  # by the preview, which publishing need not do again

    def facts(self, sheet_key: str) -> dict[str, pa.Table]:
        """The facts of the sheet 'file|sheet', one table each, mapped from disk."""
        for number, report in enumerate(self.reports):
            if f"{report.file}|{report.sheet}" == sheet_key:
                found = sorted((self.folder / "facts" / str(number)).glob("*.arrow"))
                return {path.stem: exchange.read_table(path) for path in found}
        return {}

    def file_of(self, report: SheetReport) -> DropFile:
        """The dropped file that a report's sheet came from, its zip if it lay in one."""
        return next(
            f for f in self.files if report.file == f.label or report.file.startswith(f"{f.label}/")
        )

    def kept_copy(self, label: str) -> bytes | None:
        """A copy of a file without passwords or a survey's identities; None if it held neither."""
        number = next(i for i, f in enumerate(self.files) if f.label == label)
        return redact.copy(self.folder, number, label, redact.columns_out(self.reports))

    def close(self) -> None:
        """Remove everything this drop left in staging: cells, facts and received files."""
        shutil.rmtree(self.folder, ignore_errors=True)


def receive(files: Iterable[tuple[str, bytes]], staging: Path) -> tuple[Path, list[Path]]:
    """Write uploaded bytes into a new staging folder; the folder and one path a file."""
    folder = _new_folder(staging)
    paths = []
    try:
        for number, (name, data) in enumerate(files):
            place = folder / "files" / str(number)
            place.mkdir(parents=True)
            path = place / (PurePath(name.replace("\\", "/")).name or "file")
            path.write_bytes(data)
            paths.append(path)
    except BaseException:  # a full disk: what has come so far must not keep it full
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder, paths


def _new_folder(staging: Path) -> Path:
    folder = staging / secrets.token_hex(8)
    folder.mkdir(parents=True)
    folder.chmod(0o700)
    return folder


def check(
    paths: Sequence[Path], context: Context, staging: Path, *, folder: Path | None = None,
    progress: Progress | None = None, stopped: Callable[[], bool] | None = None,
    labels: Sequence[str] = (),
) -> Drop:
    """Read files and say what they are. Never raises for what a file holds; `Stopped` if asked to.

    `folder` is that of `receive`, where the files were uploaded; else a new one is made in staging.
    `labels` are what the files were called before, where they are read again.
    """
    made = folder or _new_folder(staging)
    labels = labels or _labels(paths)
    files = tuple(
        DropFile(label, path.absolute(), _digest(path), path.stat().st_size if path.exists() else 0)
        for label, path in zip(labels, paths, strict=True)
    )
    fresh = Drop((), made, context, files)
    try:
        return _run(fresh, progress, stopped)
    except BaseException:
        fresh.close()
        raise


def again(
    drop: Drop, context: Context, *, progress: Progress | None = None,
    stopped: Callable[[], bool] | None = None,
) -> Drop:
    """The same drop with other answers. Files are not read again."""
    return _run(replace(drop, context=context, judged=None), progress, stopped)


def _labels(paths: Sequence[Path]) -> list[str]:
    """A name a file: its own, with its folders where two are alike, with a number where all is."""
    out: list[str] = []
    for path in paths:
        parts = path.absolute().parts
        others = [p.absolute().parts for p in paths if p is not path and p.name == path.name]
        if "files" in parts[-3:-1]:  # as received: the folder is our own
            others = []
        depth = 1
        others = [o for o in others if o != parts]
        while depth < len(parts) and any(o[-depth:] == parts[-depth:] for o in others):
            depth += 1
        label = unique = "/".join(parts[-depth:])
        number = 1
        while unique in out:
            number += 1
            unique = f"{label.removesuffix(path.suffix)} ({number}){path.suffix}"
        out.append(unique)
    return out


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with contextlib.suppress(OSError), path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


def _run(drop: Drop, progress: Progress | None, stopped: Callable[[], bool] | None) -> Drop:
    failed: dict[str, str] = {}
    for _ in range(2 * len(drop.files) + 20):  # each round ends well or names one more culprit
        exchange.write_json(drop.folder / exchange.REQUEST, {
            "files": [{"path": str(f.path), "label": f.label} for f in drop.files],
            "context": exchange.context_to_json(drop.context),
            "failed": failed,
        })
        with _CHILDREN:
            culprit = _Watch(drop, progress, stopped).run()
        if culprit is None:
            found = exchange.read_json(drop.folder / exchange.REPORT)
            return replace(drop, reports=tuple(exchange.report_from_json(r) for r in found))
        if culprit in failed or culprit.partition(":")[0] not in ("read", "recognise", "extract"):
            break
        failed[culprit] = TOO_MUCH
    raise UnreadableFile(
        "We could not read these files. Add them one by one to find the one that fails.",
        _last_words(drop.folder / spare.LOG),
    )


def _last_words(log: Path) -> str:
    """The end of what the child wrote about itself: places in our code, never a cell."""
    with contextlib.suppress(OSError):
        return log.read_text(encoding="utf-8", errors="replace")[-300:]
    return ""


class _Watch:
    """One run of the child, from its start to its end."""

    def __init__(
        self, drop: Drop, progress: Progress | None, stopped: Callable[[], bool] | None
    ) -> None:
        self._drop = drop
        self._progress = progress
        self._stopped = stopped
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._at: dict[str, Any] = {"stage": "start"}
        size = sum(f.size for f in drop.files)
        self._longest = 120.0 + 10.0 * size / 1024**2

    def run(self) -> str | None:
        """Run to the end; None if it ended well, else which piece of work ended it."""
        process = spare.take(self._drop.folder.resolve())
        reader = threading.Thread(target=self._listen, args=(process,), daemon=True)
        reader.start()
        try:
            ended_by_us = self._watch(process)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            reader.join(timeout=5)
        self._hear()
        if self._at["stage"] == "done" and not ended_by_us and process.returncode == 0:
            return None
        stage = self._at["stage"]
        return f"{stage}:{self._at.get('file' if stage == 'read' else 'sheet', 0)}"

    def _listen(self, process: subprocess.Popen[str]) -> None:
        if process.stdout is not None:
            for line in process.stdout:
                self._lines.put(line)

    def _watch(self, process: subprocess.Popen[str]) -> bool:
        """Wait for the end; True if the child had to be ended."""
        child = psutil.Process(process.pid)
        started = spoken = time.monotonic()
        worked = 0.0
        while process.poll() is None:
            if self._stopped is not None and self._stopped():
                raise Stopped("Stopped. Nothing was changed.")
            try:
                memory = child.memory_info().rss
                times = child.cpu_times()
            except psutil.Error:
                time.sleep(_POLL)
                continue
            now = time.monotonic()
            if self._hear():
                spoken, worked = now, times.user + times.system
            silent = times.user + times.system - worked
            if memory > MEMORY or silent > SILENT_SECONDS or now - spoken > SILENT_CLOCK:
                return True
            if now - started > 5 * self._longest or times.user + times.system > self._longest:
                return True
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_POLL)
        return False

    def _hear(self) -> bool:
        """Take in what the child said; whether it said anything."""
        heard = False
        while True:
            try:
                line = self._lines.get_nowait()
            except queue.Empty:
                return heard
            with contextlib.suppress(ValueError):
                self._at = json.loads(line)
                heard = True
                self._tell(self._at)

    def _tell(self, at: Mapping[str, Any]) -> None:
        if self._progress is None:
            return
        files = len(self._drop.files)
        if at["stage"] == "read":
            done = int(at["file"])
            words = f"Reading {self._drop.files[done].label} ({done + 1} of {files})"
            self._progress(done, 2 * files, words)
        elif at["stage"] == "extract":
            done = files + files * int(at["done"]) // max(1, int(at["of"]))
            self._progress(done, 2 * files, f"Checking list {int(at['done']) + 1} of {at['of']}")
        elif at["stage"] == "done":
            self._progress(2 * files, 2 * files, "Read")
