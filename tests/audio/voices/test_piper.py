"""Piper: a voice file of the operator's."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from audio.voices.piper import Piper
from audio.voices.voice import VoiceError
from tests.audio.voices.sound import digest, digest_in_new_process, is_speech

TEXT = "Hold for 5 seconds."


def test_it_speaks_the_language_of_its_file(piper: Piper) -> None:
    assert piper.locale == "en-US"
    assert is_speech(piper.speak(TEXT, "en-US"))
    assert piper.speaks("en-GB")


def test_it_refuses_other_languages(piper: Piper) -> None:
    with pytest.raises(VoiceError, match=r"en_US-joe-medium.onnx does not speak de-DE"):
        piper.speak("Heb die Hüfte.", "de-DE")


def test_the_same_text_gives_the_same_samples_in_two_processes(
    piper: Piper, piper_file: Path
) -> None:
    piper.speak("Something else.", "en-US")
    elsewhere = digest_in_new_process(f"Piper(Path({str(piper_file)!r}))", TEXT, "en-US")
    assert digest(piper.speak(TEXT, "en-US")) == elsewhere


def test_letters_it_would_spell_as_chinese_letter_are_an_error(piper: Piper) -> None:
    with pytest.raises(VoiceError, match="cannot read"):
        piper.speak("Hold お尻", "en-US")


def test_brackets_are_no_phonemes(piper: Piper) -> None:
    said = digest(piper.speak("Rest [[now]].", "en-US"))
    assert said == digest(piper.speak("Rest [ [now] ].", "en-US"))


def test_its_version_names_the_weights(piper: Piper) -> None:
    assert "piper-tts 1." in piper.version
    assert "weights 58afce03" in piper.version


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path, piper_file: Path) -> None:
    with pytest.raises(VoiceError, match=r"needs its description beside it"):
        Piper(tmp_path / "none.onnx")
    shutil.copy(f"{piper_file}.json", tmp_path / "half.onnx.json")
    with pytest.raises(VoiceError, match=r"no Piper voice at .*half.onnx"):
        Piper(tmp_path / "half.onnx")


@pytest.mark.parametrize("described", ["", "[]", "{}", '{"language": {}, "espeak": 3}'])
def test_a_description_that_is_none_is_an_error(tmp_path: Path, described: str) -> None:
    (tmp_path / "voice.onnx").write_bytes(b"weights")
    (tmp_path / "voice.onnx.json").write_text(described)
    with pytest.raises(VoiceError, match="cannot be read as one"):
        Piper(tmp_path / "voice.onnx")


def test_weights_that_are_none_are_an_error_when_it_speaks(tmp_path: Path) -> None:
    (tmp_path / "voice.onnx").write_bytes(b"weights")
    (tmp_path / "voice.onnx.json").write_text(json.dumps({"espeak": {"voice": "de"}}))
    voice = Piper(tmp_path / "voice.onnx")
    assert voice.locale == "de"
    with pytest.raises(VoiceError, match="piper failed while saying"):
        voice.speak("Halt.", "de-DE")


def test_without_the_extra_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, piper_file: Path
) -> None:
    monkeypatch.setitem(sys.modules, "piper", None)
    with pytest.raises(VoiceError, match=r"pip install 'hip-workout\[piper\]'"):
        Piper(piper_file)
