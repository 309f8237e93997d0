from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from skill.simulator.audio_stream import Habits
from skill.simulator.limits import ResponseRefused
from skill.simulator.request import SHOW
from tests.simulator.jukebox import CLEAR_ALL, CLEAR_ENQUEUED, LENGTHS, STOP, Room, play, url
from tests.simulator.parrot import reply, ssml

tracks = st.sampled_from(["a", "b", "c", "tiny", "empty"])
directives = st.one_of(
    st.just(STOP),
    st.just(CLEAR_ALL),
    st.just(CLEAR_ENQUEUED),
    st.builds(play, tracks, offset_ms=st.sampled_from([0, 1, 20_000, 60_000, 95_000])),
    st.builds(play, tracks, st.just("REPLACE_ENQUEUED")),
    st.builds(play, tracks, st.just("ENQUEUE"), tracks),
)
answers = st.builds(
    lambda words, chosen, ending: reply(None, **words, **chosen, shouldEndSession=ending),
    st.just({}) | st.just({"outputSpeech": ssml("Well then.")}),
    st.just({}) | st.builds(lambda one: {"directives": [one]}, directives),
    st.booleans(),
)
names = [
    "PlayIntent",
    "AskIntent",
    "LaunchRequest",
    "PlaybackStarted",
    "PlaybackNearlyFinished",
    "PlaybackFinished",
    "PlaybackStopped",
    "PlaybackFailed",
    "NextCommandIssued",
]
acts = st.one_of(
    st.tuples(st.just("run"), st.integers(0, 100_000)),
    st.tuples(st.just("advance"), st.integers(0, 100_000)),
    st.tuples(st.just("say"), st.sampled_from(["PlayIntent", "AskIntent", "AMAZON.PauseIntent"])),
    st.tuples(st.just("press"), st.sampled_from(["Next", "Pause"])),
    st.tuples(st.just("late"), st.sampled_from(["PlaybackNearlyFinished", "PlaybackFinished"])),
    st.tuples(
        st.sampled_from(
            ["launch", "silence", "hang up", "tap", "fail", "again", "next", "disable"]
        ),
        st.none(),
    ),
)
habits = st.builds(
    Habits,
    buffered_ms=st.sampled_from([1, 2_000, 100_000]),
    tells_of_interruptions=st.booleans(),
    interrupted=st.sampled_from(["PAUSED", "STOPPED"]),
    enqueue_behind=st.sampled_from(["playing", "last"]),
)


def act(room: Room, what: str, how: Any) -> None:
    device = room.device
    ways = {
        "run": lambda: device.run(how),
        "advance": lambda: room.clock.advance(how),
        "say": lambda: device.say(how),
        "press": lambda: device.press(how),
        "late": lambda: device.send_event(how, "a", 100),
        "launch": device.launch,
        "silence": device.silence,
        "hang up": device.hang_up,
        "tap": device.tap_pause,
        "fail": lambda: device.fail() if device.audio.sounding and not due(room) else None,
        "again": lambda: device.repeat(device.told[0]) if device.told else None,
        "next": device.next_audio_event,
        "disable": device.disable_skill,
    }
    ways[what]()


def due(room: Room) -> bool:
    at = room.device.next_audio_at
    return at is not None and at <= room.clock()


def check(room: Room, missing: frozenset[str]) -> None:
    audio = room.device.audio
    for stretch in audio.heard:
        assert 0 <= stretch.from_ms < stretch.to_ms <= LENGTHS[stretch.stream.token]
    for before, after in pairwise(audio.heard):
        assert before.ended <= after.began, "two streams sounded at once"
    for envelope in room.skill.requests:
        state = envelope["context"].get("AudioPlayer", {})
        if "token" in state and url(state["token"]) not in missing:
            assert 0 <= state["offsetInMilliseconds"] <= LENGTHS[state["token"]]
    assert not (audio.sounding and room.device.listening and not due(room))


@given(
    st.dictionaries(st.sampled_from(names), answers),
    habits,
    st.frozensets(tracks.map(url), max_size=1),
    st.lists(acts, max_size=25),
)
def test_whatever_happens_one_stream_sounds_at_a_time_and_within_its_length(
    given_answers: dict[str, Any], habit: Habits, missing: frozenset[str], happens: list[Any]
) -> None:
    room = Room(
        given_answers,
        habit,
        fetch=lambda address: None if address in missing else b"",
        profile=SHOW,
    )
    for what, how in happens:
        try:
            act(room, what, how)
        except ResponseRefused:
            assert "ExceptionEncountered" in room.skill.types or any(
                envelope["request"].get("reason") == "ERROR" for envelope in room.skill.requests
            )
        check(room, missing)


@given(st.lists(st.integers(1, 40_000), max_size=8), habits)
def test_pausing_and_resuming_anywhere_loses_and_repeats_nothing(
    pauses: list[int], habit: Habits
) -> None:
    room = Room({"PlaybackNearlyFinished": reply()}, habit)
    room.begin()
    for ms in pauses:
        room.device.run(ms)
        if not room.device.audio.sounding:
            break
        room.device.say("AMAZON.PauseIntent")
        room.device.run(ms)
        room.device.say("AMAZON.ResumeIntent")
    room.device.play_on()
    assert room.heard[0][1] == 0
    assert room.heard[-1][2] == 60_000
    assert all(before[2] == after[1] for before, after in pairwise(room.heard))
