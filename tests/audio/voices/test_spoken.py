"""What is done to a text before any voice says it, and to a sound before it is handed over."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.voices.spoken import checked, refuse_foreign_letters, sayable
from audio.voices.voice import VoiceError


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("3-2-1", "3, 2, 1"),
        ("3 2 1", "3, 2, 1"),
        ("3... 2... 1...", "3, 2, 1..."),
        ("3 – 2 – 1, go", "3, 2, 1, go"),
        ("tempo 2-3-1-0", "tempo 2, 3, 1, 0"),
        ("8-10 reps", "8-10 reps"),
        ("1.5 2.5 3.5", "1.5 2.5 3.5"),
        ("1,000 reps", "1,000 reps"),
        ("room 4b 2 1", "room 4b 2 1"),
        ("a\tb\nc\x00d", "a b c d"),
        ("Great 💪 job", "Great job"),
        ("20° up", "20° up"),
        ("cafe\u0301", "café"),
        ("क्\u200dष", "क्\u200dष"),
    ],
)
def test_a_text_is_made_sayable(written: str, said: str) -> None:
    assert sayable(written) == said


@given(st.text())
def test_what_is_sayable_stays_as_it_is(text: str) -> None:
    try:
        once = sayable(text)
    except VoiceError:
        assert not any(c.isalnum() for c in text) or not text.isascii()
        return
    assert sayable(once) == once
    assert once.isprintable() or any(c in once for c in text)


@given(st.text(st.sampled_from("0123456789 -.…–,x"), min_size=1))
def test_no_number_is_lost_between_others(text: str) -> None:
    digits = [c for c in text if c.isalnum()]
    if digits:
        assert [c for c in sayable(text) if c.isalnum()] == digits


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Hold お now", "en-US"),
        ("привет", "de-DE"),
        ("Hebe die 臀", "de-DE"),
        ("お尻を上げて", "ja-JP"),
    ],
)
def test_letters_that_would_be_dropped_are_refused(text: str, locale: str) -> None:
    with pytest.raises(VoiceError, match="cannot read"):
        refuse_foreign_letters(text, locale, "pico")


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Größer, naïve café, 1ª", "es-ES"),
        ("おしりをあげて ストップ", "ja-JP"),
        ("抬起臀部", "zh-CN"),
        ("कूल्हे उठाएँ", "hi-IN"),
        ("привет", "ru-RU"),
    ],
)
def test_letters_of_the_language_are_not_refused(text: str, locale: str) -> None:
    refuse_foreign_letters(text, locale, "espeak")
    assert sayable(text) == text


@pytest.mark.parametrize(
    ("samples", "fault"),
    [
        ([], "no sound"),
        ([0.5, float("nan")] * 8_000, "no sound"),
        ([0.003, -0.003] * 8_000, "silence"),
        ([0.5] * 160, "words are missing"),
    ],
)
def test_what_cannot_be_speech_is_an_error(samples: list[float], fault: str) -> None:
    with pytest.raises(VoiceError, match=fault):
        checked(np.array(samples, np.float32), 16_000, "Lift your hips.", "pico")


def test_what_can_be_speech_is_kept_and_held_within_range() -> None:
    samples = np.array([0.5, -1.2] * 8_000, np.float32)
    sound = checked(samples, 16_000, "Lift.", "pico")
    assert sound.rate == 16_000
    assert sound.samples.tolist() == [0.5, -1.0] * 8_000
