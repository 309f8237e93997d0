from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from skill.simulator.device import PretendDevice
from skill.simulator.limits import ResponseRefused
from tests.simulator.jukebox import STOP, Jukebox, Room, play, url
from tests.simulator.parrot import document, reply, ssml


def test_a_stream_that_cannot_be_had_fails_and_the_skill_may_play_another() -> None:
    room = Room(
        {"PlaybackFailed": reply(directives=[play("c")])},
        fetch=lambda address: None if address == url("a") else b"",
    )
    room.device.say("PlayIntent")
    room.device.play_on()
    assert room.skill.types[1:3] == ["PlaybackFailed", "PlaybackStarted"]
    failed = room.skill.last("PlaybackFailed")
    assert failed["token"] == "a"
    assert failed["error"]["type"] == "MEDIA_ERROR_SERVICE_UNAVAILABLE"
    assert room.heard == [("c", 0, 30_000)]


def test_a_stream_that_fails_twice_can_be_given_up() -> None:
    room = Room()
    once, then = reply(directives=[play("a")]), reply(directives=[STOP])
    answers = iter([once, then])

    class Retrying(Jukebox):
        def __call__(self, envelope: dict[str, Any]) -> dict[str, Any]:
            answer = super().__call__(envelope)
            failed = envelope["request"]["type"] == "AudioPlayer.PlaybackFailed"
            return next(answers) if failed else answer

    device = PretendDevice(Retrying(), room.clock, length_of=len, fetch=lambda _: None)
    device.say("PlayIntent")
    assert len(device.play_on()) == 2
    assert not device.audio.goes_on


def test_a_failing_stream_takes_a_second_so_that_retrying_forever_is_seen() -> None:
    room = Room({"PlaybackFailed": reply(directives=[play("a")])}, fetch=lambda _: None)
    room.device.say("PlayIntent")
    room.device.run(60_000)
    assert 50 <= room.skill.types.count("PlaybackFailed") <= 60


@pytest.mark.parametrize(
    "directive", [play("empty"), play("c", offset_ms=30_000), play("c", offset_ms=30_001)]
)
def test_a_stream_with_nothing_to_hear_fails(directive: Any) -> None:
    room = Room({"PlayIntent": reply(directives=[directive])})
    room.device.say("PlayIntent")
    room.device.play_on()
    assert room.skill.types[1:] == ["PlaybackFailed"]
    assert room.heard == []


def test_a_stream_can_fail_in_its_middle() -> None:
    room = Room()
    room.begin()
    room.device.run_to(30_000)
    turn = room.device.fail("MEDIA_ERROR_INTERNAL_DEVICE_ERROR", "no more power")
    assert turn.request is not None
    assert turn.request["request"]["error"] == {
        "type": "MEDIA_ERROR_INTERNAL_DEVICE_ERROR",
        "message": "no more power",
    }
    place = {"token": "a", "offsetInMilliseconds": 30_000, "playerActivity": "PLAYING"}
    assert turn.request["request"]["currentPlaybackState"] == place
    assert room.heard == [("a", 0, 30_000)]
    assert room.device.play_on() == []  # what stood in line waits for the skill


def test_nothing_fails_where_nothing_sounds() -> None:
    with pytest.raises(ValueError, match="nothing is playing"):
        Room().device.fail()


def test_an_event_can_be_sent_again_word_for_word() -> None:
    room = Room()
    room.begin()
    started = room.device.told[0]
    again = room.device.repeat(started)
    assert again.request == started.request
    assert room.skill.requests[-1] == room.skill.requests[-2]


def test_a_reprompt_was_never_sent_and_cannot_be_repeated() -> None:
    room = Room(
        {
            "PlayIntent": reply(
                outputSpeech=ssml("Well?"),
                reprompt={"outputSpeech": ssml("Hm?")},
                shouldEndSession=False,
            )
        }
    )
    room.device.say("PlayIntent")
    reprompt = room.device.silence()
    assert reprompt is not None
    with pytest.raises(ValueError, match="nothing was sent"):
        room.device.repeat(reprompt)


