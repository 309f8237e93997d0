from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from structlog.testing import capture_logs

from skill.simulator.ears import Ears
from skill.simulator.request import APL, ROUND, SHOW, SPEAKER, Profile
from tests.amazon import FrozenClock, PretendAmazon
from tests.conversations.listener import Listener, signed_answer

Shown = dict[str, Any]
With = Callable[..., Listener]


@pytest.fixture
def looking(client: FlaskClient, amazon: PretendAmazon, clock: FrozenClock, ears: Ears) -> With:
    """Return listeners by name, each with a device; one with a screen if nothing is said."""

    def listener(name: str, profile: Profile = SHOW) -> Listener:
        return Listener(signed_answer(client, amazon), clock, ears, name, profile)

    return listener


@pytest.fixture
def eve(looking: With) -> Listener:
    """Somebody with an Echo Show, who has been here before."""
    eve = looking("eve")
    eve.says("open my hip workout", "yes", "stop")
    eve.says("open my hip workout", "start over", "stop")
    return eve


def directives(listener: Listener) -> list[Shown]:
    assert listener.last is not None
    return list(listener.last.response["response"].get("directives") or ())


def kinds(listener: Listener) -> list[str]:
    return [directive["type"] for directive in directives(listener)]


RENDER = "Alexa.Presentation.APL.RenderDocument"


def screen(listener: Listener) -> Shown:
    """Return the data of the screen that came with the last answer."""
    shown = [each for each in directives(listener) if each["type"] == RENDER]
    assert len(shown) == 1
    data: Shown = shown[0]["datasources"]["screen"]
    return data


def body(listener: Listener) -> str:
    shown = next(each for each in directives(listener) if each["type"] == RENDER)
    return str(shown["document"]["layouts"]["Body"]["description"])


def title(listener: Listener) -> str:
    stretches = screen(listener)["stretches"]
    return str(stretches["texts"][stretches["title"][0]])


def chips(listener: Listener, when: str = "asked") -> dict[str, list[object]]:
    return {chip["text"]: chip["arguments"] for chip in screen(listener)[when]}


def test_a_whole_workout_is_seen(eve: Listener) -> None:
    eve.says("open my hip workout")
    seen = []
    eve.says("start over")
    seen.append(body(eve))
    for _ in range(12):
        eve.says("ready")
        seen.append(body(eve))
    assert any(each.startswith("What is in the workout") for each in seen)
    assert any(each.startswith("A set with its rest") for each in seen)
    assert any(each.startswith("Getting into position") for each in seen)


def test_the_end_of_a_workout_is_seen(looking: With) -> None:
    ann = looking("ann")
    ann.says("open my hip workout", "yes", "ready")
    assert "Done" not in title(ann)
    said = ann.walks()
    assert said
    stretches = screen(ann)["stretches"]
    assert "Done for today" in stretches["texts"]


def test_lists_and_progress_are_seen(eve: Listener) -> None:
    eve.says("open my hip workout", "stop")
    eve.says("list the exercises")
    assert len(screen(eve)["rows"]) == 8
    eve.says("how am I doing")
    assert len(screen(eve)["week"]["days"]) == 7


def test_a_how_to_is_seen_step_by_step(eve: Listener) -> None:
    eve.says("how do I do a glute bridge")
    first = screen(eve)["stretches"]["texts"]
    eve.says("next")
    second = screen(eve)["stretches"]["texts"]
    assert "Step 1 of 12" in first
    assert "Step 2 of 12" in second


def test_touching_is_answered_like_the_words(looking: With) -> None:
    for touch in ("Yes", "No", "Help", "On the bed"):
        told = []
        for name, touches in (("one", True), ("two", False)):
            somebody = looking(f"{name} {touch}")
            somebody.says("open my hip workout")
            arguments = chips(somebody)[touch]
            if touches:
                somebody.hears_it_all()
                turn = somebody.device.touch(arguments)
                told.append((turn.playback.text, turn.listening, turn.ended))
            else:
                somebody.says(touch)
                assert somebody.last is not None
                last = somebody.last
                told.append((last.playback.text, last.listening, last.ended))
        assert told[0] == told[1]


def test_an_exercise_of_the_list_is_begun_by_touch(eve: Listener) -> None:
    eve.says("list the exercises")
    row = next(row for row in screen(eve)["rows"] if row["text"] == "Glute bridge")
    turn = eve.device.touch(row["arguments"])
    assert "glute bridge" in turn.playback.text.lower()
    assert eve.phase == "set_up"


