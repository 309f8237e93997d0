"""A pretend smart speaker: keeps the session, opens the mic, and refuses what Amazon refuses."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from skill.simulator.limits import ResponseRefused, faults
from skill.simulator.permissions import BY_INTENT, Account, AskedFor, Consent
from skill.simulator.playback import Playback, Player, in_a_row
from skill.simulator.request import (
    SPEAKER,
    Json,
    Profile,
    Slot,
    event_envelope,
    intent_request,
    session_ended_request,
    timestamp,
)
from skill.simulator.session import Session

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
    """What is heard of the skill now."""

    listening: bool
    """Whether the microphone is open once that is over."""

    ended: bool
    """Whether the session is over."""

    question: Playback = field(default_factory=Playback)
    """What Alexa asks in her own words after that; empty where she asks nothing."""

    asks_permission: str = ""
    """The scopes that she asks for, with spaces between; see ``PretendDevice.permit``."""


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
        self._account = Account(profile.user_id, profile.granted)
        self._session: Session | None = None
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
    def asks_permission(self) -> str:
        """The scopes for which Alexa asks just now, with spaces between; empty if she does not."""
        asked = self._session and self._session.asked
        return " ".join(asked.scopes) if asked else ""

    @property
    def user_id(self) -> str:
        """What Amazon calls the listener; another one after the skill was disabled."""
        return self._account.user_id

    @property
    def granted(self) -> frozenset[str]:
        """The permission scopes that are granted now."""
        return self._account.granted

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

        Whatever is being played stops. While Alexa asks for permission, she takes it for the
        answer to her question. Raises ResponseRefused.
        """
        if self.asks_permission:
            return self.permit(BY_INTENT.get(intent, "NOT_ANSWERED"))
        if self._session is None:
            self._session = self._open()
        declared = self._declared.get(intent)
        return self._send(intent_request(intent, slots or {}, self.profile, declared))

    def permit(self, consent: Consent) -> Turn:
        """Answer Alexa's question for permission; the skill gets the result and speaks again.

        Raises ValueError when she asks nothing, and ResponseRefused.
        """
        asked = self._session and self._session.asked
        if not asked:
            raise ValueError("nobody asks for permission")
        self._account.answer(asked.scopes, consent)
        return self._send(asked.answered(consent))

    def silence(self) -> Turn | None:
        """Say nothing for ``patience_s``: the reprompt is played, or else the session ends.

        None where there was no session and so nothing happens.
        """
        session = self._session
        if session is None:
            return None
        if session.asked:
            return self.permit("NOT_ANSWERED")
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

    def disable_skill(self) -> Turn:
        """Disable the skill in the app: permissions and session are gone, and the skill is told.

        A second time, the skill is told again, as may happen. Raises ResponseRefused.
        """
        self._account.disable()
        self._session = None
        self._play(Playback())
        return self._notify("SkillDisabled", {"userInformationPersistenceStatus": "NOT_PERSISTED"})

    def enable_skill(self) -> Turn:
        """Enable the skill in the app; once disabled, as a new user. Raises ResponseRefused."""
        self._account.enable()
        return self._notify("SkillEnabled")

    def change_permission(self, scope: str, granted: bool) -> Turn:
        """Decide about a permission in the app; the skill is told. Raises ResponseRefused."""
        first = granted and not self._account.granted
        self._account.decide([scope], granted=granted)
        accepted = [{"scope": one} for one in sorted(self._account.granted)]
        kind = "SkillPermissionAccepted" if first else "SkillPermissionChanged"
        return self._notify(kind, {"acceptedPermissions": accepted})

    def _open(self) -> Session:
        if not self._account.enabled:
            self.enable_skill()  # as Alexa does when somebody asks for a skill by its name
        return Session(f"amzn1.echo-api.session.{self._new_id()}")

    def _stamped(self, request: Json) -> Json:
        id_ = f"amzn1.echo-api.request.{self._new_id()}"
        return {**request, "requestId": id_, "timestamp": timestamp(self._clock())}

    def _envelope(self, session: Session, request: Json) -> Json:
        stamped = {**self._stamped(request), "locale": self.locale}
        return session.envelope(self.profile, self._account.user(), stamped)

    def _send(self, request: Json) -> Turn:
        session = self._session
        assert session is not None, "a request needs a session"  # noqa: S101 - for the type checker
        self._play(Playback())  # speaking to it silences it
        envelope = self._envelope(session, request)
        try:
            response = self._ask(envelope)
        except ResponseRefused as refused:
            self._session = None
            told = session_ended_request("ERROR", refused.error_type, refused.reason)
            self._answer(self._envelope(session, told))
            raise
        heard = self._player.play(response["response"])
        if not session.take(response, self.profile):
            self._session = None
        if session.asked and self.profile.voice_consent != "200":
            return self._go_on_without_asking(heard, session.asked)
        question = self._player.words(session.asked.question()) if session.asked else Playback()
        self._play(in_a_row([heard, question]))
        ended, asks = not self.in_session, self.asks_permission
        return Turn(envelope, response, heard, self.listening, ended, question, asks)

    def _go_on_without_asking(self, heard: Playback, asked: AskedFor) -> Turn:
        """Tell the skill at once that Alexa cannot ask; both its answers are heard in a row."""
        turn = self._send(asked.failed(self.profile.voice_consent))
        both = in_a_row([heard, turn.playback])
        self._play(both)
        return replace(turn, playback=both)

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

    def _end(self, reason: str) -> Turn:
        session, self._session = self._session, None
        assert session is not None, "only a session can end"  # noqa: S101 - for the type checker
        self._play(Playback())
        envelope = self._envelope(session, session_ended_request(reason))
        response = self._ask(envelope)
        return Turn(envelope, response, Playback(), listening=False, ended=True)

    def _play(self, playback: Playback) -> None:
        self.playing = playback
        self._started = self._clock()
