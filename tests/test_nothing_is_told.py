"""Nothing that a listener says, is or owns is in the log or in the figures, whatever happens."""

from __future__ import annotations

import copy
import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

import pytest
from flask.testing import FlaskClient
from prometheus_client import REGISTRY, generate_latest

from skill.alexa.intents import ANSWERS
from skill.alexa.memory import Memory
from skill.alexa.parts import Parts
from skill.alexa.skill import build_skill
from skill.alexa.streams import Streams
from skill.alexa.turn_id import turn_id
from skill.app import create_app
from skill.catalogue.load import load_catalogue, load_words
from skill.log import configure_logging
from skill.render.audio_url import AudioUrls
from skill.render.words import Words
from skill.settings import Settings
from skill.store.memory import MemoryStore
from tests.amazon import OTHER_SKILL_ID, SKILL_ID, FrozenClock, PretendAmazon, as_body, envelope

SECRET = b"thirty-two bytes of test secret."

WORD = "zqx"
"""Is in every string that must not be told, and in none of ours."""

SAID = ("zqx my hip hurts zqx", "stabbing zqx pain", "zqx-seventeen", "glute zqx bridges")

_KEPT = {"type", "name", "version", "timestamp", "applicationId", "locale", "reason",
         "confirmationStatus", "code", "supportedInterfaces"}  # fmt: skip


class TalkativeStore(MemoryStore):
    """A store that quotes what it was given when it fails, as databases do."""

    fails = False

    def load(self, listener: str) -> Any:
        if self.fails:
            raise ConnectionError(f"{WORD} no row for {listener}")
        return super().load(listener)

    def save(self, listener: str, document: Any, *, after: int, now_ms: int) -> int:
        if self.fails:
            raise ValueError(f"{WORD} cannot insert {listener} {document}")
        return super().save(listener, document, after=after, now_ms=now_ms)


class Breaks:
    """Answers of the coach, each of which breaks and quotes what was said."""

    def __call__(self, turn: object, slots: Any) -> Any:
        try:
            int(f"{WORD} {turn}")
        except ValueError as fault:
            raise KeyError(f"{WORD} {slots}") from fault


def secretive(plain: Any, name: str = "") -> Any:
    """Return an envelope whose every string that is not a name of Amazon's is a secret."""
    if isinstance(plain, dict):
        return {key: secretive(value, key) for key, value in plain.items()}
    if isinstance(plain, list):
        return [secretive(each, name) for each in plain]
    if isinstance(plain, str) and name not in _KEPT:
        return f"{WORD}-{name}-{uuid.uuid4()}"
    return plain


class Listener:
    """Somebody who talks to the webhook, all of whose strings are secrets."""

    def __init__(self, http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock) -> None:
        self._http, self._amazon, self._clock = http, amazon, clock
        self._base = secretive(envelope("echo_show_intent", clock))
        for holder in (self._base["session"], self._base["context"]["System"]):
            holder["application"] = {"applicationId": SKILL_ID}
        self._base["session"]["attributes"] = {}
        self.request_ids: list[str] = []

    def sends(self, request: Mapping[str, Any], *, session: bool = True, **more: Any) -> Any:
        """Send a request as Amazon does; return the answer's JSON, and keep its session."""
        whole = copy.deepcopy(self._base)
        self.request_ids.append(f"amzn1.echo-api.request.{WORD}-{uuid.uuid4()}")
        stamp = self._clock().strftime("%Y-%m-%dT%H:%M:%SZ")
        named = {"requestId": self.request_ids[-1], "timestamp": stamp, "locale": "en-US"}
        whole["request"] = named | dict(request)
        if not session:
            del whole["session"]
        body = as_body(whole | more)
        answer = self._http.post("/alexa", data=body, headers=self._amazon.sign(body))
        told = json.loads(answer.data)
        if session and "sessionAttributes" in told:
            self._base["session"]["attributes"] = told["sessionAttributes"]
        return told

    def says(self, name: str, words: str = SAID[0]) -> Any:
        """Say something with the same odd words in every slot there is."""
        slots = {slot: {"name": slot, "value": words} for slot in SLOTS}
        return self.sends({"type": "IntentRequest", "intent": {"name": name, "slots": slots}})

    def comes_with(self, attributes: Any) -> None:
        """Come with session attributes of another making."""
        self._base["session"]["attributes"] = attributes


