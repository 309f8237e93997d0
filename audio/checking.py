"""Looks a folder of clips over: is every line there, does it sound, is it as long and as loud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from audio.clip_folder import ClipFolder
from audio.frames import FRAME_BYTES, FRAME_SAMPLES, NotOurMp3, decode
from audio.level import LOUDNESS_LUFS, PEAK_DBTP, TOLERANCE_LU
from audio.loudness import lufs, true_peak_db
from audio.manifest import line_key, read
from audio.text_clips import digest
from skill.coach.reply import Line

ROOM_DB = 1.0
"""A clip may be too soft if its true peak is so near to what is allowed."""

MUTE = frozenset({"silent"})
"""Voices whose clips have nothing in them to be heard."""


@dataclass(frozen=True)
class Fault:
    """What is wrong with the clip of one text."""

    text: str
    why: str


def faults(clips: ClipFolder, lines: Iterable[Line]) -> Iterator[Fault]:
    """Yield what is wrong with the clips of these lines, as the files and the manifest are now.

    Every file is decoded and measured, at some 300 a second. Nothing is rendered.

    Raises:
        ClipFolderError: the folder cannot be read.
    """
    texts = clips.texts
    manifest = read(texts.folder, texts.locale, texts.voice.name)
    done = set()
    for line in lines:
        text = clips.text_of(line)
        name = texts.name_of(text)
        if manifest.lines.get(line_key(line), name) != name:
            yield Fault(text, "the manifest has the clip of a former voice or wording")
        if name in done:
            continue
        done.add(name)
        entry = manifest.clips.get(name)
        sound = texts.file_of(name)
        if sound is None:
            yield Fault(text, "there is no clip")
        elif entry is None:
            yield Fault(text, "the manifest does not know its clip")
        elif entry.frames * FRAME_BYTES != len(sound):
            yield Fault(text, f"{len(sound)} bytes, not {entry.frames * FRAME_BYTES}")
        elif entry.sha256 != digest(sound):
            yield Fault(text, "damaged: its digest is another")
        elif why := _of_sound(sound, mute=texts.voice.name in MUTE):
            yield Fault(text, why)


def _of_sound(frames: bytes, *, mute: bool) -> str | None:
    try:
        heard = decode(frames)
    except NotOurMp3 as fault:
        return f"damaged: {fault}"
    if len(heard) * FRAME_BYTES != len(frames) * FRAME_SAMPLES:
        return f"it decodes to {len(heard)} samples"
    return None if mute else _of_level(lufs(heard), true_peak_db(heard))


def _of_level(loudness: float, peak: float) -> str | None:
    if loudness == float("-inf"):
        return "there is nothing to be heard in it"
    if peak > PEAK_DBTP + 0.05:
        return f"true peak {peak:.1f} dBTP"
    soft = loudness < LOUDNESS_LUFS - TOLERANCE_LU and peak < PEAK_DBTP - ROOM_DB
    if soft or loudness > LOUDNESS_LUFS + TOLERANCE_LU:
        return f"loudness {loudness:.1f} LUFS"
    return None
