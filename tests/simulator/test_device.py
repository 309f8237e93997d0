from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from skill.simulator.device import PretendDevice, VirtualClock
from skill.simulator.limits import ResponseRefused
from skill.simulator.request import SHOW, SPEAKER, Slot
from tests.simulator.jukebox import play
from tests.simulator.parrot import Parrot, document, reply, ssml


@pytest.fixture
def clock() -> VirtualClock:
    return VirtualClock(datetime(2026, 1, 1, 8, 0, 0, tzinfo=UTC))


@pytest.fixture
def parrot() -> Parrot:
    return Parrot()


@pytest.fixture
def echo(parrot: Parrot, clock: VirtualClock) -> PretendDevice:
    return PretendDevice(parrot, clock)


class Saying:
    """A skill that gives one response to everything and remembers what it was asked."""

    def __init__(self, response: Any) -> None:
        self.response = response
        self.requests: list[dict[str, Any]] = []

    def __call__(self, envelope: dict[str, Any]) -> Any:
        self.requests.append(envelope)
        return self.response


def test_the_first_request_of_a_session_says_so(echo: PretendDevice, parrot: Parrot) -> None:
    echo.launch()
    echo.say("StartIntent")
    first, second = (envelope["session"] for envelope in parrot.requests)
    assert (first["new"], second["new"]) == (True, False)
    assert first["sessionId"] == second["sessionId"]


def test_session_attributes_come_back_with_the_next_request(
    echo: PretendDevice, parrot: Parrot
) -> None:
    echo.launch()
    echo.say("TipIntent")
    assert echo.say("TipIntent").playback.text == "You said TipIntent on turn 3."
    assert [e["session"]["attributes"] for e in parrot.requests] == [{}, {"turn": 1}, {"turn": 2}]


def test_attributes_that_are_not_returned_are_lost(clock: VirtualClock) -> None:
    skill = Saying({"version": "1.0", "response": {"shouldEndSession": True}})
    device = PretendDevice(skill, clock)
    device.launch()
    device.launch()
    assert skill.requests[1]["session"]["attributes"] == {}
    assert skill.requests[0]["session"]["sessionId"] != skill.requests[1]["session"]["sessionId"]


def test_a_request_carries_what_amazon_sends(echo: PretendDevice, parrot: Parrot) -> None:
    echo.launch()
    envelope = parrot.requests[0]
    assert envelope["request"]["timestamp"] == "2026-01-01T08:00:00Z"
    assert envelope["request"]["locale"] == "en-US"
    assert envelope["request"]["requestId"].startswith("amzn1.echo-api.request.")
    system = envelope["context"]["System"]
    assert system["user"] == envelope["session"]["user"]
    assert system["application"] == envelope["session"]["application"]
    assert system["device"]["supportedInterfaces"] == {"AudioPlayer": {}}
    assert json.loads(json.dumps(envelope)) == envelope


def test_a_show_says_that_it_has_a_screen(parrot: Parrot, clock: VirtualClock) -> None:
    PretendDevice(parrot, clock, profile=SHOW).launch()
    context = parrot.requests[0]["context"]
    assert "Alexa.Presentation.APL" in context["System"]["device"]["supportedInterfaces"]
    assert context["Viewport"]["mode"] == "HUB"


def test_slots_are_resolved_as_amazon_resolves_them(parrot: Parrot, clock: VirtualClock) -> None:
    declared = {"HowToIntent": {"exercise": "EXERCISE", "sets": "AMAZON.NUMBER", "level": "LEVEL"}}
    echo = PretendDevice(parrot, clock, declared=declared)
    bridges = Slot("bridges", ("glute_bridge", "ball_bridge_curl"))
    echo.say("HowToIntent", {"exercise": bridges, "sets": "2"})
    slots = parrot.requests[0]["request"]["intent"]["slots"]
    found = slots["exercise"]["resolutions"]["resolutionsPerAuthority"][0]
    assert found["status"]["code"] == "ER_SUCCESS_MATCH"
    assert [v["value"]["id"] for v in found["values"]] == ["glute_bridge", "ball_bridge_curl"]
    assert slots["sets"]["value"] == "2"
    assert "resolutions" not in slots["sets"]
    assert slots["level"] == {"name": "level", "confirmationStatus": "NONE"}


def test_words_that_are_in_no_list_are_sent_as_no_match(
    parrot: Parrot, clock: VirtualClock
) -> None:
    echo = PretendDevice(parrot, clock, declared={"HowToIntent": {"exercise": "EXERCISE"}})
    echo.say("HowToIntent", {"exercise": "moon walk"})
    slot = parrot.requests[0]["request"]["intent"]["slots"]["exercise"]
    found = slot["resolutions"]["resolutionsPerAuthority"][0]
    assert found["status"]["code"] == "ER_SUCCESS_NO_MATCH"
    assert "values" not in found


