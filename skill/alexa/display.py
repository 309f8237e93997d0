"""What a device with a screen is shown beside an answer: whether, and which document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import structlog
from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import RequestEnvelope, Response
from ask_sdk_model.interfaces.alexa.presentation.apl import RenderDocumentDirective

from skill.alexa.handlers.touching import arguments
from skill.alexa.parts import kind_of, request_of
from skill.alexa.serializer import Written
from skill.coach.part import Room
from skill.coach.reply import Line, Reply
from skill.coach.session import Phase, Session
from skill.coach.suggestions import answers, suggestions
from skill.coach.turn import Turn
from skill.render.apl import VERSION, Documents, load_documents
from skill.render.figure_graphic import Drawing, drawings
from skill.render.figures import load_figures
from skill.render.scene import Scenes
from skill.render.screen import Chip, Chips, Screens
from skill.render.words import Words

TOKEN = "hip-workout-screen"  # noqa: S105 - names the document to the device, it is no secret

RUNTIME_ERRORS = frozenset(
    {"Alexa.Presentation.APL.RuntimeError", "Alexa.Presentation.APLA.RuntimeError"}
)

_log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Display:
    """Makes the directive that shows a reply."""

    words: Words

    def beside(
        self, reply: Reply, turn: Turn, envelope: RequestEnvelope
    ) -> RenderDocumentDirective | None:
        """Return what shows a reply on the device that asked; None where nothing can or should.

        Where the session ends there is nothing to touch, for nobody would be told of it.
        """
        if not shows_documents(envelope) or not _is_to_be_seen(reply):
            return None
        room = turn.room
        documents, figures = _to_be_shown()
        screens = Screens(Scenes(room, self.words), figures)
        chips = self.chips(reply.session, room) if reply.listens else Chips()
        screen = screens.of(reply, room.recorded_of or room.length_of, chips)
        made = documents.render(screen, screens)
        return RenderDocumentDirective(token=TOKEN, **made)

    def chips(self, session: Session, room: Room) -> Chips:
        """Return what can be said and touched after a reply, of whose session this is."""
        return Chips(
            self._touchable(suggestions(session, room)), self._touchable(answers(session, room))
        )

    def _touchable(self, said: tuple[Line, ...]) -> tuple[Chip, ...]:
        sent = ((each, arguments(each)) for each in said)
        return tuple(
            Chip(self.words.sentence(each), means) for each, means in sent if means is not None
        )


@cache
def _to_be_shown() -> tuple[Documents, Mapping[str, Drawing]]:
    """Return documents and drawings, worked out once a process, when somebody has a screen."""
    documents = load_documents().whole
    written = {name: _written(document) for name, document in documents.items()}
    return Documents(written), drawings(load_figures())


def _written(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document whose large parts, which never change, are JSON already."""
    return {
        name: Written(part) if isinstance(part, dict) and name != "settings" else part
        for name, part in document.items()
    }


def shows_documents(envelope: RequestEnvelope) -> bool:
    """Say whether a device shows documents of the version that ours need."""
    system = envelope.context.system if envelope.context else None
    device = system.device if system else None
    interfaces = device.supported_interfaces if device else None
    screen = interfaces.alexa_presentation_apl if interfaces else None
    runtime = screen.runtime if screen else None
    return _version(runtime.max_version if runtime else None) >= VERSION


def _version(text: object) -> tuple[int, ...]:
    """Return a version as numbers, for 1.10 comes after 1.6; empty for what is no version."""
    parts = text.split(".") if isinstance(text, str) else []
    good = all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts)
    return tuple(map(int, parts)) if good else ()


def _is_to_be_seen(reply: Reply) -> bool:
    """Say whether a reply may have a screen, and leaves somebody there to look at it.

    A stream brings its own screen, and stops whatever runs on ours. Alexa, when she asks for a
    permission, wants no other directive. Where the conversation is over, the device goes home.
    """
    plays = reply.stream is not None and (reply.stream.at is not None or bool(reply.stream.guide))
    if plays or reply.consent is not None or reply.forgets:
        return False
    return reply.listens or reply.part is not None or reply.session.phase is Phase.DONE


class RuntimeErrors(AbstractRequestHandler):
    """A device tells that a document of ours failed: it is logged, and there is nothing to say."""

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Say whether this is the request."""
        return kind_of(handler_input) in RUNTIME_ERRORS

    def handle(self, handler_input: HandlerInput) -> Response:
        """Log types and reasons. The messages stay out of the log, for they may quote our data."""
        kind = kind_of(handler_input)
        for error in (request_of(handler_input).errors or ())[:10]:
            reason = getattr(error, "reason", None)
            named = getattr(error, "object_type", None)
            _log.error("document_failed", kind=kind, type=_known(named), reason=_known(reason))
        return Response()


def _known(value: object) -> str | None:
    """Return the name of an enumeration's member, or a short word of Amazon's, and else nothing."""
    name = getattr(value, "value", value)
    is_word = isinstance(name, str) and name.isascii() and name.isidentifier() and len(name) < 64
    return str(name) if is_word else None
