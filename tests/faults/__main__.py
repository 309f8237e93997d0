"""Brings about every fault on loopback, and prints the table that the README shows.

``python -m tests.faults`` plays all of them, with names (``stores.sqlite``) only those. Exit code 1
when something is lost.
"""

from __future__ import annotations

import logging
import signal
import sys
import time
import traceback
from types import FrameType

import click
import structlog

from tests.faults.row import Row, table
from tests.faults.scenarios import SCENARIOS, Scenario, name_of, played

AT_MOST_S = 120
"""For one scenario."""


def main(names: list[str]) -> int:
    """Play the scenarios of these names, all if there are none; return the exit code."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    signal.signal(signal.SIGALRM, _too_long)
    chosen = [each for each in SCENARIOS if not names or name_of(each) in names]
    rows: list[Row] = []
    lost: list[str] = []
    for scenario in chosen:
        began = time.monotonic()
        try:
            rows += _in_time(scenario)
        except Exception:
            lost.append(name_of(scenario))
            click.echo(traceback.format_exc(), err=True)
        click.echo(f"{name_of(scenario)}: {time.monotonic() - began:.0f} s", err=True)
    for line in table(rows):
        click.echo(line)
    for name in lost:
        click.echo(f"Not proved: {name}", err=True)
    return 1 if lost or not chosen else 0


def _in_time(scenario: Scenario) -> list[Row]:
    signal.alarm(AT_MOST_S)
    try:
        return played(scenario)
    finally:
        signal.alarm(0)


def _too_long(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"it took more than {AT_MOST_S} s")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
