"""A pretend smart speaker: keeps the session, opens the mic, and refuses what Amazon refuses."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from uuid import uuid4

from skill.simulator.audio_limits import PLAY
from skill.simulator.audio_player import AudioPlayer
from skill.simulator.audio_stream import MS, Fetch, Habits, LengthOf
from skill.simulator.clock import Clock, VirtualClock, wall_clock
from skill.simulator.limits import ResponseRefused
from skill.simulator.permissions import BY_INTENT, AskedFor, Consent
from skill.simulator.playback import Playback, Player, in_a_row
from skill.simulator.request import (
    SPEAKER,
    Json,
    Profile,
    Slot,
    intent_request,
    session_ended_request,
    user_event_request,
)
from skill.simulator.session import Session
from skill.simulator.streaming import StreamingDevice
from skill.simulator.turn import Answer, Turn

__all__ = ["Answer", "Clock", "PretendDevice", "Turn", "VirtualClock", "wall_clock"]

LISTENING_S = 8.0
"""How long the microphone stays open before the reprompt, and again after it."""

SCREEN_S = 30.0
"""How long a screen keeps a session whose microphone is shut."""


class PretendDevice(StreamingDevice):
    """One Echo, driven by hand: it sends real envelopes to ``answer`` and plays what comes back.

    It never waits. Who drives it lets time pass on ``clock`` and says what the listener does.
    ``declared`` gives each intent's slots in the interaction model, by name with their types.
    ``length_of`` and ``fetch`` are asked about streams, the first also about clips behind https.
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
        length_of: LengthOf | None = None,
        fetch: Fetch | None = None,
        habits: Habits | None = None,
        pass_time: Callable[[float], None] | None = None,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        player = player or Player()
        if length_of is not None:
            player = player.with_lengths(length_of)
        audio = AudioPlayer(player.clip_ms, fetch, habits)
        super().__init__(
            answer,
            clock,
            locale,
            profile=profile,
            player=player,
            audio=audio,
            pass_time=pass_time,
            new_id=new_id,
        )
        self.playing = Playback()
        """What was last begun to be played."""
        self._declared = declared or {}
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
    def shown(self) -> Json | None:
        """The directive whose document is on the screen; None without one, or without session."""
        return copy.deepcopy(self._session.shown) if self._session else None

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
        return min(self.passed_ms, self.playing.ms)

    @property
    def passed_ms(self) -> int:
        """Milliseconds since the device began to play, however long ago it ended."""
        return round((self._clock() - self._started) / MS)

    def launch(self) -> Turn:
        """Say "start my hip workout": always a new session. Raises ResponseRefused."""
        self._interrupt()
        self._session = self._open()
        return self._send({"type": "LaunchRequest"})

    def say(self, intent: str, slots: Mapping[str, Slot | str] | None = None) -> Turn:
        """Say something that Alexa takes for ``intent``; outside a session, "ask my hip workout".

        Whatever is being played stops, a stream until the session is over. While Alexa asks for
        permission, she takes it for the answer to her question. A stop that is said to a stream,
        and not to a session, reaches the skill as a pause. Raises ResponseRefused.
        """
        if self.asks_permission:
            return self.permit(BY_INTENT.get(intent, "NOT_ANSWERED"))
        self._interrupt()
        if self._session is None:
            if intent == "AMAZON.StopIntent" and self.audio.stream is not None:
                intent = "AMAZON.PauseIntent"
            self._session = self._open()
        declared = self._declared.get(intent)
        return self._send(intent_request(intent, slots or {}, self.profile, declared))

    def touch(self, arguments: Sequence[object]) -> Turn:
        """Touch what sends these arguments, on the screen that is shown; the sound stops.

        Raises ValueError when nothing of the skill's is on a screen, and ResponseRefused.
        """
        shown = self.shown
        if shown is None:
            raise ValueError("there is nothing to touch")
        self._interrupt()
        return self._send(user_event_request(str(shown["token"]), arguments))

    def open_elsewhere(self) -> Turn:
        """Go to another device of the same kind and account, and open the skill on that one.

        What the first one plays is heard no more. Raises ResponseRefused.
        """
        self.profile = replace(self.profile, device_id=f"{self.profile.device_id}.OTHER")
        self.audio = self.audio.another()
        self._session = None
        return self.launch()

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
        self.catch_up()
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
        self.audio.forget()
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

    def _envelope(self, session: Session, request: Json) -> Json:
        stamped = {**self._stamped(request), "locale": self.locale}
        state = self.audio.state(self._clock())
        return session.envelope(self.profile, self._account.user(), stamped, state)

    def _interrupt(self) -> None:
        """Hold the streams, for somebody speaks to the device."""
        try:
            self.catch_up()
            self.audio.interrupt(self._clock())
            self.catch_up()
        except ResponseRefused:
            if self._session is None:
                self.audio.release(self._clock())
            raise

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
            self.audio.release(self._clock())
            raise
        heard = self._player.play(response["response"])
        if not session.take(response, self.profile):
            self._session = None
        if session.asked and self.profile.voice_consent != "200":
            return self._go_on_without_asking(heard, session.asked)
        question = self._player.words(session.asked.question()) if session.asked else Playback()
        self._play(in_a_row([heard, question]))
        ended, asks, warned = not self.in_session, self.asks_permission, self._warned(response)
        turn = Turn(envelope, response, heard, self.listening, ended, question, asks, warned)
        self._stream(response["response"].get("directives") or ())
        return turn

    def _stream(self, directives: Sequence[Json]) -> None:
        """Do as the directives say, and let streams sound again when nobody speaks any more."""
        self.audio.obey(directives, self._started)
        plays = any(directive["type"] == PLAY for directive in directives)
        if plays or not self.listening:
            self.audio.release(self._started + self.playing.ms * MS, listens=self.listening)
        self.catch_up()

    def _go_on_without_asking(self, heard: Playback, asked: AskedFor) -> Turn:
        """Tell the skill at once that Alexa cannot ask; both its answers are heard in a row."""
        turn = self._send(asked.failed(self.profile.voice_consent))
        both = in_a_row([heard, turn.playback])
        self._play(both)
        if not self.listening:
            self.audio.release(self._started + both.ms * MS)
        return replace(turn, playback=both)

    def _end(self, reason: str) -> Turn:
        session, self._session = self._session, None
        assert session is not None, "only a session can end"  # noqa: S101 - for the type checker
        self._play(Playback())
        envelope = self._envelope(session, session_ended_request(reason))
        try:
            response = self._ask(envelope)
        finally:
            self.audio.release(self._clock())
        self.catch_up()
        return Turn(envelope, response, Playback(), listening=False, ended=True)

    def _play(self, playback: Playback) -> None:
        self.playing = playback
        self._started = self._clock()
