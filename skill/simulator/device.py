"""A pretend smart speaker: keeps the session, opens the mic, and refuses what Amazon refuses."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from skill.simulator.limits import ResponseRefused, faults
from skill.simulator.playback import Playback, Player
from skill.simulator.request import (
    SPEAKER,
    Json,
    Profile,
    Slot,
    context,
    intent_request,
    session_ended_request,
    timestamp,
)

Answer = Callable[[Json], Json]
"""A skill as a function: request envelope in, response envelope out."""

Clock = Callable[[], datetime]
"""Tells the time as an aware datetime."""

LISTENING_S = 8.0
"""How long the microphone stays open before the reprompt, and again after it."""

SCREEN_S = 30.0
"""How long a screen keeps a session whose microphone is shut."""

ANSWER_WITHIN_S = 8.0
"""How long Amazon waits for an answer."""


def wall_clock() -> datetime:
    """Tell the real time."""
    return datetime.now(UTC)


class VirtualClock:
    """A clock that stands still until it is told that time has passed."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def __call__(self) -> datetime:
        """Tell the virtual time."""
        return self._now

    def advance(self, ms: float) -> None:
        """Let ``ms`` milliseconds pass."""
        self._now += timedelta(milliseconds=ms)


@dataclass(frozen=True)
class Turn:
    """What came of one thing that the listener did: speaking, keeping silent, hanging up."""

    request: Json | None
    """The envelope that was sent; None where the device acted by itself, as for a reprompt."""

    response: Json
    """The envelope that came back; for a reprompt, the one that held it."""

    playback: Playback
    """What is heard now."""

    listening: bool
    """Whether the microphone is open once that is over."""

    ended: bool
    """Whether the session is over."""


@dataclass
class _Session:
    id: str
    attributes: Json
    listening: bool = False
    reprompted: bool = False
    last: Json | None = None


