"""A listener before a smart speaker, whose requests are really signed and really posted."""

from __future__ import annotations

import http.client
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from skill.alexa.memory import listener_key
from skill.simulator.device import PretendDevice
from skill.simulator.request import Json, Profile, Slot
from skill.store.open import open_store
from skill.store.port import Kept, Store
from tests.amazon import SKILL_ID, PretendAmazon, as_body
from tests.certificates import Certified
from tests.faults.stage import SECRET

ALEXA_WAITS_S = 8.0
"""Within which the skill must have answered; a listener hears Alexa's own complaint after it."""

BEGAN_AGO = timedelta(seconds=120)
"""How long ago a conversation begins: a request may be 150 s old, and time must pass in a set."""


class NoAnswer(Exception):
    """The skill did not answer as it should: by no bytes, no HTTP, too late, or another status."""


class Alexa:
    """Signs envelopes and posts them, as Amazon does."""

    def __init__(self, amazon: PretendAmazon, port: int) -> None:
        self._amazon = amazon
        self.port = port
        self.url: str | None = None
        """The address of the certificate; None: the one that was there from the start."""

        self.signer: Certified | None = None
        """Who signs; None: whoever did so from the start."""

        self.last_body = b""
        """What was posted last."""

    def __call__(self, envelope: Json) -> Json:
        """Return the skill's answer. Raises NoAnswer."""
        self.last_body = as_body(envelope)
        status, answer = self.post(self.last_body)
        if status != http.client.OK:
            raise NoAnswer(f"{status} {answer.decode()}")
        loaded: Json = json.loads(answer)
        return loaded

    def post(self, body: bytes) -> tuple[int, bytes]:
        """Post a body, signed; return status and answer. Raises NoAnswer."""
        headers = self._amazon.sign(body, url=self.url, signer=self.signer)
        try:
            with closing(
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=ALEXA_WAITS_S)
            ) as connection:
                connection.request("POST", "/alexa", body, headers)
                response = connection.getresponse()
                return response.status, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(type(error).__name__) from error


class _Clock:
    """The real time, except that it can be pushed forward."""

    def __init__(self) -> None:
        self.ahead = -BEGAN_AGO

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def forward(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


class Listener:
    """Somebody who talks to the coach; each turn that is not answered raises NoAnswer."""

    def __init__(self, amazon: PretendAmazon, port: int, name: str, **profile: Any) -> None:
        self.name = name
        self.alexa = Alexa(amazon, port)
        self.clock = _Clock()
        who = Profile(application_id=SKILL_ID, user_id=f"amzn1.ask.account.{name}", **profile)
        self.device = PretendDevice(self.alexa, self.clock, profile=who)

    def launches(self) -> str:
        """Say "open my hip workout"; return what is heard."""
        self.clock.forward(1)
        return self.device.launch().playback.text

    def says(self, *intents: str, after_s: float = 1) -> str:
        """Say one thing after the other; return what is heard last."""
        heard = ""
        for intent in intents:
            self.clock.forward(after_s)
            heard = self.device.say(intent).playback.text
        return heard

    def asks(self, intent: str, **slots: Slot) -> str:
        """Say one thing with what its slots hold; return what is heard."""
        self.clock.forward(1)
        return self.device.say(intent, slots).playback.text

    def goes_into_a_set(self) -> str:
        """Begin a first set of ten glute bridges; return what is heard."""
        self.launches()
        self.says("AMAZON.YesIntent")
        bridges = Slot("glute bridges", ("glute_bridge",))
        self.asks("StartExerciseIntent", exercise=bridges, sets=Slot("2"), reps=Slot("10"))
        return self.says("ReadyIntent", "ReadyIntent")

    def gives_up(self) -> None:
        """Have Alexa end the session without a word to the skill, as after her own complaint."""
        self.device = PretendDevice(self.alexa, self.clock, profile=self.device.profile)

    @property
    def session(self) -> Json:
        """The coach's session, as it stands in the session attributes."""
        plain: Json = self.device.attributes.get("session", {})
        return plain

    @property
    def key(self) -> str:
        """By which the store knows this listener."""
        return listener_key(self.device.user_id, SECRET)


def kept_at(url: str, listener: Listener) -> Kept | None:
    """Return what a store holds of a listener, read past the skill."""
    store: Store = open_store(url)
    try:
        return store.load(listener.key)
    finally:
        getattr(store, "close", lambda: None)()


def kept_session(url: str, listener: Listener) -> Json:
    """Return the session that a store holds of a listener; empty where there is none."""
    kept = kept_at(url, listener)
    plain: Json = kept.document.get("session", {}) if kept else {}
    return plain
