"""What the ears make of a workout or a guide to be played."""

from __future__ import annotations

import pytest

from skill.simulator.ears import FALLBACK, Heard
from skill.simulator.expected import expected as likely
from tests.hearing import the_ears
from tests.language.table import Said, nothing_to_play, said_of_playing

WARNINGS = {"PainIntent", "StopSignIntent"}
PLAYING = {
    "PlayWorkoutIntent", "PlayGuideIntent", "AMAZON.LoopOnIntent", "AMAZON.LoopOffIntent",
    "AMAZON.ShuffleOnIntent", "AMAZON.ShuffleOffIntent",
}  # fmt: skip
PHASES = ["idle", "set", "how_to", "paused"]
EARS = the_ears()


def meant(heard: Heard) -> tuple[str, dict[str, str]]:
    return heard.intent, {name: slot.id or slot.value for name, slot in heard.slots.items()}


def heard_in(phase: str, text: str) -> str:
    return EARS.hear(text, likely({"session": {"phase": phase}})).intent


def readable(sentence: object) -> str:
    return sentence.text if isinstance(sentence, Said) else str(sentence)


@pytest.mark.parametrize("sentence", said_of_playing(), ids=readable)
def test_what_people_say_to_have_it_played_is_understood(sentence: Said) -> None:
    assert meant(EARS.hear(sentence.text)) == (sentence.intent, sentence.slots)


@pytest.mark.parametrize("phase", PHASES)
@pytest.mark.parametrize("text", nothing_to_play())
def test_music_and_other_matters_are_never_played_as_a_workout(text: str, phase: str) -> None:
    assert EARS.hear(text).intent == FALLBACK
    assert heard_in(phase, text) not in PLAYING


def test_the_corpus_is_understood_in_the_main(capsys: pytest.CaptureFixture[str]) -> None:
    right = [s for s in said_of_playing() if meant(EARS.hear(s.text)) == (s.intent, s.slots)]
    refused = [text for text in nothing_to_play() if EARS.hear(text).intent == FALLBACK]
    ours, others = len(said_of_playing()), len(nothing_to_play())
    with capsys.disabled():
        print(f"\nplaying: {len(right)} of {ours} understood, {len(refused)} of {others} refused")  # noqa: T201 - the measure is wanted
    assert ours >= 60
    assert others >= 15
    assert len(right) + len(refused) > 0.95 * (ours + others)


@pytest.mark.parametrize(
    "text",
    [
        "play the workout my back hurts", "just run it i feel dizzy", "play it ouch",
        "hands free but my knee hurts", "shuffle my chest feels tight", "loop this i feel faint",
        "take me through it i can't breathe", "play the glute bridge guide my hip is sore",
    ],
)  # fmt: skip
@pytest.mark.parametrize("phase", PHASES)
def test_nothing_to_play_silences_a_warning(text: str, phase: str) -> None:
    assert heard_in(phase, text) in WARNINGS


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("start a workout", "StartWorkoutIntent"),
        ("give me a twenty minute workout", "StartWorkoutIntent"),
        ("start a twenty minute workout", "StartWorkoutIntent"),
        ("coach me", "StartWorkoutIntent"),
        ("how do I do a glute bridge", "HowToIntent"),
        ("take me through a glute bridge", "HowToIntent"),
        ("guide me through it", "HowToIntent"),
        ("give me the instructions for step ups", "HowToIntent"),
        ("where do my hands go", "HowToIntent"),
        ("take me through two sets of step ups", "StartExerciseIntent"),
        ("read straight through", "AllOfItIntent"),
        ("the whole thing", "AllOfItIntent"),
        ("all of it", "AllOfItIntent"),
        ("repeat", "AMAZON.RepeatIntent"),
        ("repeat it", "AMAZON.RepeatIntent"),
        ("again", "AMAZON.RepeatIntent"),
        ("play it again", FALLBACK),
        ("take me back", "AMAZON.PreviousIntent"),
        ("start over", "AMAZON.StartOverIntent"),
        ("keep going", "AMAZON.ResumeIntent"),
        ("turn off", "AMAZON.StopIntent"),
        ("don't", "AMAZON.NoIntent"),
        ("loop", "WhatIHaveIntent"),
        ("I have a loop", "WhatIHaveIntent"),
        ("let me hear my streak", "ProgressIntent"),
        ("play", FALLBACK),
        ("run", FALLBACK),
        ("turn on", FALLBACK),
    ],
)
@pytest.mark.parametrize("phase", PHASES)
def test_playing_takes_no_words_from_the_workout(text: str, intent: str, phase: str) -> None:
    assert heard_in(phase, text) == intent


@pytest.mark.parametrize(
    "text", ["play the workout on monday", "play my workout at seven", "don't run it",
             "play it with music", "never play the whole workout"]
)  # fmt: skip
@pytest.mark.parametrize("phase", PHASES)
def test_what_is_denied_or_only_half_understood_is_not_played(text: str, phase: str) -> None:
    assert heard_in(phase, text) not in PLAYING
