"""Hibari: American English, the same in every process."""

from __future__ import annotations

import sys

import pytest

from audio.voices.hibari import Hibari
from audio.voices.voice import VoiceError
from tests.audio.voices.sound import digest, digest_in_new_process, is_speech, seconds

TEXT = "Press through your heels, and hold for 5 seconds."


def test_it_speaks_every_english_in_its_american_way(hibari: Hibari) -> None:
    said = {digest(hibari.speak(TEXT, locale)) for locale in ("en-US", "en-GB", "en-AU")}
    assert len(said) == 1
    assert is_speech(hibari.speak(TEXT, "en-IN"))


def test_it_refuses_other_languages(hibari: Hibari) -> None:
    with pytest.raises(VoiceError, match="does not speak de-DE; it speaks en-US"):
        hibari.speak("Heb die Hüfte.", "de-DE")


def test_the_same_text_gives_the_same_samples_in_two_processes(hibari: Hibari) -> None:
    hibari.speak("Something else in between.", "en-US")
    assert digest(hibari.speak(TEXT, "en-US")) == digest_in_new_process("Hibari()", TEXT, "en-US")


@pytest.mark.parametrize("text", ["お尻", "Hold 臀 now", "привет"])
def test_what_it_would_silently_drop_is_an_error(hibari: Hibari, text: str) -> None:
    with pytest.raises(VoiceError, match="cannot read"):
        hibari.speak(text, "en-US")


def test_it_speaks_slower_than_it_would_by_itself(hibari: Hibari) -> None:
    by_itself = Hibari(speed=1.0)
    assert seconds(hibari.speak(TEXT, "en-US")) > 1.1 * seconds(by_itself.speak(TEXT, "en-US"))
    assert hibari.version != by_itself.version


def test_its_version_changes_with_the_seed_and_names_the_weights() -> None:
    assert Hibari(seed=1).version != Hibari().version
    assert "hibari-tts 0.2.1, weights " in Hibari().version


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hibari", None)
    with pytest.raises(VoiceError, match=r"pip install 'hip-workout\[neural\]'"):
        Hibari()
