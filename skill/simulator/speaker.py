"""A pretend smart speaker behind a page: takes one step after the other, and tells its state."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeVar

import structlog

from skill.simulator.alerts import Alerts
from skill.simulator.audio_stream import MS
from skill.simulator.clock import VirtualClock
from skill.simulator.device import PretendDevice
from skill.simulator.expected import expected
from skill.simulator.limits import NOBODY as ASKS_NOBODY
from skill.simulator.limits import ResponseRefused
from skill.simulator.meaning import Ears, Heard, meant
from skill.simulator.playback import Playback, Player
from skill.simulator.recording import Recording
from skill.simulator.request import Json, Profile
from skill.simulator.screen_now import ScreenNow
from skill.simulator.seeing import Seeing, Seen
from skill.simulator.step import Kind, Step
from skill.simulator.stream_news import News
from skill.simulator.turn import Answer, Turn

T = TypeVar("T")

_log = structlog.get_logger(__name__)

MOST_ROWS = 200
"""Of the transcript; older ones are forgotten."""

MOST_EVENTS = 1_000
"""That streams may bring in one step; a skill that has them go round for ever ends no step."""

NOBODY = "Alexa would not know whom that is for. Say: start my hip workout."
NOTHING_TO_LEAVE = "Nothing is going on. Say: start my hip workout."
ENDED = "The session has ended."
TROUBLE = "There was a problem with the requested skill's response."
"""What Alexa says of an answer that she refuses."""


class CannotSpeak(Exception):
    """A voice fails just now."""


MOST_SOUNDS = 4
"""By number, as long as a page may still ask for them."""


class Voice(Protocol):
    """Says what a device plays. Used by many threads at once."""

    def phrases(self, words: str) -> Sequence[tuple[str, int]]:
        """Return words cut into the phrases that are said in one go, with their milliseconds.

        Where the voice fails, that is about how long they would take.
        """
        ...

    def length_of(self, url: str) -> int:
        """Return how many milliseconds a recording lasts, or would; 0 where there is none."""
        ...

    def bytes_of(self, url: str) -> bytes | None:
        """Return a recording; None where it cannot be had."""
        ...

    def path_of(self, url: str) -> str:
        """Return where a page on this machine finds a recording."""
        ...

    def sound(self, playback: Playback) -> bytes:
        """Return all that is heard of a playback as MP3, as long as it. Raises CannotSpeak."""
        ...


@dataclass(frozen=True)
class Exchange:
    """A request to the skill, its response, and how long that took."""

    request: Json
    response: Json
    latency_ms: float


@dataclass(frozen=True)
class Row:
    """One sentence, or one event, of the transcript."""

    at: datetime
    who: str
    """``you``, ``coach``, ``alexa`` or ``note``."""

    text: str


@dataclass
class _Played:
    """What the device began to play last."""

    number: int = 0
    playback: Playback = field(default_factory=Playback)
    seen: Seen | None = None


@dataclass(frozen=True)
class SpeakerParts:
    """What all speakers of a page have in common."""

    answer: Answer
    """The skill."""

    ears: Ears
    seeing: Seeing
    declared: Mapping[str, Mapping[str, str]]
    """The slots of each intent with their types."""

    voice: Voice | None = None
    """None: nobody here can speak, so the page must."""


class Speaker:
    """One device and one listener. Not to be used by two threads at once."""

    def __init__(
        self,
        parts: SpeakerParts,
        profile: Profile,
        locale: str,
        start: datetime,
        kind: str = "speaker",
    ) -> None:
        self.kind = kind
        """By which name the page asked for this device."""
        self.steps = 0
        """How many were taken."""
        self.exchanges: list[Exchange] = []
        """With the skill, in the last step."""
        self.heard: Heard | None = None
        """What the ears made of the last words; None where nothing was said."""
        self.refused: ResponseRefused | None = None
        """Why Amazon would have refused an answer in the last step."""
        self.warnings: tuple[str, ...] = ()
        self.rows: list[Row] = []
        self.began = start
        self.recording = Recording(start)
        """What was said and done, to be saved."""
        self.played = _Played()
        self.screen = ScreenNow()
        self._lately: dict[int, _Played] = {}
        self.words = ""
        self.clock = VirtualClock(start)
        self.alerts = Alerts(self.clock)
        """What Amazon keeps for the device."""
        self.voice = voice = parts.voice
        self.player = _player(voice)
        self.device = PretendDevice(
            self._tapped(parts.answer),
            self.clock,
            locale,
            profile=profile,
            player=self.player,
            declared=parts.declared,
            fetch=voice.bytes_of if voice is not None else None,
        )
        self._seeing = parts.seeing
        self._ears = parts.ears
        self._news = News(self.device)

    def take(self, step: Step) -> None:
        """Let time pass and do what the step says.

        A step that fails by a fault of ours is taken all the same: what it did before cannot be
        undone, and to take it again would do that twice.
        """
        self.exchanges, self.heard, self.refused, self.warnings = [], None, None, ()
        self.steps += 1
        self.words = step.words
        self._let_pass(step.after_ms)
        self.recording.begin(step, self.device)
        before = self.device.playing
        turn = None
        try:
            turn = self._refusing(lambda: self._do(step))
        finally:
            self._note_news()
            self.screen.look(self.device, self.exchanges, self.clock())
            if self.device.playing is not before:
                self._begin_to_play(turn)
            del self.rows[:-MOST_ROWS]
        if turn is not None:
            self._take_in(turn)

    def _let_pass(self, ms: int) -> None:
        """Let time pass; it stands still after ``MOST_EVENTS``."""
        end = self.clock() + ms * MS
        for _ in range(MOST_EVENTS):
            at = self.device.next_audio_at
            if at is None or at >= end:
                break
            self._run_to(at)
        else:
            return
        self._run_to(end)

    def _run_to(self, at: datetime) -> None:
        self._refusing(lambda: self.device.run((at - self.clock()) / MS))
        self._note_news()

    def _do(self, step: Step) -> Turn | None:
        device = self.device
        actions: dict[Kind, Callable[[], Turn | None]] = {
            "say": lambda: self._say(step.words),
            "touch": lambda: self._touch(step),
            "silence": device.silence,
            "wait": lambda: None,
            "press": lambda: device.press(step.key),
            "hang_up": device.hang_up,
            "permit": lambda: device.permit(step.consent) if device.asks_permission else None,
            "disable": device.disable_skill,
            "enable": device.enable_skill,
        }
        return actions[step.do]()

    def _say(self, words: str) -> Turn | None:
        self._note("you", words)
        what = meant(self.device, self._ears, expected, words)
        self.heard = what.heard
        if what.act is not None:
            return what.act()
        if what.leaves and self.device.audio.goes_on:
            return self.device.say("AMAZON.StopIntent")
        self._note("note", NOTHING_TO_LEAVE if what.leaves else NOBODY)
        return None

    def _touch(self, step: Step) -> Turn | None:
        """Touch what is shown; nothing happens where that has gone from the screen meanwhile."""
        if self.device.shown is None:
            return None
        self._note("you", step.words)
        return self.device.touch(step.arguments)

    def _begin_to_play(self, turn: Turn | None) -> None:
        """Show what the device plays from now on, in place of what it played before."""
        now, playing = self.clock(), self.device.playing
        self.rows = [row for row in self.rows if row.at <= now]
        self._play(_Played(self.steps, playing))
        if turn is None or not playing.ms:
            return
        # Of the response, for a device whose session has ended keeps none.
        session = self._seeing.session(turn.response.get("sessionAttributes") or {})
        seen = self._seeing.turn(session, now, turn.playback, turn.question)
        self._play(_Played(self.steps, playing, seen))
        for caption in seen.captions:
            self._note(caption.voice, caption.text, caption.at_ms)
        self.recording.end(" ".join(caption.text for caption in seen.captions))

    def _play(self, played: _Played) -> None:
        self.played = self._lately[played.number] = played
        for number in sorted(self._lately)[:-MOST_SOUNDS]:
            del self._lately[number]

    def playback(self, number: int) -> Playback | None:
        """Return what was begun to be played by a step; None if that was long ago, or nothing.

        A page may ask for a sound in the moment in which another takes its place.
        """
        played = self._lately.get(number)
        return None if played is None else played.playback

    def _take_in(self, turn: Turn) -> None:
        """Tell what else came of a step."""
        self.warnings = turn.warnings
        if turn.ended and turn.request is not None and "session" in turn.request:
            self._note("note", ENDED, self.device.playing.ms)

    def _refusing(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except ResponseRefused as refused:
            self.refused = refused
            self._note("alexa", TROUBLE)
            return None

    def _note_news(self) -> None:
        """Write down what became of streams, and keep no more of them than what goes on."""
        for line in self._news.latest():
            self._note("note", line.strip("()"))
        device, audio = self.device, self.device.audio
        for past in (device.told, audio.heard, audio.ignored):
            past.clear()
        for token in set(audio.known) - ({audio.stream.token} if audio.stream else set()):
            del audio.known[token]
        self._news = News(device)

    def _note(self, who: str, text: str, after_ms: int = 0) -> None:
        self.rows.append(Row(self.clock() + after_ms * MS, who, text))

    def _tapped(self, answer: Answer) -> Answer:
        """Return ``answer``, keeping each exchange of the step. A skill that fails is refused."""

        def tap(request: Json) -> Json:
            began = time.perf_counter()
            response, fault = _response(answer, request)
            took_ms = (time.perf_counter() - began) * 1000
            self.exchanges.append(Exchange(request, response, took_ms))
            if fault and request["request"]["type"] not in ASKS_NOBODY:
                raise ResponseRefused(fault)
            return response

        return tap


def _player(voice: Voice | None) -> Player:
    if voice is None:
        return Player()
    return Player(phrases=voice.phrases).with_lengths(voice.length_of)


def _response(answer: Answer, request: Json) -> tuple[Json, str]:
    """Return what a skill answers, as it would come over the wire, and what is wrong with that."""
    try:
        response = json.loads(json.dumps(answer(request), allow_nan=False))
    except Exception as fault:  # whatever a skill does, the device goes on
        _log.exception("skill_failed", kind=request["request"]["type"])
        return {}, f"the skill failed: {type(fault).__name__}"
    return (response, "") if isinstance(response, dict) else ({}, "the response is no object")
