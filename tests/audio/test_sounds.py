"""The ticks and chimes: soft, distinct, behind the voice, and able to stand anywhere."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from audio.frames import FRAME_SAMPLES, RATE, Samples, check, decode, silence_frame
from audio.sounds import LEAD_SAMPLES, Signal, frames_of, samples_of, sound_of

VOICE_LUFS = -14.0

every_signal = pytest.mark.parametrize("signal", Signal)


def heard(signal: Signal) -> Samples:
    """Return a signal as it sounds between two silences, which are cut off again."""
    return decode(silence_frame() * 4 + sound_of(signal) + silence_frame() * 40)[
        4 * FRAME_SAMPLES :
    ]


def momentary_lufs(samples: Samples) -> float:
    """Measure the loudest 400 ms after ITU-R BS.1770-4, its filters taken as their responses."""
    spectrum = np.fft.rfft(samples)
    hz = np.fft.rfftfreq(len(samples), 1 / RATE)
    z = np.exp(-2j * np.pi * hz / 48_000)  # the standard gives its coefficients for 48 kHz
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    weighted = np.fft.irfft(spectrum * shelf * high_pass, len(samples))
    block = RATE * 400 // 1000
    power = np.convolve(weighted**2, np.ones(block) / block, "valid").max()
    return float(-0.691 + 10 * np.log10(power))


def strongest_hz(samples: Samples) -> float:
    spectrum = np.abs(np.fft.rfft(samples, RATE))
    return float(np.argmax(spectrum))


@every_signal
def test_a_signal_is_whole_frames_and_the_first_borrows_nothing(signal: Signal) -> None:
    sound = sound_of(signal)
    check(sound)
    assert sound[4] == 0  # main_data_begin, behind the four bytes of the header
    assert frames_of(signal) * 144 == len(sound)


@every_signal
def test_a_signal_is_6_to_10_db_below_the_voice(signal: Signal) -> None:
    assert VOICE_LUFS - 10 <= momentary_lufs(heard(signal)) <= VOICE_LUFS - 6


@every_signal
def test_a_signal_has_no_higher_peaks_than_the_voice(signal: Signal) -> None:
    assert 0.05 < np.abs(heard(signal)).max() < 10 ** (-5 / 20)


@every_signal
def test_a_signal_begins_where_a_word_would_and_is_over_when_its_frames_are(signal: Signal) -> None:
    samples = np.abs(heard(signal))
    loud = np.flatnonzero(samples > 0.1 * samples.max())
    assert abs(int(loud[0]) - LEAD_SAMPLES) < RATE * 8 // 1000
    after = samples[frames_of(signal) * FRAME_SAMPLES :]
    assert after.max() < 0.003


@every_signal
def test_a_signal_has_no_click_in_it(signal: Signal) -> None:
    pure = samples_of(signal)
    steepest_sine = np.abs(pure).max() * 2 * np.pi * 880 / RATE
    assert np.abs(np.diff(heard(signal))).max() < 1.5 * steepest_sine


def test_no_two_signals_can_be_taken_for_each_other() -> None:
    shapes = {s: (strongest_hz(samples_of(s)), frames_of(s)) for s in Signal}
    for one, other in combinations(Signal, 2):
        apart = abs(np.log2(shapes[one][0] / shapes[other][0])) * 12
        longer = max(shapes[one][1], shapes[other][1]) / min(shapes[one][1], shapes[other][1])
        assert apart > 3 or longer > 1.3, (one, other)


def test_ticks_are_shorter_than_the_shortest_phase_of_a_rep() -> None:
    assert frames_of(Signal.WORK) * 24 < 250
    assert frames_of(Signal.HOLD) * 24 < 250


def test_a_signal_is_encoded_once() -> None:
    assert sound_of(Signal.WORK) is sound_of(Signal.WORK)
