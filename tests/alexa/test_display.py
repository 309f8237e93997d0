from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from ask_sdk_model import RequestEnvelope

from skill.alexa.display import Display, shows_documents
from skill.alexa.serializer import EnvelopeSerializer
from skill.coach.reply import Consent, Reply, Stream
from skill.coach.session import Phase, Session
from skill.coach.turn import Turn
from skill.simulator.request import SHOW, SPEAKER, Profile, context
from tests.coach.listener import MONDAY_MS, the_catalogue, the_words

SERIALIZER = EnvelopeSerializer()


def envelope(profile: Profile) -> RequestEnvelope:
    request = {"type": "LaunchRequest", "requestId": "r", "timestamp": "2026-01-01T00:00:00Z"}
    told = {"version": "1.0", "context": context(profile), "request": request}
    read: RequestEnvelope = SERIALIZER.read(told, RequestEnvelope)
    return read


def of_version(version: object) -> Profile:
    runtime: Any = {"runtime": {"maxVersion": version}}
    return replace(SHOW, interfaces={"Alexa.Presentation.APL": runtime})


@pytest.mark.parametrize(
    ("version", "shows"),
    [
        ("1.0", False),
        ("1.5", False),
        ("1.6", True),
        ("1.10", True),
        ("2022.1", True),
        ("2024.3", True),
        ("0.9", False),
        ("", False),
        ("latest", False),
        ("1.x", False),
        (None, False),
    ],
)
def test_versions_are_compared_as_versions(version: str | None, shows: bool) -> None:
    assert shows_documents(envelope(of_version(version))) is shows


def test_a_speaker_shows_nothing() -> None:
    assert not shows_documents(envelope(SPEAKER))
    silent = replace(SHOW, interfaces={"Alexa.Presentation.APL": {}})
    assert not shows_documents(envelope(silent))


DISPLAY = Display(the_words())
TURN = Turn.begin(Session(), MONDAY_MS, the_catalogue(), the_words().length_ms)
ASKING = TURN.ask(Session())


@pytest.mark.parametrize(
    ("reply", "seen"),
    [
        (ASKING, True),
        (replace(ASKING, stream=Stream()), True),
        (replace(ASKING, stream=Stream(at=Session())), False),
        (replace(ASKING, stream=Stream(guide="album")), False),
        (replace(ASKING, consent=Consent.BY_VOICE), False),
        (replace(ASKING, forgets=True), False),
        (replace(ASKING, reprompt=()), False),
        (replace(ASKING, reprompt=(), session=Session(phase=Phase.DONE)), True),
    ],
    ids=[
        "a question",
        "a question that stops a stream",
        "a stream, which brings its own screen",
        "a guide, which does too",
        "a permission that Alexa asks for",
        "a listener who is forgotten",
        "a goodbye",
        "a workout that is over",
    ],
)
def test_a_screen_is_sent_where_somebody_can_look_at_it(reply: Reply, seen: bool) -> None:
    assert (DISPLAY.beside(reply, TURN, envelope(SHOW)) is not None) is seen


def test_the_directive_has_a_token_a_document_and_data() -> None:
    directive = DISPLAY.beside(ASKING, TURN, envelope(SHOW))
    assert directive is not None
    assert directive.token
    assert directive.document is not None
    assert directive.document["type"] == "APL"
    assert directive.datasources is not None
    assert set(directive.datasources) == {"screen"}