def test_an_event_can_come_late_while_context_tells_the_truth() -> None:
    room = Room()
    room.begin()
    room.device.run(70_000)
    turn = room.device.send_event("PlaybackFinished", "a", 60_000)
    assert turn.request is not None
    assert turn.request["request"]["token"] == "a"
    assert turn.request["context"]["AudioPlayer"] == {
        "token": "b",
        "offsetInMilliseconds": 10_000,
        "playerActivity": "PLAYING",
    }


@pytest.mark.parametrize(
    ("kind", "answer", "reason"),
    [
        ("PlaybackStarted", reply(directives=[play("b")]), "has AudioPlayer.Play"),
        ("PlaybackFinished", reply(directives=[play("b")]), "has AudioPlayer.Play"),
        ("PlaybackNearlyFinished", reply(outputSpeech=ssml("Soon.")), "has outputSpeech"),
        ("PlaybackNearlyFinished", reply(shouldEndSession=False), "shouldEndSession false"),
        ("PlaybackNearlyFinished", reply(directives=[document()]), "APLA"),
    ],
)
def test_the_skill_is_told_when_its_answer_to_an_event_was_refused(
    kind: str, answer: Any, reason: str
) -> None:
    room = Room({kind: answer})
    room.device.say("PlayIntent")
    with pytest.raises(ResponseRefused, match=reason):
        room.device.play_on()
    complaint = room.skill.last("ExceptionEncountered")
    assert complaint["type"] == "System.ExceptionEncountered"
    assert complaint["error"]["type"] == "INVALID_RESPONSE"
    assert reason in complaint["error"]["message"]
    cause = next(e["request"] for e in room.skill.requests if e["request"]["type"].endswith(kind))
    assert complaint["cause"]["requestId"] == cause["requestId"]


def test_the_stream_goes_on_after_a_refused_answer() -> None:
    room = Room({"PlaybackStarted": reply(outputSpeech=ssml("Off we go."))})
    with pytest.raises(ResponseRefused):
        room.begin()
    room.device.run(1_000)
    assert room.sounds()


def test_a_refused_answer_to_words_lets_the_stream_go_on() -> None:
    room = Room({"HowManyIntent": reply(outputSpeech=ssml("a & b"))})
    room.begin()
    room.device.run(10_000)
    with pytest.raises(ResponseRefused):
        room.device.say("HowManyIntent")
    room.device.run(0)
    assert room.sounds()


def test_an_event_refused_while_somebody_begins_to_speak_lets_the_stream_go_on() -> None:
    room = Room({"PlaybackStopped": reply(directives=[STOP])})
    room.begin()
    with pytest.raises(ResponseRefused, match=r"PlaybackStopped has AudioPlayer\.Stop"):
        room.device.say("HowManyIntent")
    room.device.run(0)
    assert room.sounds()
    assert not room.device.in_session


def test_an_answer_that_comes_too_late_is_told_too() -> None:
    room = Room()

    def slow(envelope: dict[str, Any]) -> dict[str, Any]:
        if envelope["request"]["type"] == "AudioPlayer.PlaybackStarted":
            room.clock.advance(8_001)
        return room.skill(envelope)

    device = PretendDevice(slow, room.clock, length_of=lambda _: 60_000)
    device.say("PlayIntent")
    with pytest.raises(ResponseRefused, match="8 s"):
        device.play_on()
    assert room.skill.last("ExceptionEncountered")["error"]["type"] == "INTERNAL_SERVICE_ERROR"


def test_a_device_whose_clock_nobody_can_push_says_so() -> None:
    def standing() -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC)

    device = PretendDevice(Jukebox(), standing, length_of=lambda _: 60_000)
    device.say("PlayIntent")
    with pytest.raises(RuntimeError, match="clock"):
        device.next_audio_event()


def test_any_clock_will_do_that_can_be_pushed() -> None:
    room = Room()
    device = PretendDevice(
        room.skill,
        lambda: room.clock() + timedelta(days=1),
        length_of=lambda _: 5_000,
        pass_time=room.clock.advance,
    )
    device.say("PlayIntent")
    assert len(device.play_on()) == 9
