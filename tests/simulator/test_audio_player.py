from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from skill.simulator.audio_stream import Habits, Stream
from skill.simulator.limits import ResponseRefused
from skill.simulator.request import SHOW, SPEAKER
from tests.simulator.jukebox import CLEAR_ALL, CLEAR_ENQUEUED, START, STOP, Room, play, url
from tests.simulator.parrot import reply, ssml
from tests.simulator.permission_seeker import asking

QUIET = Habits(tells_of_interruptions=False)


def test_a_whole_queue_is_played_track_by_track() -> None:
    room = Room()
    room.device.say("PlayIntent")
    turns = room.device.play_on()
    assert room.heard == [("a", 0, 60_000), ("b", 0, 90_000), ("c", 0, 30_000)]
    assert [(t.request or {})["request"]["token"] for t in turns] == [*"aaabbbccc"]
    assert (
        room.skill.types[1:]
        == [
            "PlaybackStarted",
            "PlaybackNearlyFinished",
            "PlaybackFinished",
        ]
        * 3
    )
    assert room.device.next_audio_event() is None


def test_tracks_follow_each_other_without_a_gap() -> None:
    room = Room()
    room.device.say("PlayIntent")
    room.device.play_on()
    first, second, third = room.device.audio.heard
    assert (first.ended, second.ended) == (second.began, third.began)


def test_a_stream_begins_when_the_words_are_over() -> None:
    room = Room()
    turn = room.device.say("PlayIntent")
    assert room.skill.types == ["PlayIntent"]
    room.device.run(turn.playback.ms - 1)
    assert not room.sounds()
    room.device.run(1)
    assert room.sounds()
    assert room.skill.types == ["PlayIntent", "PlaybackStarted"]


@pytest.mark.parametrize("buffered_ms", [1, 2_000, 59_999])
def test_nearly_finished_comes_when_the_device_has_buffered(buffered_ms: int) -> None:
    room = Room(habits=Habits(buffered_ms=buffered_ms))
    room.begin()
    told = room.device.next_audio_event()
    assert told is not None
    assert told.request is not None
    assert told.request["request"]["type"] == "AudioPlayer.PlaybackNearlyFinished"
    assert told.request["request"]["offsetInMilliseconds"] == buffered_ms


def test_nearly_finished_comes_before_finished_even_of_a_tiny_stream() -> None:
    room = Room({"PlayIntent": reply(directives=[play("tiny")])})
    room.device.say("PlayIntent")
    room.device.play_on()
    assert room.skill.types[1:] == [
        "PlaybackStarted",
        "PlaybackNearlyFinished",
        "PlaybackFinished",
    ]
    assert room.heard == [("tiny", 0, 1)]
    assert room.clock() == START + timedelta(milliseconds=1)


def test_events_have_no_session_and_say_where_the_stream_is() -> None:
    room = Room()
    room.device.say("PlayIntent")
    room.device.play_on()
    for envelope in room.skill.requests[1:]:
        assert set(envelope) == {"version", "context", "request"}
        assert envelope["request"]["locale"] == "en-US"
    assert room.skill.states[:4] == [
        {"playerActivity": "IDLE"},
        {"token": "a", "offsetInMilliseconds": 0, "playerActivity": "PLAYING"},
        {"token": "a", "offsetInMilliseconds": 2_000, "playerActivity": "PLAYING"},
        {"token": "a", "offsetInMilliseconds": 60_000, "playerActivity": "FINISHED"},
    ]


def test_a_stream_can_begin_in_its_middle() -> None:
    room = Room({"PlayIntent": reply(directives=[play("c", offset_ms=20_000)])})
    room.device.say("PlayIntent")
    room.device.play_on()
    assert room.heard == [("c", 20_000, 30_000)]
    assert room.skill.last("PlaybackStarted")["offsetInMilliseconds"] == 20_000


def test_events_that_time_has_passed_are_told_late_but_with_their_own_time() -> None:
    room = Room()
    room.begin()
    room.clock.advance(100_000)
    room.device.say("HowManyIntent")
    assert room.skill.types[:6] == [
        "PlayIntent",
        "PlaybackStarted",
        "PlaybackNearlyFinished",
        "PlaybackFinished",
        "PlaybackStarted",
        "PlaybackNearlyFinished",
    ]
    assert room.heard == [("a", 0, 60_000), ("b", 0, 40_000)]
    times = [
        room.skill.last(name)["timestamp"][-4:-1] for name in ("PlaybackFinished", "PlayIntent")
    ]
    assert times == [":01", ":00"]  # a minute after the words, though it was asked for later


