"""A small real skill that plays streams, for the tests of the pretend device."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from skill.simulator.audio_stream import Fetch, Habits
from skill.simulator.device import PretendDevice, Turn, VirtualClock
from skill.simulator.request import SPEAKER, Profile
from tests.simulator.parrot import ParrotHeard, reply, ssml

Json = dict[str, Any]

LENGTHS = {"a": 60_000, "b": 90_000, "c": 30_000, "tiny": 1, "empty": 0}
"""Milliseconds of each track."""

TRACKS = ("a", "b", "c")

STOP = {"type": "AudioPlayer.Stop"}
CLEAR_ALL = {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ALL"}
CLEAR_ENQUEUED = {"type": "AudioPlayer.ClearQueue", "clearBehavior": "CLEAR_ENQUEUED"}

START = datetime(2026, 1, 1, 8, tzinfo=UTC)


def url(track: str) -> str:
    return f"https://guides.example/{track}.mp3"


def length_of(address: str) -> int:
    return LENGTHS[address.rpartition("/")[2].removesuffix(".mp3")]


def play(
    track: str, behavior: str = "REPLACE_ALL", after: str | None = None, offset_ms: int = 0
) -> Json:
    """An AudioPlayer.Play; the token of a track is its name."""
    stream: Json = {"url": url(track), "token": track, "offsetInMilliseconds": offset_ms}
    if after is not None:
        stream["expectedPreviousToken"] = after
    item = {"stream": stream, "metadata": {"title": f"Track {track}"}}
    return {"type": "AudioPlayer.Play", "playBehavior": behavior, "audioItem": item}


class Jukebox:
    """Plays a, b and c in a row; pause, resume, next and stop work; other words are answered.

    What it answers to a type of request or to an intent can be given instead.
    """

    def __init__(self, answers: Mapping[str, Json] | None = None) -> None:
        self.requests: list[Json] = []
        """Every envelope it was sent."""
        self.answers = dict(answers or {})

    @property
    def types(self) -> list[str]:
        """What it was sent, in short: the last part of the type, or the intent."""
        return [_name(envelope["request"]) for envelope in self.requests]

    @property
    def states(self) -> list[Json]:
        return [envelope["context"]["AudioPlayer"] for envelope in self.requests]

    def last(self, name: str) -> Json:
        """The request of the last envelope of that name."""
        found: Json = next(
            envelope["request"]
            for envelope in reversed(self.requests)
            if _name(envelope["request"]) == name
        )
        return found

    def __call__(self, envelope: Json) -> Json:
        self.requests.append(envelope)
        request = envelope["request"]
        name = _name(request)
        if name in self.answers:
            return self.answers[name]
        if name == "PlaybackNearlyFinished":
            return self._go_on(request["token"])
        if request["type"] == "IntentRequest":
            return self._hear(name, envelope["context"].get("AudioPlayer", {}))
        if name == "NextCommandIssued":
            return reply(directives=[play("b")])
        if name == "LaunchRequest":
            return reply(outputSpeech=ssml("Hello. What shall I play?"), shouldEndSession=False)
        return {"version": "1.0", "response": {}}

    def _go_on(self, token: str) -> Json:
        following = TRACKS[TRACKS.index(token) + 1 :] if token in TRACKS else ()
        return reply(directives=[play(track, "ENQUEUE", token) for track in following[:1]])

    def _hear(self, intent: str, state: Json) -> Json:
        if intent == "PlayIntent":
            return reply(
                outputSpeech=ssml("Here we go."), directives=[play("a")], shouldEndSession=True
            )
        if intent in ("AMAZON.PauseIntent", "AMAZON.StopIntent", "AMAZON.CancelIntent"):
            return reply(directives=[STOP], shouldEndSession=True)
        if intent == "AMAZON.ResumeIntent":
            again = play(state["token"], offset_ms=state["offsetInMilliseconds"])
            return reply(directives=[again], shouldEndSession=True)
        if intent == "AMAZON.NextIntent":
            return reply(directives=[play("b")], shouldEndSession=True)
        if intent == "AskIntent":
            return reply(outputSpeech=ssml("Is it going well?"), shouldEndSession=False)
        return reply(outputSpeech=ssml("There are three tracks."), shouldEndSession=True)


def _name(request: Json) -> str:
    if request["type"] == "IntentRequest":
        return str(request["intent"]["name"])
    return str(request["type"]).rpartition(".")[2]


class Room:
    """A device with a jukebox, in a time of its own."""

    def __init__(
        self,
        answers: Mapping[str, Json] | None = None,
        habits: Habits | None = None,
        fetch: Fetch | None = None,
        profile: Profile = SPEAKER,
    ) -> None:
        self.skill = Jukebox(answers)
        self.clock = VirtualClock(START)
        self.device = PretendDevice(
            self.skill,
            self.clock,
            profile=profile,
            length_of=length_of,
            fetch=fetch,
            habits=habits,
        )

    def begin(self) -> Turn:
        """Say "play", and hear the first track begin."""
        turn = self.device.say("PlayIntent")
        self.device.run(turn.playback.ms)
        return turn

    def sounds(self) -> bool:
        """Whether a stream can be heard now."""
        return self.device.audio.sounding

    @property
    def heard(self) -> list[tuple[str, int, int]]:
        return [(s.stream.token, s.from_ms, s.to_ms) for s in self.device.audio.heard]


SENTENCES = {
    "start my hip workout": ParrotHeard("LaunchRequest"),
    "play": ParrotHeard("PlayIntent"),
    "pause": ParrotHeard("AMAZON.PauseIntent"),
    "resume": ParrotHeard("AMAZON.ResumeIntent"),
    "next": ParrotHeard("AMAZON.NextIntent"),
    "stop": ParrotHeard("AMAZON.StopIntent"),
    "how many": ParrotHeard("HowManyIntent"),
    "exit": ParrotHeard("SessionEndedRequest"),
}


def jukebox_ears(text: str, expected: frozenset[str]) -> ParrotHeard:
    return SENTENCES.get(text, ParrotHeard(None, score=0.0, why="nothing like it"))
