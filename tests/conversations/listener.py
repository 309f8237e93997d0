"""A listener who talks to the coach through the real webhook, every request signed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask.testing import FlaskClient

from skill.alexa.memory import listener_key
from skill.simulator.device import PretendDevice, Turn
from skill.simulator.ears import Ears
from skill.simulator.expected import expected
from skill.simulator.request import Profile, Slot
from skill.store.port import Document, Store
from tests.amazon import SKILL_ID, FrozenClock, PretendAmazon, as_body

WELL_BEYOND_S = 2.0
SECRET = b"thirty-two bytes of test secret."


def kept_of(store: Store, name: str = "ann") -> Document:
    """Return what a store keeps of a listener."""
    kept = store.load(listener_key(f"amzn1.ask.account.{name}", SECRET))
    assert kept is not None
    return kept.document


def signed_answer(
    client: FlaskClient, amazon: PretendAmazon
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return the webhook as a function of envelopes: signed, posted, refused unless it is 200."""

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        body = as_body(request)
        response = client.post("/alexa", data=body, headers=amazon.sign(body))
        assert response.status_code == 200, response.get_data(as_text=True)
        loaded: dict[str, Any] = json.loads(response.get_data())
        return loaded

    return answer


class Listener:
    """Somebody with a smart speaker; time passes as they listen and speak."""

    def __init__(
        self,
        answer: Callable[[dict[str, Any]], dict[str, Any]],
        clock: FrozenClock,
        ears: Ears,
        name: str = "ann",
        profile: Profile | None = None,
        **device: Any,
    ) -> None:
        user_id = f"amzn1.ask.account.{name}"
        profile = replace(profile or Profile(), application_id=SKILL_ID, user_id=user_id)
        self.device = PretendDevice(answer, clock, profile=profile, **device)
        self._clock = clock
        self.ears = ears
        self.last: Turn | None = None

    def says(self, *utterances: str) -> str:
        """Say one thing after the other, each when the coach has finished; return what is heard."""
        text = ""
        for utterance in utterances:
            self.hears_it_all()
            text = self._speak(utterance)
        return text

    def cuts_in(self, seconds: float, utterance: str) -> str:
        """Say something that many seconds into what the coach is saying."""
        self._clock.forward(seconds=seconds)
        return self._speak(utterance)

    def intends(self, intent: str, **slots: Slot | str) -> str:
        """Send an intent without going through the ears."""
        self.hears_it_all()
        return self._heard(self.device.say(intent, slots))

    def hears_it_all(self) -> None:
        """Listen to the end of what is being said."""
        left_ms = self.device.playing.ms - self.device.played_ms
        self._clock.forward(seconds=left_ms / 1000 + WELL_BEYOND_S)

    def keeps_silent(self) -> str:
        """Say nothing at all: the coach asks again, and then the session ends."""
        self.hears_it_all()
        reprompt = self.device.silence()
        heard = self._heard(reprompt)
        self._clock.forward(seconds=20)
        if self.device.in_session:
            self.device.silence()
        return heard

    @property
    def session(self) -> dict[str, Any]:
        """The coach's session, as it stands in the session attributes."""
        plain: dict[str, Any] = self.device.attributes.get("session", {})
        return plain

    @property
    def phase(self) -> str:
        """Where the coach believes the listener to be."""
        return str(self.session.get("phase", "idle"))

    def walks(self, *, most: int = 60) -> list[str]:
        """Say "ready", "about right" when asked, until the goodbye; return all that is heard."""
        heard: list[str] = []
        while self.device.in_session:
            assert len(heard) < most, "the workout does not end"
            heard.append(self.says("about right" if self.phase_asked == "feedback" else "ready"))
        return heard

    @property
    def phase_asked(self) -> str:
        """What the open question is about, read from its words."""
        text = self.last.playback.text if self.last else ""
        return "feedback" if "about right, or hard?" in text else "ready"

    def _speak(self, utterance: str) -> str:
        likely = expected(self.device.attributes) if self.device.in_session else frozenset()
        heard = self.ears.hear(utterance, likely)
        if heard.intent == "LaunchRequest":
            return self._heard(self.device.launch())
        if heard.intent == "SessionEndedRequest":
            return self._heard(self.device.hang_up())
        slots = {n: Slot(s.value, (s.id,) if s.id else ()) for n, s in heard.slots.items()}
        return self._heard(self.device.say(heard.intent or "AMAZON.FallbackIntent", slots))

    def _heard(self, turn: Turn | None) -> str:
        self.last = turn
        return turn.playback.text if turn else ""
