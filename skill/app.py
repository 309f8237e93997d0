"""Where the parts meet: the Flask application around a skill, and its log."""

from __future__ import annotations

import logging
import secrets
import sys
import time
from typing import TYPE_CHECKING

import structlog
from flask import Flask
from werkzeug.exceptions import HTTPException

from interaction_model.contract import load_contract
from skill.alexa.amazon_api import AmazonApi
from skill.alexa.intents import ANSWERS, check
from skill.alexa.memory import Memory
from skill.alexa.parts import Parts
from skill.alexa.skill import build_skill
from skill.alexa.streams import Streams
from skill.alexa.time_zone import TimeZones
from skill.alexa.verify import SignatureVerifier, utc_now
from skill.alexa.webhook import LARGEST_BODY, error_response, webhook_blueprint
from skill.catalogue.load import load_whole
from skill.data_folder import data_folder, kept_secret
from skill.legal.routes import legal_blueprint
from skill.render.words import Words
from skill.store.memory import MemoryStore
from skill.store.open import open_store, with_deadline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ask_sdk_core.skill import CustomSkill
    from flask import Blueprint, Response

    from skill.alexa.verify import Clock
    from skill.alexa.webservice_support import AbstractVerifier
    from skill.render.recorded import Recordings
    from skill.settings import Settings
    from skill.store.port import Store

DAY_MS = 24 * 3_600_000

_log = structlog.get_logger(__name__)


def create_app(
    settings: Settings,
    *,
    skill: CustomSkill,
    verifier: AbstractVerifier | None = None,
    clock: Clock | None = None,
    beside: Iterable[Blueprint] = (),
) -> Flask:
    """Return the webhook for one skill, and the routes ``beside`` it, such as those of its sound.

    Without a ``verifier`` every request must be signed by Amazon; there is no setting that turns
    this off. Raises SettingsError when there is no skill id to answer for.
    """
    settings.for_serving()
    now = clock or utc_now
    checks = verifier or SignatureVerifier(settings.ca_bundle, clock=now)
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.register_blueprint(webhook_blueprint(skill, checks, settings.skill_ids, now))
    app.register_blueprint(legal_blueprint(settings.contact, settings.forget_after_days))
    return with_routes(app, beside)


def with_routes(app: Flask, blueprints: Iterable[Blueprint]) -> Flask:
    """Return an application with routes, whose refusals and faults are answered in JSON."""
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    app.register_error_handler(HTTPException, _refusal)
    app.register_error_handler(Exception, _fault)
    return app


def remembering_skill(
    settings: Settings, *, api: AmazonApi | None = None, recordings: Recordings | None = None
) -> CustomSkill:
    """Return the coach with the memory that the settings name, and recordings if there are any.

    Amazon itself may be asked, by ``api``, only for the webhook, whose requests are verified.
    Without it nobody is asked: all days are days in UTC, and there are no reminders.

    Raises:
        DataFolderError: the data folder cannot be used.
        ValueError: the database's address is of no form known.
    """
    store = with_deadline(store_of(settings))
    forget_the_unheard(store, settings.forget_after_days, time.time_ns() // 1_000_000)
    return coach_skill(store, secret_of(settings), api, recordings)


def forget_the_unheard(store: Store, days: int, now_ms: int) -> None:
    """Forget the listeners unheard for so many days; a store out of reach is logged, no more."""
    try:
        forgotten = store.prune(now_ms - days * DAY_MS)
    except Exception:  # the coach starts whatever the store does
        _log.exception("store_failed", doing="prune")
    else:
        if forgotten:
            _log.info("listeners_forgotten", listeners=forgotten)


def store_of(settings: Settings) -> Store:
    """Open the store that the settings name; SQLite in the data folder when they name none."""
    url = settings.database_url
    if url is None:
        url = f"sqlite:///{data_folder(settings.data_folder) / 'listeners.db'}"
    return open_store(url)


def secret_of(settings: Settings) -> bytes:
    """Return the secret that keys the hash of user ids."""
    return settings.secret or kept_secret(data_folder(settings.data_folder))


def coach_skill(
    store: Store | None = None,
    secret: bytes | None = None,
    api: AmazonApi | None = None,
    recordings: Recordings | None = None,
    words: Words | None = None,
) -> CustomSkill:
    """Return the coach as a skill of Amazon's SDK.

    Without a ``store`` listeners are remembered as long as the process lives; without ``words``
    they are those of the catalogue.

    Raises:
        CatalogueError: the facts or the words of the exercises are wrong; all faults at once.
        IntentTableError: an intent is not answered, or answered twice.
    """
    check(ANSWERS, load_contract().intents)
    kept = store if store is not None else MemoryStore()
    zones = TimeZones(api) if api is not None else None
    memory = Memory(kept, secret or secrets.token_bytes(32), zones, api)
    catalogue, text = load_whole("en")
    words = words or Words("en", text)
    if recordings is None:
        return build_skill(Parts(catalogue, words, memory, ANSWERS))
    streams = Streams(recordings.urls, recordings.locale, words, recordings.composes)
    recorded_of = recordings.length_of(words)
    return build_skill(Parts(catalogue, words, memory, ANSWERS, streams, recorded_of))


def configure_logging(level: str) -> None:
    """Send one line of JSON an event to standard error, from ``level`` upwards.

    For those who serve; a library or a test leaves the log as it is.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def _refusal(error: HTTPException) -> Response:
    """Answer what Flask itself refuses (404, 405, 413, ...) in JSON, keeping headers like Allow."""
    reason = error.name.lower().replace(" ", "-")
    _log.warning("request_refused", reason=reason, status=error.code)
    response = error_response(reason, error.code or 500)
    for name, value in error.get_headers():
        if name.lower() != "content-type":
            response.headers[name] = value
    return response


def _fault(error: Exception) -> Response:
    """Answer a fault of ours outside of a turn."""
    _log.error("request_failed", exc_info=error)
    return error_response("fault", 500)
