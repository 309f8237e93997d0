"""Conversations as files: read, written, had again, and obeyed by a chat from a pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from skill.replay_command import new_coach, told
from skill.simulator.conversation import BadConversation, Conversation, Step, read, written
from skill.simulator.deeds import Deed
from skill.simulator.expected import expected
from skill.simulator.permissions import Consent
from skill.simulator.replay import differences, replayed
from skill.simulator.streaming import Button
from tests.hearing import the_ears
from tests.simulator.parrot import Parrot, parrot_ears, reply
from tests.simulator.permission_seeker import Seeker
from tests.simulator.test_chat import Talk

SAVED = Path(__file__).parent.parent / "conversations" / "saved"

SPACED = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
TEXT = st.lists(SPACED, max_size=40).map(lambda words: " ".join(" ".join(words).split()))
DEEDS = st.one_of(
    st.sampled_from(get_args(Button)).map(lambda key: Deed("press", key)),
    st.sampled_from(get_args(Consent)).map(lambda consent: Deed("permit", consent)),
    st.sampled_from([Deed("hang_up"), Deed("disable"), Deed("enable"), Deed("elsewhere")]),
    TEXT.filter(bool).map(lambda name: Deed("touch", name)),
)
TIMES = st.none() | st.integers(0, 10**8)
SAID = st.none() | TEXT
STEPS = st.one_of(
    st.builds(Step, words=TEXT.filter(bool), at_ms=TIMES, said=SAID),
    st.builds(Step, said=SAID),
    st.builds(Step, deed=DEEDS, at_ms=TIMES, said=SAID),
    st.builds(Step, deed=st.builds(Deed, st.just("wait"), ms=st.integers(1, 10**7)), said=SAID),
)
NOTES = st.lists(TEXT.filter(lambda note: not note.startswith("began ")), max_size=3).map(tuple)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - UTC below
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)


@given(st.builds(Conversation, st.lists(STEPS, max_size=8).map(tuple), MOMENTS, NOTES))
@example(Conversation((Step("+5"), Step("+5 words"), Step("\\"), Step("# no comment", 1))))
@example(Conversation((Step("> he said", said="> she said"), Step("!press Next", said=""))))
def test_what_is_written_is_read_as_it_was(conversation: Conversation) -> None:
    assert read(written(conversation)) == conversation


def test_a_conversation_reads_like_one() -> None:
    text = (
        "# began 2026-06-30T23:59:30+02:00\n"
        "# About nothing.\n"
        "start my hip workout\n"
        "> Hello.\n"
        "# A comment that is nobody's.\n"
        "> What shall we do?\n"
        "+12.5   hang   on\n"
        "+7\n"
        "go\n"
        "\n"
        "+3 !press Next\n"
        "!wait 90\n"
        ">\n"
    )
    assert read(text) == Conversation(
        (
            Step("start my hip workout", said="Hello. What shall we do?"),
            Step("hang on", 12_500),
            Step("go", 7_000),
            Step(),
            Step(at_ms=3_000, deed=Deed("press", "Next")),
            Step(deed=Deed("wait", ms=90_000), said=""),
        ),
        datetime(2026, 6, 30, 21, 59, 30, tzinfo=UTC),
        ("About nothing.",),
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("> Hello.\n", "line 1: the coach speaks before"),
        ("go\n+5\n> Hello.\n", "line 3: the coach speaks before"),
        ("go\n!dance\n", "line 2: !dance is none of !wait, !press"),
        ("!press Sideways\n", "line 1: after !press there can be: Play, Pause"),
        ("!hang_up now\n", "line 1: after !hang_up there can be"),
        ("!permit perhaps\n", "line 1: after !permit there can be: ACCEPTED"),
        ("!wait\n", "line 1: after !wait there can be: seconds"),
        ("!wait 0\n", "line 1: after !wait"),
        ("!wait 99999\n", "line 1: after !wait"),
        ("+3 !wait 5\n", "line 1: waiting begins at the end"),
        ("go\n+5\n", "line 2: a time, but nothing"),
        ("+5\n+6 go\n", "line 2: two times"),
        ("+5\n\n", "line 2: silence is after the end"),
        ("# began yesterday\n", "line 1: 'yesterday' is no time"),
        ("# began 2026-01-05T07:00:00\n", "line 1: '2026-01-05T07:00:00' does not end with Z"),
        ("a" * 3_000, "line 1: more than 2000 characters"),
        ("go\n" * 6_000, "line 5001: more than"),
    ],
)
def test_what_is_no_conversation_is_told_with_its_line(text: str, fault: str) -> None:
    with pytest.raises(BadConversation) as bad:
        read(text)
    assert str(bad.value).startswith(fault)


@given(st.text(max_size=60))
def test_any_text_is_a_conversation_or_told_what_is_wrong_with_it(text: str) -> None:
    try:
        conversation = read(text)
    except BadConversation as bad:
        assert str(bad).startswith("line ")
    else:
        assert read(written(conversation)) == conversation


def again(text: str, skill: Any = None) -> list[str | None]:
    """Return what is said to each step of a conversation with a small skill."""
    now = replayed(read(text), skill or Parrot(), parrot_ears, lambda _: frozenset())
    return [step.said for step in now.steps]


def test_only_what_was_saved_otherwise_differs() -> None:
    saved = read("start my hip workout\n> Hi. What shall we do?\ngo\nstop\n> Goodbye now.\n")
    now = replayed(saved, Parrot(), parrot_ears, lambda _: frozenset())
    found = differences(saved, now)
    assert [(each.number, each.step.said, each.said) for each in found] == [
        (1, "Hi. What shall we do?", "Hello. What shall we do?")
    ]
    assert differences(now, now) == ()


def test_silence_is_answered_by_the_reprompt_and_then_by_nothing() -> None:
    assert again("start my hip workout\n\n\n\n")[1:] == ["Are you there?", "", ""]


@pytest.mark.parametrize("words", ["+5 pause", "pause"])
def test_a_step_is_sent_when_it_was_said(words: str) -> None:
    skill = Parrot()
    again(
        f"# began 2026-01-01T08:00:00Z\nstart my hip workout\ngo\n{words}\n!wait 60\nstop\n", skill
    )
    passed = [
        datetime.fromisoformat(envelope["request"]["timestamp"])
        - datetime(2026, 1, 1, 8, tzinfo=UTC)
        for envelope in skill.requests
    ]
    assert passed[0] == timedelta(0)
    assert (passed[2] - passed[1] < timedelta(seconds=7)) is words.startswith("+")
    assert passed[3] - passed[2] > timedelta(seconds=60)


def test_what_is_said_to_nobody_is_answered_by_nobody() -> None:
    assert again("purple elephants\nexit\nstop\n!permit DENIED\n") == [""] * 4


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ("yes", "accepted"),
        ("no thanks", "denied"),
        ("!permit DENIED", "denied"),
        ("", "not_answered"),
    ],
)
def test_alexas_own_question_is_saved_and_answered(answer: str, told: str) -> None:
    asked, result = again(f"start my hip workout\ngo\n{answer}\n", Seeker())[1:]
    assert (asked or "").startswith("Do you give My Hip Workout permission")
    assert result == f"You said {told}. Back to the workout?"


def test_an_answer_that_amazon_would_refuse_is_told_as_such() -> None:
    def mute(_: Any) -> Any:
        return reply(shouldEndSession=False)

    (said,) = again("start my hip workout\n", mute)
    assert (said or "").startswith("(Amazon would refuse this answer: the microphone opens")


def test_a_skill_is_told_that_it_was_disabled() -> None:
    kinds: list[str] = []

    def listening(envelope: Any) -> Any:
        kinds.append(envelope["request"]["type"])
        return reply()

    again("!disable\n!enable\n", listening)
    assert kinds == ["AlexaSkillEvent.SkillDisabled", "AlexaSkillEvent.SkillEnabled"]


@pytest.mark.parametrize("file", sorted(SAVED.glob("*.txt")), ids=lambda file: file.stem)
def test_the_coach_still_says_what_was_saved(file: Path) -> None:
    saved = read(file.read_text("utf-8"))
    assert any(step.said for step in saved.steps)
    now = replayed(saved, new_coach(), the_ears().hear, expected)
    assert "\n".join(told(each) for each in differences(saved, now)) == ""


def test_there_are_saved_conversations_written_as_this_house_writes_them() -> None:
    files = sorted(SAVED.glob("*.txt"))
    assert len(files) >= 3
    for file in files:
        text = file.read_text("utf-8")
        assert written(read(text)) == text, file.name


def replay(*files: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as from a shell."""
    program = (
        "import sys; from skill.cli import Parts; from skill.replay_command import replay_command;"
        "replay_command(sys.argv[1:], obj=Parts())"
    )
    command = [sys.executable, "-c", program, *map(str, files)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=dict(os.environ), timeout=60
    )


