"""What was found: one thing looked at, whether it is as it must be, and what to do if not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """It works, or would, but not as well as it could; or it could not be looked at."""

    WRONG = "wrong"
    """Listeners would not be served."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    check: str
    """What was looked at, in a word or two."""

    state: State
    says: str
    """What was found."""

    do: str = ""
    """What to do about it; empty where there is nothing to be done."""


def ok(check: str, says: str) -> Finding:
    """Return that it is as it must be."""
    return Finding(check, State.OK, says)


def warning(check: str, says: str, do: str) -> Finding:
    """Return that it could be better."""
    return Finding(check, State.WARNING, says, do)


def wrong(check: str, says: str, do: str) -> Finding:
    """Return that it cannot work like this."""
    return Finding(check, State.WRONG, says, do)


Check = Callable[[], Iterable[Finding]]


def found_by(name: str, check: Check) -> Iterator[Finding]:
    """Give what a check finds; a check that fails itself is a finding too, so that others go on."""
    try:
        yield from check()
    except Exception as fault:
        says = f"could not be looked at: {reason(fault)}"
        yield wrong(name, says, "This is a fault of hip-workout doctor; please report it.")


def reason(fault: BaseException) -> str:
    """Return the first line of what a fault says, or its kind where it says nothing."""
    lines = str(fault).strip().splitlines()
    return lines[0] if lines else type(fault).__name__
