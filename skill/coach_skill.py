"""The coach as a skill of Amazon's SDK, with the memory that the settings name."""

from __future__ import annotations

import secrets
import threading
import time
from typing import TYPE_CHECKING

import structlog

from interaction_model.contract import load_contract
from skill.alexa.intents import ANSWERS, check
from skill.alexa.memory import Memory
from skill.alexa.parts import Parts
from skill.alexa.skill import build_skill
from skill.alexa.streams import Streams
from skill.alexa.time_zone import TimeZones
from skill.catalogue.load import load_to_speak
from skill.data_folder import data_folder, kept_secret
from skill.render.words import Words
from skill.store.memory import MemoryStore
from skill.store.open import open_for_turns, open_store

if TYPE_CHECKING:
    from collections.abc import Callable

    from ask_sdk_core.skill import CustomSkill

    from skill.alexa.amazon_api import AmazonApi
    from skill.render.recorded import Recordings
    from skill.settings import Settings
    from skill.store.port import Store

DAY_MS = 24 * 3_600_000

_log = structlog.get_logger(__name__)


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
    store = open_for_turns(_url_of(settings))
    skill = coach_skill(store, secret_of(settings), api, recordings)
    # Nobody waits for it, and it opens the store before the first turn needs it.
    threading.Thread(
        target=forget_daily, args=(store, settings.forget_after_days), daemon=True
    ).start()
    return skill


def forget_daily(store: Store, days: int, wait: Callable[[float], object] = time.sleep) -> None:
    """Forget the listeners unheard for so many days, now and once a day, as long as this lives.

    ``wait`` waits so many seconds; what it raises ends this.
    """
    while True:
        forget_the_unheard(store, days, time.time_ns() // 1_000_000)
        wait(DAY_MS / 1000)


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
    return open_store(_url_of(settings))


def _url_of(settings: Settings) -> str:
    kept = settings.database_url
    return kept or f"sqlite:///{data_folder(settings.data_folder) / 'listeners.db'}"


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
        CatalogueError: the facts of the exercises are wrong, or lines are missing; every fault.
        IntentTableError: an intent is not answered, or answered twice.
    """
    check(ANSWERS, load_contract().intents)
    kept = store if store is not None else MemoryStore()
    zones = TimeZones(api) if api is not None else None
    memory = Memory(kept, secret or secrets.token_bytes(32), zones, api)
    catalogue, text = load_to_speak("en")
    words = words or Words("en", text)
    if recordings is None:
        return build_skill(Parts(catalogue, words, memory, ANSWERS))
    streams = Streams(recordings.urls, recordings.locale, words, recordings.composes)
    recorded_of = recordings.length_of(words)
    return build_skill(Parts(catalogue, words, memory, ANSWERS, streams, recorded_of))