def test_speaking_to_it_holds_the_stream_until_the_answer_is_over() -> None:
    room = Room()
    room.begin()
    room.device.run(10_000)
    turn = room.device.say("HowManyIntent")
    assert room.skill.states[-1] == {
        "token": "a",
        "offsetInMilliseconds": 10_000,
        "playerActivity": "PAUSED",
    }
    assert not room.sounds()
    room.device.run(turn.playback.ms)
    assert room.sounds()
    room.device.run_to(60_000)
    assert room.heard == [("a", 0, 10_000), ("a", 10_000, 60_000)]
    gap = room.device.audio.heard[1].began - room.device.audio.heard[0].ended
    assert gap.total_seconds() * 1000 == turn.playback.ms


def test_being_held_and_let_go_is_told_as_stopped_and_started() -> None:
    room = Room()
    room.begin()
    room.device.run(10_000)
    room.device.say("HowManyIntent")
    room.device.run(5_000)
    told = ["PlaybackStopped", "HowManyIntent", "PlaybackStarted"]
    assert room.skill.types[-3:] == told
    assert room.skill.last("PlaybackStopped")["offsetInMilliseconds"] == 10_000
    assert room.skill.last("PlaybackStarted")["offsetInMilliseconds"] == 10_000


def test_a_device_may_keep_an_interruption_to_itself() -> None:
    room = Room(habits=QUIET)
    room.begin()
    room.device.run(10_000)
    room.device.say("HowManyIntent")
    assert "PlaybackStopped" not in room.skill.types
    room.device.run(5_000)
    assert room.sounds()


def test_a_device_may_call_a_held_stream_stopped() -> None:
    room = Room(habits=Habits(interrupted="STOPPED"))
    room.begin()
    room.device.say("HowManyIntent")
    assert room.skill.states[-1]["playerActivity"] == "STOPPED"


def test_an_open_session_holds_the_stream_until_it_ends() -> None:
    room = Room()
    room.begin()
    room.device.run(10_000)
    room.device.say("AskIntent")
    room.device.run(60_000)
    assert not room.sounds()
    room.device.silence()
    assert not room.device.in_session
    assert room.sounds()
    assert room.heard == [("a", 0, 10_000)]


def test_hanging_up_lets_the_stream_go_on() -> None:
    room = Room()
    room.begin()
    room.device.say("AskIntent")
    room.device.hang_up()
    assert room.sounds()


@pytest.mark.parametrize("habits", [Habits(), QUIET])
@pytest.mark.parametrize("directive", [STOP, CLEAR_ALL])
def test_an_answer_that_stops_the_stream_stops_it_for_good_and_is_told_once(
    habits: Habits, directive: Any
) -> None:
    room = Room({"AMAZON.PauseIntent": reply(directives=[directive])}, habits)
    room.begin()
    room.device.run(12_345)
    room.device.say("AMAZON.PauseIntent")
    room.device.play_on()
    assert room.heard == [("a", 0, 12_345)]
    assert room.skill.types.count("PlaybackStopped") == 1
    assert room.skill.last("PlaybackStopped")["offsetInMilliseconds"] == 12_345
    assert room.device.audio.state(room.clock())["playerActivity"] == "STOPPED"


def test_pause_and_resume_play_every_millisecond_once() -> None:
    room = Room()
    room.begin()
    room.device.run(12_345)
    room.device.say("AMAZON.PauseIntent")
    room.device.run(3_600_000)
    room.device.say("AMAZON.ResumeIntent")
    room.device.play_on()
    assert room.heard[:2] == [("a", 0, 12_345), ("a", 12_345, 60_000)]


@pytest.mark.parametrize(
    "intent",
    [
        "AMAZON.CancelIntent",
        "AMAZON.LoopOffIntent",
        "AMAZON.LoopOnIntent",
        "AMAZON.NextIntent",
        "AMAZON.PauseIntent",
        "AMAZON.PreviousIntent",
        "AMAZON.RepeatIntent",
        "AMAZON.ResumeIntent",
        "AMAZON.ShuffleOffIntent",
        "AMAZON.ShuffleOnIntent",
        "AMAZON.StartOverIntent",
    ],
)
def test_words_to_a_stream_are_a_session_of_their_own(intent: str) -> None:
    room = Room()
    room.begin()
    room.device.run(1_000)
    turn = room.device.say(intent)
    envelope = next(e for e in room.skill.requests if e["request"]["type"] == "IntentRequest")
    assert turn.request is not None
    assert turn.request["session"]["new"]
    assert turn.request["session"]["sessionId"] != envelope["session"]["sessionId"]
    assert turn.request["request"]["intent"]["name"] == intent
    assert turn.request["context"]["AudioPlayer"]["token"] == "a"


