from __future__ import annotations

import io
import json
import os
import threading
from datetime import UTC, datetime
from typing import Any

import pytest

from skill.simulator.chat import Chat, plain_console, tapped
from skill.simulator.device import PretendDevice, VirtualClock, wall_clock
from skill.simulator.keyboard import Lines, Said
from skill.simulator.playback import Player, SpeakingRate
from skill.simulator.transcript import Transcript, quiet, rows
from tests.simulator.parrot import Parrot, beat, document, parrot_ears, reply, ssml

START = datetime(2026, 1, 1, 8, tzinfo=UTC)


class Talk:
    """A conversation from a pipe, in no time, with what was written and what the skill was sent."""

    def __init__(self, *lines: str, skill: Any = None, expects: Any = None) -> None:
        self.skill = skill or Parrot()
        out = io.StringIO()
        clock = VirtualClock(START)
        device = PretendDevice(self.skill, clock)
        said = Lines(io.BytesIO("".join(f"{line}\n" for line in lines).encode()), live=False)
        options = {} if expects is None else {"expects": expects}
        chat = Chat(
            device, parrot_ears, said, Transcript(plain_console(out)), skip=clock, **options
        )
        self.refused = chat.run()
        self.text = out.getvalue()


def test_a_conversation_reads_like_one() -> None:
    talk = Talk("start my hip workout", "go", "stop")
    assert talk.text == (
        "Say: start my hip workout\n"
        "\n"
        "You: start my hip workout\n"
        "Coach: Hello. … 2 s\n"
        "What shall we do?\n"
        "\n"
        "You: go\n"
        "Coach: 1 … hold … down\n"
        "2 … hold … down\n"
        "3 … hold … down\n"
        "(quiet, 46 s)\n"
        "Ready for the next set?\n"
        "\n"
        "You: stop\n"
        "Coach: Goodbye now.\n"
        "(The session has ended.)\n"
        "Goodbye.\n"
    )


@pytest.mark.parametrize("lines", [["+5 pause"], ["+5", "pause"], ["+5", "# a comment", "pause"]])
def test_a_line_can_cut_the_coach_short(lines: list[str]) -> None:
    talk = Talk("start my hip workout", "go", *lines)
    assert "1 … hold … down\n2\n\nYou, cutting in at 5 s: pause\n" in talk.text
    times = [envelope["request"]["timestamp"][-4:-1] for envelope in talk.skill.requests]
    assert times[2] == ":08"  # 3.9 s of greeting, then five into the set


def test_one_cannot_cut_in_after_the_end() -> None:
    assert "You: pause" in Talk("start my hip workout", "+500 pause").text


def test_an_empty_line_is_silence() -> None:
    talk = Talk("start my hip workout", "", "")
    assert "You: (silence)\nCoach: Are you there?" in talk.text
    assert talk.skill.types == ["LaunchRequest", "SessionEndedRequest"]
    assert talk.skill.requests[-1]["request"]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    stamps = [envelope["request"]["timestamp"] for envelope in talk.skill.requests]
    assert stamps == ["2026-01-01T08:00:00Z", "2026-01-01T08:00:21Z"]  # 4.3 + 8 + 1.1 + 8 s


def test_slots_go_through_with_their_ids() -> None:
    talk = Talk("start my hip workout", "two bridges")
    slots = talk.skill.requests[1]["request"]["intent"]["slots"]
    found = slots["exercise"]["resolutions"]["resolutionsPerAuthority"][0]["values"]
    assert found[0]["value"]["id"] == "glute_bridge"
    assert slots["sets"]["value"] == "2"


def test_what_is_not_understood_in_a_session_is_a_fallback() -> None:
    talk = Talk("start my hip workout", "purple")
    assert talk.skill.requests[1]["request"]["intent"]["name"] == "AMAZON.FallbackIntent"


def test_what_is_not_understood_outside_a_session_reaches_nobody() -> None:
    talk = Talk("purple")
    assert talk.skill.requests == []
    assert talk.text.count("Say: start my hip workout") == 2


