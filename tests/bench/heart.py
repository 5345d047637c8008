"""A heartbeat: a thread that sleeps 5 ms and notes how late it wakes, alone or beside a load.

`python tests/bench/heart.py beat` beats in a process that does nothing else, until its input ends.
`… load FOLDER FILE…` beats in a process that checks and publishes files as the app does, in its job
thread. Both print what they noted as JSON.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from datetime import date
from pathlib import Path
from typing import Any

BEAT = 0.005
LATE = 0.05  # later than this, the bench says what the job thread was doing


class Heart:
    """Beats from its start to its end, and keeps how late each beat was.

    `held` is how much of that the job thread can have held the interpreter: no more than it worked
    meanwhile. The rest is the machine, which let neither of the two run.
    """

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)
        self.late: list[float] = []
        self.held: list[float] = []
        self.found: list[tuple[float, float, list[str]]] = []

    def __enter__(self) -> Heart:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _beat(self) -> None:
        worked = work_of_jobs()
        while not self._ended.is_set():
            began = time.perf_counter()
            time.sleep(BEAT)
            late = time.perf_counter() - began - BEAT
            worked, before = work_of_jobs(), worked
            self.late.append(late)
            self.held.append(min(late, worked - before))
            if late > LATE:
                self.found.append((late, self.held[-1], where()))

    def noted(self) -> dict[str, Any]:
        """Milliseconds: the worst beat, the one in a hundred, and where the late ones were."""
        ranked = sorted(self.late)
        return {"worst": 1000 * ranked[-1], "p99": 1000 * ranked[int(0.99 * len(ranked))],
                "held": 1000 * max(self.held), "over": sum(x > 0.1 for x in ranked),
                "found": [[1000 * late, 1000 * held, there]
                          for late, held, there in sorted(self.found)[-5:]]}


def job_thread() -> int:
    """The number of the thread that does the app's long work; 0 before there is one."""
    return next((t.ident or 0 for t in threading.enumerate() if t.name == "staffroom-jobs"), 0)


def work_of_jobs() -> float:
    """Seconds the job thread has worked; the clock where a system cannot tell."""
    thread = job_thread()
    if not thread:
        return 0.0
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.perf_counter()
    return time.clock_gettime(time.pthread_getcpuclockid(thread))


def where() -> list[str]:
    """The places of our own code that the job thread is in, the innermost first."""
    frame = sys._current_frames().get(job_thread())
    out: list[str] = []
    while frame is not None:
        out.append(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}")
        frame = frame.f_back
    return out[:6]


def load(folder: Path, files: list[Path]) -> dict[str, Any]:
    """Check and publish each file by jobs, as the page does; the beat of each step."""
    from etl import desk, intake, jobs
    from school.house import open_house

    house = open_house(folder, least_free=0)
    house.choose_preset("india")
    noted: dict[str, Any] = {}

    def job(name: str, kind: str, work: Any) -> Any:
        began = time.perf_counter()
        with Heart() as heart:
            number = jobs.start(house, kind, work)
            while (now := jobs.status(house, number)) and now.state in ("waiting", "running"):
                time.sleep(0.05)
        assert now is not None and now.state == "done", now
        noted[name] = heart.noted() | {"seconds": time.perf_counter() - began}
        return jobs.result(house, number)

    for file in files:
        place, paths = desk.receive([(file.name, file.read_bytes())], house.staging)
        found = job(f"{file.stem}, checked", "check",
                    intake.reading(house, place, paths, date(2026, 3, 31)))
        answers: dict[str, Any] = {}
        for card in found.cards:
            for asked in card.asked:
                answers = intake.joined([answers, intake.answer_for(asked, "expected")])
        if answers:
            found = job(f"{file.stem}, answered", "check", intake.answering(house, found, answers))
        used = job(f"{file.stem}, published", "load",
                   intake.using(house, found, frozenset(), "Head"))
        assert used.loads, [c.state for c in found.cards]
        noted[f"{file.stem}, published"]["rows"] = used.count("read")
    house.close()
    return noted


def main(words: list[str]) -> None:
    """Beat, until the input ends or the files are loaded, and say what was noted."""
    if words[0] == "beat":
        with Heart() as heart:
            sys.stdin.read()
        print(json.dumps(heart.noted()))
    else:
        print(json.dumps(load(Path(words[1]), [Path(w) for w in words[2:]])))


if __name__ == "__main__":
    main(sys.argv[1:])
