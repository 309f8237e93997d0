"""The ears of the pretend speaker, loaded once for all tests that a process runs."""

from __future__ import annotations

from functools import cache

from skill.simulator.ears import Ears


@cache
def the_ears() -> Ears:
    """Return ears that have heard others before; what they hear never depends on it."""
    return Ears()
