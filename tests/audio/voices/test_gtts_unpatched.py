"""gTTS itself, as it was published, asks the pretend Google: so its shape is what gTTS expects."""

from __future__ import annotations

from io import BytesIO

import gtts
import pytest
import soundfile

from tests.audio import google as answers
from tests.audio.google import PretendGoogle


@pytest.fixture(autouse=True)
def proxy(google: PretendGoogle, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in google.environment.items():
        monkeypatch.setenv(name, value)


def spoken(text: str) -> bytes:
    out = BytesIO()
    gtts.gTTS(text, lang="en", tld="co.uk", timeout=10).write_to_fp(out)
    return out.getvalue()


def test_it_gets_speech(google: PretendGoogle) -> None:
    samples, rate = soundfile.read(BytesIO(spoken("Ten reps, and hold.")))
    assert rate == 24_000
    assert len(samples) > rate
    assert google.texts == ["Ten reps, and hold."]
    assert google.heard[0].host == "translate.google.co.uk"


def test_it_joins_sentences_after_rest_which_is_why_we_leave_its_rules_out(
    google: PretendGoogle,
) -> None:
    spoken("Rest. Great job.")
    assert google.texts == ["Rest Great job."]


def test_it_cuts_a_long_text_at_every_comma_which_is_why_we_cut_it_ourselves(
    google: PretendGoogle,
) -> None:
    text = "Lie on your back with your knees bent and feet flat, hip width apart, then lift, " * 2
    spoken(text)
    assert len(google.heard) == 6


def test_it_tells_a_refusal(google: PretendGoogle) -> None:
    google.will(answers.too_many())
    with pytest.raises(gtts.gTTSError, match="429"):
        spoken("Ten reps.")


def test_an_answer_without_sound_is_nothing_to_it_which_is_why_we_check(
    google: PretendGoogle,
) -> None:
    google.will(answers.empty)
    assert spoken("Ten reps.") == b""


def test_it_trusts_an_impostor_which_is_why_we_ask_ourselves(google: PretendGoogle) -> None:
    google.self_signed = True
    assert spoken("Ten reps.")
