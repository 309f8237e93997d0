"""Where the parts meet in AWS Lambda: no Flask, no data folder, a secret that Amazon keeps."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from skill.alexa.amazon_api import AmazonApi
from skill.alexa.aws_lambda import LambdaDoor
from skill.coach_skill import coach_skill
from skill.log import configure_logging
from skill.render.audio_url import AudioUrls
from skill.render.recorded import Recordings
from skill.secret_at_amazon import secret_at_amazon
from skill.settings import PREFIX, Settings, SettingsError
from skill.sound import LOCALE
from skill.store.open import open_store, with_deadline

if TYPE_CHECKING:
    from skill.store.port import Store

SECRET = f"{PREFIX}SECRET"

SECRET_ARN = f"{PREFIX}SECRET_ARN"
"""Names the secret in AWS Secrets Manager; only here, for a variable itself is there to be read by
everyone who may look at the function."""

NO_CLIPS = Path(os.devnull)
"""Where the clips of a voice are that a function has not: it composes nothing."""


def lambda_door(
    environ: Mapping[str, str], secret_of: Callable[[str], str] = secret_at_amazon
) -> LambdaDoor:
    """Return the whole coach, set up from the environment, as an instance of a function begins.

    Nobody is pruned here, which would read the whole table: items expire by themselves.

    Raises:
        SettingsError: a setting is wrong, or what a function needs is not set; every fault at once.
        botocore.exceptions.BotoCoreError, ClientError: the secret cannot be had.
    """
    settings = _settings(environ, secret_of)
    store, secret = with_deadline(_store(settings)), settings.secret or b""
    configure_logging(settings.log_level)
    recordings = None
    if settings.audio_url is not None:
        urls = AudioUrls(settings.audio_url, secret)
        recordings = Recordings(urls, LOCALE, NO_CLIPS, composes=False)
    api = AmazonApi(settings.ca_bundle)
    skill = coach_skill(store, secret, api, recordings)
    gc.freeze()  # what was made until now stays for good: the collector need not look at it
    return LambdaDoor(skill, settings.skill_ids)


def _settings(environ: Mapping[str, str], secret_of: Callable[[str], str]) -> Settings:
    """Return the settings, with the secret fetched. Raises SettingsError."""
    arn = environ.get(SECRET_ARN, "").strip()
    named = {name: text for name, text in environ.items() if name != SECRET_ARN}
    settings = Settings.from_environment(named).for_serving()
    if faults := _missing(settings, arn):
        raise SettingsError(faults)
    try:
        return Settings.from_environment({**named, SECRET: secret_of(arn)})
    except ValueError as fault:
        raise SettingsError([f"{SECRET_ARN}: {fault}"]) from None


def _missing(settings: Settings, arn: str) -> list[str]:
    """Return what a function cannot do without, which has no folder that lasts."""
    faults = []
    if not arn:
        faults.append(
            f"{SECRET_ARN} is not set. Every new instance would make a secret of its own, and "
            "know nobody again"
        )
    if settings.secret is not None:
        faults.append(f"{SECRET}: a secret does not stand in the environment of a function")
    if not (settings.database_url or "").startswith("dynamodb:"):
        faults.append(
            f"{PREFIX}DATABASE_URL must name a table that all instances share, such as "
            "dynamodb://hip-workout: the package has no other driver"
        )
    if settings.audio_url is not None and not settings.audio_files_only:
        faults.append(
            f"{PREFIX}AUDIO_FILES_ONLY must be yes beside {PREFIX}AUDIO_URL: a function has no "
            "clips, and cannot know how long they last"
        )
    return faults


def _store(settings: Settings) -> Store:
    """Open the memory. Raises SettingsError."""
    try:
        return open_store(settings.database_url or "")
    except ValueError as fault:
        raise SettingsError([f"{PREFIX}DATABASE_URL: {fault}"]) from None
