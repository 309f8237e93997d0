"""The clips of texts in one folder: found if they are whole, rendered if they are not."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from audio.clip import Clip
from audio.frames import FRAME_BYTES, NotOurMp3, check, silence_frame
from audio.level import VERSION as LEVEL_VERSION
from audio.level import NotSound, level
from audio.manifest import ClipFolderError, Entry, Manifest, read, write_whole
from audio.voices.voice import Voice, VoiceError

SUFFIX = ".mp3"


class Said(NamedTuple):
    """A clip with its sound, and whether it had to be rendered."""

    clip: Clip
    sound: bytes
    is_new: bool


class TextClips:
    """The clips of one voice in one language, by text: all that a process that renders needs."""

    def __init__(self, folder: Path, voice: Voice, locale: str) -> None:
        self.folder = folder
        self.voice = voice
        self.locale = locale
        self._manifest = read(folder, locale, voice.name)
        self._new = Manifest(locale, voice.name)
        self._new_lock = threading.Lock()
        self._voice_lock = threading.Lock()
        self._locks = _Locks()

    def name_of(self, text: str) -> str:
        """Return the name of a text's clip: a hash of all that makes it sound as it does."""
        whole = {
            "text": unicodedata.normalize("NFC", " ".join(text.split())),
            "locale": self.locale,
            "voice": self.voice.name,
            "engine": self.voice.version,
            "level": LEVEL_VERSION,
        }
        said = json.dumps(whole, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def path_of(self, name: str) -> Path:
        """Return where a clip's file is, or would be."""
        return self.folder / (name + SUFFIX)

    def file_of(self, name: str) -> bytes | None:
        """Return what is in a clip's file, whatever it is; None if there is no file."""
        try:
            return self.path_of(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as fault:
            raise ClipFolderError(f"{self.path_of(name)}: {fault.strerror}") from fault

    def say(self, text: str) -> Said:
        """Return the clip of a text and its sound: rendered now if no whole one is there.

        The manifest is written by ``note``. Raises VoiceError or ClipFolderError.
        """
        name = self.name_of(text)
        with self._locks.of(name):
            sound = self._whole(name)
            is_new = sound is None
            if sound is None:
                sound = self._keep(name, text, self._spoken(text))
            elif name not in self._manifest.clips:
                self._enter(name, text, sound)
        return Said(Clip(name, len(sound) // FRAME_BYTES, text), sound, is_new)

    def there(self, text: str) -> Clip | None:
        """Return the clip of a text if its file is there and whole; nothing is rendered."""
        name = self.name_of(text)
        sound = self._whole(name)
        if sound is None:
            return None
        if name not in self._manifest.clips:
            self._enter(name, text, sound)
        return Clip(name, len(sound) // FRAME_BYTES, text)

    def sound(self, clip: Clip) -> bytes:
        """Return the sound of a clip, as long as the clip says, rendered anew if need be."""
        with self._locks.of(clip.name):
            sound = self._whole(clip.name)
            if sound is not None and len(sound) == clip.frames * FRAME_BYTES:
                return sound
            # Whoever asks has laid out a guide with this length, and not every voice takes the
            # same time for the same sentence twice.
            sound = _fitted(self._spoken(clip.text), clip.frames)
            self._keep(clip.name, clip.text, sound, replace=True)
        self.note({})
        return sound

    def note(self, lines: Mapping[str, str]) -> None:
        """Write into the manifest what is new, and which lines (`line_key`) are which clips."""
        with self._new_lock:
            known = self._manifest.lines
            self._new.lines.update(
                {key: name for key, name in lines.items() if known.get(key) != name}
            )
            known.update(lines)
            if self._new.clips or self._new.lines:
                self._new.save(self.folder)
                self._new = Manifest(self.locale, self.voice.name)

    def learn(self, clips: Mapping[str, Entry]) -> None:
        """Take over what another process found out about clips, by name."""
        with self._new_lock:
            self._manifest.clips.update(clips)
            self._new.clips.update(clips)

    def entry_of(self, name: str) -> Entry | None:
        """Return what the manifest knows of a clip."""
        return self._manifest.clips.get(name)

    def remove(self, files: Iterable[Path]) -> frozenset[str]:
        """Remove files of this folder and what the manifest says of them; return their names."""
        names = []
        try:
            for path in files:
                path.unlink(missing_ok=True)
                names.append(path.stem)
        except OSError as fault:
            raise ClipFolderError(f"{path} cannot be removed: {fault.strerror}") from fault
        finally:
            with self._new_lock:
                for name in names:
                    self._manifest.clips.pop(name, None)
                    self._new.clips.pop(name, None)
                if names:
                    self._new.save(self.folder, without=frozenset(names))
        return frozenset(names)

    def _spoken(self, text: str) -> bytes:
        with self._voice_lock:
            said = self.voice.speak(text, self.locale)
        try:
            return level(said.samples, said.rate)
        except NotSound as fault:
            raise VoiceError(f"{self.voice.name} gave {fault} for {text!r}") from fault

    def _keep(self, name: str, text: str, sound: bytes, *, replace: bool = False) -> bytes:
        """Write a clip; return what is there now, for another process may have been first."""
        path = self.path_of(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as fault:
            raise ClipFolderError(f"{self.folder} cannot be made: {fault.strerror}") from fault
        if not write_whole(path, sound, keep=not replace):
            there = self._whole(name)
            if there is None:  # what is there is damaged
                write_whole(path, sound)
            else:
                sound = there
        self._enter(name, text, sound)
        return sound

    def _enter(self, name: str, text: str, sound: bytes) -> None:
        entry = Entry(text, len(sound) // FRAME_BYTES, digest(sound), self.voice.version)
        self.learn({name: entry})

    def _whole(self, name: str) -> bytes | None:
        """Return a clip's file if it is as it was written; None if it is damaged or not there.

        Where nobody knows how it was written, because the manifest was lost or never came to be,
        whole frames are taken for a clip.
        """
        sound = self.file_of(name)
        try:
            check(sound or b"")
        except NotOurMp3:
            return None
        entry = self._manifest.clips.get(name)
        if sound is None or entry is None or entry.sha256 == digest(sound):
            return sound
        # Another process may have made it anew meanwhile.
        now = read(self.folder, self.locale, self.voice.name).clips.get(name)
        if now is None or now.sha256 != digest(sound):
            return None
        self._manifest.clips[name] = now
        return sound


def digest(sound: bytes) -> str:
    """Return the digest of a file as the manifest has it."""
    return hashlib.sha256(sound).hexdigest()


def _fitted(sound: bytes, frames: int) -> bytes:
    """Return a clip with so many frames: silence after it, or its last breath cut off."""
    missing = frames - len(sound) // FRAME_BYTES
    return sound + silence_frame() * missing if missing >= 0 else sound[: frames * FRAME_BYTES]


class _Locks:
    """One lock a name, for as long as somebody holds it or waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: dict[str, tuple[threading.Lock, int]] = {}

    @contextlib.contextmanager
    def of(self, name: str) -> Iterator[None]:
        with self._lock:
            own, users = self._held.get(name, (threading.Lock(), 0))
            self._held[name] = own, users + 1
        try:
            with own:
                yield
        finally:
            with self._lock:
                own, users = self._held.pop(name)
                if users > 1:
                    self._held[name] = own, users - 1
