"""Google's voice, asked politely over real TLS; every way in which it fails is an error."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.voices.google_session import Manners
from audio.voices.gtts import Gtts, pieces
from audio.voices.voice import VoiceError
from tests.audio import google as answers
from tests.audio.google import Answer, PretendGoogle
from tests.audio.voices.patience import Patience
from tests.audio.voices.sound import is_speech, seconds

LONG = (
    "Lie on your back with your knees bent, feet flat, hip width apart, arms at your sides. "
    "Press through your heels. Lift your hips. "
    "Hold for 2.5 seconds, squeeze, and come down slowly, bone by bone, to the floor."
)


@pytest.mark.parametrize(
    ("locale", "language", "host"),
    [
        ("en-US", "en", "translate.google.us"),
        ("en-GB", "en", "translate.google.co.uk"),
        ("en-AU", "en", "translate.google.com.au"),
        ("en-CA", "en", "translate.google.ca"),
        ("en-IN", "en", "translate.google.co.in"),
        ("fr-CA", "fr", "translate.google.ca"),
        ("es-MX", "es", "translate.google.com.mx"),
        ("pt-BR", "pt", "translate.google.com.br"),
        ("pt-PT", "pt", "translate.google.pt"),
        ("de-DE", "de", "translate.google.com"),
        ("ja-JP", "ja", "translate.google.com"),
        ("he-IL", "iw", "translate.google.com"),
    ],
)
def test_a_locale_has_its_accent(
    google: PretendGoogle,
    monkeypatch: pytest.MonkeyPatch,
    locale: str,
    language: str,
    host: str,
) -> None:
    for name, value in google.environment.items():
        monkeypatch.setenv(name, value)
    voice = Gtts(manners=Patience().manners())
    assert is_speech(voice.speak("Lift, 1 2 3.", locale))
    heard = google.heard[0]
    assert (heard.language, heard.host) == (language, host)


def test_a_short_text_is_one_question_word_for_word(gtts: Gtts, google: PretendGoogle) -> None:
    gtts.speak("Rest. Great job & hold <this>, “now”.", "en-US")
    assert google.texts == ["Rest. Great job & hold <this>, “now”."]


def test_a_long_text_is_asked_in_sentences_and_whole_clauses(
    gtts: Gtts, google: PretendGoogle
) -> None:
    sound = gtts.speak(LONG, "en-US")
    assert google.texts == [
        "Lie on your back with your knees bent, feet flat, hip width apart, arms at your sides.",
        "Press through your heels. Lift your hips.",
        "Hold for 2.5 seconds, squeeze, and come down slowly, bone by bone, to the floor.",
    ]
    alone = [seconds(gtts.speak(text, "en-US")) for text in list(google.texts)]
    assert seconds(sound) == pytest.approx(sum(alone), abs=0.01)


@given(st.text(st.sampled_from("abcdefgh é1.,;:!? 。、尻\n")))
def test_pieces_are_short_and_lose_no_word(text: str) -> None:
    cut = pieces(text)
    assert all(0 < len(piece) <= 100 for piece in cut)
    assert all(any(c.isalnum() for c in piece) for piece in cut)
    assert [c for c in "".join(cut) if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.lists(st.sampled_from(["hips", "1.5", "squeeze", "up,", "Rest.", "a"]), min_size=30))
def test_no_word_is_cut_in_two(words: list[str]) -> None:
    assert " ".join(pieces(" ".join(words))).split() == words


def test_questions_are_asked_one_at_a_time_with_a_pause_between(
    gtts: Gtts, google: PretendGoogle, patience: Patience
) -> None:
    gtts.speak(LONG, "en-US")
    assert patience.waited == [1.0, 1.0]
    assert google.most_at_once == 1


def test_the_pause_differs_a_little_by_chance(google: PretendGoogle, patience: Patience) -> None:
    manners = patience.manners(chance=0.5)
    Gtts(base=google.base, ca_bundle=google.ca_bundle, manners=manners).speak(LONG, "en-US")
    assert patience.waited == [1.25, 1.25]


@pytest.mark.parametrize(
    "faults",
    [
        [answers.too_many()],
        [answers.status(500)],
        [answers.status(503), answers.status(502)],
        [answers.drop],
        [answers.hang_up, answers.drop, answers.too_many()],
    ],
)
def test_what_may_pass_is_tried_again_with_growing_patience(
    gtts: Gtts, google: PretendGoogle, patience: Patience, faults: list[Answer]
) -> None:
    google.will(*faults)
    assert is_speech(gtts.speak("Ten reps.", "en-US"))
    assert google.texts == ["Ten reps."] * (len(faults) + 1)
    assert patience.waited == [2.0, 4.0, 8.0][: len(faults)]


@pytest.mark.parametrize(
    ("header", "waited"),
    [
        ("7", 7.0),
        ("1", 2.0),
        ("Sun, 01 Mar 2026 12:00:30 GMT", 30.0),
        ("Sun, 01 Mar 2020 12:00:00 GMT", 2.0),
        ("soon", 2.0),
    ],
)
def test_google_gets_the_patience_it_asks_for(
    gtts: Gtts, google: PretendGoogle, patience: Patience, header: str, waited: float
) -> None:
    google.will(answers.too_many(retry_after=header))
    gtts.speak("Ten reps.", "en-US")
    assert patience.waited == [waited]


def test_more_patience_than_anybody_has_is_an_error_at_once(
    gtts: Gtts, google: PretendGoogle, patience: Patience
) -> None:
    google.always(answers.too_many(retry_after="3600"))
    with pytest.raises(VoiceError, match="3600 s of patience; try later, or choose a local voice"):
        gtts.speak("Ten reps.", "en-US")
    assert patience.waited == []


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (answers.too_many(), "Google answered 429, 4 times in a row"),
        (answers.status(500), "Google answered 500, 4 times in a row"),
        (answers.drop, "no whole answer came from Google .*, 4 times in a row"),
        (answers.hang_up, "no whole answer came from Google .*, 4 times in a row"),
    ],
)
def test_what_does_not_pass_is_an_error_after_four_tries(
    gtts: Gtts, google: PretendGoogle, fault: Answer, told: str
) -> None:
    google.always(fault)
    with pytest.raises(VoiceError, match=told):
        gtts.speak("Ten reps.", "en-US")
    assert len(google.heard) == 4


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (answers.sorry, "takes us for a robot"),
        (answers.sorry_page, "a page for robots"),
        (answers.empty, "no answer to a call"),
        (answers.no_sound, "answered without sound"),
        (answers.empty_sound, "answered without sound"),
        (answers.silence, "nothing but silence"),
        (answers.garbage, "is no sound"),
        (answers.half_sound, "breaks off in the middle"),
        (answers.half_call, "half an answer"),
        (answers.huge, "more than 2000000 bytes"),
        (answers.status(403), "answered 403"),
        (answers.status(404), "answered 404"),
    ],
)
def test_what_will_not_pass_is_an_error_and_not_asked_again(
    gtts: Gtts, google: PretendGoogle, fault: Answer, told: str
) -> None:
    google.will(fault)
    with pytest.raises(VoiceError, match=told):
        gtts.speak("Ten reps to go.", "en-US")
    assert len(google.heard) == 1
    assert is_speech(gtts.speak("Ten reps to go.", "en-US"))


def test_a_fault_in_the_middle_of_a_text_leaves_no_half_of_it(
    gtts: Gtts, google: PretendGoogle
) -> None:
    google.will(answers.speaks, answers.no_sound)
    with pytest.raises(VoiceError, match="without sound"):
        gtts.speak(LONG, "en-US")


def test_a_server_that_hangs_is_not_waited_for(google: PretendGoogle, patience: Patience) -> None:
    google.always(answers.hang)
    manners = patience.manners(read_s=0.05, tries=2)
    with pytest.raises(VoiceError, match="did not answer in time, 2 times in a row"):
        Gtts(base=google.base, ca_bundle=google.ca_bundle, manners=manners).speak("Go.", "en-US")


def test_an_answer_that_drips_is_not_waited_for(google: PretendGoogle) -> None:
    google.always(answers.drip)
    manners = replace(Manners(), answer_s=0.1, tries=1)
    with pytest.raises(VoiceError, match="was not done after"):
        Gtts(base=google.base, ca_bundle=google.ca_bundle, manners=manners).speak("Go.", "en-US")


def test_a_certificate_that_nobody_vouches_for_is_refused(
    gtts: Gtts, google: PretendGoogle
) -> None:
    google.self_signed = True
    with pytest.raises(VoiceError, match="cannot be trusted"):
        gtts.speak("Ten reps.", "en-US")
    assert google.heard == []


def test_without_its_authority_even_a_sound_certificate_is_refused(google: PretendGoogle) -> None:
    voice = Gtts(base=google.base, manners=Patience().manners())
    with pytest.raises(VoiceError, match="cannot be trusted"):
        voice.speak("Ten reps.", "en-US")
    assert google.heard == []


def test_a_server_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with PretendGoogle(tmp_path) as google:
        base = google.base
    voice = Gtts(base=base, ca_bundle=google.ca_bundle, manners=Patience().manners())
    with pytest.raises(VoiceError, match="4 times in a row"):
        voice.speak("Ten reps.", "en-US")


def test_an_mp3_with_or_without_an_info_frame_is_the_same_speech(
    gtts: Gtts, google: PretendGoogle
) -> None:
    google.will(answers.speaks_at(kbps=64), answers.speaks_at(kbps=48))
    with_info, without = (gtts.speak("Hold the bridge.", "en-US") for _ in range(2))
    assert is_speech(without)
    assert seconds(without) == pytest.approx(seconds(with_info), abs=0.12)


def test_google_that_changes_its_rate_in_the_middle_is_an_error(
    gtts: Gtts, google: PretendGoogle
) -> None:
    google.will(answers.speaks, answers.speaks_at(rate=16_000))
    with pytest.raises(VoiceError, match="changed the sample rate"):
        gtts.speak(LONG, "en-US")


def test_without_gtts_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gtts", None)
    with pytest.raises(VoiceError, match="pip install 'hip-workout'"):
        Gtts()
