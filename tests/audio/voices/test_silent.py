"""Silent: exact lengths and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from audio.voices.silent import Silent
from tests.audio.voices.sound import digest


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rest.", 1),
        ("Lift your hips.", 3),
        ("3-2-1", 3),
        ("Don't push: 1.5 kilos, twenty-five seconds", 6),
        ("Heb die Hüfte!", 3),
    ],
)
def test_it_takes_as_long_as_its_words(text: str, words: int) -> None:
    silent = Silent(ms_a_word=200)
    sound = silent.speak(text, "en-US")
    assert silent.ms(text) == words * 200
    assert len(sound.samples) == words * 200 * sound.rate // 1000
    assert not sound.samples.any()


def test_a_tone_gives_decoders_something_to_find() -> None:
    sound = Silent(tone=0.1).speak("Lift your hips.", "de-DE")
    assert float(np.abs(sound.samples).max()) == pytest.approx(0.1, abs=0.001)


def test_the_same_words_sound_alike_and_a_change_is_a_new_version() -> None:
    assert digest(Silent().speak("Rest.", "en-US")) == digest(Silent().speak("Rest.", "fr-FR"))
    assert len({Silent().version, Silent(tone=0.1).version, Silent(ms_a_word=1).version}) == 3
