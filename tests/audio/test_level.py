from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audio.frames import FRAME_SAMPLES, RATE, Samples, decode, silence_frame
from audio.level import LOUDNESS_LUFS, PEAK_DBTP, NotSound, level, lufs, trim, true_peak_db
from audio.voices.hibari import Hibari
from tests.audio.murmur import RATE as MURMUR_RATE
from tests.audio.murmur import murmured


def sine(hertz: float, seconds: float, peak: float = 1.0, rate: int = RATE) -> Samples:
    at = np.arange(round(seconds * rate)) / rate
    return (peak * np.sin(2 * np.pi * hertz * at)).astype(np.float32)


# -- The meters


@pytest.mark.parametrize("peak_db", [0, -6, -23, -40])
def test_a_sine_of_1_khz_is_as_loud_as_the_standard_says(peak_db: float) -> None:
    # BS.1770-5, annex 1: full scale at 997 Hz in one channel reads -3.01 LKFS.
    heard = lufs(sine(997, 5, 10 ** (peak_db / 20)))
    assert heard == pytest.approx(-3.01 + peak_db, abs=0.02)


def filtered(samples: Samples) -> Samples:
    """Run the two filters of BS.1770-5, annex 1, sample by sample at 48 kHz."""
    shelf = (1.53512485958697, -2.69169618940638, 1.19839281085285)
    for forward, back in (
        (shelf, (-1.69065929318241, 0.73248077421585)),
        ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)),
    ):
        out = [0.0, 0.0]
        padded = [0.0, 0.0, *samples.tolist()]
        for at in range(2, len(padded)):
            new = sum(each * padded[at - late] for late, each in enumerate(forward))
            out.append(new - back[0] * out[-1] - back[1] * out[-2])
        samples = np.array(out[2:], np.float32)
    return samples


@pytest.mark.parametrize("hertz", [50, 100, 400, 2000, 8000])
def test_ears_hear_less_of_low_tones_as_the_standard_filters_do(hertz: float) -> None:
    kept = filtered(sine(hertz, 0.8, rate=48_000))[9_600:]
    expected = -0.691 + 10 * np.log10(np.mean(np.square(kept, dtype=float)))
    assert lufs(sine(hertz, 5)) == pytest.approx(expected, abs=0.02)


def test_pauses_do_not_make_speech_softer() -> None:
    word, pause = sine(997, 2, 0.1), np.zeros(3 * RATE, np.float32)
    assert lufs(np.concatenate([word, pause, word, pause])) == pytest.approx(lufs(word), abs=0.6)


def test_an_hour_is_measured_as_a_minute_is() -> None:
    word = np.concatenate([sine(440, 0.7, 0.3), sine(900, 0.3, 0.1)])
    assert lufs(np.tile(word, 200)) == pytest.approx(lufs(np.tile(word, 30)), abs=0.01)
    assert true_peak_db(np.tile(word, 200)) == pytest.approx(true_peak_db(word), abs=0.05)


@pytest.mark.parametrize("silence", [0, 100, RATE])
def test_silence_has_no_loudness_and_no_peak(silence: int) -> None:
    assert lufs(np.zeros(silence, np.float32)) == float("-inf")
    assert true_peak_db(np.zeros(silence, np.float32)) == float("-inf")


def test_peaks_between_samples_are_found() -> None:
    # A quarter of the rate, an eighth of a turn off: every sample is 3 dB below the true peak.
    between = np.sin(2 * np.pi * (np.arange(RATE) / 4 + 0.125)).astype(np.float32)
    between *= np.hanning(RATE).astype(np.float32)
    assert 20 * np.log10(np.abs(between).max()) == pytest.approx(-3.01, abs=0.01)
    assert true_peak_db(between) == pytest.approx(0, abs=0.1)


# -- Trimming


