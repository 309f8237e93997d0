from __future__ import annotations

from typing import Any

import pytest

from skill.simulator.audio_limits import MAY_ANSWER, warnings
from skill.simulator.limits import faults
from skill.simulator.playback import Player
from skill.simulator.request import SPEAKER
from tests.simulator.jukebox import CLEAR_ALL, CLEAR_ENQUEUED, STOP, length_of, play, url
from tests.simulator.parrot import document, reply, ssml

Json = dict[str, Any]


def found(response: Json, request_type: str = "IntentRequest", player: Player | None = None) -> Any:
    return list(faults(response, request_type, SPEAKER.interfaces, player or Player()))


def with_stream(behavior: str = "REPLACE_ALL", **changes: Any) -> Json:
    """A Play whose stream has the changes; None takes a field away."""
    directive = play("a", behavior)
    stream = {**directive["audioItem"]["stream"], **changes}
    directive["audioItem"]["stream"] = {n: v for n, v in stream.items() if v is not None}
    return directive


def with_metadata(metadata: Any) -> Json:
    directive = play("a")
    directive["audioItem"]["metadata"] = metadata
    return directive


ART = {"sources": [{"url": "https://guides.example/a.png"}]}
CAPTIONS = {"type": "WEBVTT", "content": "WEBVTT\n\n00:00.000 --> 00:01.000\nLift"}


@pytest.mark.parametrize(
    "directive",
    [
        STOP,
        CLEAR_ALL,
        CLEAR_ENQUEUED,
        play("a"),
        play("b", "ENQUEUE", "a"),
        play("b", "REPLACE_ENQUEUED"),
        with_stream(offsetInMilliseconds=None),
        with_stream(token="t" * 1_024),
        with_stream(url="https://guides.example/" + "a" * 7_977),
        with_stream(url="https://guides.example:443/a.mp3"),
        with_stream(captionData=CAPTIONS),
        with_metadata(None),
        with_metadata({"title": "A", "subtitle": "b", "art": ART, "backgroundImage": ART}),
    ],
)
def test_alexa_does_what_an_audio_directive_says(directive: Json) -> None:
    assert found(reply(directives=[directive], shouldEndSession=True)) == []


@pytest.mark.parametrize(
    ("directive", "fault"),
    [
        ({"type": "AudioPlayer.Pause"}, "no directive 'AudioPlayer.Pause'"),
        ({"type": "AudioPlayer.ClearQueue"}, "clearBehavior None"),
        ({**CLEAR_ALL, "clearBehavior": "ALL"}, "clearBehavior 'ALL'"),
        ({**play("a"), "playBehavior": "NOW"}, "playBehavior 'NOW'"),
        ({"type": "AudioPlayer.Play", "playBehavior": "REPLACE_ALL"}, "no audioItem"),
        ({**play("a"), "audioItem": {"stream": "a"}}, "no audioItem with a stream"),
        (with_stream(token=None), "no token"),
        (with_stream(token=""), "no token"),
        (with_stream(token=7), "no token"),
        (with_stream(token="t" * 1_025), "1,025 characters"),
        (with_stream(url=None), "no url"),
        (with_stream(url="http://guides.example/a.mp3"), "not behind https"),
        (with_stream(url="https:///a.mp3"), "not behind https"),
        (with_stream(url="https://guides.example:8443/a.mp3"), "port 8443"),
        (with_stream(url="https://guides.example:x/a.mp3"), "nobody can read"),
        (with_stream(url="https://guides.example/" + "a" * 7_978), "8,001 characters"),
        (with_stream(offsetInMilliseconds=-1), "offsetInMilliseconds -1"),
        (with_stream(offsetInMilliseconds=1.5), "offsetInMilliseconds 1.5"),
        (with_stream(offsetInMilliseconds=True), "offsetInMilliseconds True"),
        (with_stream(expectedPreviousToken="z"), "REPLACE_ALL has an expectedPreviousToken"),
        (with_stream("REPLACE_ENQUEUED", expectedPreviousToken="z"), "REPLACE_ENQUEUED has an"),
        (with_stream("ENQUEUE"), "no expectedPreviousToken"),
        (with_stream(captionData={"content": "WEBVTT"}), "not of type WEBVTT"),
        (with_stream(captionData={"type": "WEBVTT"}), "no content"),
        (with_metadata("A track"), "metadata of AudioPlayer.Play is not an object"),
        (with_metadata({"artist": "me"}), "has artist"),
        (with_metadata({"title": 1}), "title of AudioPlayer.Play is not text"),
        (with_metadata({"art": "https://guides.example/a.png"}), "art of AudioPlayer.Play has no"),
        (with_metadata({"art": {"sources": []}}), "has no sources"),
        (with_metadata({"art": {"sources": [{"url": "http://a.example/b"}]}}), "not behind https"),
        (with_metadata({"backgroundImage": {"sources": ["x"]}}), "backgroundImage of"),
    ],
)
def test_a_directive_of_the_wrong_shape_is_refused(directive: Json, fault: str) -> None:
    told = found(reply(directives=[directive], shouldEndSession=True))
    assert len(told) == 1
    assert fault in told[0]


