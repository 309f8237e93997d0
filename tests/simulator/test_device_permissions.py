from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.interfaces.connections import ConnectionsResponse

from skill.simulator.device import PretendDevice, VirtualClock
from skill.simulator.limits import ResponseRefused
from skill.simulator.permissions import Consent, understood
from skill.simulator.request import SPEAKER
from tests.simulator.parrot import reply, ssml
from tests.simulator.permission_seeker import CARD, REMINDERS, SEVERAL, TIMERS, Seeker, asking

WORDS: dict[str, Any] = {
    "outputSpeech": ssml("For that I may need a yes."),
    "shouldEndSession": True,
}


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 1, 1, 8, 0, 0, tzinfo=UTC))


def permissions(envelope: dict[str, Any]) -> Any:
    return envelope["context"]["System"]["user"].get("permissions")


def test_nothing_is_said_of_permissions_that_nobody_asked_for(clock: VirtualClock) -> None:
    seeker = Seeker()
    PretendDevice(seeker, clock).launch()
    assert permissions(seeker.requests[0]) is None


def test_what_was_granted_before_is_in_every_request(clock: VirtualClock) -> None:
    seeker = Seeker()
    PretendDevice(seeker, clock, profile=replace(SPEAKER, granted=frozenset({REMINDERS}))).launch()
    found = permissions(seeker.requests[0])
    assert found["scopes"] == {REMINDERS: {"status": "GRANTED"}}
    assert found["consentToken"]


def test_a_test_can_lead_the_skill_to_an_api_of_its_own(clock: VirtualClock) -> None:
    seeker = Seeker()
    mine = replace(SPEAKER, api_endpoint="http://127.0.0.1:1234", api_access_token="mine")
    PretendDevice(seeker, clock, profile=mine).launch()
    system = seeker.requests[0]["context"]["System"]
    assert (system["apiEndpoint"], system["apiAccessToken"]) == ("http://127.0.0.1:1234", "mine")


@pytest.mark.parametrize("ending", [{"shouldEndSession": True}, {}])
def test_alexa_asks_in_her_own_words_after_those_of_the_skill(
    clock: VirtualClock, ending: dict[str, Any]
) -> None:
    device = PretendDevice(Seeker(outputSpeech=ssml("For that I need a yes."), **ending), clock)
    turn = device.say("StartIntent")
    assert turn.playback.text == "For that I need a yes."
    assert turn.question.text == (
        "Do you give My Hip Workout permission to update your reminders? "
        "You can say I approve, or no."
    )
    assert device.playing.text == f"{turn.playback.text} {turn.question.text}"
    assert turn.asks_permission == device.asks_permission == REMINDERS
    assert (turn.listening, turn.ended, device.in_session) == (True, False, True)


@pytest.mark.parametrize(
    ("consent", "status"),
    [("ACCEPTED", "GRANTED"), ("DENIED", "DENIED"), ("NOT_ANSWERED", "DENIED")],
)
def test_the_answer_reaches_the_skill_in_the_same_session(
    clock: VirtualClock, consent: Consent, status: str
) -> None:
    seeker = Seeker()
    device = PretendDevice(seeker, clock)
    device.say("StartIntent")
    turn = device.permit(consent)
    asked, told = seeker.requests
    request = told["request"]
    assert (request["type"], request["name"]) == ("Connections.Response", "AskFor")
    assert request["status"] == {"code": "200", "message": "OK"}
    assert request["payload"] == {
        "permissionScope": REMINDERS,
        "status": consent,
        "isCardThrown": False,
    }
    assert request["token"] == "mon wed fri at 7"
    assert told["session"]["sessionId"] == asked["session"]["sessionId"]
    assert (told["session"]["new"], told["session"]["attributes"]) == (False, {"place": "set 2"})
    assert permissions(told)["scopes"] == {REMINDERS: {"status": status}}
    assert ("consentToken" in permissions(told)) is (consent == "ACCEPTED")
    assert told["session"]["user"] == told["context"]["System"]["user"]
    assert turn.playback.text == f"You said {consent.lower()}. Back to the workout?"
    assert (turn.asks_permission, turn.question.ms, turn.listening) == ("", 0, True)
    assert device.attributes == {"place": "set 2"}


def test_the_sdk_can_read_the_result(clock: VirtualClock) -> None:
    seeker = Seeker()
    device = PretendDevice(seeker, clock)
    device.say("StartIntent")
    turn = device.permit("ACCEPTED")
    envelope = DefaultSerializer().deserialize(json.dumps(turn.request), RequestEnvelope)
    assert isinstance(envelope.request, ConnectionsResponse)
    assert (envelope.request.payload or {})["status"] == "ACCEPTED"
    assert envelope.context.system.user.permissions.scopes[REMINDERS].status.value == "GRANTED"