class PretendDevice:
    """One Echo, driven by hand: it sends real envelopes to ``answer`` and plays what comes back.

    It never waits. Who drives it lets time pass on ``clock`` and says what the listener does.
    ``declared`` gives each intent's slots in the interaction model, by name with their types.
    """

    def __init__(  # noqa: PLR0913 - a test names the two or three that it wants to differ
        self,
        answer: Answer,
        clock: Clock = wall_clock,
        locale: str = "en-US",
        *,
        profile: Profile = SPEAKER,
        player: Player | None = None,
        declared: Mapping[str, Mapping[str, str]] | None = None,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        self.locale = locale
        self.profile = profile
        self.playing = Playback()
        """What was last begun to be played."""
        self._answer = answer
        self._clock = clock
        self._player = player or Player()
        self._declared = declared or {}
        self._new_id = new_id
        self._session: _Session | None = None
        self._started = clock()

    @property
    def in_session(self) -> bool:
        """Whether a session with the skill is open."""
        return self._session is not None

    @property
    def listening(self) -> bool:
        """Whether the microphone opens, or has opened, after what is being played."""
        return self._session is not None and self._session.listening

    @property
    def patience_s(self) -> float:
        """Seconds of silence after which the device does something: see ``silence``."""
        return LISTENING_S if self.listening or not self.profile.has_screen else SCREEN_S

    @property
    def attributes(self) -> Json:
        """The session attributes that the skill gave last; empty outside a session."""
        return copy.deepcopy(self._session.attributes) if self._session else {}

    @property
    def played_ms(self) -> int:
        """Milliseconds since the device began to play, the end of the sound at the most."""
        passed = (self._clock() - self._started) / timedelta(milliseconds=1)
        return min(round(passed), self.playing.ms)

    def launch(self) -> Turn:
        """Say "start my hip workout": always a new session. Raises ResponseRefused."""
        self._session = self._open()
        return self._send({"type": "LaunchRequest"})

    def say(self, intent: str, slots: Mapping[str, Slot | str] | None = None) -> Turn:
        """Say something that Alexa takes for ``intent``; outside a session, "ask my hip workout".

        Whatever is being played stops. Raises ResponseRefused.
        """
        if self._session is None:
            self._session = self._open()
        declared = self._declared.get(intent)
        return self._send(intent_request(intent, slots or {}, self.profile, declared))

    def silence(self) -> Turn | None:
        """Say nothing for ``patience_s``: the reprompt is played, or else the session ends.

        None where there was no session and so nothing happens.
        """
        session = self._session
        if session is None:
            return None
        if session.listening and not session.reprompted and session.last:
            session.reprompted = True
            reprompt = self._player.play_reprompt(session.last["response"])
            if reprompt.sounds:
                self._play(reprompt)
                return Turn(None, session.last, reprompt, listening=True, ended=False)
        return self._end("EXCEEDED_MAX_REPROMPTS")

    def hang_up(self) -> Turn | None:
        """Say "exit": Alexa ends the session and tells the skill. None without a session."""
        return self._end("USER_INITIATED") if self._session else None

    def _open(self) -> _Session:
        return _Session(f"amzn1.echo-api.session.{self._new_id()}", {})

    def _envelope(self, session: _Session, request: Json) -> Json:
        return {
            "version": "1.0",
            "session": {
                "new": session.last is None,
                "sessionId": session.id,
                "application": {"applicationId": self.profile.application_id},
                "attributes": copy.deepcopy(session.attributes),
                "user": {"userId": self.profile.user_id},
            },
            "context": context(self.profile),
            "request": {
                **request,
                "requestId": f"amzn1.echo-api.request.{self._new_id()}",
                "timestamp": timestamp(self._clock()),
                "locale": self.locale,
            },
        }

    def _send(self, request: Json) -> Turn:
        session = self._session
        assert session is not None, "a request needs a session"  # noqa: S101 - for the type checker
        self._play(Playback())  # speaking to it silences it
        envelope = self._envelope(session, request)
        asked = self._clock()
        response = self._answer(copy.deepcopy(envelope))
        if self._clock() - asked > timedelta(seconds=ANSWER_WITHIN_S):
            self._refuse(f"no answer within {ANSWER_WITHIN_S:g} s", "ENDPOINT_TIMEOUT")
        self._check(response, request["type"])
        playback = self._player.play(response["response"])
        self._play(playback)
        self._keep(session, response)
        return Turn(envelope, response, playback, self.listening, ended=not self.in_session)

    def _keep(self, session: _Session, response: Json) -> None:
        """Take over the attributes, and end or keep the session as shouldEndSession says."""
        body = response["response"]
        session.last = response
        session.attributes = copy.deepcopy(dict(response.get("sessionAttributes") or {}))
        session.reprompted = False
        session.listening = "shouldEndSession" in body and body["shouldEndSession"] is not True
        shows = any(
            directive["type"] == "Alexa.Presentation.APL.RenderDocument"
            for directive in body.get("directives") or ()
        )
        stays_on_screen = "shouldEndSession" not in body and self.profile.has_screen and shows
        if not session.listening and not stays_on_screen:
            self._session = None

    def _check(self, response: Json, request_type: str) -> None:
        wrong = list(faults(response, request_type, self.profile.interfaces, self._player))
        if wrong:
            self._refuse("; ".join(wrong), "INVALID_RESPONSE")

    def _refuse(self, reason: str, error_type: str) -> None:
        """Do as Amazon does: end the session, tell the skill, play nothing of it."""
        session, self._session = self._session, None
        if session is not None:
            ended = session_ended_request("ERROR", error_type, reason)
            self._answer(self._envelope(session, ended))
        raise ResponseRefused(reason, error_type)

    def _end(self, reason: str) -> Turn:
        session, self._session = self._session, None
        assert session is not None, "only a session can end"  # noqa: S101 - for the type checker
        self._play(Playback())
        envelope = self._envelope(session, session_ended_request(reason))
        response = self._answer(copy.deepcopy(envelope))
        self._check(response, "SessionEndedRequest")
        return Turn(envelope, response, Playback(), listening=False, ended=True)

    def _play(self, playback: Playback) -> None:
        self.playing = playback
        self._started = self._clock()
