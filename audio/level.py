"""A voice's sound made fit to be a clip: trimmed, brought to one loudness, encoded.

What is measured is the decoded MP3, because coding at 48 kbit/s changes loudness and peak.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import soxr
from numpy.typing import NDArray

from audio.frames import RATE, Samples, decode, encode
from audio.loudness import SETTLE, fft_size, gated, lufs, powers, true_peak_db, weighted

__all__ = ["NotSound", "level", "lufs", "trim", "true_peak_db"]

VERSION = 1
"""Raised whenever the same sound in would give another clip out."""

LOUDNESS_LUFS = -14.0
"""What Alexa asks of speech in skills."""

TOLERANCE_LU = 1.0
PEAK_DBTP = -2.0
"""True peak never lies above this; where both cannot be had, a clip is softer."""

LEAD_MS = 50
"""Silence at the start of every clip: the coder's delay of 46 ms has to fit into it."""

_LEAD = RATE * LEAD_MS // 1000
_QUIET = 1e-3
"""A sound that never exceeds -60 dB is silence, and is left as long as it is."""


class NotSound(ValueError):
    """There are no samples, or some of them are not numbers."""


def level(samples: Samples, rate: int) -> bytes:
    """Return a voice's sound as the frames of a clip: 50 ms of silence, then the trimmed sound.

    ``samples`` are mono at ``rate`` a second. Silence stays silence of the same length.

    Raises:
        NotSound: there is nothing, or something that is not a number.
    """
    sound = np.asarray(samples, np.float32)
    if not len(sound) or not np.isfinite(sound).all():
        raise NotSound("no samples" if not len(sound) else "samples that are not numbers")
    highest = np.abs(sound).max()
    if highest < _QUIET:
        return encode(np.zeros(_LEAD + round(len(sound) * RATE / rate), np.float32))
    sound = sound / highest
    if rate != RATE:
        sound = soxr.resample(sound, rate, RATE)
    return _Loop(_compressed(_rotated(trim(sound)))).run()


# -- Trimming


_STEP = RATE // 200
"""5 ms: what trimming and compressing look at as one."""

_SILENT_DB = -50.0
"""Below the loudest 5 ms by so much is silence: neural voices hiss at -60, breath is at -40."""

_BEFORE, _AFTER = RATE * 15 // 1000, RATE * 90 // 1000
"""What is kept around the sound: the onset of a soft consonant, the breath of a last vowel."""

_FADE_IN, _FADE_OUT = RATE * 5 // 1000, RATE * 40 // 1000


