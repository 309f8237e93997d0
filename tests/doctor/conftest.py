from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from flask import Flask, Response
from structlog.testing import capture_logs

from audio.serving import audio_blueprint
from skill.app import create_app
from skill.coach_skill import coach_skill
from skill.render.audio_url import AudioUrls
from skill.settings import Settings
from skill.sound import EnglishSound
from tests.doctor.site import Internet

SKILL_ID = "amzn1.ask.skill.12345678-1234-1234-1234-123456789abc"
COACH, CLOCK = "coach.example", "clock.example"


def clock_app(**off: float) -> Flask:
    """A server whose clock is off by so much."""
    app = Flask(__name__)

    @app.get("/")
    def now() -> Response:
        told = datetime.now(UTC) + timedelta(**off)
        return Response("", headers={"Date": format_datetime(told, usegmt=True)})

    return app


@pytest.fixture(autouse=True)
def no_log_of_the_servers() -> Iterator[None]:
    with capture_logs():
        yield


@pytest.fixture
def internet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Internet:
    return Internet(tmp_path, monkeypatch)


@pytest.fixture
def environ(internet: Internet, tmp_path: Path) -> dict[str, str]:
    """The settings of an operator who has done everything right."""
    return {
        "HIP_WORKOUT_SKILL_ID": SKILL_ID,
        "HIP_WORKOUT_CA_BUNDLE": str(internet.roots),
        "HIP_WORKOUT_DATA_FOLDER": str(tmp_path / "data"),
        "HIP_WORKOUT_VOICE": "espeak",
        "HIP_WORKOUT_AUDIO_URL": f"https://{COACH}/audio",
        "HIP_WORKOUT_CONTACT": "coach@example.org",
    }


@pytest.fixture(scope="session")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> EnglishSound:
    """The sound that is served; put together once for all tests."""
    return EnglishSound(Settings(voice="silent", data_folder=tmp_path_factory.mktemp("served")))


@pytest.fixture
def coach(environ: dict[str, str], quiet: EnglishSound) -> Flask:
    """The whole webhook with its sound, as it is served."""
    settings = Settings.from_environment(environ)
    urls = AudioUrls(str(settings.audio_url), b"sixteen bytes or more")
    return create_app(settings, skill=coach_skill(), beside=[audio_blueprint(quiet, urls)])


@pytest.fixture
def right_clock(internet: Internet) -> Iterator[str]:
    with internet.serving(CLOCK, clock_app()):
        yield f"https://{CLOCK}/"