def test_stop_said_to_a_stream_is_a_pause() -> None:
    room = Room()
    room.begin()
    room.device.say("AMAZON.StopIntent")
    assert room.skill.types[-1] == "AMAZON.PauseIntent"
    room.device.say("AMAZON.StopIntent")  # still the last who played something
    assert room.skill.types[-1] == "AMAZON.PauseIntent"


def test_stop_said_to_a_session_is_a_stop() -> None:
    room = Room()
    room.begin()
    room.device.say("AskIntent")
    room.device.say("AMAZON.StopIntent")
    assert "AMAZON.StopIntent" in room.skill.types


def test_replacing_all_stops_the_stream_and_empties_the_line() -> None:
    room = Room({"PlaybackNearlyFinished": reply(directives=[play("c", "ENQUEUE", "a")])})
    room.begin()
    room.device.run(30_000)
    turn = room.device.press("Next")
    assert turn.request is not None
    assert room.skill.types[-3:] == ["NextCommandIssued", "PlaybackStopped", "PlaybackStarted"]
    room.device.play_on()
    assert room.heard == [("a", 0, 30_000), ("b", 0, 90_000)]  # what stood in line is gone


def test_replacing_what_is_enqueued_leaves_the_stream_alone() -> None:
    room = Room({"PauseCommandIssued": reply(directives=[play("c", "REPLACE_ENQUEUED")])})
    room.begin()
    room.device.run(30_000)
    assert [stream.token for stream in room.device.audio.line] == ["b"]
    room.device.press("Pause")
    assert room.sounds()
    room.device.play_on()
    assert room.heard == [("a", 0, 60_000), ("c", 0, 30_000)]


def test_what_is_enqueued_behind_another_stream_is_ignored() -> None:
    room = Room({"PlaybackNearlyFinished": reply(directives=[play("b", "ENQUEUE", "z")])})
    room.begin()
    room.device.play_on()
    assert room.heard == [("a", 0, 60_000)]
    assert [stream.url for stream in room.device.audio.ignored] == [url("b")]


@pytest.mark.parametrize(("behind", "times"), [("playing", 2), ("last", 1)])
def test_what_is_enqueued_twice_is_played_twice_unless_the_last_in_line_counts(
    behind: Any, times: int
) -> None:
    room = Room(habits=Habits(enqueue_behind=behind))
    room.begin()
    nearly = room.device.next_audio_event()
    assert nearly is not None
    room.device.repeat(nearly)
    assert [stream.token for stream in room.device.audio.line] == ["b"] * times


def test_what_is_enqueued_after_the_end_begins_at_once() -> None:
    room = Room({"PlaybackNearlyFinished": reply()})
    room.begin()
    room.device.play_on()
    room.skill.answers["PlaybackNearlyFinished"] = reply(directives=[play("b", "ENQUEUE", "a")])
    room.device.send_event("PlaybackNearlyFinished", "a", 2_000)
    assert room.device.audio.stream == Stream(url("b"), "b", title="Track b")
    assert room.sounds()


def test_clearing_what_is_enqueued_lets_the_stream_end() -> None:
    room = Room({"PauseCommandIssued": reply(directives=[CLEAR_ENQUEUED])})
    room.begin()
    room.device.run(30_000)
    room.device.press("Pause")
    room.device.play_on()
    assert room.heard == [("a", 0, 60_000)]
    assert room.skill.types[-1] == "PlaybackFinished"


def test_the_answer_to_finished_can_still_empty_the_line() -> None:
    room = Room({"PlaybackFinished": reply(directives=[CLEAR_ENQUEUED])})
    room.begin()
    room.device.play_on()
    assert room.heard == [("a", 0, 60_000)]


def test_a_stream_that_is_stopped_before_it_began_is_never_told_of() -> None:
    room = Room()
    room.device.say("PlayIntent")
    room.device.say("AMAZON.PauseIntent")
    room.device.play_on()
    assert room.skill.types == ["PlayIntent", "AMAZON.PauseIntent"]