SLOTS = (
    "exercise",
    "sets",
    "reps",
    "minutes",
    "place",
    "pace",
    "day",
    "time",
    "equipment",
    "level",
)

SILENT: tuple[dict[str, Any], ...] = (
    {"type": "AudioPlayer.PlaybackStarted", "token": f"{WORD}-token", "offsetInMilliseconds": 1},
    {"type": "AudioPlayer.PlaybackFailed", "token": f"{WORD}-token",
     "error": {"type": "MEDIA_ERROR_UNKNOWN", "message": f"{WORD} no such host"},
     "currentPlaybackState": {"token": f"{WORD}-token", "offsetInMilliseconds": 5,
                              "playerActivity": "PLAYING"}},
    {"type": "PlaybackController.NextCommandIssued"},
    {"type": "System.ExceptionEncountered", "cause": {"requestId": f"{WORD}-cause"},
     "error": {"type": "INVALID_RESPONSE", "message": f"{WORD} your answer"}},
    {"type": "Alexa.Presentation.APL.RuntimeError", "token": f"{WORD}-token",
     "errors": [{"type": "LIST_ERROR", "reason": "INVALID_OPERATION", "message": f"{WORD} data"}]},
    {"type": "CanFulfillIntentRequest",
     "intent": {"name": "HowToIntent",
                "slots": {"exercise": {"name": "exercise", "value": f"{WORD} bridge"}}}},
    {"type": "Alexa.Brand.New"},  # the types are words of Amazon's
)  # fmt: skip
"""What comes without a session, or may."""

SPOKEN: tuple[dict[str, Any], ...] = (
    {"type": "LaunchRequest"},
    {"type": "LaunchRequest",
     "task": {"name": f"{WORD}.task", "version": "1", "input": {"minutes": WORD}}},
    {"type": "Connections.Response", "name": "AskFor", "token": f"{WORD}-token",
     "status": {"code": "200", "message": f"{WORD} fine"}, "payload": {"status": WORD}},
    {"type": "Alexa.Presentation.APL.UserEvent", "token": f"{WORD}-token",
     "arguments": [f"{WORD}", {WORD: WORD}], "components": {}, "source": {"id": WORD}},
    {"type": "SessionEndedRequest", "reason": "ERROR",
     "error": {"type": "INVALID_RESPONSE", "message": f"{WORD} your answer"}},
)  # fmt: skip

WORKOUT = (
    *("AMAZON.YesIntent", "AMAZON.YesIntent", "SkipWarmUpIntent", "ReadyIntent", "PainIntent"),
    *("AMAZON.NoIntent", "AMAZON.PauseIntent", "AMAZON.ResumeIntent", "SkipIntent"),
)


def talk(http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock) -> Listener:
    """Go through everything that can be said or sent."""
    listener = Listener(http, amazon, clock)
    listener.sends({"type": "LaunchRequest"})
    for name in (*WORKOUT, *sorted(ANSWERS), f"{WORD}Intent"):
        for words in SAID[:2] if name in WORKOUT else SAID[2:3]:
            listener.says(name, words)
    for request in SPOKEN:
        listener.sends(request)
    for request in SILENT:
        listener.sends(request, session=False)
    for attributes in (
        {"session": {"version": 1, "phase": f"{WORD} phase"}},
        {"session": {WORD: WORD}},
        {"session": f"{WORD}"},
    ):
        listener.comes_with(attributes)
        listener.says("ReadyIntent")
    return listener


