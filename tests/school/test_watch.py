"""The watch ends what runs too long, and nothing else."""

from __future__ import annotations

import threading

from school.watch import Watch


def test_what_runs_too_long_is_ended() -> None:
    ended = threading.Event()
    Watch().begin(ended.set, 0.05)
    assert ended.wait(5)


def test_what_is_over_in_time_is_left_alone() -> None:
    watch, early, late = Watch(), threading.Event(), threading.Event()
    watch.over(watch.begin(early.set, 0.3))
    watch.begin(late.set, 0.5)
    assert late.wait(5) and not early.is_set()


def test_many_queries_share_one_thread() -> None:
    watch, ended = Watch(), threading.Event()
    before = threading.active_count()
    numbers = [watch.begin(ended.set, 60) for _ in range(50)]
    assert threading.active_count() <= before + 1
    for number in numbers:
        watch.over(number)
    assert not ended.is_set()
