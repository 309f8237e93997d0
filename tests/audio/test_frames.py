from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.frames import (
    CODER_DELAY,
    FRAME_BYTES,
    FRAME_SAMPLES,
    RATE,
    NotOurMp3,
    Samples,
    check,
    decode,
    encode,
    ms_of,
    silence_frame,
)

LENGTHS = st.integers(CODER_DELAY, 2 * RATE)


def click_at(moment: int, length: int) -> Samples:
    """A soft bump of 3 ms, whose middle is a moment; the rest is silence."""
    samples = np.zeros(length, np.float32)
    bump = 0.5 * np.hanning(73).astype(np.float32)
    samples[moment - 36 : moment + 37] = bump
    return samples


def voice_like(frames: int, seed: int) -> Samples:
    """Noise of one octave that begins after 50 ms and has died away at the end."""
    noise = np.random.default_rng(seed).standard_normal(frames * FRAME_SAMPLES)
    spectrum = np.fft.rfft(noise)
    hertz = np.fft.rfftfreq(len(noise), 1 / RATE)
    spectrum[(hertz < 300) | (hertz > 3000)] = 0
    samples = np.fft.irfft(spectrum)
    samples *= 0.2 / np.abs(samples).max()
    samples[:1200] = 0
    samples[-1200:] = 0
    return samples.astype(np.float32)


@settings(deadline=None, max_examples=25)
@given(LENGTHS)
def test_coded_sound_is_as_long_as_it_was_up_to_a_whole_frame(length: int) -> None:
    coded = encode(np.zeros(length, np.float32))
    frames = -(-length // FRAME_SAMPLES)
    assert len(coded) == frames * FRAME_BYTES
    assert len(decode(coded)) == frames * FRAME_SAMPLES
    assert ms_of(frames) - length * 1000 / RATE < 24


@settings(deadline=None, max_examples=25)
@given(st.integers(1300, RATE - 200))
def test_what_is_coded_stays_at_its_sample(moment: int) -> None:
    heard = decode(encode(click_at(moment, RATE)))
    assert abs(int(np.abs(heard).argmax()) - moment) <= 12  # half a millisecond


@settings(deadline=None, max_examples=15)
@given(st.lists(st.integers(8, 40), min_size=2, max_size=4), st.integers(1, 20), st.integers(0, 99))
def test_joined_frames_sound_as_each_of_them_does_alone(
    lengths: list[int], pause: int, seed: int
) -> None:
    clips = [encode(voice_like(length, seed + length)) for length in lengths]
    joined = decode((silence_frame() * pause).join(clips))
    at = 0
    for clip in clips:
        alone = decode(clip)
        # Within the softest step of 16 bits, where the last frame of another rings out.
        assert np.abs(joined[at : at + len(alone)] - alone).max() < 1 / 2048
        at += len(alone) + pause * FRAME_SAMPLES
    assert len(joined) == at - pause * FRAME_SAMPLES


def test_a_frame_of_silence_is_silent_wherever_it_is_put() -> None:
    clip = encode(voice_like(20, 1))
    joined = decode(clip + silence_frame() * 3 + clip)
    silence = joined[22 * FRAME_SAMPLES : 23 * FRAME_SAMPLES]
    assert np.abs(silence).max() < 1e-4
    assert len(silence_frame()) == FRAME_BYTES


GOOD = encode(np.zeros(3 * RATE, np.float32))


@pytest.mark.parametrize(
    "damaged",
    [
        b"",
        GOOD[:-1],
        GOOD[:100],
        b"ID3" + GOOD,
        GOOD[FRAME_BYTES // 2 :] + GOOD[: FRAME_BYTES // 2],
        GOOD[:FRAME_BYTES] + bytes(FRAME_BYTES) + GOOD[FRAME_BYTES:],
        bytes([0xFF, 0xF3, 0x84]) + GOOD[3:],
    ],
    ids=["nothing", "a byte less", "half a frame", "tagged", "shifted", "zeros", "64 kbit/s"],
)
def test_what_is_not_whole_frames_of_our_format_is_refused(damaged: bytes) -> None:
    with pytest.raises(NotOurMp3):
        check(damaged)
    with pytest.raises(NotOurMp3):
        decode(damaged)
