"""The four sounds that are no words: ticks for work and hold, chimes for rest and end.

All are ours: sines that swell in and die away, made with numpy and encoded once in a process.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import NamedTuple

import numpy as np

from audio.frames import FRAME_BYTES, FRAME_SAMPLES, RATE, Samples, encode

LOUDNESS = -22.0
"""LUFS of each sound in its loudest 400 ms: 8 to 9 dB below the voice, which is at -14. Far enough
to stay behind it, near enough to be heard across a room."""

LEAD_SAMPLES = 2 * FRAME_SAMPLES
"""Silence before a sound, which the coder needs, and clips have too: a tick is on its beat as
exactly as a word is."""

_WINDOW_SAMPLES = RATE * 400 // 1000
"""Momentary loudness is that of 400 ms (EBU Tech 3341)."""

_ATTACK_SAMPLES = RATE * 6 // 1000


class Signal(StrEnum):
    """What a sound tells."""

    WORK = "work"
    """Lift now; stands where no word says so."""

    HOLD = "hold"
    """You are at the top."""

    REST = "rest"
    """The set is done, rest."""

    END = "end"
    """The last set of an exercise, or all of it, is done."""


class _Note(NamedTuple):
    at_ms: int
    ms: int
    hz: float


# Below 1 kHz, where ears that have grown old hear well. Work and hold are a fourth apart, rest
# falls by a fifth, the end rises through a chord.
_NOTES = {
    Signal.WORK: (_Note(0, 140, 659.3),),
    Signal.HOLD: (_Note(0, 165, 880.0),),
    Signal.REST: (_Note(0, 160, 659.3), _Note(140, 210, 440.0)),
    Signal.END: (_Note(0, 130, 440.0), _Note(110, 130, 554.4), _Note(220, 260, 659.3)),
}


@cache
def sound_of(signal: Signal) -> bytes:
    """Return a signal as whole frames, of which the first borrows nothing from before it."""
    return encode(samples_of(signal))


@cache
def frames_of(signal: Signal) -> int:
    """Return how many frames a signal takes: 8 to 22, up to 528 ms."""
    return len(sound_of(signal)) // FRAME_BYTES


def samples_of(signal: Signal) -> Samples:
    """Return a signal as it is before it is encoded: 48 ms of silence, then its notes."""
    notes = _NOTES[signal]
    sound = np.zeros(LEAD_SAMPLES + max(_samples(note.at_ms + note.ms) for note in notes))
    for note in notes:
        start = LEAD_SAMPLES + _samples(note.at_ms)
        sound[start : start + _samples(note.ms)] += _tone(note)
    loudest = np.convolve(sound**2, np.ones(_WINDOW_SAMPLES)).max() / _WINDOW_SAMPLES
    # ITU-R BS.1770: a sine near 1 kHz has, within 1 dB, the loudness of its mean square.
    return np.asarray(sound * np.sqrt(10 ** (LOUDNESS / 10) / loudest), np.float32)


def _tone(note: _Note) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    length = _samples(note.ms)
    at = np.arange(length)
    sine = np.sin(2 * np.pi * note.hz * at / RATE) + 0.15 * np.sin(4 * np.pi * note.hz * at / RATE)
    # From nothing to nothing, so that there is no click at either end.
    swell = np.minimum(1, at / _ATTACK_SAMPLES)
    return np.asarray(sine * np.sin(np.pi / 2 * swell) ** 2 * np.exp(-3 * at / length)) * (
        1 - at / length
    )


def _samples(ms: int) -> int:
    return RATE * ms // 1000