def test_a_stream_with_an_open_session_begins_and_is_held_to_listen() -> None:
    words = ssml("Say stop at any time. Ready?")
    answer = reply(outputSpeech=words, directives=[play("a")], shouldEndSession=False)
    room = Room({"PlayIntent": answer})
    turn = room.device.say("PlayIntent")
    assert any("paused to listen" in warning for warning in turn.warnings)
    room.device.run(60_000)
    assert room.skill.types == ["PlayIntent", "PlaybackStarted", "PlaybackStopped"]
    assert not room.sounds()
    room.device.silence()
    assert room.sounds()
    assert room.skill.last("PlaybackStarted")["offsetInMilliseconds"] == 0


def test_what_is_due_before_a_silence_is_told_before_it() -> None:
    answer = reply(outputSpeech=ssml("Ready?"), directives=[play("a")], shouldEndSession=False)
    room = Room({"PlayIntent": answer})
    room.device.say("PlayIntent")
    room.clock.advance(8_000)
    room.device.silence()
    assert room.skill.types[1:4] == ["PlaybackStarted", "PlaybackStopped", "SessionEndedRequest"]


def test_a_stream_waits_for_both_answers_where_alexa_could_not_ask() -> None:
    card = reply(outputSpeech=ssml("Then look into your app."), shouldEndSession=True)
    asks = reply(outputSpeech=ssml("One moment."), directives=[asking()], shouldEndSession=True)
    room = Room(
        {"AskIntent": asks, "Response": card},
        profile=replace(SPEAKER, voice_consent="500"),
    )
    room.begin()
    turn = room.device.say("AskIntent")
    assert turn.playback.text == "One moment. Then look into your app."
    room.device.run(turn.playback.ms - 1)
    assert not room.sounds()
    room.device.run(1)
    assert room.sounds()


def test_with_an_ended_session_there_is_nothing_to_warn_of() -> None:
    assert Room().begin().warnings == ()


@pytest.mark.parametrize("button", ["Play", "Pause", "Next", "Previous"])
def test_buttons_reach_the_skill_without_a_session(button: Any) -> None:
    room = Room()
    room.begin()
    turn = room.device.press(button)
    assert turn.request is not None
    assert turn.request["request"]["type"] == f"PlaybackController.{button}CommandIssued"
    assert "session" not in turn.request
    assert turn.request["context"]["AudioPlayer"]["token"] == "a"


def test_a_button_is_pressed_after_what_happened_before() -> None:
    room = Room()
    room.begin()
    room.clock.advance(70_000)
    turn = room.device.press("Pause")
    assert turn.request is not None
    assert turn.request["context"]["AudioPlayer"]["token"] == "b"


def test_a_tap_on_pause_is_the_devices_own_affair() -> None:
    room = Room(profile=SHOW)
    room.begin()
    room.device.run(1_500)
    room.device.tap_pause()
    assert room.skill.types == ["PlayIntent", "PlaybackStarted", "PlaybackStopped"]
    assert room.heard == [("a", 0, 1_500)]


def test_one_can_cut_in_at_a_moment_of_the_stream() -> None:
    room = Room()
    room.begin()
    room.device.run_to(41_200)
    room.device.say("AMAZON.PauseIntent")
    assert room.skill.states[-1]["offsetInMilliseconds"] == 41_200


@pytest.mark.parametrize("offset_ms", [999, 60_001])
def test_a_moment_that_will_not_come_is_not_waited_for(offset_ms: int) -> None:
    room = Room()
    room.begin()
    room.device.run(1_000)
    with pytest.raises(ValueError, match=f"{offset_ms} ms"):
        room.device.run_to(offset_ms)


def test_a_device_without_streams_sends_nothing_of_a_player() -> None:
    room = Room(profile=replace(SPEAKER, interfaces={}))
    with pytest.raises(ResponseRefused, match="plays no streams"):
        room.device.say("PlayIntent")
    assert all("AudioPlayer" not in e["context"] for e in room.skill.requests)


def test_disabling_the_skill_silences_its_streams() -> None:
    room = Room()
    room.begin()
    room.device.disable_skill()
    assert room.device.play_on() == []
    assert not room.device.audio.goes_on


def test_a_queue_that_goes_round_for_ever_is_noticed() -> None:
    again = reply(directives=[play("c", "REPLACE_ENQUEUED")])
    room = Room({"PlaybackNearlyFinished": again})
    room.device.say("PlayIntent")
    with pytest.raises(RuntimeError, match="50 events"):
        room.device.play_on(most=50)
