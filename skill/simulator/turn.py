"""One request of a pretend device, its response, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from skill.simulator.playback import Playback
from skill.simulator.request import Json

Answer = Callable[[Json], Json]
"""A skill as a function: request envelope in, response envelope out."""


@dataclass(frozen=True)
class Turn:
    """What came of one thing: the listener spoke, kept silent, pressed a key; a stream ended."""

    request: Json | None
    """The envelope that was sent; None where the device acted by itself, as for a reprompt."""

    response: Json
    """The envelope that came back; for a reprompt, the one that held it."""

    playback: Playback
    """What is heard of the skill now."""

    listening: bool
    """Whether the microphone is open once that is over."""

    ended: bool
    """Whether the session is over."""

    question: Playback = field(default_factory=Playback)
    """What Alexa asks in her own words after that; empty where she asks nothing."""

    asks_permission: str = ""
    """The scopes that she asks for, with spaces between; see ``PretendDevice.permit``."""

    warnings: tuple[str, ...] = ()
    """What Amazon accepts in the response, but hardly as it was meant."""
