"""What words mean to a pretend device as it is now: an answer to Alexa, a request, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from skill.simulator.device import PretendDevice
from skill.simulator.permissions import understood
from skill.simulator.request import Json, Slot
from skill.simulator.turn import Turn

FALLBACK = "AMAZON.FallbackIntent"

LEAVING = frozenset({"SessionEndedRequest", "AMAZON.StopIntent", "AMAZON.CancelIntent"})
"""What, said to nobody, means that the listener is done with the device too."""


class HeardSlot(Protocol):
    """What the ears made of one slot."""

    @property
    def value(self) -> str:
        """The words, or the figure of a number."""

    @property
    def id(self) -> str | None:
        """The id they stand for; None for a number, or for words that are in no list."""


class Heard(Protocol):
    """What the ears made of an utterance."""

    @property
    def intent(self) -> str | None:
        """An intent, LaunchRequest or SessionEndedRequest; None if it was not understood."""

    @property
    def slots(self) -> Mapping[str, HeardSlot]:
        """By name, as in the interaction model."""

    @property
    def score(self) -> float:
        """How sure they are: 0 to 1."""

    @property
    def why(self) -> str:
        """What led them to it."""


Ears = Callable[[str, frozenset[str]], Heard]
"""Understands an utterance, given the intents that are expected just now."""

Expects = Callable[[Json], frozenset[str]]
"""Tells from the session attributes which intents are expected."""


@dataclass(frozen=True)
class Meant:
    """What came of some words."""

    heard: Heard | None = None
    """What the ears made of them; None where Alexa herself understood them."""

    act: Callable[[], Turn | None] | None = None
    """Does it to the device, and may raise ResponseRefused; None: Alexa would not know whom the
    words are for."""

    @property
    def leaves(self) -> bool:
        """Whether the listener is done with the device: a stop, and nothing there to stop."""
        return self.act is None and self.heard is not None and self.heard.intent in LEAVING


def meant(device: PretendDevice, ears: Ears, expects: Expects, words: str) -> Meant:
    """Return what words mean to a device as it is now; nothing is done yet."""
    consent = understood(words) if device.asks_permission else None
    if consent is not None:
        return Meant(act=lambda: device.permit(consent))
    expected = expects(device.attributes) if device.in_session else frozenset[str]()
    heard = ears(words, expected)
    if not device.in_session and _is_for_nobody(heard, device):
        return Meant(heard)
    return Meant(heard, lambda: _done(heard, device))


def _is_for_nobody(heard: Heard, device: PretendDevice) -> bool:
    to_a_stream = device.audio.goes_on and heard.intent != "SessionEndedRequest"
    return heard.intent in (None, FALLBACK) or (heard.intent in LEAVING and not to_a_stream)


def _done(heard: Heard, device: PretendDevice) -> Turn | None:
    if heard.intent == "LaunchRequest":
        return device.launch()
    if heard.intent == "SessionEndedRequest":
        return device.hang_up()
    slots = {name: Slot(s.value, (s.id,) if s.id else ()) for name, s in heard.slots.items()}
    return device.say(heard.intent or FALLBACK, slots)
