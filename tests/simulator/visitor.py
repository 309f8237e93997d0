"""A page of the pretend speaker for tests: it owns time, and sends steps to the real routes."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from audio.frames import FRAME_BYTES, FRAME_MS
from skill.app import with_routes
from skill.coach.part import Room
from skill.page import page_blueprints
from skill.settings import Settings
from skill.simulator.amazon_here import AmazonHere
from skill.simulator.guard import Guard
from skill.simulator.playback import Playback
from skill.simulator.routes import simulator_blueprint
from skill.simulator.seeing import Seeing
from skill.simulator.speaker import SpeakerParts, Voice
from skill.simulator.speakers import Speakers
from skill.simulator.turn import Answer
from skill.sound import EnglishSound
from tests.coach.listener import the_catalogue, the_words
from tests.simulator.parrot import Parrot, parrot_ears

Json = dict[str, Any]

START = datetime(2026, 1, 5, 8, 0, 0, 400_000, tzinfo=UTC)
"""Within a second, as Amazon tells only whole ones."""

_numbers = itertools.count(1)


def new_listener() -> str:
    """Return somebody whom no other test knows."""
    return f"visitor{next(_numbers):013d}"


class Visitor:
    """Somebody at a page, who waits until the coach has spoken unless told otherwise."""

    def __init__(self, client: FlaskClient, listener: str = "", device: str = "speaker") -> None:
        self.client = client
        self.listener = listener or new_listener()
        wish = {"device": device, "locale": "en-US", "listener": self.listener}
        answer = client.post("/speakers", json=wish)
        assert answer.status_code == 201, answer.get_data(as_text=True)
        self.state: Json = answer.get_json()

    @property
    def path(self) -> str:
        return f"/speakers/{self.state['speaker']}"

    @property
    def left_ms(self) -> int:
        """How much of the sound is still to be heard."""
        left: int = self.state["sound"]["ms"] - self.state["sound"]["played_ms"]
        return left

    def does(self, do: str, after_ms: int | None = None, **more: Any) -> Json:
        """Take a step, and check what holds for the state after any step."""
        number, passed = self.state["steps"], self.left_ms + 500 if after_ms is None else after_ms
        step = {"number": number, "after_ms": passed, "do": do, **more}
        answer = self.client.post(f"{self.path}/steps", json=step)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        self.state = answer.get_json()
        assert self.state["steps"] == number + 1
        self._check()
        return self.state

    def says(self, *utterances: str) -> Json:
        """Say one thing after the other."""
        for words in utterances:
            self.does("say", words=words)
        return self.state

    def cuts_in(self, ms: int, words: str) -> Json:
        """Say something so many milliseconds after the last step."""
        return self.does("say", ms, words=words)

    def keeps_silent(self) -> Json:
        """Say nothing until the patience is over."""
        return self.does("silence", self.left_ms + self.state["patience_ms"])

    def waits(self) -> Json:
        """Let time pass until something happens to the stream."""
        next_ms = self.state["next_ms"]
        assert next_ms is not None, "nothing will happen"
        return self.does("wait", next_ms)

    @property
    def heard(self) -> str:
        """What is said now."""
        return " ".join(caption["text"] for caption in self.state["sound"]["captions"])

    @property
    def chips(self) -> list[str]:
        """What can be said now."""
        return [chip["say"] for chip in self.state["chips"]]

    @property
    def place(self) -> tuple[str, str, int, int]:
        """The phase, exercise, set and rep that the page shows."""
        scene = self.state["scene"]
        return scene["phase"], scene["figure"], scene["set"], scene["rep"]

    @property
    def sound(self) -> bytes:
        """The sound that is played now."""
        answer = self.client.get(self.state["sound"]["url"])
        assert answer.status_code == 200
        return answer.get_data()

    def _check(self) -> None:
        sound, scene = self.state["sound"], self.state["scene"]
        assert all(0 <= one["at_ms"] <= one["at_ms"] + one["ms"] for one in sound["captions"])
        assert max((c["at_ms"] + c["ms"] for c in sound["captions"]), default=0) <= sound["ms"]
        assert all(mark["at_ms"] < mark["until_ms"] for mark in scene["marks"])
        assert 2 <= len(self.state["chips"]) <= 6
        assert sound["url"] is None or len(self.sound) == round_frames(sound["ms"]) * FRAME_BYTES
        times = [row["at_ms"] for row in self.state["transcript"]]
        assert times == sorted(times)


class Blip:
    """A voice whose every recording lasts a frame."""

    def phrases(self, words: str) -> list[tuple[str, int]]:
        return [(words, 24)]

    def length_of(self, url: str) -> int:
        return 24 if url else 0

    def bytes_of(self, url: str) -> bytes | None:
        return bytes(144) if url else None

    def path_of(self, url: str) -> str:
        return url

    def sound(self, playback: Playback) -> bytes:
        return bytes(144 * round_frames(playback.ms))


def round_frames(ms: int) -> int:
    """Return how many frames are nearest to a length."""
    return (ms + FRAME_MS // 2) // FRAME_MS


def app_of(
    answer: Answer | None = None,
    *,
    voice: Voice | None = None,
    clock: Callable[[], datetime] = lambda: START,
    most: int = 64,
) -> Flask:
    """Return an application with a page for any skill, a parrot if none is named."""
    seeing = Seeing(
        Room(the_catalogue(), the_words().length_ms), the_words(), the_words().length_ms
    )
    parts = SpeakerParts(answer or Parrot(), parrot_ears, seeing, {}, voice)
    speakers = Speakers(parts, AmazonHere(), clock=clock, most=most)
    app = Flask(__name__, static_folder=None, template_folder=None)
    return with_routes(app, [simulator_blueprint(speakers, seeing, Guard())])


def silent_page(folder: Path, guard: Guard | None = None, **environ: str) -> Flask:
    """Return the whole page with the coach, and a voice that takes its time and says nothing."""
    settings = Settings.from_environment(
        {"HIP_WORKOUT_DATA_FOLDER": str(folder), "HIP_WORKOUT_VOICE": "silent", **environ}
    )
    app = Flask(__name__, static_folder=None, template_folder=None)
    return with_routes(app, page_blueprints(settings, guard or Guard(), EnglishSound(settings)))
