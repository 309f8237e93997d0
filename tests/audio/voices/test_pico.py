"""Pico: six locales of five languages."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from audio.voices.pico import LOCALES, Pico
from audio.voices.voice import VoiceError
from tests.audio.voices.sound import is_speech, seconds

SENTENCES = {
    "en-US": "Lift your hips, and squeeze.",
    "en-GB": "Lift your hips, and squeeze.",
    "de-DE": "Heb die Hüfte, und spann das Gesäß an.",
    "es-ES": "Sube la cadera, y aprieta los glúteos.",
    "fr-FR": "Lève les hanches, et serre les fessiers.",
    "it-IT": "Solleva il bacino, e stringi i glutei.",
}


@pytest.mark.parametrize("locale", sorted(LOCALES))
def test_it_speaks_its_six_locales_without_clipping(pico: Pico, locale: str) -> None:
    sound = pico.speak(SENTENCES[locale], locale)
    assert is_speech(sound)
    assert float(np.abs(sound.samples).max()) < 0.99
    assert 1 < seconds(sound) < 5


def test_british_and_american_are_two_voices(pico: Pico) -> None:
    text = SENTENCES["en-US"]
    assert seconds(pico.speak(text, "en-US")) != seconds(pico.speak(text, "en-GB"))


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("en-CA", "en-US"),
        ("en-AU", "en-GB"),
        ("en-IN", "en-GB"),
        ("es-MX", "es-ES"),
        ("fr-CA", "fr-FR"),
        ("de-AT", "de-DE"),
    ],
)
def test_another_country_gets_the_nearest_accent(pico: Pico, asked: str, nearest: str) -> None:
    assert pico.nearest(asked) == nearest
    assert pico.speaks(asked)


def test_it_refuses_languages_it_does_not_have(pico: Pico) -> None:
    with pytest.raises(VoiceError, match="does not speak pt-BR; it speaks de-DE, en-GB"):
        pico.speak("Levante o quadril.", "pt-BR")


def test_what_it_would_silently_drop_is_an_error(pico: Pico) -> None:
    with pytest.raises(VoiceError, match="cannot read"):
        pico.speak("Hold 臀 now", "en-US")


def test_a_sentence_has_its_length_to_the_sample_though_not_its_noise(pico: Pico) -> None:
    text = SENTENCES["en-US"]
    first = pico.speak(text, "en-US")
    pico.speak("Now something else.", "de-DE")
    again = pico.speak(text, "en-US")
    assert len(first.samples) == len(again.samples)
    assert np.corrcoef(first.samples, again.samples)[0, 1] > 0.95


@pytest.mark.parametrize("tag", ['<volume level="300">', '< volume level="300">', "</volume>"])
def test_a_tag_is_not_obeyed(pico: Pico, tag: str) -> None:
    # Obeyed, it would clip.
    sound = pico.speak(f"{tag} Lift your hips.", "en-US")
    assert float(np.abs(sound.samples).max()) < 0.9
    assert seconds(sound) > seconds(pico.speak("Lift your hips.", "en-US"))


def test_its_version_names_the_wheel_that_holds_the_voices_and_what_it_is_told(pico: Pico) -> None:
    assert pico.version.startswith("py-nanotts 0.")
    assert "speed 0.85, volume 0.5" in pico.version


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py_nanotts", None)
    with pytest.raises(VoiceError, match=r"pip install 'hip-workout\[pico\]'"):
        Pico()
