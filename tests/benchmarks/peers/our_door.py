"""Hello world behind our own door: the same work as the peers do, to compare like with like."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from ask_sdk_core.skill_builder import SkillBuilder

from skill.app import create_app
from skill.log import configure_logging
from skill.settings import Settings

if TYPE_CHECKING:
    from ask_sdk_core.handler_input import HandlerInput
    from ask_sdk_model import Response
    from flask import Flask


def hello() -> Flask:
    """Return the webhook around a skill that says "Hello World!"."""
    builder = SkillBuilder()

    @builder.request_handler(can_handle_func=lambda _: True)
    def say(handler_input: HandlerInput) -> Response:
        return handler_input.response_builder.speak("Hello World!").response

    settings = Settings.from_environment(os.environ)
    configure_logging(settings.log_level)
    return create_app(settings, skill=builder.create())
