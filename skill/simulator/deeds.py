"""What a listener does without a voice: touches, presses, answers in the app, waits, hangs up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from skill.simulator.device import PretendDevice
from skill.simulator.permissions import Consent
from skill.simulator.streaming import Button
from skill.simulator.touchables import touchables
from skill.simulator.turn import Turn

Kind = Literal["wait", "press", "touch", "permit", "hang_up", "disable", "enable", "elsewhere"]

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
    "elsewhere": ("",),
}


class UnknownDeed(ValueError):
    """Words that name nothing that can be done; the message says what could be meant."""


@dataclass(frozen=True)
class Deed:
    """One thing done, written as ``!press Next``, ``!touch Yes``, ``!wait 12.5``, ``!elsewhere``.

    The last one opens the skill on another device of the listener's, and goes on there.
    """

    do: Kind

    what: str = ""
    """The key that is pressed, the name of what is touched on a screen, or the answer to Alexa's
    question for permission."""

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
    if name == "touch":
        return Deed("touch", _name(what))
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
    if deed.do == "wait":
        device.run(deed.ms)
        return None
    return _DONE[deed.do](device, deed.what)


_KEYS: dict[str, Button] = {key: key for key in get_args(Button)}
_CONSENTS: dict[str, Consent] = {consent: consent for consent in get_args(Consent)}


def _permit(device: PretendDevice, answer: str) -> Turn | None:
    return device.permit(_CONSENTS[answer]) if device.asks_permission else None


def _touch(device: PretendDevice, name: str) -> Turn | None:
    """Touch what has this name; None where nothing on the screen has it."""
    shown = device.shown
    for each in touchables(shown, device.passed_ms) if shown else ():
        if each.words == name and each.arguments is not None:
            return device.touch(each.arguments)
    return None


_DONE: Mapping[Kind, Callable[[PretendDevice, str], Turn | None]] = {
    "press": lambda device, key: device.press(_KEYS[key]),
    "touch": _touch,
    "permit": _permit,
    "hang_up": lambda device, _: device.hang_up(),
    "disable": lambda device, _: device.disable_skill(),
    "enable": lambda device, _: device.enable_skill(),
    "elsewhere": lambda device, _: device.open_elsewhere(),
}


def _name(text: str) -> str:
    if not text:
        raise UnknownDeed("after !touch there is the name of something on the screen")
    return " ".join(text.split())


def _ms(text: str) -> int:
    if not re.fullmatch(SECONDS, text) or not 0 < float(text) <= LONGEST_WAIT_S:
        raise UnknownDeed(f"after !wait there can be: seconds, up to {LONGEST_WAIT_S}")
    return round(float(text) * 1000)