def test_the_ears_are_told_what_is_expected() -> None:
    talk = Talk(
        "start my hip workout",
        "ok",
        expects=lambda attributes: frozenset({f"Turn{attributes['turn']}Intent"}),
    )
    assert talk.skill.requests[1]["request"]["intent"]["name"] == "Turn1Intent"


def test_the_end_of_the_lines_ends_the_session_properly() -> None:
    talk = Talk("start my hip workout")
    assert talk.skill.types == ["LaunchRequest", "SessionEndedRequest"]
    assert talk.text.endswith("Goodbye.\n")


@pytest.mark.parametrize("word", ["exit", "stop"])
def test_exit_outside_a_session_leaves(word: str) -> None:
    talk = Talk(word, "start my hip workout")
    assert talk.skill.requests == []


def test_a_refused_answer_is_reported_and_the_conversation_goes_on() -> None:
    def skill(envelope: dict[str, Any]) -> dict[str, Any]:
        if envelope["request"]["type"] == "LaunchRequest":
            return reply(outputSpeech=ssml("a < b"), shouldEndSession=False)
        return Parrot()(envelope)

    talk = Talk("start my hip workout", "two bridges", skill=skill)
    assert talk.refused == 1
    assert "(Amazon would refuse this answer: in outputSpeech the SSML is not" in talk.text
    assert "You said HowToIntent" in talk.text


def test_a_fault_of_the_skill_is_not_hidden() -> None:
    def broken(envelope: dict[str, Any]) -> dict[str, Any]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Talk("start my hip workout", skill=broken)


def test_ctrl_c_ends_the_session_and_says_goodbye() -> None:
    def ears(text: str, expected: frozenset[str]) -> Any:
        if text == "ctrl-c":
            raise KeyboardInterrupt
        return parrot_ears(text, expected)

    parrot, out = Parrot(), io.StringIO()
    lines = Lines(io.BytesIO(b"start my hip workout\nctrl-c\n"), live=False)
    clock = VirtualClock(START)
    device = PretendDevice(parrot, clock)
    Chat(device, ears, lines, Transcript(plain_console(out)), skip=clock).run()
    assert parrot.types == ["LaunchRequest", "SessionEndedRequest"]
    assert out.getvalue().endswith("Goodbye.\n")


def test_a_card_is_mentioned() -> None:
    hello = reply(outputSpeech=ssml("Hi."), card={"type": "Simple", "title": "Glute bridge"})
    talk = Talk("start my hip workout", skill=lambda _: hello)
    assert "(Card in the app: Glute bridge)" in talk.text


def test_nothing_is_wider_than_eighty_columns_and_no_colour_reaches_a_file() -> None:
    words = reply(outputSpeech=ssml("Press your heels down and lift your hips. " * 9))
    text = Talk("start my hip workout", skill=lambda _: words).text
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("heels") == 9
    assert "\x1b" not in text


def test_every_request_and_response_can_be_seen() -> None:
    out = io.StringIO()
    device = PretendDevice(tapped(Parrot(), out), VirtualClock(START))
    device.launch()
    request, response = map(json.loads, out.getvalue().splitlines())
    assert request["request"]["request"]["type"] == "LaunchRequest"
    assert response["response"]["response"]["shouldEndSession"] is False


QUICK = Player(SpeakingRate(words_per_minute=6000, sentence_pause_ms=0))
SHORT_SET = document(*(beat(text, 40) for text in ("1", "hold", "down", "2", "hold", "down")))


def test_in_real_time_a_pipe_waits_until_the_coach_has_finished() -> None:
    spoken = []

    def skill(envelope: dict[str, Any]) -> dict[str, Any]:
        spoken.append((envelope["request"]["type"], device.played_ms, device.playing.ms))
        return reply(directives=[SHORT_SET], shouldEndSession=False)

    device = PretendDevice(skill, wall_clock, player=QUICK)
    lines = Lines(io.BytesIO(b"start my hip workout\npause\n+0.1 pause\n"), live=False)
    out = io.StringIO()
    Chat(device, parrot_ears, lines, Transcript(plain_console(out))).run()
    assert [kind for kind, _, _ in spoken] == [
        "LaunchRequest", "IntentRequest", "IntentRequest", "SessionEndedRequest",
    ]  # fmt: skip
    assert "cutting in" in out.getvalue()
    assert out.getvalue().count("2 hold down") == 2