@pytest.mark.parametrize(
    ("ending", "in_session", "listening"),
    [
        ({"shouldEndSession": False}, True, True),
        ({"shouldEndSession": None}, True, True),
        ({"shouldEndSession": True}, False, False),
        ({}, False, False),
    ],
)
def test_should_end_session_decides_on_a_speaker(
    clock: VirtualClock, ending: dict[str, Any], in_session: bool, listening: bool
) -> None:
    device = PretendDevice(Saying(reply(outputSpeech=ssml("Hello."), **ending)), clock)
    turn = device.launch()
    assert (device.in_session, turn.listening) == (in_session, listening)
    assert turn.ended is not in_session


def test_a_screen_keeps_the_session_open_with_the_microphone_shut(clock: VirtualClock) -> None:
    document = {"type": "APL", "version": "1.6"}
    kind = "Alexa.Presentation.APL.RenderDocument"
    show = {"type": kind, "token": "t", "document": document}
    skill = Saying(reply(outputSpeech=ssml("Look."), directives=[show]))
    device = PretendDevice(skill, clock, profile=SHOW)
    assert not device.launch().ended
    assert (device.in_session, device.listening, device.patience_s) == (True, False, 30)


def test_silence_brings_the_reprompt_and_then_the_end(echo: PretendDevice, parrot: Parrot) -> None:
    echo.launch()
    reprompt = echo.silence()
    assert reprompt is not None
    assert reprompt.playback.text == "Are you there?"
    assert reprompt.listening
    assert parrot.types == ["LaunchRequest"]
    end = echo.silence()
    assert end is not None
    assert end.ended
    assert parrot.requests[-1]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert parrot.requests[-1]["session"]["attributes"] == {"turn": 1}
    assert echo.silence() is None


def test_an_answer_brings_the_reprompt_back(echo: PretendDevice) -> None:
    echo.launch()
    echo.silence()
    echo.say("TipIntent")
    reprompt = echo.silence()
    assert reprompt is not None
    assert reprompt.playback.text == "Are you there?"


def test_without_a_reprompt_the_session_ends_after_the_first_silence(clock: VirtualClock) -> None:
    skill = Saying(reply(outputSpeech=ssml("Well?"), shouldEndSession=False))
    device = PretendDevice(skill, clock)
    device.launch()
    skill.response = {"version": "1.0", "response": {}}
    end = device.silence()
    assert end is not None
    assert end.ended


def test_hanging_up_is_told_to_the_skill_once(echo: PretendDevice, parrot: Parrot) -> None:
    echo.launch()
    echo.hang_up()
    assert parrot.requests[-1]["request"]["reason"] == "USER_INITIATED"
    assert echo.hang_up() is None


def test_speaking_outside_a_session_opens_one(echo: PretendDevice, parrot: Parrot) -> None:
    echo.say("StartIntent")
    assert parrot.requests[0]["session"]["new"]


def test_the_clock_says_how_far_the_coach_got(echo: PretendDevice, clock: VirtualClock) -> None:
    whole = echo.say("StartIntent").playback
    clock.advance(4600)
    assert echo.played_ms == 4600
    assert echo.playing.heard_until(echo.played_ms).text.startswith("1 hold down")
    clock.advance(9_999_999)
    assert echo.played_ms == whole.ms


def test_what_the_skill_does_to_a_request_stays_with_the_skill(clock: VirtualClock) -> None:
    def spoiling(envelope: dict[str, Any]) -> dict[str, Any]:
        envelope["session"]["attributes"]["spoilt"] = True
        envelope["context"]["System"]["device"]["supportedInterfaces"].clear()
        return reply({"n": 1}, outputSpeech=ssml("Yes?"), shouldEndSession=False)

    device = PretendDevice(spoiling, clock)
    device.launch()
    device.say("TipIntent")
    assert device.attributes == {"n": 1}
    assert SPEAKER.interfaces == {"AudioPlayer": {}}


OPEN: dict[str, Any] = {"shouldEndSession": False}
LONG_SET = document({"type": "Speech", "content": "Go"}, {"type": "Silence", "duration": 240_000})
APL = {"type": "Alexa.Presentation.APL.RenderDocument", "document": {}}
PLAY = play("a")
DEEP = document({"type": "Speech", "contentType": "SSML", "content": "<speak><blink/></speak>"})


