"""Meters: gated loudness and true peak, by ITU-R BS.1770-5.

Loudness is K-weighted power in blocks of 400 ms that overlap by three quarters, gated at -70 LUFS
and then at 10 LU below the rest (annex 1). True peak is the highest sample after oversampling four
times (annex 2).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.frames import RATE, Samples

Powers = NDArray[np.float64]
"""The K-weighted mean power of each 100 ms."""

_STEPS_A_BLOCK = 4
_METER_STEP = RATE // 10
"""Blocks of 400 ms begin every 100 ms."""

_CHUNK = 60 * RATE
"""So much is looked at in one go, so that an hour needs no gigabyte."""

SETTLE = 2 * _METER_STEP
"""What filters need to forget what came before; the slowest falls by half in 4 ms."""


def lufs(samples: Samples) -> float:
    """Return the gated loudness of 24 kHz mono sound in LUFS; minus infinity for silence.

    What is shorter than a block of 400 ms counts as one, filled up with silence.
    """
    whole = max(len(samples) // _METER_STEP, _STEPS_A_BLOCK) * _METER_STEP
    filled = np.zeros(whole, np.float32)
    filled[: len(samples)] = samples[:whole]
    return gated(powers(weighted(filled)))


def powers(sound: Samples) -> Powers:
    """Return the mean power of each 100 ms; the last is filled up with silence."""
    steps = -(-len(sound) // _METER_STEP)
    whole = np.zeros(steps * _METER_STEP, np.float32)
    whole[: len(sound)] = sound
    means: Powers = np.square(whole).reshape(steps, _METER_STEP).mean(1, dtype=np.float64)
    return means


def gated(steps: Powers) -> float:
    """Return the loudness of blocks of four steps each, those too soft left out."""
    four = np.pad(steps, (0, max(_STEPS_A_BLOCK - len(steps), 0)))
    blocks = np.convolve(four, np.full(_STEPS_A_BLOCK, 1 / _STEPS_A_BLOCK), "valid")
    blocks = blocks[blocks > 10 ** ((-70 + 0.691) / 10)]
    if not len(blocks):
        return float("-inf")
    blocks = blocks[blocks > blocks.mean() / 10]
    return float(-0.691 + 10 * np.log10(blocks.mean()))


def weighted(samples: Samples) -> Samples:
    """Return the sound K-weighted."""
    parts = []
    for start in range(0, len(samples), _CHUNK):
        before = min(start, SETTLE)
        chunk = samples[start - before : start + _CHUNK]
        size = fft_size(len(chunk) + SETTLE)
        whole = np.fft.irfft(np.fft.rfft(chunk, size) * _k_weighting(size), size)
        parts.append(whole[before : len(chunk)].astype(np.float32, copy=False))
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def fft_size(length: int) -> int:
    """Return 2 ** n or 3 * 2 ** n, not below ``length``: fast sizes, and few of them."""
    power = 1 << (length - 1).bit_length()
    return power * 3 // 4 if power * 3 // 4 >= length else power


@lru_cache(maxsize=16)
def _k_weighting(size: int) -> NDArray[np.complex64]:
    """Return the filters of BS.1770-5, annex 1, tables 1 and 2, at a transform's frequencies.

    The tables are for 48 kHz; their response is the same at whatever rate sound is sampled.
    """
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / RATE) / 48_000)
    delays = np.stack([np.ones_like(delay), delay, delay**2])
    shelf = (np.array([1.53512485958697, -2.69169618940638, 1.19839281085285]) @ delays) / (
        np.array([1, -1.69065929318241, 0.73248077421585]) @ delays
    )
    high_pass = (np.array([1, -2, 1]) @ delays) / (
        np.array([1, -1.99004745483398, 0.99007225036621]) @ delays
    )
    both: NDArray[np.complex64] = (shelf * high_pass).astype(np.complex64)
    return both


def true_peak_db(samples: Samples) -> float:
    """Return the true peak of 24 kHz mono sound in dBTP; minus infinity for silence."""
    highest = 0.0
    for start in range(0, len(samples), _CHUNK):
        before = min(start, SETTLE)
        chunk = samples[start - before : start + _CHUNK + SETTLE]
        fine = np.abs(soxr.resample(chunk, RATE, 4 * RATE))[4 * before :]
        highest = max(highest, float(fine[: 4 * _CHUNK].max(initial=0)))
    return 20 * float(np.log10(highest)) if highest > 0 else float("-inf")