def test_the_command_tells_what_differs_and_ends_with_1(tmp_path: Path) -> None:
    good = SAVED / "how_to_and_forget_me.txt"
    bad = tmp_path / "bad.txt"
    bad.write_text(good.read_text("utf-8").replace("> Everything about you is", "> You are"))
    done = replay(good, bad)
    assert done.returncode == 1, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(f"{good}: the same (")
    assert lines[1].startswith(f"{bad}: 1 of ")
    assert [line.strip() for line in lines[2:]] == [
        "step 10: yes",
        "- You are forgotten.",
        "+ Everything about you is forgotten.",
        "Goodbye.",
    ]


def test_the_command_ends_with_0_where_nothing_differs_and_with_2_for_no_conversation(
    tmp_path: Path,
) -> None:
    file = tmp_path / "short.txt"
    file.write_text("start my hip workout\n")
    assert replay(file).returncode == 0
    file.write_text("start my hip workout\n!dance\n")
    done = replay(file)
    assert done.returncode == 2
    assert "short.txt: line 2: !dance is none of" in done.stderr


def test_a_pipe_says_nothing_of_what_the_coach_said() -> None:
    talk = Talk("start my hip workout", "> Hello.", "+5", "# no", "> What?", "go", "\\# stop")
    kinds = [envelope["request"].get("intent", {}).get("name") for envelope in talk.skill.requests]
    assert kinds[:2] == [None, "StartIntent"]
    assert "You: # stop" in talk.text


def test_a_pipe_does_what_is_no_words() -> None:
    talk = Talk("start my hip workout", "!wait 30", "!hang_up", "start my hip workout")
    assert talk.skill.types[:2] == ["LaunchRequest", "SessionEndedRequest"]
    stamps = [envelope["request"]["timestamp"] for envelope in talk.skill.requests]
    first, ended = (datetime.fromisoformat(stamp) for stamp in stamps[:2])
    assert ended - first > timedelta(seconds=30)


def test_a_pipe_refuses_politely_what_nobody_can_do() -> None:
    talk = Talk("start my hip workout", "!dance", "go")
    assert "(!dance is none of !wait, !press" in talk.text
    assert talk.skill.types[:2] == ["LaunchRequest", "IntentRequest"]
