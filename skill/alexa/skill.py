"""The skill in Amazon's SDK: which kind of request is handled how, and what happens on a fault."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from ask_sdk_core.dispatch_components import AbstractExceptionHandler, AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import Response
from ask_sdk_model.ui import SsmlOutputSpeech

from skill.alexa import metrics, tasks
from skill.alexa.can_fulfill import CanFulfill
from skill.alexa.display import Display, RuntimeErrors
from skill.alexa.handlers.playback import hands_free, with_guide
from skill.alexa.handlers.reminding import permission_answer
from skill.alexa.handlers.touching import USER_EVENT, touched
from skill.alexa.intents import Answer
from skill.alexa.parts import Parts, begin, kind_of, listening_to, request_of
from skill.alexa.player import PlayerEvents
from skill.alexa.respond import respond
from skill.alexa.slots import Slots
from skill.coach import housekeeping
from skill.coach.reply import Line, Reply, line
from skill.coach.turn import Turn
from skill.render.ssml import ssml
from skill.render.words import Words

SPOKEN_TO = frozenset({"LaunchRequest", "IntentRequest", "Connections.Response", USER_EVENT})
"""Kinds of requests whose answer the listener hears."""

_log = structlog.get_logger(__name__)


def build_skill(parts: Parts) -> CustomSkill:
    """Return the skill; the same object serves a webhook, a Lambda function and the terminal."""
    builder = SkillBuilder()
    for handler in (
        _Conversation(parts),
        PlayerEvents(parts),
        _SessionEnded(parts),
        _Counted(_SkillDisabled(parts)),
        _Counted(CanFulfill(parts)),
        _Counted(RuntimeErrors()),
        _Counted(_AnythingElse()),
    ):
        builder.add_request_handler(handler)
    builder.add_exception_handler(_Apology(parts.words))
    skill: CustomSkill = builder.create()
    return skill


class _Conversation(AbstractRequestHandler):
    """What the listener said or touched, or answered to Alexa: the coach is asked, and replies."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._display = Display(parts.words)

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return kind_of(handler_input) in SPOKEN_TO

    def handle(self, handler_input: HandlerInput) -> Response:
        began = time.perf_counter()
        parts, envelope = self._parts, handler_input.request_envelope
        listener = parts.memory.listener(envelope)
        turn, before = begin(parts, handler_input, listener)
        turn = listening_to(parts, envelope, turn)
        intent, answer = self._answer(handler_input, turn)
        reply = answer(turn)
        attributes: dict[str, Any] = {}
        if reply.forgets and not parts.memory.forget(listener):
            reply = turn.end(turn.session, line("forget-failed"))
        if not reply.forgets:
            attributes = parts.memory.save(turn, reply.session, before, envelope)
        response = respond(reply, parts.words, parts.streams if turn.guides else None)
        if (shown := self._display.beside(reply, turn, envelope)) is not None:
            response.directives = [*(response.directives or ()), shown]
        if envelope.session is not None:
            handler_input.attributes_manager.session_attributes = attributes
        outcome = metrics.ASKED if reply.listens else metrics.TOLD
        metrics.count_turn(intent, turn.session.phase, outcome)
        metrics.count_workout(before.session, reply.session)
        _log.info(
            "turn",
            intent=intent,
            before=turn.session.phase.value,
            after=reply.session.phase.value,
            cut=turn.cut,
            listens=reply.listens,
            listener=listener,
            ms=round((time.perf_counter() - began) * 1000, 2),
        )
        return response

    def _answer(
        self, handler_input: HandlerInput, turn: Turn
    ) -> tuple[str, Callable[[Turn], Reply]]:
        request = request_of(handler_input)
        if request.object_type == "Connections.Response":
            return "Connections.Response", permission_answer(request)
        answer: Answer = _launched(request)
        name, slots = "LaunchRequest", Slots(None)
        if request.object_type != "LaunchRequest":
            name, slots = _meant(request)
            if name not in self._parts.answers:
                return "unknown", housekeeping.not_understood
            answer = self._parts.answers[name]
        there = self._into_sound(handler_input, turn, name, answer)
        return name, lambda turn: there(turn, slots)

    def _into_sound(
        self, handler_input: HandlerInput, turn: Turn, name: str, answer: Answer
    ) -> Answer:
        """Return the answer to what may be said into something that the device plays."""
        envelope, streams = handler_input.request_envelope, self._parts.streams
        is_new = envelope.session is None or bool(envelope.session.new)
        guide = streams.guide_heard(envelope) if streams is not None and is_new else None
        if guide is not None:
            return with_guide(name, answer, guide)
        return hands_free(name, answer, turn, is_new=is_new)


