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
from ask_sdk_model.interfaces.audioplayer import PlayerActivity

from skill.alexa import metrics
from skill.alexa.handlers.playback import BUTTONS
from skill.alexa.parts import Parts, begin, kind_of, listening_to, request_of
from skill.alexa.streams import Heard, Streams
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
        return kind_of(handler_input).startswith(("AudioPlayer.", "PlaybackController."))

    def handle(self, handler_input: HandlerInput) -> Response:
        """Keep the place that the event tells, and answer with what plays next, if anything."""
        parts, envelope = self._parts, handler_input.request_envelope
        streams, kind = parts.streams, kind_of(handler_input)
        if streams is None:
            return Response()
        listener = parts.memory.listener(envelope)
        turn, before = begin(parts, handler_input, listener)
        if kind in BUTTONS:
            turn = listening_to(parts, handler_input.request_envelope, turn)
            reply = _pressed(kind, turn)
        else:
            if _is_late(handler_input, turn.now_ms < before.saved_ms):
                return Response()
            reply = _told(handler_input, turn, streams)
        parts.memory.save(turn, reply.session, before, envelope)
        outcome = metrics.SILENT if reply.stream is None else metrics.TOLD
        metrics.count_turn(kind, turn.session.phase, outcome)
        metrics.count_workout(before.session, reply.session)
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


def _told(handler_input: HandlerInput, turn: Turn, streams: Streams) -> Reply:
    request = request_of(handler_input)
    heard = streams.read(getattr(request, "token", None), _offset_ms(request))
    answer = _EVENTS.get(kind_of(handler_input))
    if answer is None or heard is None:
        return Reply(turn.session, ())
    return answer(turn, heard)


def _is_late(handler_input: HandlerInput, overtaken: bool) -> bool:
    """Say whether a start or a stop is told that the player has left behind since.

    Taken for new, the one would move the place to an old track, and the other would leave a track
    that plays without a next one. An end that is ``overtaken`` by the start behind it still counts.
    """
    kind, token = kind_of(handler_input), getattr(request_of(handler_input), "token", None)
    context = handler_input.request_envelope.context
    player = context.audio_player if context else None
    is_there = player is not None and player.token == token
    if kind == "AudioPlayer.PlaybackStarted":
        return overtaken or (player is not None and not is_there)
    if kind == "AudioPlayer.PlaybackStopped":
        plays = player is not None and player.player_activity is PlayerActivity.PLAYING
        return overtaken or (is_there and plays)
    return False


_EVENTS: dict[str, Callable[[Turn, Heard], Reply]] = {
    "AudioPlayer.PlaybackStarted": lambda t, h: Reply(playing.started(t, h.played), ()),
    "AudioPlayer.PlaybackNearlyFinished": lambda t, h: playing.nearly_finished(t, h.played),
    "AudioPlayer.PlaybackFinished": lambda t, h: Reply(playing.finished(t, h.played), ()),
    "AudioPlayer.PlaybackStopped": lambda t, h: Reply(
        playing.stopped(t, h.played, h.offset_ms), ()
    ),
    "AudioPlayer.PlaybackFailed": lambda t, h: playing.failed(t, h.played, h.offset_ms),
}
