"""What a smart speaker does without a session: it plays streams, tells of them, and has keys."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from skill.simulator.audio_limits import warnings
from skill.simulator.audio_player import AudioPlayer
from skill.simulator.audio_stream import MS, Event, Failure, event_request
from skill.simulator.clock import Clock, VirtualClock
from skill.simulator.limits import ResponseRefused, faults
from skill.simulator.permissions import Account
from skill.simulator.playback import Playback, Player
from skill.simulator.request import Json, Profile, context, event_envelope, timestamp
from skill.simulator.turn import Answer, Turn

ANSWER_WITHIN_S = 8.0
"""How long Amazon waits for an answer."""

Button = Literal["Play", "Pause", "Next", "Previous"]


class StreamingDevice:
    """The part of a pretend device that plays streams and hears of no words.

    It never waits: ``pass_time`` lets a number of milliseconds pass on ``clock``; a VirtualClock
    needs none.
    """

    def __init__(  # noqa: PLR0913 - the parts of a device, put together by PretendDevice
        self,
        answer: Answer,
        clock: Clock,
        locale: str,
        *,
        profile: Profile,
        player: Player,
        audio: AudioPlayer,
        pass_time: Callable[[float], None] | None = None,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        if pass_time is None and isinstance(clock, VirtualClock):
            pass_time = clock.advance
        self.locale = locale
        self.profile = profile
        self.audio = audio
        """What streams are played, and were."""
        self.told: list[Turn] = []
        """Every event of the player that the skill was told of, in order."""
        self._answer = answer
        self._clock = clock
        self._player = player
        self._pass_time = pass_time
        self._new_id = new_id
        self._account = Account(profile.user_id, profile.granted)

    @property
    def in_session(self) -> bool:
        """Whether a session with the skill is open."""
        return False

    @property
    def listening(self) -> bool:
        """Whether the microphone opens, or has opened, after what is being played."""
        return False

    @property
    def now(self) -> datetime:
        """What its clock shows."""
        return self._clock()

    @property
    def next_audio_at(self) -> datetime | None:
        """When a stream begins, ends, or is told of next; None if nothing happens by itself."""
        return self.audio.next_at

    def catch_up(self) -> list[Turn]:
        """Tell the skill all that has happened to the streams up to now. Raises ResponseRefused."""
        turns: list[Turn] = []
        while (at := self.audio.next_at) is not None and at <= self._clock():
            turns += self._step()
        return turns

    def next_audio_event(self) -> Turn | None:
        """Let time pass until the skill is told of a stream; None if it will not be by itself.

        Raises ResponseRefused when Amazon would refuse its answer, after telling it so.
        """
        while (at := self.audio.next_at) is not None:
            self._wait_until(at)
            if turns := self._step():
                return turns[0]
        return None

    def play_on(self, most: int = 1_000) -> list[Turn]:
        """Let time pass until all is played; return what the skill was told and what it answered.

        Raises RuntimeError after ``most`` events, and ResponseRefused.
        """
        turns: list[Turn] = []
        while (turn := self.next_audio_event()) is not None:
            turns.append(turn)
            if len(turns) >= most:
                raise RuntimeError(f"it plays on after {most} events")
        return turns

    def run(self, ms: float) -> list[Turn]:
        """Let ``ms`` milliseconds pass and tell the skill what happens. Raises ResponseRefused."""
        end = self._clock() + ms * MS
        turns: list[Turn] = []
        while (at := self.audio.next_at) is not None and at <= end:
            self._wait_until(at)
            turns += self._step()
        self._wait_until(end)
        return turns

    def run_to(self, offset_ms: int) -> list[Turn]:
        """Let time pass until the stream that sounds is at ``offset_ms``. Raises ResponseRefused.

        Raises ValueError where nothing sounds, or it is past that place.
        """
        left_ms = offset_ms - self.audio.offset_ms(self._clock())
        if not self.audio.sounding or left_ms < 0 or offset_ms > self.audio.length_ms:
            raise ValueError(f"no stream is on its way to {offset_ms} ms")
        return self.run(left_ms)

    def press(self, button: Button) -> Turn:
        """Press a key, or tap on it; the skill is told without a session. Raises ResponseRefused.

        A tap on pause on a screen is no press: see ``tap_pause``.
        """
        self.catch_up()
        turn = self._tell(self._event({"type": f"PlaybackController.{button}CommandIssued"}))
        self.catch_up()
        return turn

    def tap_pause(self) -> list[Turn]:
        """Tap on pause on a screen: the device stops by itself, and then tells the skill."""
        told = self.catch_up()
        self.audio.stop(self._clock())
        return told + self.catch_up()

    def fail(self, failure: Failure = "MEDIA_ERROR_UNKNOWN", message: str = "it broke") -> Turn:
        """Let the stream that sounds fail now. Raises ValueError if none does, ResponseRefused."""
        self.catch_up()
        self.audio.fail(self._clock(), failure, message)
        return self.catch_up()[0]

    def repeat(self, turn: Turn) -> Turn:
        """Send the event of a turn once more, word for word; its answer is obeyed like any other.

        Raises ValueError for a turn without a request, and ResponseRefused.
        """
        if turn.request is None:
            raise ValueError("nothing was sent that could be repeated")
        self.catch_up()
        again = self._deliver(copy.deepcopy(turn.request), self._clock())
        self.catch_up()
        return again

    def send_event(self, kind: str, token: str, offset_ms: int = 0, **more: Any) -> Turn:
        """Send an event that did not happen now, as when one is late; obey its answer.

        ``kind`` is the last part of its type, such as "PlaybackNearlyFinished"; ``context`` tells
        what is true. Raises ResponseRefused.
        """
        self.catch_up()
        turn = self._tell(self._event(event_request(kind, token, offset_ms, **more)))
        self.catch_up()
        return turn

    def _wait_until(self, at: datetime) -> None:
        ms = (at - self._clock()) / MS
        if ms <= 0:
            return
        if self._pass_time is None:
            raise RuntimeError("nobody can push the clock of this device forward")
        self._pass_time(ms)

    def _step(self) -> list[Turn]:
        event = self.audio.step()
        return [self._tell(event)] if event else []

    def _event(self, request: Json) -> Event:
        now = self._clock()
        return Event(now, request, self.audio.state(now))

    def _tell(self, event: Event) -> Turn:
        stamped = {**self._stamped(event.request, event.at), "locale": self.locale}
        return self._deliver(self._without_session(stamped, event.state), event.at)

    def _without_session(self, request: Json, state: Json) -> Json:
        around = context(self.profile, self._account.user(), state)
        return {"version": "1.0", "context": around, "request": request}

    def _deliver(self, envelope: Json, at: datetime) -> Turn:
        """Send an event of the player or a key, and obey the answer; nothing of it is heard."""
        try:
            response = self._ask(envelope)
        except ResponseRefused as refused:
            self._complain(envelope, refused)
            raise
        self.audio.obey(response["response"].get("directives") or (), at)
        turn = Turn(envelope, response, Playback(), self.listening, ended=not self.in_session)
        self.told.append(turn)
        return turn

    def _complain(self, envelope: Json, refused: ResponseRefused) -> None:
        invalid = refused.error_type == "INVALID_RESPONSE"
        kind = "INVALID_RESPONSE" if invalid else "INTERNAL_SERVICE_ERROR"
        complaint = {
            "type": "System.ExceptionEncountered",
            "error": {"type": kind, "message": refused.reason},
            "cause": {"requestId": envelope["request"]["requestId"]},
        }
        stamped = {**self._stamped(complaint), "locale": self.locale}
        self._answer(self._without_session(stamped, self.audio.state(self._clock())))

    def _stamped(self, request: Json, at: datetime | None = None) -> Json:
        id_ = f"amzn1.echo-api.request.{self._new_id()}"
        return {**request, "requestId": id_, "timestamp": timestamp(at or self._clock())}

    def _ask(self, envelope: Json) -> Json:
        """Return the skill's answer. Raises ResponseRefused where Amazon would play none of it."""
        asked = self._clock()
        response = self._answer(copy.deepcopy(envelope))
        if self._clock() - asked > timedelta(seconds=ANSWER_WITHIN_S):
            raise ResponseRefused(f"no answer within {ANSWER_WITHIN_S:g} s", "ENDPOINT_TIMEOUT")
        kind = envelope["request"]["type"]
        if wrong := list(faults(response, kind, self.profile.interfaces, self._player)):
            raise ResponseRefused("; ".join(wrong))
        return response

    def _notify(self, kind: str, body: Json | None = None) -> Turn:
        """Tell the skill of an event outside of any session; nothing of the answer is heard."""
        event: Json = {"type": f"AlexaSkillEvent.{kind}"}
        if body is not None:
            event["body"] = body
        envelope = event_envelope(self.profile, self._account.user(), self._stamped(event))
        response = self._ask(envelope)
        return Turn(envelope, response, Playback(), self.listening, ended=not self.in_session)

    def _warned(self, response: Json) -> tuple[str, ...]:
        return tuple(warnings(response["response"]))
