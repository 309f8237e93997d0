"""eSpeak NG: a hundred languages, the same in every process."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import espeakng_loader
import pytest

from audio.voices.espeak import Espeak
from audio.voices.voice import VoiceError
from tests.audio.voices.sound import digest, digest_in_new_process, is_speech

TEXT = "Press through your heels, and hold for 5 seconds."

SENTENCES = {
    "en-US": "Lift your hips.",
    "en-GB": "Lift your hips.",
    "de-DE": "Heb die Hüfte.",
    "es-ES": "Sube la cadera.",
    "es-MX": "Sube la cadera.",
    "fr-FR": "Lève les hanches.",
    "fr-CA": "Lève les hanches.",
    "it-IT": "Solleva il bacino.",
    "pt-BR": "Levante o quadril.",
    "nl-NL": "Til je heupen op.",
    "hi-IN": "कूल्हे उठाएँ।",
    "ja-JP": "おしりをあげて。",
    "ar-SA": "ارفع وركيك.",
    "zh-CN": "抬起臀部。",
    "no-NO": "Løft hoftene.",
}


@pytest.mark.parametrize("locale", SENTENCES)
def test_it_speaks_what_the_platform_speaks(espeak: Espeak, locale: str) -> None:
    assert is_speech(espeak.speak(SENTENCES[locale], locale))


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("en-US", "en-us"),
        ("en-CA", "en-us"),
        ("en", "en-us"),
        ("en-GB", "en-gb-x-rp"),
        ("en-AU", "en-gb-x-rp"),
        ("en-IN", "en-gb-x-rp"),
        ("es-ES", "es"),
        ("es-US", "es-419"),
        ("fr-BE", "fr-be"),
        ("fr-CA", "fr"),
        ("pt-BR", "pt-br"),
        ("de-AT", "de"),
    ],
)
def test_a_country_gets_the_nearest_accent(espeak: Espeak, asked: str, nearest: str) -> None:
    assert espeak.nearest(asked) == nearest


def test_the_same_text_gives_the_same_samples_every_time(espeak: Espeak) -> None:
    said = {digest(espeak.speak(text, "en-US")) for text in [TEXT, "Rest.", TEXT, TEXT]}
    assert len(said) == 2


def test_the_same_text_gives_the_same_samples_in_two_processes(espeak: Espeak) -> None:
    assert digest(espeak.speak(TEXT, "de-DE")) == digest_in_new_process("Espeak()", TEXT, "de-DE")


def test_threads_wait_for_each_other(espeak: Espeak) -> None:
    with ThreadPoolExecutor(4) as threads:
        said = list(threads.map(lambda n: espeak.speak(f"{n % 4} reps", "en-US"), range(24)))
    assert len({digest(sound) for sound in said}) == 4


def test_chinese_characters_in_japanese_are_an_error(espeak: Espeak) -> None:
    with pytest.raises(VoiceError, match=r"cannot read '尻' in ja.*gtts"):
        espeak.speak("お尻をあげて", "ja-JP")


def test_data_at_a_path_too_long_for_the_library_is_found(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["a-folder-with-a-long-name"] * 6)
    deep.mkdir(parents=True)
    data = deep / "espeak-ng-data"
    data.symlink_to(espeakng_loader.get_data_path())
    assert len(bytes(data)) > 160
    assert digest(Espeak(data=data).speak(TEXT, "en-US")) == digest(Espeak().speak(TEXT, "en-US"))


def test_a_folder_without_data_is_an_error_and_not_the_end_of_the_process(tmp_path: Path) -> None:
    with pytest.raises(VoiceError, match="no languages in"):
        Espeak(data=tmp_path).speak(TEXT, "en-US")
    (tmp_path / "lang").mkdir()
    (tmp_path / "lang" / "en-us").touch()
    with pytest.raises(VoiceError, match="no data in"):
        Espeak(data=tmp_path).speak(TEXT, "en-US")


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "espeakng_loader", None)
    with pytest.raises(VoiceError, match=r"pip install 'hip-workout\[espeak\]'"):
        Espeak()