@pytest.mark.parametrize(
    ("response", "reason"),
    [
        (reply(outputSpeech=ssml("a" * 8000)), "8,015 characters"),
        (reply(outputSpeech={"type": "PlainText", "text": "a" * 8001}), "8,001 characters"),
        (reply({"big": "a" * 130_000}, outputSpeech=ssml("Hi.")), "bytes"),
        (reply(outputSpeech=ssml("salt & pepper")), "not well-formed"),
        (reply(outputSpeech={"type": "SSML", "ssml": "hello"}), "<speak>"),
        (reply(outputSpeech={"type": "SSML"}), "neither SSML"),
        (reply(outputSpeech=ssml("<blink>now</blink>")), "<blink>"),
        (reply(outputSpeech=ssml('a <break time="11s"/>')), "11 s in all"),
        (reply(outputSpeech=ssml('a <break time="6s"/> b <break time="5s"/>')), "11 s in all"),
        (reply(outputSpeech=ssml('a <break time="soon"/>')), "'soon'"),
        (reply(outputSpeech=ssml('<audio src="http://a.example/b.mp3"/>')), "https"),
        (reply(outputSpeech=ssml('<audio src="https://a.example/b.mp3"/>' * 6)), "6 audio"),
        (reply(outputSpeech=ssml("Hi."), reprompt={"outputSpeech": ssml("a<b")}), "the reprompt"),
        (reply(directives=[LONG_SET]), "more than 240 s"),
        (reply(directives=[DEEP]), "<blink>"),
        (reply(directives=[document({"type": "Trumpet"})]), "'Trumpet'"),
        (reply(outputSpeech=ssml("Hi."), directives=[APL]), "without a screen"),
        (reply(outputSpeech=ssml("Hi."), directives=[PLAY, PLAY]), "more than one AudioPlayer"),
        (reply(directives=[{"type": "Dialog.Delegate"}, PLAY]), "a Dialog directive"),
        (reply(directives=["AudioPlayer.Play"]), "directives is not"),
        (reply(card={"type": "Simple", "title": "a", "content": "b" * 8000}), "the card"),
        (reply(**OPEN), "nothing was said before"),
        (reply(outputSpeech="Hi."), "not an object"),
        (reply(outputSpeech=ssml("Hi."), shouldEndSession="no"), "neither true nor false"),
        ({"response": {}}, "version"),
        ({"version": "1.0"}, "no response"),
        (None, "no response"),
        ({"version": "1.0", "response": {"card": {1, 2}}}, "not JSON"),
    ],
)
def test_what_amazon_refuses_is_refused_and_the_skill_is_told(
    clock: VirtualClock, response: Any, reason: str
) -> None:
    skill = Saying(response)
    device = PretendDevice(skill, clock)
    with pytest.raises(ResponseRefused, match=reason):
        device.launch()
    told = skill.requests[-1]["request"]
    assert (told["type"], told["reason"]) == ("SessionEndedRequest", "ERROR")
    assert told["error"]["type"] == "INVALID_RESPONSE"
    assert reason in told["error"]["message"]
    assert not device.in_session
    assert device.playing.ms == 0


@pytest.mark.parametrize(
    "response",
    [
        reply(outputSpeech=ssml("a" * 7985)),
        reply(outputSpeech=ssml('a <break time="5s"/> b <break time="5s"/>')),
        reply(outputSpeech=ssml("<amazon:emotion name='excited'>Yes!</amazon:emotion>")),
        reply(directives=[document({"type": "Silence", "duration": 240_000})]),
        reply(outputSpeech=ssml("Hi."), directives=[PLAY], shouldEndSession=True),
        {"version": "1.0", "response": {}},
    ],
)
def test_what_amazon_plays_is_played(clock: VirtualClock, response: Any) -> None:
    assert PretendDevice(Saying(response), clock).launch().response == response


@pytest.mark.parametrize("part", ["outputSpeech", "reprompt", "card", "directives"])
def test_nothing_can_be_said_to_somebody_who_has_gone(clock: VirtualClock, part: str) -> None:
    pieces: dict[str, Any] = {
        "outputSpeech": ssml("Bye."),
        "reprompt": {"outputSpeech": ssml("Hello?")},
        "card": {"type": "Simple", "title": "Bye"},
        "directives": [PLAY],
    }
    hello = reply(outputSpeech=ssml("Hello."), shouldEndSession=False)
    answers = iter([hello, reply(**{part: pieces[part]})])
    device = PretendDevice(lambda _: next(answers), clock)
    device.launch()
    with pytest.raises(ResponseRefused, match=part):
        device.hang_up()
    assert not device.in_session


def test_an_answer_that_comes_too_late_is_no_answer(clock: VirtualClock) -> None:
    requests: list[dict[str, Any]] = []

    def slow(envelope: dict[str, Any]) -> dict[str, Any]:
        requests.append(envelope["request"])
        clock.advance(8_500)
        return reply(outputSpeech=ssml("Sorry."))

    with pytest.raises(ResponseRefused, match="8 s"):
        PretendDevice(slow, clock).launch()
    assert requests[-1]["error"]["type"] == "ENDPOINT_TIMEOUT"