def refused(http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock) -> None:
    """Have requests refused for everything that can be wrong with them."""
    whole = secretive(envelope("echo_show_intent", clock))
    whole["context"]["System"]["application"] = {"applicationId": SKILL_ID}
    wrong: list[bytes] = [
        WORD.encode(),
        b'{"' + WORD.encode() * 10 + b'": ' + b"[" * 5000,
        as_body({WORD: WORD}),
        as_body(secretive(envelope("echo_show_intent", clock, OTHER_SKILL_ID))),
        as_body(whole | {"request": whole["request"] | {"timestamp": WORD}}),
        as_body(whole | {"request": whole["request"] | {"intent": WORD}}),
        as_body(whole | {"session": WORD}),
        WORD.encode() + b"\xff",
    ]
    for body in wrong:
        assert http.post("/alexa", data=body, headers=amazon.sign(body)).status_code == 400
        assert http.post("/alexa", data=body + b" ", headers=amazon.sign(body)).status_code == 400
    http.get(f"/{WORD}?{WORD}={WORD}", headers={"User-Agent": WORD, "Cookie": WORD})
    http.put("/alexa", data=WORD.encode())


def webhook(
    amazon: PretendAmazon, clock: FrozenClock, store: TalkativeStore, answers: Any = ANSWERS
) -> FlaskClient:
    text = load_words()
    words = Words("en", text)
    streams = Streams(AudioUrls("https://coach.example/audio", SECRET), "en-US", words)
    made = Parts(load_catalogue(), words, Memory(store, SECRET), answers, streams)
    settings = Settings(skill_ids=frozenset({SKILL_ID}), ca_bundle=amazon.ca_bundle)
    return create_app(settings, skill=build_skill(made), clock=clock).test_client()


def check(log: str, listener: Listener, events: set[str]) -> None:
    lines = [json.loads(line) for line in log.splitlines()]
    assert {line["event"] for line in lines} >= events
    assert WORD not in log
    for secret in (SKILL_ID, OTHER_SKILL_ID, *listener.request_ids):
        assert secret not in log
    figures = generate_latest(REGISTRY).decode()
    assert WORD not in figures


def test_a_whole_talk_with_odd_words_leaves_none_of_them(
    capsys: pytest.CaptureFixture[str], amazon: PretendAmazon, clock: FrozenClock
) -> None:
    configure_logging("debug")
    http = webhook(amazon, clock, TalkativeStore())
    listener = talk(http, amazon, clock)
    refused(http, amazon, clock)
    events = {"turn", "player", "session_ended", "session_unreadable", "request_refused",
              "document_failed", "amazon_refused_our_answer", "request_not_handled"}  # fmt: skip
    check(capsys.readouterr().err, listener, events)


def test_faults_of_ours_are_told_without_what_broke_them(
    capsys: pytest.CaptureFixture[str], amazon: PretendAmazon, clock: FrozenClock
) -> None:
    configure_logging("debug")
    store = TalkativeStore()
    http = webhook(amazon, clock, store, dict.fromkeys(ANSWERS, Breaks()))
    listener = talk(http, amazon, clock)
    store.fails = True
    listener = talk(http, amazon, clock)
    log = capsys.readouterr().err
    check(log, listener, {"turn_failed", "store_failed"})
    failed = [json.loads(line) for line in log.splitlines() if '"turn_failed"' in line]
    assert all("builtins.ValueError" in line["exception"] for line in failed)
    assert all(line["exception"].endswith("builtins.KeyError") for line in failed)
    assert all("in __call__" in line["exception"] for line in failed)


def test_every_line_of_a_turn_names_it_and_no_line_outside_does(
    capsys: pytest.CaptureFixture[str], amazon: PretendAmazon, clock: FrozenClock
) -> None:
    configure_logging("debug")
    store = TalkativeStore()
    store.fails = True
    http = webhook(amazon, clock, store)
    listener = Listener(http, amazon, clock)
    listener.sends({"type": "LaunchRequest"})
    http.get("/nowhere")
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    name = turn_id(listener.request_ids[0])
    assert re.fullmatch(r"[0-9a-f]{12}", name)
    told = [(line["event"], line.get("turn")) for line in lines]
    assert told == [("store_failed", name), ("turn", name), ("request_refused", None)]