def test_typing_while_the_coach_speaks_cuts_in() -> None:
    reading, writing = os.pipe()
    typed = os.fdopen(writing, "wb", buffering=0)
    answered: list[str] = []

    def cut_in() -> None:
        typed.write(b"\npause\n")

    long_set = document({"type": "Speech", "content": "Rest."}, beat("", 60_000))

    def skill(envelope: dict[str, Any]) -> dict[str, Any]:
        if envelope["request"]["type"] == "LaunchRequest":
            threading.Timer(0.1, cut_in).start()
            return reply(directives=[long_set], shouldEndSession=False)
        answered.append(envelope["request"]["intent"]["name"])
        threading.Timer(0.3, typed.close).start()
        return reply(outputSpeech=ssml("Paused."), shouldEndSession=True)

    device = PretendDevice(skill, wall_clock, player=QUICK)
    out = io.StringIO()
    with os.fdopen(reading, "rb", buffering=0) as keyboard:
        lines = Lines(keyboard, live=True)
        typed.write(b"start my hip workout\n")
        Chat(device, parrot_ears, lines, Transcript(plain_console(out))).run()
    # The empty line before it was not taken for silence.
    assert answered == ["AMAZON.PauseIntent"]
    assert "Paused." in out.getvalue()


def test_a_person_at_a_keyboard_may_think_as_long_as_they_like() -> None:
    lines = Lines(io.BytesIO(b""), live=True)
    assert lines.next() is None
    assert lines.peek(5) is None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("go", Said("go")),
        ("  go  ", Said("go")),
        ("", Said("")),
        ("+2 go", Said("go", 2000)),
        ("+0.25 go", Said("go", 250)),
        ("+2\ngo", Said("go", 2000)),
        ("+2\n\ngo", Said("", 2000)),
        ("# no\ngo", Said("go")),
        ("+go", Said("+go")),
        ("caf\u00e9", Said("caf\u00e9")),
    ],
)
def test_lines_mean_what_the_help_says(typed: str, expected: Any) -> None:
    assert Lines(io.BytesIO((typed + "\n").encode()), live=False).next() == expected


def shown(*beats: tuple[str, int]) -> list[str]:
    playback = QUICK.play({"directives": [document(*(beat(*one) for one in beats))]})
    return [" ".join(sound.text for sound in row.sounds) for row in rows(playback)]


@pytest.mark.parametrize(
    ("beats", "expected"),
    [
        ([("3", 900), ("2", 900), ("1", 900), ("Go!", 900)], ["3 2 1 Go!"]),
        ([("1", 4), ("down", 900), ("2", 900), ("down", 900)], ["1 down", "2 down"]),
        ([("Up", 900), ("1", 900), ("down", 900), ("Up", 900)], ["Up 1 down", "Up"]),
        ([("Rest.", 9000), ("Next one.", 100)], ["Rest.", "Next one."]),
        ([("", 20_000), ("Go!", 100)], ["", "Go!"]),
        (
            [("1", 900), ("Press your heels right down.", 900)],
            ["1", "Press your heels right down."],
        ),
        ([("", 500)], [""]),
    ],
)
def test_reps_are_shown_one_a_line(beats: list[tuple[str, int]], expected: Any) -> None:
    assert shown(*beats) == expected


@pytest.mark.parametrize(
    ("ms", "expected"),
    [(999, ""), (1000, "… 1 s"), (2500, "… 2.5 s"), (10_000, "(quiet, 10 s)")],
)
def test_silence_is_shown_when_it_matters(ms: int, expected: Any) -> None:
    assert quiet(ms) == expected
