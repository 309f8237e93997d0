from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from skill.simulator.chat import Chat, plain_console
from skill.simulator.device import PretendDevice, VirtualClock, wall_clock
from skill.simulator.keyboard import Lines
from skill.simulator.playback import Player, SpeakingRate
from skill.simulator.request import SPEAKER, Profile
from skill.simulator.transcript import Transcript
from tests.simulator.parrot import parrot_ears, ssml
from tests.simulator.permission_seeker import Seeker


def talk(seeker: Seeker, *lines: str, profile: Profile = SPEAKER) -> str:
    out = io.StringIO()
    clock = VirtualClock(datetime(2026, 1, 1, 8, tzinfo=UTC))
    said = Lines(io.BytesIO("".join(f"{line}\n" for line in lines).encode()), live=False)
    device = PretendDevice(seeker, clock, profile=profile)
    chat = Chat(device, parrot_ears, said, Transcript(plain_console(out)), skip=clock)
    assert chat.run() == 0
    return out.getvalue()


WORDS: dict[str, Any] = {"outputSpeech": ssml("Then I need a yes."), "shouldEndSession": True}


def test_alexa_speaks_under_her_own_name() -> None:
    assert talk(Seeker(**WORDS), "start my hip workout", "go", "I approve") == (
        "Say: start my hip workout\n"
        "\n"
        "You: start my hip workout\n"
        "Coach: Hello. What now?\n"
        "\n"
        "You: go\n"
        "Coach: Then I need a yes.\n"
        "Alexa: Do you give My Hip Workout permission to update your reminders? You can\n"
        "say I approve, or no.\n"
        "\n"
        "You: I approve\n"
        "Coach: You said accepted. Back to the workout?\n"
        "(The session has ended.)\n"
        "Goodbye.\n"
    )


@pytest.mark.parametrize(
    ("line", "consent"),
    [
        ("yes", "ACCEPTED"),
        ("I approve", "ACCEPTED"),
        ("no", "DENIED"),
        ("", "NOT_ANSWERED"),
        ("two bridges", "NOT_ANSWERED"),
        ("purple", "NOT_ANSWERED"),
    ],
)
def test_what_is_typed_answers_alexa(line: str, consent: str) -> None:
    seeker = Seeker()
    text = talk(seeker, "start my hip workout", "go", line)
    assert seeker.requests[2]["request"]["payload"]["status"] == consent
    assert f"Coach: You said {consent.lower()}. Back to the workout?" in text


def test_silence_lasts_as_long_as_alexa_listens() -> None:
    seeker = Seeker(**WORDS)
    talk(seeker, "start my hip workout", "go", "")
    asked, told = (envelope["request"]["timestamp"][-3:-1] for envelope in seeker.requests[1:3])
    assert (asked, told) == ("01", "18")  # 1.4 s; then 1.9 of the coach, 7 of Alexa, 8 of nobody


def test_exit_leaves_while_alexa_asks() -> None:
    seeker = Seeker()
    talk(seeker, "start my hip workout", "go", "exit")
    assert seeker.types == ["LaunchRequest", "IntentRequest", "SessionEndedRequest"]


def test_cutting_the_coach_short_leaves_alexas_question_out() -> None:
    text = talk(Seeker(**WORDS), "start my hip workout", "go", "+0.8 no")
    assert "Alexa:" not in text
    assert "You, cutting in at 0.8 s: no\nCoach: You said denied." in text


def test_alexas_question_can_be_cut_short_too() -> None:
    text = talk(Seeker(**WORDS), "start my hip workout", "go", "+3.8 yes")
    assert "Coach: Then I need a yes.\nAlexa: Do you give" in text
    assert "reminders?" not in text
    assert "You, cutting in at 3.8 s: yes\nCoach: You said accepted." in text


def test_in_real_time_alexa_begins_when_the_coach_has_finished() -> None:
    quick = Player(SpeakingRate(words_per_minute=6000, sentence_pause_ms=0))
    seeker, out = Seeker(**WORDS), io.StringIO()
    device = PretendDevice(seeker, wall_clock, player=quick)
    heard_all: list[str] = []

    def ears(text: str, expected: frozenset[str]) -> Any:
        heard_all.append(text)
        return parrot_ears(text, expected)

    lines = Lines(io.BytesIO(b"start my hip workout\ngo\nyes\n"), live=False)
    Chat(device, ears, lines, Transcript(plain_console(out))).run()
    assert out.getvalue().index("Coach: Then I need") < out.getvalue().index("Alexa: Do you give")
    assert seeker.requests[2]["request"]["payload"]["status"] == "ACCEPTED"
    assert heard_all == ["start my hip workout", "go"]  # the skill's ears do not hear it


def test_where_alexa_cannot_ask_a_card_in_the_app_does() -> None:
    profile = replace(SPEAKER, voice_consent="500")
    text = talk(Seeker(**WORDS), "start my hip workout", "go", profile=profile)
    assert "Alexa:" not in text
    assert "Coach: Then I need a yes. I have sent a card to your Alexa app.\n" in text
    assert "(Card in the app: permission to update your reminders)" in text
