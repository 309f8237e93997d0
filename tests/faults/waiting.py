"""Waiting for what must come, and for no longer than that."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

LONG_S = 30.0
"""How long to wait for what must happen, on however busy a machine."""

T = TypeVar("T")


class NeverHappened(AssertionError):
    """What had to come did not."""


def until(what: str, come: Callable[[], T], within_s: float = LONG_S) -> T:
    """Return the first true value of ``come``. Raises NeverHappened, naming ``what``."""
    ends = time.monotonic() + within_s
    while True:
        if value := come():
            return value
        if time.monotonic() > ends:
            raise NeverHappened(f"waited {within_s:.0f} s in vain: {what}")
        time.sleep(0.02)
