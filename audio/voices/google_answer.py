"""What Google Translate's speech page answers: a JSON call inside text, around an MP3 in base64."""

from __future__ import annotations

import base64
import binascii
import json
import re
from io import BytesIO

import numpy as np
import soundfile

from audio.voices.voice import Sound, VoiceError

_CALL = "jQ1olc"
# The closing quote is asked for, so that an answer that was cut short does not match.
_PAYLOAD = re.compile(rf'"{_CALL}",("(?:[^"\\]|\\.)*"|null)[,\]]')

_KBPS = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}


def sound_in(answer: str) -> Sound:
    """Return the sound of one answer. Each is to be decoded by itself, never glued to another.

    Raises:
        VoiceError: a page instead of an answer, an answer without sound, or half of one.
    """
    mp3 = mp3_in(answer)
    if _is_cut(mp3):
        raise VoiceError("gtts: Google's MP3 breaks off in the middle of a frame")
    try:
        samples, rate = soundfile.read(BytesIO(mp3), dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, RuntimeError) as fault:
        raise VoiceError(f"gtts: what Google sent is no sound: {fault}") from fault
    return Sound(np.asarray(samples.mean(axis=1), np.float32), rate)


def mp3_in(answer: str) -> bytes:
    """Return the bytes of the MP3 in an answer.

    Raises:
        VoiceError: there is none, or not the whole of it.
    """
    if _CALL not in answer:
        if "<html" in answer.lower() or "sorry" in answer.lower():
            raise VoiceError("gtts: Google sent a page for robots instead of speech")
        raise VoiceError(f"gtts: Google's answer is no answer to a call: {answer[:80]!r}")
    found = _PAYLOAD.search(answer)
    if not found:
        raise VoiceError("gtts: half an answer, or one of a new shape, came from Google")
    try:
        payload = json.loads(json.loads(found[1]) or "null")
        mp3 = base64.b64decode(payload[0], validate=True) if payload else b""
    except (ValueError, TypeError, KeyError, binascii.Error) as fault:
        raise VoiceError(f"gtts: Google's answer cannot be read: {fault}") from fault
    if not mp3:
        raise VoiceError("gtts: Google answered without sound; it may not have the language")
    return mp3


def _is_cut(mp3: bytes) -> bool:
    """Say whether the last frame is shorter than its header says (ISO/IEC 11172-3 and 13818-3)."""
    at = _after_tag(mp3)
    while at + 4 <= len(mp3):
        size = _frame_size(mp3[at : at + 4])
        if not size:
            return False  # a tag at the end, or no MP3 at all: the decoder will tell
        at += size
    return at > len(mp3)


def _after_tag(mp3: bytes) -> int:
    if mp3[:3] != b"ID3" or len(mp3) < 10:
        return 0
    first, second, third, fourth = mp3[6:10]
    return 10 + (first << 21 | second << 14 | third << 7 | fourth)


def _frame_size(header: bytes) -> int:
    """Return the bytes of a Layer III frame, or 0 where there is no such frame."""
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bits, rate = header[2] >> 4, header[2] >> 2 & 3
    if header[0] != 0xFF or header[1] < 0xE0 or version == 1 or layer != 1:
        return 0
    if bits in (0, 15) or rate == 3:
        return 0
    table, samples = (1, 144) if version == 3 else (2, 72)
    return samples * _KBPS[table][bits] * 1000 // _RATES[version][rate] + (header[2] >> 1 & 1)
