"""What the device's player tells of a stream, and the buttons of a remote control.

Answers to these may hold directives for the player and nothing else: no speech, no session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Response

from skill.alexa.handlers.playback import BUTTONS
from skill.alexa.parts import Parts, begin, listening_to
from skill.alexa.streams import Heard
from skill.coach import playing
from skill.coach.reply import Reply
from skill.coach.turn import Turn

_log = structlog.get_logger(__name__)


class PlayerEvents(AbstractRequestHandler):
    """AudioPlayer.* and PlaybackController.*: the place is kept, the queue filled."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Take the requests of player and buttons."""
        return _kind(handler_input).startswith(("AudioPlayer.", "PlaybackController."))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Keep the place that the event tells, and answer with what plays next, if anything."""
        parts, envelope = self._parts, handler_input.request_envelope
        streams, kind = parts.streams, _kind(handler_input)
        if streams is None:
            return Response()
        listener = parts.memory.listener(envelope)
        turn, before = begin(parts, handler_input, listener)
        if kind in BUTTONS:
            turn = listening_to(parts, handler_input.request_envelope, turn)
            reply = _pressed(kind, turn)
        else:
            request = _request(handler_input)
            token = getattr(request, "token", None)
            heard = streams.read(token, _offset_ms(request))
            reply = _told(kind, turn, heard)
        parts.memory.save(turn, reply.session, before, envelope)
        _log.info("player", kind=kind, phase=reply.session.phase.value, listener=listener)
        if reply.stream is None:
            return Response()
        return Response(directives=streams.directives(reply.stream))


def _offset_ms(request: Any) -> object:
    """Return how far the track was heard; of one that failed, its state tells."""
    if hasattr(request, "offset_in_milliseconds"):
        return request.offset_in_milliseconds
    state: Any = getattr(request, "current_playback_state", None)
    if state is None or state.token != request.token:
        return 0
    return state.offset_in_milliseconds


def _pressed(kind: str, turn: Turn) -> Reply:
    going_on = turn.session.hands_free and turn.session.workout_phase is not None
    return BUTTONS[kind](turn) if going_on else Reply(turn.session, ())


def _told(kind: str, turn: Turn, heard: Heard | None) -> Reply:
    answer = _EVENTS.get(kind)
    if answer is None or heard is None:
        return Reply(turn.session, ())
    return answer(turn, heard)


_EVENTS: dict[str, Callable[[Turn, Heard], Reply]] = {
    "AudioPlayer.PlaybackStarted": lambda t, h: Reply(playing.started(t, h.played), ()),
    "AudioPlayer.PlaybackNearlyFinished": lambda t, h: playing.nearly_finished(t, h.played),
    "AudioPlayer.PlaybackFinished": lambda t, h: Reply(playing.finished(t, h.played), ()),
    "AudioPlayer.PlaybackStopped": lambda t, h: Reply(
        playing.stopped(t, h.played, h.offset_ms), ()
    ),
    "AudioPlayer.PlaybackFailed": lambda t, h: playing.failed(t, h.played, h.offset_ms),
}


def _request(handler_input: HandlerInput) -> Any:
    """Return the request; which class it is depends on its kind, so its type is left open."""
    return handler_input.request_envelope.request


def _kind(handler_input: HandlerInput) -> str:
    kind = getattr(_request(handler_input), "object_type", None)
    return kind if isinstance(kind, str) else ""
