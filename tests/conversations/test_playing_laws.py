"""Whatever happens to a workout that plays by itself: nothing breaks, and no place is lost."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Any

from ask_sdk_model import RequestEnvelope
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from skill.alexa.intents import ANSWERS
from skill.alexa.memory import Memory
from skill.alexa.parts import Parts
from skill.alexa.serializer import EnvelopeSerializer
from skill.alexa.skill import build_skill
from skill.alexa.streams import Streams
from skill.coach.history import read_history
from skill.coach.part import Room
from skill.coach.plain import from_plain
from skill.coach.reply import Line
from skill.coach.session import Phase, Session
from skill.coach.starting import paused_from
from skill.coach.timeline import length_ms
from skill.coach.tracks import place_in, track
from skill.coach.turn import part_of
from skill.render.audio_url import AudioUrls, Played
from skill.simulator.audio_stream import Habits, Stretch
from skill.simulator.clock import VirtualClock
from skill.simulator.device import PretendDevice
from skill.simulator.request import Profile
from skill.simulator.turn import Turn
from skill.store.errors import StoreUnavailable
from skill.store.memory import MemoryStore
from skill.store.port import Document, Kept
from tests.coach.listener import the_catalogue, the_words
from tests.conversations.listener import SECRET, kept_of

BASE = "https://coach.example/audio"
GUIDE_MS = 60_000
URLS = AudioUrls(BASE, SECRET)
SERIALIZER = EnvelopeSerializer()

KEEPS = (
    "AMAZON.PauseIntent",
    "AMAZON.ResumeIntent",
    "AMAZON.StopIntent",
    "AMAZON.CancelIntent",
    "AMAZON.HelpIntent",
    "AMAZON.FallbackIntent",
    "AMAZON.LoopOnIntent",
    "AMAZON.LoopOffIntent",
    "AMAZON.ShuffleOnIntent",
    "AMAZON.ShuffleOffIntent",
    "WhereAmIIntent",
    "HowManyLeftIntent",
    "HowLongIntent",
    "MusclesIntent",
    "TipIntent",
    "LastTimeIntent",
)
"""Intents after which a workout goes on where it was heard to."""

REST = tuple(sorted(set(ANSWERS) - set(KEEPS)))
KEYS = ("Play", "Pause", "Next", "Previous")

HABITS = st.builds(
    Habits,
    buffered_ms=st.sampled_from([1, 2_000, 60_000, 3_600_000]),
    tells_of_interruptions=st.booleans(),
    interrupted=st.sampled_from(["PAUSED", "STOPPED"]),
    enqueue_behind=st.sampled_from(["playing", "last"]),
)
PASSES = st.tuples(
    st.just("passes"), st.integers(0, 5_000) | st.integers(0, 240_000) | st.integers(0, 10**7)
)
KEEPING = st.one_of(
    PASSES,
    st.tuples(st.just("hears"), st.integers(1, 9)),
    st.tuples(st.just("says"), st.sampled_from(KEEPS)),
    st.tuples(st.just("says"), st.sampled_from(("AMAZON.PauseIntent", "AMAZON.ResumeIntent"))),
    st.tuples(st.just("presses"), st.sampled_from(("Play", "Pause"))),
    st.sampled_from([("taps", 0), ("launches", 0), ("falls_silent", 0), ("hangs_up", 0)]),
    st.tuples(st.just("repeats"), st.integers(1, 8)),
    st.just(("fails", 0)),
)
"""What leaves the workout where it is."""

ANYTHING = st.one_of(
    KEEPING,
    KEEPING,
    st.tuples(st.just("says"), st.sampled_from(("AMAZON.NextIntent", "AMAZON.PreviousIntent"))),
    st.tuples(st.just("says"), st.sampled_from(REST)),
    st.tuples(st.just("presses"), st.sampled_from(KEYS)),
    st.tuples(st.just("late"), st.integers(1, 8)),
    st.tuples(st.just("store_fails"), st.integers(1, 4)),
    st.tuples(st.just("sound_is_gone"), st.booleans()),
)


def recorded_ms(line: Line) -> int:
    """Return how long a line is recorded: other than it is estimated, in whole frames."""
    estimated_ms = the_words().length_ms(line)
    return (estimated_ms * (80 + len(line.id) % 40) // 100 // 24 + 1) * 24


@cache
def room() -> Room:
    return Room(the_catalogue(), the_words().length_ms, recorded_ms)


class MoodyStore(MemoryStore):
    """Fails as often as it is told to, from now on."""

    failures = 0

    def _moody(self) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreUnavailable

    def load(self, listener: str) -> Kept | None:
        self._moody()
        return super().load(listener)

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        self._moody()
        return super().save(listener, document, after=after, now_ms=now_ms)


def session_in(signed: str) -> tuple[str, Session]:
    """Return what an address or a token is for, and its session. Raises NotSigned."""
    locale, played, plan = signed.removeprefix(f"{BASE}/").removesuffix(".mp3").split("/")
    text, _, signature = plan.partition(".")
    return played, URLS.read(locale, played, text, signature)


def length_of(url: str) -> int:
    """Return how long the sound at an address lasts."""
    if "/guides/" in url:
        return GUIDE_MS
    played, session = session_in(url)
    script = (part_of if played == Played.PART else track)(session, room()).script
    return length_ms(script, recorded_ms)


Place = tuple[int, ...]


def place_of(session: Session) -> Place:
    """Return how far a session is in its workout, to the rep, or the side of a move."""
    phase = session.workout_phase or session.phase
    if phase is Phase.WARM_UP:
        return (0, session.move, session.side)
    if phase is Phase.COOL_DOWN:
        return (2, session.move, session.side)
    if phase is Phase.DONE:
        return (3,)
    rested = phase in (Phase.REST, Phase.FEEDBACK)
    stage = {Phase.SET_UP: 0, Phase.TEACHING: 1, Phase.FEEDBACK: 3}.get(phase, 2)
    if stage < 2:
        return (1, session.block, stage)
    return (1, session.block, stage, session.set + rested, session.side * (not rested), session.rep)


class Evening:
    """Somebody with a speaker that plays their workout, and all that may happen to it."""

    def __init__(self, habits: Habits) -> None:
        self.store, self.clock = MoodyStore(), VirtualClock(datetime(2026, 1, 5, 18, tzinfo=UTC))
        words = the_words()
        parts = Parts(
            the_catalogue(),
            words,
            Memory(self.store, SECRET),
            ANSWERS,
            Streams(URLS, "en-US", words),
            recorded_ms,
        )
        self._skill = build_skill(parts)
        self.silent = False
        profile = Profile(user_id="amzn1.ask.account.ann")
        self.device = PretendDevice(
            self._answer,
            self.clock,
            profile=profile,
            length_of=length_of,
            fetch=lambda _: None if self.silent else b"",
            habits=habits,
        )
        self.device.launch()
        for intent in ("AMAZON.YesIntent", "AMAZON.StopIntent", "PlayWorkoutIntent"):
            self.hear_out()
            self.device.say(intent)
        self.hear_out()

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        with capture_logs() as logged:
            envelope = SERIALIZER.read(request, RequestEnvelope)
            answer: dict[str, Any] = json.loads(
                SERIALIZER.write(self._skill.invoke(envelope, None))
            )
        wrong = [each for each in logged if each["event"] in ("turn_failed", "session_unreadable")]
        assert not wrong, wrong
        return answer

    @property
    def session(self) -> Session:
        return from_plain(kept_of(self.store)["session"])

    @property
    def history(self) -> int:
        return len(read_history(kept_of(self.store).get("history") or [])[0])

    def hear_out(self) -> None:
        self.device.run(max(0, self.device.playing.ms - self.device.played_ms) + 2_000)

    def does(self, what: str, how: Any) -> None:
        """Let one thing happen."""
        getattr(self, what)(how)

    def passes(self, ms: int) -> None:
        self.device.run(ms)

    def hears(self, events: int) -> None:
        for _ in range(events):
            self.device.next_audio_event()

    def says(self, intent: str) -> None:
        self.device.say(intent)

    def presses(self, button: Any) -> None:
        self.device.press(button)

    def taps(self, _: int) -> None:
        self.device.tap_pause()

    def launches(self, _: int) -> None:
        self.device.launch()

    def falls_silent(self, _: int) -> None:
        self.hear_out()
        while self.device.in_session:
            self.device.silence()
            self.hear_out()

    def hangs_up(self, _: int) -> None:
        self.device.hang_up()

    def repeats(self, back: int) -> None:
        """Tell an event of the player once more.

        Only devices that enqueue behind the last in line can tell a NearlyFinished told twice.
        """
        twice = self.device.audio.habits.enqueue_behind == "last"
        kinds = {"PlaybackStarted", "PlaybackStopped", "PlaybackFinished", "PlaybackFailed"}
        kinds |= {"PlaybackNearlyFinished"} if twice else set()
        told = [turn for turn in self.device.told if _kind(turn) in kinds]
        if told:
            self.device.repeat(told[-min(back, len(told))])

    def late(self, back: int) -> None:
        told = [turn.request["request"] for turn in self.device.told if turn.request]
        player = [each for each in told if each["type"].startswith("AudioPlayer.")]
        if player:
            request = player[-min(back, len(player))]
            more = {k: request[k] for k in ("error", "currentPlaybackState") if k in request}
            kind = request["type"].removeprefix("AudioPlayer.")
            offset_ms = request.get("offsetInMilliseconds", 0)
            self.device.send_event(kind, request["token"], offset_ms, **more)

    def fails(self, _: int) -> None:
        self.device.catch_up()
        if self.device.audio.sounding:
            self.device.fail("MEDIA_ERROR_SERVICE_UNAVAILABLE", "no")

    def store_fails(self, times: int) -> None:
        self.store.failures = times

    def sound_is_gone(self, gone: bool) -> None:
        self.silent = gone


def _kind(turn: Turn) -> str:
    kind = turn.request["request"]["type"] if turn.request else ""
    return str(kind).removeprefix("AudioPlayer.")


@dataclass(frozen=True)
class Ends:
    """Where the listener is at the two ends of what was heard without a break."""

    first: Place
    last: tuple[Place, ...]
    """Two where a wait broken off is either waited again or over."""


def ends_of(stretch: Stretch) -> Ends:
    session = session_in(stretch.stream.token)[1]
    playing = track(session, room())
    first, last = (
        place_in(playing, ms, room(), recorded_ms) for ms in (stretch.from_ms, stretch.to_ms)
    )
    return Ends(_standing(first), (_standing(last), _standing(paused_from(last))))


def _standing(session: Session) -> Place:
    """Return the place that a session goes on with; a rest that is over leads to the set."""
    if session.workout_phase is None:
        return (3,)
    return place_of(track(session, room()).legs[0].at)


def finishes(evening: Evening) -> None:
    """Come back and play whatever is left; store and sound are there again."""
    evening.store.failures, evening.silent = 0, False
    evening.falls_silent(0)
    evening.device.play_on()
    for _ in range(12):
        if evening.session.workout_phase is None:
            return
        evening.device.launch()
        evening.hear_out()
        for intent in ("AMAZON.YesIntent", "PlayWorkoutIntent"):
            if evening.device.in_session:
                evening.device.say(intent)
                evening.hear_out()
        evening.falls_silent(0)
        evening.device.play_on()
    raise AssertionError(f"the workout cannot be finished: {evening.session}")


@given(habits=HABITS, steps=st.lists(ANYTHING, max_size=25))
@settings(max_examples=10, deadline=None)
def test_whatever_happens_nothing_breaks_and_the_workout_can_be_finished(
    habits: Habits, steps: list[tuple[str, Any]]
) -> None:
    evening = Evening(habits)
    for what, how in steps:
        evening.does(what, how)
    finishes(evening)
    finished = evening.history
    evening.repeats(1)
    evening.late(2)
    assert evening.history == finished


@given(habits=HABITS, steps=st.lists(KEEPING, max_size=25))
@settings(max_examples=10, deadline=None)
def test_what_is_heard_goes_on_at_the_rep_at_which_it_broke_off(
    habits: Habits, steps: list[tuple[str, Any]]
) -> None:
    evening = Evening(habits)
    for what, how in steps:
        evening.does(what, how)
    finishes(evening)
    heard = [ends_of(stretch) for stretch in evening.device.audio.heard]
    breaks = [(a.last, b.first) for a, b in pairwise(heard)]
    assert all(first in last for last, first in breaks), breaks
    assert heard[-1].last[0] == (3,)
    assert evening.history == 1
    plan = evening.session.plan
    every = [block.reps for block in plan.blocks for _ in range(block.sets)]
    assert [done.reps for done in evening.session.done] == every
