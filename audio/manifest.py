"""The manifest of a folder of clips: which line is which clip, and how long it lasts.

One ``manifest.json`` a folder, so one a voice and language. It is read by whoever wants lengths
and needs nothing of this package::

    {
      "version": 1,
      "locale": "en-US",
      "voice": "hibari",
      "frame_ms": 24,
      "clips": {
        "<name of the clip and, with .mp3, of its file>": {
          "text": "Rest for thirty seconds.",
          "frames": 82,
          "ms": 1968,
          "sha256": "<digest of the file>",
          "engine": "<engine and version that said it>"
        }
      },
      "lines": {"[\\"pacing-rest\\",{\\"seconds\\":30},0]": "<name of the clip>"}
    }

A line's key is JSON without spaces: id, values in the order of their names, variant. A value that
stands for other phrases is ``{"names": [...]}`` of ids and lines. ``lines`` has those that were
rendered as such; others with the same words have the same clip, found by its text.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from audio.clip import Clip
from audio.frames import FRAME_MS
from skill.coach.reply import Line, Names, Value

try:
    import fcntl
except ImportError:  # Windows: two that write at once may lose entries, which are then made anew
    fcntl = None  # type: ignore[assignment]  # the same name for "there is none"

VERSION = 1
FILE = "manifest.json"
LOCK = "manifest.lock"


class ClipFolderError(Exception):
    """A folder of clips cannot be read or written; the message says where and why."""


@dataclass(frozen=True)
class Entry:
    """What is known of one clip."""

    text: str
    frames: int
    """Its length in frames of 24 ms; 1 or more."""

    sha256: str
    engine: str
    """`Voice.version` of who said it."""

    def clip(self, name: str) -> Clip:
        """Return it as a clip."""
        return Clip(name, self.frames, self.text)


@dataclass
class Manifest:
    """What a folder holds, or what is new in it."""

    locale: str
    voice: str
    clips: dict[str, Entry] = field(default_factory=dict)
    """By name."""

    lines: dict[str, str] = field(default_factory=dict)
    """Name of the clip by `line_key`."""

    def save(self, folder: Path, *, without: frozenset[str] = frozenset()) -> None:
        """Put what this one knows into the folder's manifest, beside what others wrote there.

        Clips ``without`` are taken out of it, as are lines that lead to no clip.

        Raises:
            ClipFolderError: it cannot be written; the old one is still there.
        """
        with _locked(folder):
            there = read(folder, self.locale, self.voice)
            clips = {**there.clips, **self.clips}
            for name in without:
                clips.pop(name, None)
            lines = {
                key: name for key, name in {**there.lines, **self.lines}.items() if name in clips
            }
            whole = Manifest(self.locale, self.voice, clips, lines)
            if whole != there or not (folder / FILE).exists():
                write_whole(folder / FILE, whole._text().encode())

    def _text(self) -> str:
        plain = {
            "version": VERSION,
            "locale": self.locale,
            "voice": self.voice,
            "frame_ms": FRAME_MS,
            "clips": {name: _plain(entry) for name, entry in self.clips.items()},
            "lines": self.lines,
        }
        return json.dumps(plain, ensure_ascii=False, indent=0)


def _plain(entry: Entry) -> dict[str, str | int]:
    return {
        "text": entry.text,
        "frames": entry.frames,
        "ms": entry.frames * FRAME_MS,
        "sha256": entry.sha256,
        "engine": entry.engine,
    }


def read(folder: Path, locale: str, voice: str) -> Manifest:
    """Return the manifest of a folder; an empty one if there is none that can be understood."""
    empty = Manifest(locale, voice)
    try:
        whole = json.loads((folder / FILE).read_bytes())
        if (whole["version"], whole["locale"], whole["voice"]) != (VERSION, locale, voice):
            return empty
        clips = {str(name): _entry(entry) for name, entry in whole["clips"].items()}
        lines = {str(key): str(name) for key, name in whole["lines"].items() if name in clips}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return empty
    return Manifest(locale, voice, clips, lines)


def _entry(plain: Mapping[str, Any]) -> Entry:
    frames = plain["frames"]
    if not isinstance(frames, int) or frames < 1:
        raise ValueError("frames")
    return Entry(str(plain["text"]), frames, str(plain["sha256"]), str(plain["engine"]))


def line_key(line: Line) -> str:
    """Return a line as text: equal for equal lines, and for no others."""
    return json.dumps(_line(line), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _line(line: Line) -> list[Any]:
    phrase, values, variant = line
    return [phrase, {name: _value(value) for name, value in values}, variant]


def _value(value: Value) -> Any:
    if not isinstance(value, Names):
        return value
    return {"names": [of if isinstance(of, str) else _line(of) for of in value.ids]}


def write_whole(path: Path, data: bytes, *, keep: bool = False) -> bool:
    """Write a file so that it is there whole or not at all, also when the power goes.

    With ``keep``, a file that is there already stays; returns whether ``data`` was written.

    Raises:
        ClipFolderError: the disk is full, or the folder cannot be written to.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}.part")
    try:
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            return _put(part, path, keep)
        finally:
            part.unlink(missing_ok=True)
    except OSError as fault:
        raise ClipFolderError(f"{path} cannot be written: {fault.strerror}") from fault


def _put(part: Path, path: Path, keep: bool) -> bool:
    if keep:
        try:
            path.hardlink_to(part)
        except FileExistsError:
            return False
        except OSError:
            pass  # a file system without links: whoever is last has written it
        else:
            return True
    part.replace(path)
    return True


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keep other processes, and threads, from writing the manifest meanwhile."""
    try:
        file = (folder / LOCK).open("ab")
    except OSError as fault:
        raise ClipFolderError(f"{folder} cannot be written to: {fault.strerror}") from fault
    with file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)  # let go when the file is closed
        yield