def _meant(request: Any) -> tuple[str, Slots]:
    """Return the intent and the slots of what was said or touched; an empty name for neither."""
    if request.object_type == USER_EVENT:
        return touched(request.arguments)
    intent = request.intent
    return (intent.name or "", Slots(intent.slots)) if intent is not None else ("", Slots(None))


def _named(request: Any) -> str:
    """Return the intent of a request, or the kind of one without."""
    intent = getattr(request, "intent", None)
    return (intent.name if intent is not None else request.object_type) or ""


def _launched(request: Any) -> Answer:
    task = getattr(request, "task", None)
    return lambda turn, _: tasks.launch(turn, task)


class _SessionEnded(AbstractRequestHandler):
    """The session ended by silence, by "exit" or by a fault: the place is kept, nothing is said."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return kind_of(handler_input) == "SessionEndedRequest"

    def handle(self, handler_input: HandlerInput) -> Response:
        parts, request = self._parts, request_of(handler_input)
        listener = parts.memory.listener(handler_input.request_envelope)
        turn, before = begin(parts, handler_input, listener)
        parts.memory.save(turn, turn.session, before, handler_input.request_envelope)
        reason = request.reason.value if request.reason else None
        error = _type_of(request.error)
        metrics.count_turn("SessionEndedRequest", turn.session.phase, metrics.SILENT)
        metrics.count_workout(before.session, turn.session)
        metrics.count_session_end(reason, error)
        _log.info("session_ended", reason=reason, error=error, listener=listener)
        return Response()


class NotForgotten(Exception):
    """A listener who disabled the skill could not be forgotten, because the store failed."""


class _SkillDisabled(AbstractRequestHandler):
    """The listener disabled the skill: everything about them is forgotten."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return kind_of(handler_input) == "AlexaSkillEvent.SkillDisabled"

    def handle(self, handler_input: HandlerInput) -> Response:
        listener = self._parts.memory.listener(handler_input.request_envelope)
        if not self._parts.memory.forget(listener):
            raise NotForgotten
        _log.info("listener_forgotten")
        return Response()


class _Counted(AbstractRequestHandler):
    """Counts what another handler answers without a word, wherever the listener is."""

    def __init__(self, handler: AbstractRequestHandler) -> None:
        self._handler = handler

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return bool(self._handler.can_handle(handler_input))

    def handle(self, handler_input: HandlerInput) -> Response | None:
        response = self._handler.handle(handler_input)
        metrics.count_turn(kind_of(handler_input), None, metrics.SILENT)
        return response


class _AnythingElse(AbstractRequestHandler):
    """Requests of other kinds may not be spoken to; an empty answer is the polite one."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        return True

    def handle(self, handler_input: HandlerInput) -> Response:
        request = request_of(handler_input)
        kind = kind_of(handler_input)
        if kind == "System.ExceptionEncountered":
            found = _type_of(getattr(request, "error", None))
            metrics.count_complaint(found)
            _log.error("amazon_refused_our_answer", error=found)
        else:
            _log.info("request_not_handled", kind=kind if kind.isascii() else "unknown")
        return Response()


def _type_of(error: Any) -> str | None:
    """Return the name of what Amazon says went wrong."""
    return error.object_type.value if error is not None and error.object_type else None


class _Apology(AbstractExceptionHandler):
    """A fault of ours: traceback in the log, an honest sentence to the listener.

    The sentence is made when the skill is built, so that nothing can be missing when it is needed.
    """

    def __init__(self, words: Words) -> None:
        self._sorry = ssml((Line("broken"),), words)

    def can_handle(self, handler_input: HandlerInput, exception: Exception) -> bool:
        return True

    def handle(self, handler_input: HandlerInput, exception: Exception) -> Response:
        _log.error("turn_failed", kind=kind_of(handler_input), exc_info=exception)
        metrics.count_turn(_named(request_of(handler_input)), None, metrics.FAILED)
        if isinstance(exception, NotForgotten):
            raise exception  # an answer of 200 would say that it was done
        metrics.count_fault("turn")
        if kind_of(handler_input) not in SPOKEN_TO:
            return Response()
        session = handler_input.request_envelope.session
        if session is not None:
            handler_input.attributes_manager.session_attributes = session.attributes or {}
        speech = SsmlOutputSpeech(ssml=self._sorry)
        return Response(output_speech=speech, should_end_session=True)
