"""MP3 as this house writes it: 24 kHz mono at 48 kbit/s, every frame 144 bytes and 24 ms.

Without an Info frame and with nothing borrowed between frames of different clips, frames join by
plain concatenation, and a byte of a file is a moment of its sound. It is also what Alexa plays:
MPEG version 2, 48 kbit/s, 16, 22.05 or 24 kHz.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO

import numpy as np
import soundfile
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Mono sound at `RATE`, from -1 to 1."""

RATE = 24_000
"""Samples a second."""

FRAME_SAMPLES = 576
FRAME_MS = 24
FRAME_BYTES = 144

CODER_DELAY = 1_105
"""Samples by which MP3 without an Info frame starts late: 576 of the encoder, 529 of the decoder.
Measured with five decoders; `encode` takes it away at the start."""

_LOWEST_KBPS, _HIGHEST_KBPS, _KBPS = 8, 160, 48


class NotOurMp3(ValueError):
    """Bytes that are not whole frames of this house's one format."""


def encode(samples: Samples) -> bytes:
    """Return sound as whole frames, in which it begins at its first sample.

    The first 1,105 samples (46 ms) must be silence: they make room for the coder's delay. What is
    left of the last frame is silence.
    """
    frames = -(-len(samples) // FRAME_SAMPLES)
    padded = np.zeros(frames * FRAME_SAMPLES + FRAME_SAMPLES, np.float32)
    padded[: len(samples)] = samples
    mp3 = _mp3(padded[CODER_DELAY:])
    return mp3[: frames * FRAME_BYTES]


def decode(frames: bytes) -> Samples:
    """Return the sound of whole frames, as every decoder gives it.

    Raises:
        NotOurMp3: not frames of 24 kHz, mono, 48 kbit/s and nothing else.
    """
    check(frames)
    samples, _ = soundfile.read(BytesIO(frames), dtype="float32")
    return np.asarray(samples, np.float32)


def check(frames: bytes) -> None:
    """Look at every frame's header.

    Raises:
        NotOurMp3: there is another header, or half a frame, or nothing.
    """
    if not frames or len(frames) % FRAME_BYTES:
        raise NotOurMp3(f"{len(frames)} bytes are not whole frames of {FRAME_BYTES}")
    table = np.frombuffer(frames, np.uint8).reshape(-1, FRAME_BYTES)
    # Sync, MPEG 2, Layer III, no CRC; 48 kbit/s, 24 kHz, not padded; one channel.
    wrong = (
        (table[:, 0] != 0xFF)
        | (table[:, 1] != 0xF3)
        | (table[:, 2] & 0xFE != 0x64)
        | (table[:, 3] & 0xC0 != 0xC0)
    )
    if wrong.any():
        raise NotOurMp3(f"frame {int(wrong.argmax())} is not 24 kHz mono at 48 kbit/s")


def ms_of(frames: int) -> int:
    """Return how long so many frames last, in milliseconds."""
    return frames * FRAME_MS


@cache
def silence_frame() -> bytes:
    """Return one frame of silence that depends on no other."""
    return _mp3(np.zeros(FRAME_SAMPLES * 4, np.float32))[:FRAME_BYTES]


def _mp3(samples: Samples) -> bytes:
    out = BytesIO()
    level = (_HIGHEST_KBPS - _KBPS) / (_HIGHEST_KBPS - _LOWEST_KBPS)
    soundfile.write(
        out,
        samples,
        RATE,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT",
        compression_level=level,
    )
    return out.getvalue()