def test_silence_is_no_answer(clock: VirtualClock) -> None:
    seeker = Seeker()
    device = PretendDevice(seeker, clock)
    device.say("StartIntent")
    assert device.patience_s == 8
    turn = device.silence()
    assert turn is not None
    assert seeker.requests[-1]["request"]["payload"]["status"] == "NOT_ANSWERED"
    assert turn.playback.text.startswith("You said not_answered.")


@pytest.mark.parametrize(
    ("intent", "consent"),
    [
        ("AMAZON.YesIntent", "ACCEPTED"),
        ("AMAZON.NoIntent", "DENIED"),
        ("TipIntent", "NOT_ANSWERED"),
    ],
)
def test_what_is_said_meanwhile_is_said_to_alexa(
    clock: VirtualClock, intent: str, consent: str
) -> None:
    seeker = Seeker()
    device = PretendDevice(seeker, clock)
    device.say("StartIntent")
    device.say(intent)
    assert seeker.types == ["IntentRequest", "Connections.Response"]
    assert seeker.requests[-1]["request"]["payload"]["status"] == consent


def test_hanging_up_while_alexa_asks_ends_the_session(clock: VirtualClock) -> None:
    seeker = Seeker()
    device = PretendDevice(seeker, clock)
    device.say("StartIntent")
    device.hang_up()
    assert seeker.types == ["IntentRequest", "SessionEndedRequest"]
    assert (device.in_session, device.asks_permission) == (False, "")


def test_nobody_can_answer_what_was_not_asked(clock: VirtualClock) -> None:
    device = PretendDevice(Seeker(), clock)
    with pytest.raises(ValueError, match="nobody asks"):
        device.permit("ACCEPTED")
    device.launch()
    with pytest.raises(ValueError, match="nobody asks"):
        device.permit("ACCEPTED")


def test_several_scopes_are_asked_for_at_once(clock: VirtualClock) -> None:
    seeker = Seeker(asking(SEVERAL))
    device = PretendDevice(seeker, clock)
    turn = device.say("StartIntent")
    assert turn.asks_permission == f"{REMINDERS} {TIMERS}"
    assert "update your reminders and update your timers?" in turn.question.text
    device.permit("ACCEPTED")
    payload = seeker.requests[-1]["request"]["payload"]
    assert payload["permissionScopes"] == SEVERAL["permissionScopes"]
    assert device.granted == {REMINDERS, TIMERS}


def test_no_to_alexa_withdraws_nothing_that_was_granted_in_the_app(clock: VirtualClock) -> None:
    mine = replace(SPEAKER, granted=frozenset({REMINDERS}))
    device = PretendDevice(Seeker(), clock, profile=mine)
    device.say("StartIntent")
    device.permit("DENIED")
    assert device.granted == {REMINDERS}


def test_a_request_without_a_token_gets_none_back(clock: VirtualClock) -> None:
    directive = asking()
    del directive["token"]
    seeker = Seeker(directive)
    device = PretendDevice(seeker, clock)
    device.say("StartIntent")
    device.permit("DENIED")
    assert "token" not in seeker.requests[-1]["request"]


@pytest.mark.parametrize(
    ("code", "message"), [("400", "Bad Request"), ("500", "Internal Server Error")]
)
def test_where_alexa_cannot_ask_the_skill_learns_it_at_once(
    clock: VirtualClock, code: Literal["400", "500"], message: str
) -> None:
    seeker = Seeker(**WORDS)
    device = PretendDevice(seeker, clock, profile=replace(SPEAKER, voice_consent=code))
    turn = device.say("StartIntent")
    request = seeker.requests[-1]["request"]
    assert request["status"] == {"code": code, "message": message}
    assert "payload" not in request
    assert turn.playback.text == (
        "For that I may need a yes. I have sent a card to your Alexa app."
    )
    assert device.playing == turn.playback
    assert (turn.question.ms, turn.asks_permission, turn.ended) == (0, "", True)
    assert turn.response["response"]["card"] == CARD
    assert permissions(seeker.requests[-1]) is None


def test_a_skill_that_asks_again_and_again_is_stopped(clock: VirtualClock) -> None:
    def stubborn(envelope: dict[str, Any]) -> dict[str, Any]:
        if envelope["request"]["type"] == "SessionEndedRequest":
            return {"version": "1.0", "response": {}}
        return reply(directives=[asking()])

    device = PretendDevice(stubborn, clock, profile=replace(SPEAKER, voice_consent="500"))
    with pytest.raises(ResponseRefused, match="asks again"):
        device.launch()
    assert not device.in_session


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("I approve.", "ACCEPTED"),
        ("yes", "ACCEPTED"),
        ("Yes, I approve", "ACCEPTED"),
        ("okay", "ACCEPTED"),
        ("No, thanks", "DENIED"),
        ("no", "DENIED"),
        ("I don’t approve", "DENIED"),
        ("what for", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_alexa_understands_yes_and_no_and_little_else(words: str, expected: Any) -> None:
    assert understood(words) == expected
