"""The watch ends what runs too long, and nothing else."""

from __future__ import annotations

import threading
import time

import pytest

import school.watch as module
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


def test_a_query_over_before_the_sleeper_woke_does_not_put_it_to_sleep_for_good(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "_LOOK", 0.01)
    monkeypatch.setattr(module, "_PATIENCE", 1)
    watch = Watch()
    watch.over(watch.begin(threading.Event().set, 60))
    time.sleep(0.3)  # it sleeps now
    for _ in range(200):
        watch.over(watch.begin(threading.Event().set, 60))  # over before it is awake
    ended = threading.Event()
    watch.begin(ended.set, 0.05)
    assert ended.wait(5)
