"""What was answered is there after a restart, however the process died."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from skill.store.port import Store

KILLS = 100

STARTER = """
import os, sys
import skill.store.sql, skill.store.sqlite
from skill.store.open import open_store

def save_for_ever(url):
    store = open_store(url)
    kept = store.load("ann")
    version = kept.version if kept else 0
    while True:
        document = {"step": version + 1, "also": [version + 1] * 500}
        version = store.save("ann", document, after=version, now_ms=version)
        os.write(1, b"%d\\n" % version)

for _ in sys.stdin:
    child = os.fork()
    if child == 0:
        os.write(1, b"%d\\n" % os.getpid())
        save_for_ever(sys.argv[1])
    os.waitpid(child, 0)
    os.write(1, b"dead\\n")
"""
"""Starts one process after the other, each with everything loaded and nothing opened yet."""


@contextmanager
def starter(url: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", STARTER, url]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield process


def killed_at_some_moment(starting: subprocess.Popen[str], chance: random.Random) -> list[int]:
    """Let a process save until it is killed; return the versions that it answered."""
    assert starting.stdin is not None
    assert starting.stdout is not None
    starting.stdin.write("start\n")
    starting.stdin.flush()
    child = int(starting.stdout.readline())
    said = [int(starting.stdout.readline())]
    time.sleep(chance.uniform(0, 0.03))
    os.kill(child, signal.SIGKILL)
    said += map(int, iter(starting.stdout.readline, "dead\n"))
    return said


def test_nothing_that_was_answered_is_lost_by_killing_the_process_a_hundred_times(
    sqlite_url: str, opened: Callable[[str], Store]
) -> None:
    chance = random.Random(3)  # noqa: S311 - the same moments each time, as far as there are any
    answered, saves = 0, 0
    with starter(sqlite_url) as starting:
        for _ in range(KILLS):
            said = killed_at_some_moment(starting, chance)
            assert said == list(range(said[0], said[0] + len(said)))
            assert said[0] in (answered + 1, answered + 2)  # one may be kept and not yet answered
            answered, saves = said[-1], saves + len(said)
            kept = opened(sqlite_url).load("ann")
            assert kept is not None
            assert kept.version in (answered, answered + 1)
            assert kept.document == {"step": kept.version, "also": [kept.version] * 500}
    assert saves > 2 * KILLS  # it was busy when it was killed
