"""Every application of the house as it is served, put together once for this folder's tests."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Blueprint, Flask

from audio.listing import listing_blueprint
from audio.serving import audio_blueprint
from skill.alexa.webservice_support import AbstractVerifier
from skill.app import create_app, with_routes
from skill.coach_skill import coach_skill
from skill.page import page_blueprints
from skill.render.audio_url import AudioUrls
from skill.settings import Settings
from skill.simulator.guard import Guard
from skill.sound import EnglishSound
from tests.amazon import SKILL_ID

SECRET = "sixteen bytes or more of a secret"
BASE = "https://coach.example/audio"


class BelievesEverybody(AbstractVerifier):
    """Lets every request in, so that what is behind the signature can be tried."""

    def verify(self, *_: object, **__: object) -> None:
        """Find nothing wrong."""


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings.from_environment(
        {
            "HIP_WORKOUT_DATA_FOLDER": str(tmp_path_factory.mktemp("data")),
            "HIP_WORKOUT_VOICE": "silent",
            "HIP_WORKOUT_SKILL_ID": SKILL_ID,
            "HIP_WORKOUT_SECRET": SECRET,
            "HIP_WORKOUT_AUDIO_URL": BASE,
            "HIP_WORKOUT_CONTACT": "coach@example.org",
        }
    )


@pytest.fixture(scope="session")
def urls(settings: Settings) -> AudioUrls:
    return AudioUrls(BASE, settings.secret or b"")


@pytest.fixture(scope="session")
def sound(settings: Settings) -> EnglishSound:
    return EnglishSound(settings)


@pytest.fixture(scope="session")
def applications(settings: Settings, sound: EnglishSound, urls: AudioUrls) -> dict[str, Flask]:
    """The webhook with its sound, the webhook with the page beside it, the page alone."""
    heard = (audio_blueprint(sound, urls), listing_blueprint(sound, BASE))
    believes, skill = BelievesEverybody(), coach_skill()

    def page() -> Iterable[Blueprint]:
        return page_blueprints(settings, Guard(), sound)

    alone = Flask(__name__, static_folder=None, template_folder=None)
    served = {
        "webhook": create_app(settings, skill=skill, verifier=believes, beside=heard),
        "webhook and page": create_app(settings, skill=skill, verifier=believes, beside=page()),
        "page": with_routes(alone, page()),
    }
    for app in served.values():
        _break_somewhere(app)
    return served


def _break_somewhere(app: Flask) -> None:
    @app.get("/breaks")
    def breaks() -> str:
        raise ZeroDivisionError
