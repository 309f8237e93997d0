"""Hello world on Amazon's Python SDK and flask-ask-sdk, which check signature and timestamp."""

import openssl_version  # type: ignore[import-not-found]  # noqa: F401 - beside this file; before anything of Amazon's
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_core.skill_builder import SkillBuilder
from ask_sdk_model import Response
from flask import Flask
from flask_ask_sdk.skill_adapter import (  # type: ignore[import-not-found]  # a peer's own
    SkillAdapter,
)

builder = SkillBuilder()


@builder.request_handler(can_handle_func=lambda _: True)
def hello(handler_input: HandlerInput) -> Response:
    return handler_input.response_builder.speak("Hello World!").response


app = Flask(__name__)
SkillAdapter(skill=builder.create(), skill_id="hello", app=app).register(app=app, route="/alexa")
