"""Every fault there is a scenario for, in the order of the README's table."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.amazon import PretendAmazon
from tests.faults import (
    amazon_api,
    audio,
    certificates,
    clocks,
    disks,
    http,
    processes,
    smuggling,
    states,
    stores,
)
from tests.faults.row import Row
from tests.faults.stage import Stage

Scenario = Callable[[Stage], Row | list[Row]]
"""Brings a fault about, proves that nothing is lost (AssertionError), and tells of it."""

SCENARIOS: tuple[Scenario, ...] = (
    stores.postgresql,
    stores.dynamodb,
    stores.sqlite,
    stores.full_file_system,
    stores.restored_from_yesterday,
    disks.full,
    audio.host_dead,
    certificates.host,
    certificates.rotated,
    amazon_api.reminders,
    clocks.off_by_minutes,
    processes.in_mid_turn,
    processes.under_load,
    http.slow,
    http.half_sent,
    http.idle_in_front,
    http.idle,
    http.heads_and_bombs,
    smuggling.attempts,
    states.requests,
    states.other_releases,
)


def name_of(scenario: Scenario) -> str:
    """Return module and name, such as ``stores.sqlite``."""
    module = scenario.__module__.rpartition(".")[2]
    return f"{module}.{getattr(scenario, '__name__', '')}"


def played(scenario: Scenario) -> list[Row]:
    """Return what a scenario shows on a stage of its own. Raises AssertionError, and NoAnswer."""
    with tempfile.TemporaryDirectory() as folder, PretendAmazon(Path(folder)) as amazon:
        rows = scenario(Stage(amazon, Path(folder)))
    return rows if isinstance(rows, list) else [rows]
