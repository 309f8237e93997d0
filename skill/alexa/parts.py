"""What a skill is made of, and how a turn of it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import RequestEnvelope

from skill.alexa.envelope import epoch_ms
from skill.alexa.intents import Answer
from skill.alexa.memory import Memory, Remembered
from skill.alexa.streams import Streams
from skill.coach import playing
from skill.coach.exercise import Catalogue
from skill.coach.reminder import About
from skill.coach.replace import replace
from skill.coach.reply import Line
from skill.coach.timeline import LengthOf
from skill.coach.turn import Turn
from skill.render.words import Words


@dataclass(frozen=True)
class Parts:
    """What a skill is made of."""

    catalogue: Catalogue
    words: Words
    memory: Memory
    answers: dict[str, Answer]

    streams: Streams | None = None
    """Where composed sound is played from; None: there is none."""

    recorded_of: LengthOf | None = None
    """How long the recordings of lines last; None: as long as the words are estimated to."""


def begin(
    parts: Parts, handler_input: HandlerInput, listener: str | None
) -> tuple[Turn, Remembered]:
    """Return the turn of a request, and what was remembered when it began."""
    envelope = handler_input.request_envelope
    request: Any = envelope.request
    now_ms = epoch_ms(request.timestamp)
    before = parts.memory.load(envelope, listener, now_ms)
    memory, words = parts.memory, parts.words

    def text_of(about: About) -> str:
        return words.say(Line(f"reminder-spoken-{about.value.replace('_', '-')}"))

    past = memory.past(before, envelope, now_ms)
    reminders = memory.reminders(before, envelope, now_ms, text_of)
    guides = parts.streams is not None and _plays_streams(envelope)
    streams = guides and parts.streams is not None and parts.streams.composes
    recorded_of = parts.recorded_of if streams else None
    length_of = words.length_ms
    turn = Turn.begin(before.session, now_ms, parts.catalogue, length_of, past, recorded_of)
    return replace(turn, streams=streams, guides=guides, reminders_of=reminders), before


def listening_to(parts: Parts, envelope: RequestEnvelope, turn: Turn) -> Turn:
    """Return the turn at the place of the stream that the listener speaks into."""
    if parts.streams is None or not playing.is_playing(turn.session):
        return turn
    heard = parts.streams.heard(envelope)
    return turn if heard is None else playing.heard(turn, heard.played, heard.offset_ms)


def _plays_streams(envelope: RequestEnvelope) -> bool:
    system = envelope.context.system if envelope.context else None
    device = system.device if system else None
    interfaces = device.supported_interfaces if device else None
    return interfaces is not None and interfaces.audio_player is not None


def request_of(handler_input: HandlerInput) -> Any:
    """Return the request; which class it is depends on its kind, so its type is left open."""
    return handler_input.request_envelope.request


def kind_of(handler_input: HandlerInput) -> str:
    """Return the type of the request, such as ``IntentRequest``; empty where it has none."""
    kind = getattr(request_of(handler_input), "object_type", None)
    return kind if isinstance(kind, str) else ""