def trim(samples: Samples) -> Samples:
    """Return 24 kHz sound without the silence around it, its edges soft."""
    loud = np.flatnonzero(_step_power(samples) > _loudest(samples) * 10 ** (_SILENT_DB / 10))
    start = max(int(loud[0]) * _STEP - _BEFORE, 0)
    end = min((int(loud[-1]) + 1) * _STEP + _AFTER, len(samples))
    kept = samples[start:end].copy()
    fade_in, fade_out = min(_FADE_IN, len(kept) // 2), min(_FADE_OUT, len(kept) // 2)
    kept[:fade_in] *= _rise(fade_in)
    kept[len(kept) - fade_out :] *= _rise(fade_out)[::-1]
    return kept


def _rise(length: int) -> Samples:
    """Return half a cosine from 0 to 1."""
    return (0.5 - 0.5 * np.cos(np.pi * np.arange(length) / max(length, 1))).astype(np.float32)


def _step_power(samples: Samples) -> NDArray[np.float32]:
    """Return the mean power of each 5 ms."""
    steps = -(-len(samples) // _STEP)
    padded = np.zeros(steps * _STEP, np.float32)
    padded[: len(samples)] = samples
    means: NDArray[np.float32] = np.square(padded).reshape(steps, _STEP).mean(1)
    return means


def _loudest(samples: Samples) -> float:
    return float(_step_power(samples).max())


# -- Evening out: phase, compressor, limiter

_ROTATION_HZ, _ROTATIONS = 200, 4
"""All-pass filters, as radio stations have them: nothing is heard of them, and the pulses of a
voice get less pointed, which measured 0.1 to 0.9 LU more under the same peak."""

_RATIO = 3.0
_KNEE_DB = 10.0
"""What is less than this below the loudest syllable is brought nearer to what is further below."""

_SMOOTH = 9
"""Steps of 5 ms over which the compressor looks: a syllable, so that it leaves its shape alone."""

_LOOK = 121
"""Samples, 5 ms: the limiter begins so long before a peak and lets go as softly."""

_MOST_LIMITING = 10 ** (16 / 20)
"""A voice is not pressed by more than 16 dB; it would get hardly louder, only rougher."""


def _rotated(samples: Samples) -> Samples:
    """Return the sound with its phases turned around 200 Hz and its spectrum as it was."""
    size = fft_size(len(samples) + SETTLE)
    turned = np.fft.irfft(np.fft.rfft(samples, size) * _rotation(size), size)
    return turned[: len(samples)].astype(np.float32, copy=False)


@lru_cache(maxsize=8)
def _rotation(size: int) -> NDArray[np.complex64]:
    delay = np.exp(-2j * np.pi * np.fft.rfftfreq(size))
    bend = np.tan(np.pi * _ROTATION_HZ / RATE)
    pole = (bend - 1) / (bend + 1)
    turned: NDArray[np.complex64] = ((pole + delay) / (1 + pole * delay)) ** _ROTATIONS
    return turned.astype(np.complex64)


def _compressed(samples: Samples) -> Samples:
    """Return speech with its loud syllables nearer to its soft ones."""
    window = np.hanning(_SMOOTH + 2)[1:-1]
    power = np.convolve(_step_power(samples), window / window.sum())[_SMOOTH // 2 :]
    level_db = 10 * np.log10(np.maximum(power[: -(-len(samples) // _STEP)], 1e-12))
    over = np.maximum(level_db - (level_db.max() - _KNEE_DB), 0)
    gain = 10 ** (-over * (1 - 1 / _RATIO) / 20)
    middles = (np.arange(len(gain)) + 0.5) * _STEP
    smooth = np.interp(np.arange(len(samples)), middles, gain)
    quieter: Samples = samples * smooth.astype(np.float32)
    return quieter


class _Limiter:
    """Makes one sound so loud, under a ceiling for its true peak; what is costly is done once."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._held = _sliding_max(_envelope(samples), 2 * _LOOK + 1)
        self._highest = float(self._held.max())
        self._weighted = weighted(samples)

    def __call__(self, loudness: float, ceiling_db: float) -> Samples:
        """Return it at ``loudness`` LUFS, or as near as the ceiling (dBTP) lets it come."""
        ceiling = 10 ** (ceiling_db / 20)
        most = _MOST_LIMITING * ceiling / self._highest
        gain = min(most, 10 ** ((loudness - gated(powers(self._weighted))) / 20))
        for _ in range(_GUESSES):
            gains = self._gains(gain, ceiling)
            # The gains change slowly beside the weighting, so that it need not be done anew.
            missing = loudness - gated(powers(self._weighted * gains))
            if abs(missing) < _NEAR_LU or (missing > 0 and gain >= most):
                break
            gain = min(most, gain * 10 ** (missing * _EAGER / 20))
        return self._samples * self._gains(gain, ceiling)

    def _gains(self, gain: float, ceiling: float) -> Samples:
        """Return the gain of each sample: the lowest needed within 5 ms, its edges rounded."""
        needed = np.minimum(gain, ceiling / np.maximum(self._held, 1e-9))
        total = np.cumsum(np.pad(needed, (_LOOK // 2 + 1, _LOOK // 2), mode="edge"), dtype=float)
        gains: Samples = ((total[_LOOK:] - total[:-_LOOK]) / _LOOK).astype(np.float32)
        return gains


_GUESSES = 5
_NEAR_LU = 0.1
_EAGER = 1.3
"""A decibel more before the limiter is less than a decibel after it."""


def _envelope(samples: Samples) -> Samples:
    """Return the highest of each sample and the three between it and the next."""
    fine = np.zeros(len(samples) * 4, np.float32)
    over = np.abs(soxr.resample(samples, RATE, 4 * RATE))[: len(fine)]
    fine[: len(over)] = over
    # Four strided maxima take a fifth of the time of one over short rows.
    halves = np.maximum(fine[::2], fine[1::2])
    highest: Samples = np.maximum(halves[::2], halves[1::2])
    return highest


def _sliding_max(values: Samples, width: int) -> Samples:
    """Return the highest within ``width`` (odd) around each value, in a logarithm of passes."""
    held = np.pad(values, width // 2)
    reach = 1
    while reach < width:
        step = min(reach, width - reach)
        held = np.maximum(held[:-step], held[step:])
        reach += step
    return held


# -- The loop

_CODING_DB = 1.7
"""How much coding adds to the true peak of most clips; where it adds more, another turn is made."""

_CODING_LU = 0.4
"""How much softer coding makes a clip (measured: 0.42 +- 0.05 with a neural voice)."""

_TURNS = 5
_CLOSE_LU = 0.9
_SLACK_DB = 0.4
"""Less room than this under the peak is not worth another turn."""


class _Loop:
    """Sets ceiling and aim, encodes, measures what a decoder gives, and sets them better."""

    def __init__(self, samples: Samples) -> None:
        self._limit = _Limiter(np.concatenate([np.zeros(_LEAD, np.float32), samples]))
        self._aim = LOUDNESS_LUFS + _CODING_LU
        self._ceiling = PEAK_DBTP - _CODING_DB
        self._best: tuple[float, bytes] | None = None

    def run(self) -> bytes:
        """Return the clip whose peak is right and whose loudness is nearest.

        It ends because a ceiling that is too high is lowered on every turn.
        """
        turns = 0
        while not self._turn() and (self._best is None or turns < _TURNS):
            turns += 1
        if self._best is None:
            raise AssertionError("a turn that ends the loop has a clip")
        return self._best[1]

    def _turn(self) -> bool:
        """Make one clip of it, and say whether none better is to be had."""
        mp3 = encode(self._limit(self._aim, self._ceiling))
        heard = decode(mp3)
        off, over = lufs(heard) - LOUDNESS_LUFS, true_peak_db(heard) - PEAK_DBTP
        if over > 0:
            self._ceiling -= over + 0.15
            return False
        if self._best is None or abs(off) < self._best[0]:
            self._best = abs(off), mp3
        if abs(off) <= _CLOSE_LU:
            return True
        if off > 0:
            self._aim -= off
        elif -over < _SLACK_DB:
            return True
        else:
            self._ceiling += -over - 0.1
        return False
