"""What a listener does without a voice: presses a key, answers in the app, waits, hangs up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from skill.simulator.device import PretendDevice
from skill.simulator.permissions import Consent
from skill.simulator.streaming import Button
from skill.simulator.turn import Turn

Kind = Literal["wait", "press", "permit", "hang_up", "disable", "enable"]

LONGEST_WAIT_S = 24 * 3_600
"""A device that was left alone for a day has nothing more to tell."""

SECONDS = r"(\d{1,6}(?:\.\d{1,3})?)"
"""A pattern of seconds, to the millisecond."""

_ALLOWED: dict[Kind, tuple[str, ...]] = {
    "press": get_args(Button),
    "permit": get_args(Consent),
    "hang_up": ("",),
    "disable": ("",),
    "enable": ("",),
}


class UnknownDeed(ValueError):
    """Words that name nothing that can be done; the message says what could be meant."""


@dataclass(frozen=True)
class Deed:
    """One thing done, written as ``!press Next``, ``!permit DENIED``, ``!wait 12.5``."""

    do: Kind

    what: str = ""
    """The key that is pressed, or the answer to Alexa's question for permission."""

    ms: int = 0
    """How long is waited, from the end of what is being said."""

    def __str__(self) -> str:
        """Return how it is written."""
        return " ".join(
            filter(None, (f"!{self.do}", self.what or (seconds(self.ms) * bool(self.ms))))
        )


def read_deed(text: str) -> Deed:
    """Return the deed that is written so, with its exclamation mark. Raises UnknownDeed."""
    name, _, what = text.removeprefix("!").partition(" ")
    what = what.strip()
    if name == "wait":
        return Deed("wait", ms=_ms(what))
    for kind, allowed in _ALLOWED.items():
        if name == kind and what in allowed:
            return Deed(kind, what)
        if name == kind:
            raise UnknownDeed(
                f"after !{kind} there can be: {', '.join(filter(None, allowed))}".rstrip(": ")
            )
    raise UnknownDeed(f"!{name} is none of {', '.join(f'!{kind}' for kind in get_args(Kind))}")


def seconds(ms: int) -> str:
    """Write milliseconds as seconds, with as many digits as it takes."""
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")


def perform(device: PretendDevice, deed: Deed) -> Turn | None:
    """Do something to a device; None where nothing comes of it.

    Raises ResponseRefused, and RuntimeError where nobody can push the device's clock forward.
    """
    match deed.do:
        case "wait":
            device.run(deed.ms)
            return None
        case "press":
            return device.press(_KEYS[deed.what])
        case "permit":
            return device.permit(_CONSENTS[deed.what]) if device.asks_permission else None
        case "hang_up":
            return device.hang_up()
        case "disable":
            return device.disable_skill()
        case "enable":
            return device.enable_skill()


_KEYS: dict[str, Button] = {key: key for key in get_args(Button)}
_CONSENTS: dict[str, Consent] = {consent: consent for consent in get_args(Consent)}


def _ms(text: str) -> int:
    if not re.fullmatch(SECONDS, text) or not 0 < float(text) <= LONGEST_WAIT_S:
        raise UnknownDeed(f"after !wait there can be: seconds, up to {LONGEST_WAIT_S}")
    return round(float(text) * 1000)