def test_silence_around_a_word_is_cut_and_its_breath_kept() -> None:
    hiss = np.random.default_rng(1).standard_normal(2 * RATE).astype(np.float32) * 3e-4
    whole = hiss.copy()
    whole[RATE // 2 : RATE] += sine(300, 0.5, 0.5)
    kept = trim(whole)
    assert 0.5 * RATE <= len(kept) <= 0.63 * RATE
    assert abs(kept[0]) < 1e-5
    assert abs(kept[-1]) < 1e-5


def test_a_pause_within_a_sentence_stays() -> None:
    word, pause = sine(300, 0.3), np.zeros(RATE // 2, np.float32)
    assert len(trim(np.concatenate([pause, word, pause, word, pause]))) >= 1.1 * RATE


# -- Levelling


@st.composite
def sounds(draw: st.DrawFn) -> Samples:
    """Any sound: noises, tones, clicks, steps, in pieces of any loudness, from 1 ms to 2 s."""
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        length = draw(st.integers(24, RATE // 2))
        peak = 10 ** (draw(st.floats(-70, 20)) / 20)
        kind = draw(st.sampled_from(["noise", "tone", "click", "step", "silence"]))
        piece = np.zeros(length)
        if kind == "noise":
            piece = random.standard_normal(length)
        elif kind == "tone":
            piece = np.sin(np.arange(length) * draw(st.floats(0.005, 3)))
        elif kind == "click":
            piece[random.integers(length)] = 1
        elif kind == "step":
            piece += 1
        pieces.append(piece * peak)
    return np.concatenate(pieces).astype(np.float32)


@settings(deadline=None, max_examples=60)
@example(np.ones(24, np.float32))
@example(np.full(RATE, 3e38, np.float32))
@example(np.tile(np.array([1, -1], np.float32), RATE))
@given(sounds())
def test_whatever_comes_in_the_peak_is_right_and_nothing_is_too_loud(sound: Samples) -> None:
    heard = decode(level(sound, RATE))
    assert true_peak_db(heard) <= PEAK_DBTP + 0.1
    assert lufs(heard) <= LOUDNESS_LUFS + 1.0


SPEECH = Hibari()


@pytest.mark.parametrize("text", ["Ten.", "Hold.", "Squeeze your glutes, and lower slowly."])
@pytest.mark.parametrize("gain_db", [0, -20])
def test_speech_of_any_loudness_comes_out_at_one(text: str, gain_db: float) -> None:
    said = SPEECH.speak(text, "en-US")
    heard = decode(level(said.samples * np.float32(10 ** (gain_db / 20)), said.rate))
    assert lufs(heard) == pytest.approx(LOUDNESS_LUFS, abs=1)
    assert true_peak_db(heard) <= PEAK_DBTP


@settings(deadline=None, max_examples=20)
@given(st.integers(40, 3000), st.floats(-40, 0), st.sampled_from([8_000, 16_000, 22_050, 24_000]))
def test_a_murmur_is_as_loud_as_any_unless_its_peak_forbids(
    ms: int, gain_db: float, rate: int
) -> None:
    heard = decode(level(murmured(ms) * np.float32(10 ** (gain_db / 20)), rate))
    peak, off = true_peak_db(heard), lufs(heard) - LOUDNESS_LUFS
    assert peak <= PEAK_DBTP
    assert abs(off) <= 1 or (off < 0 and peak > PEAK_DBTP - 1)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_a_clip_lasts_as_long_at_whatever_rate_it_was_said(rate: int) -> None:
    clip = decode(level(sine(300, 1, 0.3, rate), rate))
    assert len(clip) / RATE == pytest.approx(1.05, abs=0.06)


def test_every_clip_begins_with_50_ms_of_silence() -> None:
    heard = decode(level(murmured(900), MURMUR_RATE))
    begins = int(np.flatnonzero(np.abs(heard) > 0.05)[0])
    assert np.abs(heard[: RATE * 45 // 1000]).max() < 0.01
    assert RATE * 50 // 1000 <= begins < RATE * 90 // 1000


def test_clips_join_without_a_click() -> None:
    one, two = level(murmured(700), MURMUR_RATE), level(murmured(1300), MURMUR_RATE)
    joined = decode(one + silence_frame() + two)
    alone = np.concatenate([decode(one), np.zeros(FRAME_SAMPLES, np.float32), decode(two)])
    assert np.abs(joined - alone).max() < 1 / 512


@pytest.mark.parametrize("ms", [1, 30, 1000])
def test_silence_stays_as_long_as_it_is(ms: int) -> None:
    clip = level(np.zeros(ms * 16, np.float32), 16_000)
    assert len(decode(clip)) == -(-(50 + ms) // 24) * FRAME_SAMPLES
    assert np.abs(decode(clip)).max() == 0


@pytest.mark.parametrize(
    "broken", [[], [0.1, float("nan")], [float("inf")]], ids=["nothing", "nan", "infinite"]
)
def test_what_is_no_sound_is_refused(broken: list[float]) -> None:
    with pytest.raises(NotSound):
        level(np.array(broken, np.float32), RATE)


def test_the_same_sound_gives_the_same_bytes() -> None:
    assert level(murmured(500), MURMUR_RATE) == level(murmured(500), MURMUR_RATE)


def test_levelling_opens_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    level(murmured(100), MURMUR_RATE)
    assert list(tmp_path.iterdir()) == []