def test_a_set_is_paused_by_touch_where_it_is(eve: Listener, clock: FrozenClock) -> None:
    eve.says("open my hip workout", "start over", "skip the warm-up")
    while eve.phase != "set":
        eve.says("ready")
    pause = chips(eve, "speaking")["Pause"]
    clock.forward(seconds=40)
    turn = eve.device.touch(pause)
    assert eve.phase == "paused"
    assert eve.session["rep"] > 1
    assert turn.listening


def test_stop_by_touch_ends_the_conversation_and_shows_nothing_more(eve: Listener) -> None:
    eve.says("open my hip workout")
    turn = eve.device.touch(["AMAZON.StopIntent", {}])
    assert turn.ended
    assert not turn.response["response"].get("directives")


@pytest.mark.parametrize(
    "sent",
    [[], ["NobodysIntent", {}], ["ReadyIntent"], [1, 2, 3], ["HowToIntent", {"exercise": 1}]],
)
def test_a_touch_that_means_nothing_gets_help_and_no_fault(
    eve: Listener, sent: list[object]
) -> None:
    eve.says("open my hip workout")
    with capture_logs() as logs:
        turn = eve.device.touch(sent)
    assert turn.listening
    assert turn.playback.text
    assert [log["intent"] for log in logs if log["event"] == "turn"] == ["unknown"]


@pytest.mark.parametrize("version", ["1.0", "1.5", "", "latest"])
def test_old_screens_get_no_document(looking: With, version: str) -> None:
    runtime = {"runtime": {"maxVersion": version}}
    profile = replace(SHOW, interfaces={**APL, "Alexa.Presentation.APL": runtime})
    somebody = looking("old", profile)
    somebody.says("open my hip workout")
    assert RENDER not in kinds(somebody)


def test_speakers_get_no_document(looking: With) -> None:
    somebody = looking("hearing", SPEAKER)
    somebody.says("open my hip workout", "yes", "ready")
    assert RENDER not in kinds(somebody)


def test_a_round_screen_gets_the_same_documents(looking: With) -> None:
    somebody = looking("round", ROUND)
    somebody.says("open my hip workout")
    assert RENDER in kinds(somebody)


def test_an_answer_with_sound_and_screen_stays_small(eve: Listener) -> None:
    eve.says("open my hip workout", "start over")
    for _ in range(10):
        eve.says("ready")
        assert eve.last is not None
        assert len(json.dumps(eve.last.response).encode()) < 60_000


def test_silence_and_the_end_of_a_session_send_no_screen(eve: Listener) -> None:
    eve.says("open my hip workout")
    eve.keeps_silent()
    assert not eve.device.in_session
    assert eve.device.shown is None


@pytest.mark.parametrize(
    ("kind", "error", "logged"),
    [
        (
            "Alexa.Presentation.APL.RuntimeError",
            {"type": "LIST_ERROR", "reason": "INTERNAL_ERROR", "listId": "l", "message": "secret"},
            {"type": "LIST_ERROR", "reason": "INTERNAL_ERROR"},
        ),
        (
            "Alexa.Presentation.APLA.RuntimeError",
            {"type": "AUDIO_SOURCE_ERROR", "reason": "NOT_FOUND_ERROR", "message": "secret"},
            {"type": "AUDIO_SOURCE_ERROR", "reason": "NOT_FOUND_ERROR"},
        ),
    ],
)
def test_what_fails_on_a_device_is_logged_without_its_words(
    eve: Listener,
    client: FlaskClient,
    amazon: PretendAmazon,
    kind: str,
    error: dict[str, object],
    logged: dict[str, str],
) -> None:
    eve.says("open my hip workout")
    assert eve.last is not None
    assert eve.last.request is not None
    told = dict(eve.last.request["request"])
    request = {name: told[name] for name in ("requestId", "timestamp", "locale")}
    envelope = {
        **eve.last.request,
        "request": {**request, "type": kind, "token": "t", "errors": [error]},
    }
    with capture_logs() as logs:
        answer = signed_answer(client, amazon)(envelope)
    assert answer["response"] == {}
    failed = [log for log in logs if log["event"] == "document_failed"]
    assert [{name: log[name] for name in logged} for log in failed] == [logged]
    assert "secret" not in json.dumps(logs, default=str)
