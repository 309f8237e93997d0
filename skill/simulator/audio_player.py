"""A pretend AudioPlayer: one stream sounds at a time, others stand in line, and the skill is told.

It knows no session and sends nothing: ``step`` hands out what Amazon would send, in its order.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from skill.simulator.audio_limits import CLEAR_QUEUE, PLAY, STOP
from skill.simulator.audio_stream import (
    MS,
    Activity,
    Event,
    Failure,
    Fetch,
    Habits,
    Json,
    LengthOf,
    Stream,
    Stretch,
    event_request,
)


class AudioPlayer:
    """Plays in the mind what a skill orders; time is told to it, and it tells what is due."""

    def __init__(
        self, length_of: LengthOf, fetch: Fetch | None = None, habits: Habits | None = None
    ) -> None:
        self.habits = habits or Habits()
        self.stream: Stream | None = None
        """What sounds, or sounded last."""
        self.line: deque[Stream] = deque()
        """What is to be played after it."""
        self.heard: list[Stretch] = []
        """All that sounded, except what sounds just now."""
        self.known: dict[str, tuple[Stream, int]] = {}
        """By token, what was begun last, and how many milliseconds it lasts."""
        self.ignored: list[Stream] = []
        """What was to be enqueued behind a stream that was not there."""
        self._length_of = length_of
        self._fetch = fetch
        self._events: deque[Event] = deque()
        self._phase: Literal["still", "waiting", "sounding", "failing"] = "still"
        self._activity: Activity = "IDLE"
        self._loaded = False
        self._offset_ms = 0
        self._length_ms = 0
        self._since: datetime | None = None
        self._free_at: datetime | None = None
        self._held = False
        self._listens_first = False
        self._nearly_told = False
        self._failure: tuple[Failure, str] = ("MEDIA_ERROR_UNKNOWN", "")

    def another(self) -> AudioPlayer:
        """Return a player of the same kind that has played nothing yet."""
        return AudioPlayer(self._length_of, self._fetch, self.habits)

    @property
    def sounding(self) -> bool:
        """Whether a stream can be heard."""
        return self._phase == "sounding"

    @property
    def goes_on(self) -> bool:
        """Whether a stream sounds, or will by itself once nobody speaks any more."""
        return self._phase != "still"

    @property
    def length_ms(self) -> int:
        """How long the stream lasts that sounds, or sounded last; 0 where that is not known."""
        return self._length_ms

    @property
    def next_at(self) -> datetime | None:
        """When something will happen by itself; None if nothing will, as things are."""
        if self._events:
            return self._events[0].at
        since = self._since
        if self._phase == "still" or since is None:
            return None
        if self._phase == "waiting":
            return None if self._held else max(since, self._free_at or since)
        if self._phase == "failing":
            return since + self.habits.fetching_ms * MS
        left_ms = self._length_ms - self._offset_ms
        early_ms = left_ms if self._nearly_told else min(self.habits.buffered_ms, left_ms)
        return since + early_ms * MS

    def offset_ms(self, at: datetime) -> int:
        """Return the place in the stream at a moment, never beyond its end."""
        if self._phase != "sounding" or self._since is None:
            return self._offset_ms
        passed_ms = max(round((at - self._since) / MS), 0)
        return min(self._offset_ms + passed_ms, self._length_ms)

    def state(self, at: datetime) -> Json:
        """Return ``context.AudioPlayer``."""
        if self.stream is None:
            return {"playerActivity": self._activity}
        return {
            "token": self.stream.token,
            "offsetInMilliseconds": self.offset_ms(at),
            "playerActivity": self._activity,
        }

    def step(self) -> Event | None:
        """Let happen what is due at ``next_at``; return it if the skill is told of it."""
        at = self.next_at
        if at is not None and not self._events:
            if self._phase == "waiting":
                self._begin(at)
            elif self._phase == "failing":
                self._fail(at, *self._failure)
            elif self._nearly_told:
                self._finish(at)
            else:
                self._nearly_told = True
                self._emit(at, "PlaybackNearlyFinished")
        return self._events.popleft() if self._events else None

    def interrupt(self, at: datetime) -> None:
        """Hold the sound because the listener speaks, until ``release``."""
        self._held = True
        if self._phase != "sounding":
            return
        self._freeze(at)
        self._wait(at)
        self._activity = self.habits.interrupted
        if self.habits.tells_of_interruptions:
            self._emit(at, "PlaybackStopped")

    def release(self, at: datetime, *, listens: bool = False) -> None:
        """Let the sound begin or go on at a moment; with ``listens`` it falls silent at once."""
        self._held, self._free_at, self._listens_first = False, at, listens

    def stop(self, at: datetime) -> None:
        """Fall silent, as by AudioPlayer.Stop or by a pause key that the device sees to itself."""
        paused = self._phase == "waiting" and self._loaded
        sounded = self._phase == "sounding"
        if self._phase != "still" and self._activity not in ("IDLE", "FINISHED"):
            self._activity = "STOPPED"
        if sounded:
            self._freeze(at)
        self._phase, self._loaded = "still", False
        if sounded or (paused and not self.habits.tells_of_interruptions):
            self._emit(at, "PlaybackStopped")

    def fail(self, at: datetime, failure: Failure, message: str) -> None:
        """Let the sounding stream fail. Raises ValueError where nothing sounds."""
        if self._phase != "sounding":
            raise ValueError("nothing is playing that could fail")
        self._fail(at, failure, message)

    def forget(self) -> None:
        """Be as after it was plugged in."""
        self.line.clear()
        self._events.clear()
        self._phase, self._activity, self._loaded, self.stream = "still", "IDLE", False, None
        self._offset_ms = self._length_ms = 0

    def obey(self, directives: Iterable[Mapping[str, Any]], at: datetime) -> None:
        """Do what the AudioPlayer directives of a response without faults say."""
        for directive in directives:
            kind = directive["type"]
            if kind == PLAY:
                self._play(directive, at)
            elif kind == STOP:
                self.stop(at)
            elif kind == CLEAR_QUEUE:
                self._clear(at, everything=directive["clearBehavior"] == "CLEAR_ALL")

    def _play(self, directive: Mapping[str, Any], at: datetime) -> None:
        stream, behavior = Stream.of(directive), directive["playBehavior"]
        if behavior == "ENQUEUE":
            expected = directive["audioItem"]["stream"]["expectedPreviousToken"]
            if expected != self._token_before_enqueued():
                self.ignored.append(stream)
                return
        else:
            self.line.clear()
        if behavior == "REPLACE_ALL":
            self.stop(at)
        self.line.append(stream)
        if self._phase == "still":
            self._wait(at)

    def _token_before_enqueued(self) -> str | None:
        if self.habits.enqueue_behind == "last" and self.line:
            return self.line[-1].token
        return self.stream.token if self.stream else None

    def _clear(self, at: datetime, *, everything: bool) -> None:
        self.line.clear()
        if everything or (self._phase == "waiting" and not self._loaded):
            self.stop(at)

    def _wait(self, at: datetime) -> None:
        self._phase, self._since = "waiting", at

    def _begin(self, at: datetime) -> None:
        self._since = at
        if not self._loaded and not self._load():
            return
        self._phase, self._activity = "sounding", "PLAYING"
        self._emit(at, "PlaybackStarted")
        if self._listens_first:
            self.interrupt(at)

    def _load(self) -> bool:
        """Take the first stream in line; say whether there is something to hear."""
        self.stream = stream = self.line.popleft()
        self._loaded, self._nearly_told = True, False
        self._offset_ms, self._length_ms = stream.offset_ms, 0
        if self._fetch is not None and self._fetch(stream.url) is None:
            self._failure = ("MEDIA_ERROR_SERVICE_UNAVAILABLE", f"no stream at {stream.url}")
        else:
            self._length_ms = max(self._length_of(stream.url), 0)
            self.known[stream.token] = stream, self._length_ms
            if stream.offset_ms < self._length_ms:
                return True
            self._offset_ms = self._length_ms
            self._failure = ("MEDIA_ERROR_UNKNOWN", f"no sound at {stream.offset_ms} ms")
        self._phase, self._activity = "failing", "BUFFER_UNDERRUN"
        return False

    def _freeze(self, at: datetime) -> None:
        place_ms = self.offset_ms(at)
        if self.stream is not None and self._since is not None and place_ms > self._offset_ms:
            self.heard.append(Stretch(self.stream, self._since, self._offset_ms, place_ms))
        self._offset_ms, self._phase = place_ms, "still"

    def _finish(self, at: datetime) -> None:
        self._freeze(at)
        self._loaded, self._activity = False, "FINISHED"
        self._emit(at, "PlaybackFinished")
        if self.line:
            self._wait(at)

    def _fail(self, at: datetime, failure: Failure, message: str) -> None:
        self._freeze(at)
        state = self.state(at)
        request = {
            "type": "AudioPlayer.PlaybackFailed",
            "token": state["token"],
            "error": {"type": failure, "message": message},
            "currentPlaybackState": state,
        }
        self._events.append(Event(at, request, state))
        self._phase, self._loaded, self._activity = "still", False, "STOPPED"

    def _emit(self, at: datetime, kind: str) -> None:
        state = self.state(at)
        request = event_request(kind, state["token"], state["offsetInMilliseconds"])
        self._events.append(Event(at, request, state))
