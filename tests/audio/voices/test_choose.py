"""Which voice speaks, and what the operator is told about it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from audio.voices.choose import NAMES, choose
from audio.voices.voice import VoiceError

MODULES = {"hibari": "hibari", "pico": "py_nanotts", "espeak": "espeakng_loader"}


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    for name in request.param:
        monkeypatch.setitem(sys.modules, MODULES[name], None)


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("en-US", "hibari"),
        ("en-CA", "hibari"),
        ("en-AU", "hibari"),
        ("en-IN", "hibari"),
        ("en-GB", "pico"),
        ("de-DE", "pico"),
        ("es-ES", "pico"),
        ("es-MX", "pico"),
        ("fr-FR", "pico"),
        ("fr-CA", "pico"),
        ("it-IT", "pico"),
        ("pt-BR", "espeak"),
        ("hi-IN", "espeak"),
        ("nl-NL", "espeak"),
        ("ja-JP", "gtts"),
    ],
)
def test_the_best_local_voice_that_can_read_the_language_is_chosen(locale: str, name: str) -> None:
    choice = choose(locale, None)
    assert choice.voice.name == name
    assert name in choice.why
    assert locale in choice.why
    assert choice.online is (name == "gtts")


@pytest.mark.parametrize(
    ("without", "locale", "name"),
    [
        (["hibari"], "en-US", "pico"),
        (["hibari", "pico"], "en-US", "espeak"),
        (["pico"], "en-GB", "hibari"),
        (["pico"], "de-DE", "espeak"),
        (["hibari", "pico", "espeak"], "en-US", "gtts"),
        (["espeak"], "pt-BR", "gtts"),
    ],
    indirect=["without"],
)
def test_what_is_not_installed_is_not_chosen(without: None, locale: str, name: str) -> None:
    assert choose(locale, None).voice.name == name


@pytest.mark.parametrize("without", [["hibari", "pico", "espeak"]], indirect=True)
def test_google_by_default_is_said_to_be_online(without: None) -> None:
    choice = choose("en-US", None)
    assert choice.online
    assert choice.why == (
        "gtts speaks en-US, because no local voice that can is installed; it is online: "
        "every new sentence is sent to Google."
    )


@pytest.mark.parametrize(
    ("locale", "wanted", "why"),
    [
        ("en-US", None, "hibari is the best local voice installed for en-US."),
        (
            "en-AU",
            None,
            "hibari is the best local voice installed for en-AU, with en-US, the nearest it has.",
        ),
        ("en-GB", None, "pico is the best local voice installed for en-GB."),
        (
            "en-AU",
            "espeak",
            "espeak speaks en-AU, as you asked, with en-gb-x-rp, the nearest it has.",
        ),
        ("de-DE", "espeak", "espeak speaks de-DE, as you asked."),
        (
            "de-DE",
            "gtts",
            "gtts speaks de-DE, as you asked. It is online: every new sentence is sent to Google.",
        ),
    ],
)
def test_the_operator_is_told_which_and_why(locale: str, wanted: str | None, why: str) -> None:
    assert choose(locale, wanted).why == why


@pytest.mark.parametrize("name", NAMES)
def test_a_voice_that_is_asked_for_is_taken(name: str, piper_file: Path) -> None:
    assert choose("en-US", name, piper_voice=piper_file).voice.name == name


def test_an_unknown_name_is_an_error_that_lists_the_names() -> None:
    with pytest.raises(VoiceError, match="no voice 'alexa'; there are hibari, pico, piper, espeak"):
        choose("en-US", "alexa")


@pytest.mark.parametrize("without", [["hibari"]], indirect=True)
def test_a_wanted_voice_that_is_not_installed_is_an_error_and_no_other(without: None) -> None:
    with pytest.raises(VoiceError, match=r"hip-workout\[neural\]"):
        choose("en-US", "hibari")


def test_a_wanted_voice_without_the_language_is_an_error_and_no_other() -> None:
    with pytest.raises(VoiceError, match="hibari does not speak de-DE"):
        choose("de-DE", "hibari")


def test_a_language_that_no_voice_has_is_an_error() -> None:
    with pytest.raises(VoiceError, match="no voice speaks tlh-KX"):
        choose("tlh-KX", None)


def test_piper_needs_its_file() -> None:
    with pytest.raises(VoiceError, match="needs a voice file"):
        choose("en-US", "piper")


def test_a_piper_voice_that_the_operator_gave_comes_first_in_its_language(
    piper_file: Path,
) -> None:
    choice = choose("en-US", None, piper_voice=piper_file)
    assert choice.why == "piper speaks en-US, with the voice file you gave."
    assert choose("de-DE", None, piper_voice=piper_file).voice.name == "pico"
