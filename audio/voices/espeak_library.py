"""eSpeak NG's C library, loaded anew for every sentence so that a sentence always sounds alike."""

from __future__ import annotations

import _ctypes
import ctypes
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from audio.voices.voice import VoiceError

_SYNCHRONOUS = 2  # the sound goes to a callback while espeak_Synth runs
_DONT_EXIT = 0x8000  # without it, a folder that is not found ends the whole process
_UTF8 = 1
_BY_CHARACTER = 1
_WORDS_A_MINUTE = 1  # the number of this parameter

_LONGEST_PATH = 159
"""Bytes of a data folder's path that fit into the library's buffer."""

_ON_SOUND = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)

_one_at_a_time = threading.Lock()
"""The library keeps its state in static memory: two threads in it crash the process."""


def synthesise(text: str, voice: str, words_a_minute: int, data: Path) -> tuple[bytes, int]:
    """Return 16-bit mono samples and how many there are to the second.

    The library draws noise from static memory that no call resets; unloading it does. A system
    that cannot unload a library (musl's cannot) still speaks, but not twice the same samples.

    Raises:
        VoiceError: the data folder is not eSpeak NG's, or has no such voice.
    """
    with _one_at_a_time, _short(data) as folder, _loaded() as library:
        return _say(library, text, voice, words_a_minute, folder)


def _say(
    library: ctypes.CDLL, text: str, voice: str, words_a_minute: int, folder: str
) -> tuple[bytes, int]:
    pcm = bytearray()

    def on_sound(samples: int | None, count: int, _events: int | None) -> int:
        if samples and count > 0:
            pcm.extend(ctypes.string_at(samples, 2 * count))
        return 0

    callback = _ON_SOUND(on_sound)  # held until the library is done with it
    rate = library.espeak_Initialize(_SYNCHRONOUS, 0, os.fsencode(folder), _DONT_EXIT)
    if rate <= 0:
        raise VoiceError(f"espeak finds no data in {folder}")
    try:
        library.espeak_SetSynthCallback(callback)
        if library.espeak_SetVoiceByName(voice.encode()):
            raise VoiceError(f"espeak has no voice {voice}")
        library.espeak_SetParameter(_WORDS_A_MINUTE, words_a_minute, 0)
        spelled = text.encode() + b"\0"
        if (
            library.espeak_Synth(spelled, len(spelled), 0, _BY_CHARACTER, 0, _UTF8, None, None)
            or library.espeak_Synchronize()
        ):
            raise VoiceError(f"espeak failed while saying {text!r}")
    finally:
        library.espeak_Terminate()
    return bytes(pcm), rate


@contextmanager
def _loaded() -> Iterator[ctypes.CDLL]:
    import espeakng_loader  # noqa: PLC0415 - an extra

    library = ctypes.CDLL(espeakng_loader.get_library_path())
    try:
        library.espeak_Initialize.argtypes = [
            ctypes.c_int,
            ctypes.c_int,
            ctypes.c_char_p,
            ctypes.c_int,
        ]
        library.espeak_Synth.argtypes = [
            ctypes.c_char_p,
            ctypes.c_size_t,
            ctypes.c_uint,
            ctypes.c_int,
            ctypes.c_uint,
            ctypes.c_uint,
            ctypes.c_void_p,
            ctypes.c_void_p,
        ]
        yield library
    finally:
        _unload(library)


def _unload(library: ctypes.CDLL) -> None:
    # ctypes has no public way to let go of a library.
    if sys.platform == "win32":
        _ctypes.FreeLibrary(library._handle)
    else:
        _ctypes.dlclose(library._handle)


@contextmanager
def _short(data: Path) -> Iterator[str]:
    """Yield a path to the data that the library can hold: where it is too long, a link to it."""
    if len(os.fsencode(data)) <= _LONGEST_PATH:
        yield str(data)
        return
    with tempfile.TemporaryDirectory(prefix="espeak-") as folder:
        link = Path(folder, "data")
        link.symlink_to(data.absolute(), target_is_directory=True)
        if len(os.fsencode(link)) > _LONGEST_PATH:
            raise VoiceError(f"espeak cannot read a path as long as {link}; set TMPDIR")
        yield str(link)
