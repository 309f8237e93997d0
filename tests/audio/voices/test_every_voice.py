"""What every voice promises, whichever it is."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Protocol

import pytest

from audio.voices.silent import Silent
from audio.voices.voice import Voice, VoiceError
from tests.audio.voices.sound import ROOT, is_speech, seconds

LONG = (
    "Lie on your back with your knees bent and your feet flat on the floor, hip width apart, and "
    "when you are ready press through your heels, squeeze your buttocks, and lift your hips until "
    "your shoulders, hips and knees make one straight line, then come down slowly, bone by bone."
)


class Speaker(Voice, Protocol):
    def speaks(self, locale: str) -> bool: ...


@pytest.fixture(params=["hibari", "pico", "piper", "espeak", "gtts", "silent"])
def voice(request: pytest.FixtureRequest) -> Speaker:
    if request.param == "silent":
        return Silent(tone=0.2)
    found: Speaker = request.getfixturevalue(request.param)
    assert found.name == request.param
    return found


def test_it_says_a_sentence(voice: Speaker) -> None:
    sound = voice.speak("Squeeze, and lift your hips.", "en-US")
    assert is_speech(sound)
    assert 1 < seconds(sound) < 5


def test_more_words_take_longer(voice: Speaker) -> None:
    short, long = voice.speak("Rest.", "en-US"), voice.speak(LONG, "en-US")
    assert is_speech(long)
    assert 10 < seconds(long) < 30
    assert seconds(long) > 5 * seconds(short)


def test_a_number_in_digits_is_said_in_words(voice: Speaker) -> None:
    spelled = seconds(voice.speak("Ten reps, twelve seconds.", "en-US"))
    assert abs(seconds(voice.speak("10 reps, 12 seconds.", "en-US")) - spelled) < 0.1


def test_every_number_of_a_count_is_heard(voice: Speaker) -> None:
    counted = voice.speak("3-2-1", "en-US")
    assert seconds(counted) == pytest.approx(seconds(voice.speak("3, 2, 1", "en-US")), abs=0.05)
    assert seconds(counted) > 1


def test_signs_that_mean_something_to_machines_are_only_text(voice: Speaker) -> None:
    sound = voice.speak('Lift & hold <volume level="300"> [[x]] {now} </volume>.', "en-US")
    assert is_speech(sound)
    assert seconds(sound) > 1


def test_an_emoji_is_not_said(voice: Speaker) -> None:
    plain = seconds(voice.speak("Great job", "en-US"))
    assert seconds(voice.speak("Great 💪🏽 job 👩‍🦽", "en-US")) == pytest.approx(plain, abs=0.05)


@pytest.mark.parametrize("text", ["", "   \n", "...", "!?", "💪", "<>", "\x00\x01"])
def test_nothing_to_say_is_an_error(voice: Speaker, text: str) -> None:
    with pytest.raises(VoiceError, match="nothing to say"):
        voice.speak(text, "en-US")


def test_it_says_which_languages_it_has(voice: Speaker) -> None:
    assert voice.speaks("en-US")
    if voice.name != "silent":
        assert not voice.speaks("tlh-KX")
        with pytest.raises(VoiceError, match="does not speak tlh-KX"):
            voice.speak("nuqneH", "tlh-KX")


def test_its_version_names_what_makes_the_sound(voice: Speaker) -> None:
    engine, _, told = voice.version.partition(", ")
    assert re.fullmatch(r"[\w-]+ [\d.]+", engine)
    assert "text " in told


def test_importing_the_voices_imports_no_engine() -> None:
    program = (
        "import sys, audio.voices.choose\n"
        "engines = {'hibari', 'py_nanotts', 'piper', 'espeakng_loader', 'gtts', 'onnxruntime'}\n"
        "print(sorted(engines & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]"