EVENTS = sorted(MAY_ANSWER)
PLAYS = {
    "AudioPlayer.PlaybackNearlyFinished",
    "AudioPlayer.PlaybackFailed",
    *(name for name in EVENTS if name.startswith("PlaybackController.")),
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("response", [reply(), reply(shouldEndSession=True)])
def test_every_event_may_be_left_without_an_answer(event: str, response: Json) -> None:
    assert found(response, event) == []


@pytest.mark.parametrize("event", EVENTS)
def test_only_some_events_may_start_a_stream(event: str) -> None:
    refused = found(reply(directives=[play("b")]), event) != []
    assert refused == (event not in PLAYS)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("directive", [STOP, CLEAR_ALL])
def test_every_event_but_stopped_may_stop_and_clear(event: str, directive: Json) -> None:
    refused = found(reply(directives=[directive]), event) != []
    assert refused == (event == "AudioPlayer.PlaybackStopped")


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ({"outputSpeech": ssml("Next.")}, "has outputSpeech"),
        ({"reprompt": {"outputSpeech": ssml("Next?")}}, "has reprompt"),
        ({"card": {"type": "Simple", "title": "Next"}}, "has card"),
        ({"shouldEndSession": False}, "has shouldEndSession false"),
        ({"directives": [document()]}, "APLA.RenderDocument"),
        ({"directives": [{"type": "Dialog.Delegate"}]}, "Dialog.Delegate"),
    ],
)
def test_no_answer_to_an_event_may_talk_or_show(event: str, part: Json, fault: str) -> None:
    assert any(fault in one for one in found(reply(**part), event))


def test_a_directive_in_the_answer_to_an_event_is_looked_at_too() -> None:
    bad = reply(directives=[play("b", "ENQUEUE")])
    told = found(bad, "AudioPlayer.PlaybackNearlyFinished")
    assert told == ["AudioPlayer.Play has no expectedPreviousToken"]


def test_only_one_stream_can_be_ordered_at_once() -> None:
    two = reply(directives=[play("a"), play("b", "ENQUEUE", "a")])
    assert "there is more than one AudioPlayer.Play" in found(two)


@pytest.mark.parametrize("part", [{"outputSpeech": ssml("Oh.")}, {"directives": [STOP]}])
def test_nothing_is_said_to_a_complaint_of_amazons(part: Json) -> None:
    told = found(reply(**part), "System.ExceptionEncountered")
    assert len(told) == 1
    assert "nobody is there" in told[0]


@pytest.mark.parametrize(
    ("ending", "warned"),
    [
        ({"shouldEndSession": True}, False),
        ({}, False),
        ({"shouldEndSession": False}, True),
        ({"shouldEndSession": None}, True),
    ],
)
def test_a_stream_before_an_open_microphone_is_worth_a_warning(ending: Json, warned: bool) -> None:
    response = reply(directives=[play("a")], **ending)["response"]
    assert bool(list(warnings(response))) == warned
    response["directives"] = [STOP]
    assert list(warnings(response)) == []


def clips(*tracks: str) -> Json:
    return ssml("".join(f'<audio src="{url(track)}"/>' for track in tracks))


def test_clips_last_as_long_as_they_are() -> None:
    player = Player().with_lengths(length_of)
    assert player.speech(clips("a", "b")).ms == 150_000
    assert player.speech(ssml('<audio src="soundbank://soundlibrary/bell"/>')).ms == 1_000


@pytest.mark.parametrize(
    ("response", "fault"),
    [
        (reply(outputSpeech=clips("a", "b", "b")), ""),
        (reply(outputSpeech=clips("a", "b", "b", "tiny")), "outputSpeech last 240.0 s, more than"),
        (reply(outputSpeech=ssml("Hi."), reprompt={"outputSpeech": clips("b")}), ""),
        (
            reply(outputSpeech=ssml("Hi."), reprompt={"outputSpeech": clips("b", "tiny")}),
            "the reprompt last 90.0 s, more than 90 s",
        ),
    ],
)
def test_clips_may_last_four_minutes_and_in_a_reprompt_one_and_a_half(
    response: Json, fault: str
) -> None:
    told = found(response, player=Player().with_lengths(length_of))
    assert ("".join(told) != "") == (fault != "")
    assert fault in "".join(told)
