from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.simulator.playback import (
    Playback,
    Player,
    Sound,
    SpeakingRate,
    Unplayable,
    in_a_row,
    together,
)
from tests.simulator.parrot import SET, beat, document, ssml

PLAYER = Player(SpeakingRate(words_per_minute=120, sentence_pause_ms=300))  # half a second a word


def heard(response: dict[str, Any]) -> list[tuple[int, int, str]]:
    return [(s.at_ms, s.ms, s.text) for s in PLAYER.play(response).sounds]


def test_words_take_their_time_and_sentences_a_pause_between_them() -> None:
    assert heard({"outputSpeech": {"type": "PlainText", "text": "Lie down. Knees up."}}) == [
        (0, 1000, "Lie down."),
        (1300, 1000, "Knees up."),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ('Up. <break time="2s"/> Down.', [(0, 500, "Up."), (2500, 500, "Down.")]),
        ('Up <break time="1500ms"/>down', [(0, 500, "Up"), (2000, 500, "down")]),
        ('Up <break strength="strong"/> down', [(0, 500, "Up"), (1000, 500, "down")]),
        ("<p>Lie down</p><p>Get up</p>", [(0, 1000, "Lie down"), (1300, 1000, "Get up")]),
        ('<sub alias="repetitions">reps</sub> done', [(0, 1000, "repetitions done")]),
        ("now <emphasis>squeeze</emphasis> it", [(0, 1500, "now squeeze it")]),
        ("rock &amp; roll", [(0, 1500, "rock & roll")]),
        ("<amazon:effect name='whispered'>quiet</amazon:effect>", [(0, 500, "quiet")]),
    ],
)
def test_ssml_is_heard_as_it_would_be_spoken(words: str, expected: Any) -> None:
    assert heard({"outputSpeech": ssml(words)}) == expected


def test_speech_comes_before_apl_for_audio() -> None:
    response = {"outputSpeech": ssml("Ready?"), "directives": [document(beat("1", 900))]}
    assert heard(response) == [(0, 500, "Ready?"), (500, 500, "1")]
    assert PLAYER.play(response).ms == 1400


def test_beats_last_exactly_as_long_as_their_silence() -> None:
    playback = PLAYER.play({"directives": [SET]})
    assert [s.at_ms for s in playback.sounds[:9]] == [n * 1500 for n in range(9)]
    assert playback.sounds[9].at_ms == 9 * 1500 + 45_000


def test_a_mixer_lasts_as_long_as_its_longest_child() -> None:
    long = beat("one two three four", 500)
    assert PLAYER.play({"directives": [document(long)]}).ms == 2000


def test_a_child_trimmed_to_its_parent_does_not_make_the_mixer_longer() -> None:
    bed = {"type": "Audio", "source": "https://a.example/bed.mp3", "duration": "trimToParent"}
    mixer = {"type": "Mixer", "items": [bed, {"type": "Silence", "duration": 400}]}
    assert PLAYER.play({"directives": [document(mixer)]}).ms == 400


def test_clips_are_as_long_as_the_one_who_knows_them_says() -> None:
    lengths = {"https://a.example/lift.mp3": 1234}
    player = Player(clip_ms=lengths.__getitem__)
    clip = ssml('<audio src="https://a.example/lift.mp3"/>')
    assert player.play({"outputSpeech": clip}).ms == 1234


def test_words_may_come_from_the_datasources() -> None:
    speech = {"type": "Speech", "content": "Set ${payload.at.set}"}
    directive = document(speech) | {"datasources": {"at": {"set": 2}}}
    assert heard({"directives": [directive]}) == [(0, 1000, "Set 2")]


@pytest.mark.parametrize(
    "directive",
    [
        {"type": "Alexa.Presentation.APLA.RenderDocument"},
        document() | {"document": {"type": "APLA", "mainTemplate": {}}},
        document({"type": "Trumpet"}),
        document({"type": "Speech", "contentType": "SSML", "content": "<speak>a & b</speak>"}),
    ],
)
def test_a_document_that_cannot_be_inflated_is_unplayable(directive: dict[str, Any]) -> None:
    with pytest.raises(Unplayable):
        PLAYER.play({"directives": [directive]})


def test_cutting_in_keeps_whole_words_only() -> None:
    playback = PLAYER.play({"outputSpeech": ssml("Lie down on your back. Bend your knees.")})
    assert playback.heard_until(1100).text == "Lie down"
    assert playback.heard_until(1100).ms == 1100
    assert playback.heard_until(99_999) == playback


@st.composite
def playbacks(draw: st.DrawFn) -> Playback:
    words = draw(st.lists(st.text("abc .", min_size=1, max_size=20), max_size=4))
    gaps = draw(st.lists(st.integers(0, 5000), min_size=len(words), max_size=len(words)))
    parts = [PLAYER.words(text) for text in words]
    return in_a_row(
        x for part, gap in zip(parts, gaps, strict=True) for x in (part, Playback((), gap))
    )


@given(playbacks(), st.integers(0, 60_000), st.integers(0, 60_000))
def test_to_hear_less_is_to_hear_a_beginning(playback: Playback, some: int, more: int) -> None:
    less = playback.heard_until(some).heard_until(some + more)
    assert less == playback.heard_until(some)
    assert playback.text.startswith(less.text)
    assert less.ms == min(some, playback.ms)


@given(st.lists(playbacks(), max_size=4))
def test_in_a_row_adds_lengths_and_together_takes_the_longest(parts: list[Playback]) -> None:
    assert in_a_row(parts).ms == sum(part.ms for part in parts)
    assert together(parts).ms == max((part.ms for part in parts), default=0)
    assert len(together(parts).sounds) == sum(len(part.sounds) for part in parts)


def test_a_sound_of_no_length_is_never_divided_by() -> None:
    silent = Playback((Sound(5, 0, "..."),), 10)
    assert [len(silent.heard_until(ms).sounds) for ms in (4, 5, 6)] == [0, 0, 1]
