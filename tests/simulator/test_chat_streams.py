from __future__ import annotations

import io
import os
import re
import threading
import time

import pytest

from skill.simulator.audio_stream import Habits, Stream
from skill.simulator.chat import Chat, plain_console
from skill.simulator.device import PretendDevice, wall_clock
from skill.simulator.keyboard import Lines
from skill.simulator.playback import Player, SpeakingRate
from skill.simulator.stream_news import name
from skill.simulator.transcript import Transcript, minutes
from tests.simulator.jukebox import Jukebox, Room, jukebox_ears, play
from tests.simulator.parrot import reply, ssml


class Talk:
    """A conversation from a pipe, in no time."""

    def __init__(self, *lines: str, room: Room | None = None) -> None:
        self.room = room or Room()
        out = io.StringIO()
        said = Lines(io.BytesIO("".join(f"{line}\n" for line in lines).encode()), live=False)
        transcript = Transcript(plain_console(out))
        chat = Chat(self.room.device, jukebox_ears, said, transcript, skip=self.room.clock)
        self.refused = chat.run()
        self.text = out.getvalue()


def test_a_conversation_with_streams_reads_like_one() -> None:
    talk = Talk("play", "+41.2 pause", "resume", "+10 next", "+5 how many")
    assert talk.text == (
        "Say: start my hip workout\n"
        "\n"
        "You: play\n"
        "Coach: Here we go.\n"
        "(The session has ended.)\n"
        "(plays: Track a, 1:00)\n"
        "\n"
        "You, cutting in at 41.2 s: pause\n"
        "(The stream is held at 0:40.)\n"
        "(The session has ended.)\n"
        "\n"
        "You: resume\n"
        "(The session has ended.)\n"
        "(plays: Track a, from 0:40, 1:00)\n"
        "\n"
        "You, cutting in at 10 s: next\n"
        "(The stream is held at 0:50.)\n"
        "(The session has ended.)\n"
        "(plays: Track b, 1:30)\n"
        "\n"
        "You, cutting in at 5 s: how many\n"
        "(The stream is held at 0:05.)\n"
        "Coach: There are three tracks.\n"
        "(The session has ended.)\n"
        "(plays: Track b, from 0:05, 1:30)\n"
        "(plays: Track c, 0:30)\n"
        "(All is played.)\n"
        "Goodbye.\n"
    )


def test_a_line_without_a_time_is_said_when_all_is_played() -> None:
    talk = Talk("play", "how many")
    assert "(All is played.)\n\nYou: how many\n" in talk.text


def test_stop_stops_the_stream_and_then_leaves() -> None:
    talk = Talk("play", "+20 stop", "stop", "how many")
    assert talk.room.skill.types[-1] == "AMAZON.PauseIntent"
    assert "how many" not in talk.text


def test_exit_leaves_though_a_stream_plays() -> None:
    talk = Talk("play", "+20 exit", "how many")
    assert talk.text.endswith("You, cutting in at 20 s: exit\nGoodbye.\n")


def test_a_stream_that_fails_is_mentioned() -> None:
    room = Room(fetch=lambda _: None)
    assert "(The stream failed: no stream at https://guides" in Talk("play", room=room).text


def test_a_refused_answer_to_an_event_is_reported_and_counted() -> None:
    room = Room({"PlaybackStarted": reply(outputSpeech=ssml("Off we go."))})
    talk = Talk("play", "+10 how many", room=room)
    assert talk.refused >= 1
    assert (
        "(Amazon would refuse this answer: the answer to AudioPlayer.PlaybackStarted" in talk.text
    )
    assert "Coach: There are three tracks." in talk.text


def test_a_stream_before_an_open_microphone_is_warned_of() -> None:
    words = ssml("Say stop at any time. Ready?")
    answer = reply(outputSpeech=words, directives=[play("a")], shouldEndSession=False)
    talk = Talk("play", "how many", room=Room({"PlayIntent": answer}))
    assert "(Amazon accepts, but: AudioPlayer.Play with an open session" in talk.text
    assert talk.refused == 0


def test_a_queue_that_goes_round_for_ever_does_not_hold_the_terminal() -> None:
    room = Room({"PlaybackNearlyFinished": reply(directives=[play("c", "REPLACE_ENQUEUED")])})
    assert Talk("play", "how many", room=room).text.endswith("Goodbye.\n")


def quick(skill: Jukebox, length_ms: int) -> PretendDevice:
    """A device in real time whose tracks are over before anybody is bored."""
    rate = SpeakingRate(words_per_minute=60_000, sentence_pause_ms=0)
    return PretendDevice(
        skill,
        wall_clock,
        player=Player(rate),
        length_of=lambda _: length_ms,
        habits=Habits(buffered_ms=10),
    )


def test_in_real_time_a_pipe_waits_until_all_is_played() -> None:
    skill, out = Jukebox(), io.StringIO()
    lines = Lines(io.BytesIO(b"play\nhow many\n"), live=False)
    Chat(quick(skill, 40), jukebox_ears, lines, Transcript(plain_console(out))).run()
    text = out.getvalue()
    assert text.index("Track c") < text.index("(All is played.)") < text.index("how many")
    assert skill.types.count("PlaybackFinished") == 3


def test_in_real_time_a_pipe_can_cut_in() -> None:
    skill, out = Jukebox(), io.StringIO()
    lines = Lines(io.BytesIO(b"play\n+0.2 pause\n"), live=False)
    Chat(quick(skill, 60_000), jukebox_ears, lines, Transcript(plain_console(out))).run()
    assert skill.types == [
        "PlayIntent",
        "PlaybackStarted",
        "PlaybackNearlyFinished",
        "PlaybackStopped",
        "AMAZON.PauseIntent",
    ]
    assert re.search(r"cutting in at [\d.]+ s: pause\n\(The stream is held", out.getvalue())


def test_a_person_can_type_while_a_stream_plays_and_is_invited_again() -> None:
    skill, out = Jukebox(), io.StringIO()
    read, write = os.pipe()

    def type_() -> None:
        os.write(write, b"play\n")
        while "PlaybackNearlyFinished" not in skill.types:
            time.sleep(0.01)
        os.write(write, b"\npause\n")
        os.close(write)

    typist = threading.Thread(target=type_)
    typist.start()
    with os.fdopen(read, "rb") as keyboard:
        lines = Lines(keyboard, live=True)
        Chat(quick(skill, 60_000), jukebox_ears, lines, Transcript(plain_console(out))).run()
        typist.join()
    assert skill.types[-2:] == ["PlaybackStopped", "AMAZON.PauseIntent"]
    assert "\nYou: \n(plays: Track a, 1:00)\n\nYou: " in out.getvalue()


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (Stream("https://a.example/set-1.mp3?s=1", "t", title="Set one"), "Set one"),
        (Stream("https://a.example/en/set-1.mp3?s=1", "t"), "set-1.mp3"),
        (Stream("https://a.example", "t"), "https://a.example"),
    ],
)
def test_a_stream_is_called_by_its_title_or_its_file(stream: Stream, expected: str) -> None:
    assert name(stream) == expected


@pytest.mark.parametrize(("ms", "expected"), [(0, "0:00"), (61_999, "1:01"), (3_600_000, "60:00")])
def test_lengths_are_minutes_and_seconds(ms: int, expected: str) -> None:
    assert minutes(ms) == expected
