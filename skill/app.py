"""Where the parts meet: the Flask application around a skill, and its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from flask import Flask
from werkzeug.exceptions import HTTPException

from skill.alexa import metrics
from skill.alexa.verify import SignatureVerifier, utc_now
from skill.alexa.webhook import LARGEST_BODY, error_response, webhook_blueprint
from skill.health import health_blueprint
from skill.legal.routes import legal_blueprint
from skill.response_headers import harden

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ask_sdk_core.skill import CustomSkill
    from flask import Blueprint, Response

    from skill.alexa.verify import Clock
    from skill.alexa.webservice_support import AbstractVerifier
    from skill.settings import Settings

SOUND = ("audio", "listing")
"""Names of the blueprints that hand out sound."""

_log = structlog.get_logger(__name__)


def create_app(
    settings: Settings,
    *,
    skill: CustomSkill,
    verifier: AbstractVerifier | None = None,
    clock: Clock | None = None,
    beside: Iterable[Blueprint] = (),
    stopping: Callable[[], bool] = lambda: False,
) -> Flask:
    """Return the webhook for one skill, and the routes ``beside`` it, such as those of its sound.

    Without a ``verifier`` every request must be signed by Amazon; there is no setting that turns
    this off. ``stopping`` says whether the process was told to end, and is not ready any more.

    Raises SettingsError when there is no skill id to answer for.
    """
    settings.for_serving()
    now = clock or utc_now
    checks = verifier or SignatureVerifier(
        settings.ca_bundle, clock=now, skill_ids=settings.skill_ids
    )
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.register_blueprint(webhook_blueprint(skill, checks, settings.skill_ids, now))
    app.register_blueprint(health_blueprint(settings.ca_bundle, stopping))
    app.register_blueprint(legal_blueprint(settings.contact, settings.forget_after_days))
    return with_routes(app, beside)


def with_routes(app: Flask, blueprints: Iterable[Blueprint]) -> Flask:
    """Return an application with routes, whose refusals and faults are answered in JSON."""
    for blueprint in blueprints:
        if blueprint.name in SOUND:
            blueprint.after_request(_counted)
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(Exception, _fault)
    harden(app)
    return app


def _counted(response: Response) -> Response:
    metrics.count_sound(response.status_code)
    return response


def _refusal(error: HTTPException) -> Response:
    """Answer what Flask itself refuses (404, 405, 413, ...) in JSON, keeping headers like Allow."""
    reason = error.name.lower().replace(" ", "-")
    metrics.count_refusal(reason)
    _log.warning("request_refused", reason=reason, status=error.code)
    response = error_response(reason, error.code or 500)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _fault(error: Exception) -> Response:
    """Answer a fault of ours outside of a turn."""
    metrics.count_fault("beside")
    _log.error("request_failed", exc_info=error)
    return error_response("fault", 500)
