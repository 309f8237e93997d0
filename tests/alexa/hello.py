"""A skill that only greets, behind the real door."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill import CustomSkill
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model.response import Response
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from skill.alexa.webservice_support import AbstractVerifier
from skill.app import create_app
from skill.settings import Settings
from tests.amazon import SKILL_ID, PretendAmazon

SECRET = "a fault that names a listener"


def hello() -> CustomSkill:
    """A skill that greets whatever comes, and breaks when asked to."""
    builder = SkillBuilder()

    @builder.request_handler(can_handle_func=lambda _: True)
    def greet(turn: HandlerInput) -> Response:
        request = turn.request_envelope.request
        if request and request.request_id == "break":
            raise ZeroDivisionError(SECRET)
        if request and request.request_id == "unwritable":
            turn.attributes_manager.session_attributes = {"x": object()}
        return turn.response_builder.speak("Hello").ask("Ready?").response

    return builder.create()


def client(
    amazon: PretendAmazon, clock: Callable[[], Any], verifier: AbstractVerifier | None = None
) -> FlaskClient:
    settings = Settings(skill_ids=frozenset({SKILL_ID}), ca_bundle=amazon.ca_bundle)
    app = create_app(settings, skill=hello(), verifier=verifier, clock=clock)
    return app.test_client()


def told(answer: TestResponse) -> tuple[int, str]:
    """Return the status and the reason of a refusal, which must be short JSON."""
    assert answer.content_type == "application/json;charset=UTF-8"
    assert len(answer.data) < 100
    body = json.loads(answer.data)
    assert list(body) == ["error"]
    return answer.status_code, body["error"]
