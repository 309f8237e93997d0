"""A folder of clips: each line of one voice in one language, rendered when it is first wanted."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path

from audio.clip import Clip
from audio.manifest import line_key
from audio.text_clips import SUFFIX, TextClips
from audio.voices.voice import Voice
from skill.coach.reply import Line
from skill.render.words import Words

PART = ".part"
WRITTEN_WITHIN_S = 60
"""A part of a file that is younger may still be in somebody's hands."""

KEPT_BYTES = 64 * 1024 * 1024
"""How much sound is kept in memory; all of English takes about half of it."""


class ClipFolder:
    """The clips of the lines of one language. Threads and processes may share its folder.

    Its methods raise VoiceError where a clip is not there and the voice cannot say it, and
    ClipFolderError where the folder cannot be read or written.
    """

    def __init__(
        self,
        folder: Path,
        voice: Voice,
        words: Words,
        locale: str,
        *,
        kept_bytes: int = KEPT_BYTES,
    ) -> None:
        """Read the folder's manifest; the folder itself is made by the first clip."""
        self.texts = TextClips(folder, voice, locale)
        self._words = words
        self._clips: dict[str, Clip] = {}
        self._sounds = _Sounds(kept_bytes)

    @property
    def locale(self) -> str:
        """The language and country, such as ``en-US``."""
        return self.texts.locale

    def text_of(self, line: Line) -> str:
        """Return the words of a line as they are said."""
        return self._words.sentence(line)

    def of(self, line: Line) -> Clip:
        """Return the clip of a line, rendered now if it was not yet."""
        text = self._words.sentence(line)
        clip = self._clips.get(text)
        if clip is None:
            clip, sound, is_new = self.texts.say(text)
            self._sounds.put(clip.name, sound)
            if is_new:  # what was rendered before can be read where nothing can be written
                self.texts.note({line_key(line): clip.name})
            self._clips[text] = clip
        return clip

    def sound(self, clip: Clip) -> bytes:
        """Return a clip's frames, ``144 * clip.frames`` bytes; made anew if they are damaged."""
        sound = self._sounds.get(clip.name)
        if sound is None:
            sound = self.texts.sound(clip)
            self._sounds.put(clip.name, sound)
        return sound

    def unused(self, lines: Iterable[Line]) -> dict[Path, int]:
        """Return the files that are no clip of these lines, with their bytes.

        Among them are clips of former versions of the voice, and what an interrupted run left.
        """
        wanted = {self.texts.name_of(self.text_of(line)) for line in lines}
        left_before = time.time() - WRITTEN_WITHIN_S
        return {
            path: path.stat().st_size
            for path in sorted(self.texts.folder.glob("*"))
            if (path.suffix == SUFFIX and path.stem not in wanted)
            or (path.suffix == PART and path.stat().st_mtime < left_before)
        }

    def remove(self, files: Iterable[Path]) -> None:
        """Remove files of this folder, and what the manifest says of them."""
        names = self.texts.remove(files)
        self._clips = {text: clip for text, clip in self._clips.items() if clip.name not in names}


class _Sounds:
    """The sounds that were wanted last, up to so many bytes."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: str) -> bytes | None:
        with self._lock:
            if name not in self._kept:
                return None
            self._kept.move_to_end(name)
            return self._kept[name]

    def put(self, name: str, sound: bytes) -> None:
        with self._lock:
            self._bytes += len(sound) - len(self._kept.pop(name, b""))
            self._kept[name] = sound
            while self._bytes > self._most:
                _, oldest = self._kept.popitem(last=False)
                self._bytes -= len(oldest)
