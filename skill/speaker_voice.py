"""The voice of the page's pretend speakers: what they play, put together from the clips."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar

import structlog

from audio.clip_folder import ClipFolder
from audio.compose import Composition, DamagedClip, compose, frame_at
from audio.frames import FRAME_BYTES, ms_of, silence_frame
from audio.manifest import ClipFolderError
from audio.voices.voice import VoiceError
from skill.coach.timeline import length_ms
from skill.render.audio_url import AudioUrls, NotSigned, Played
from skill.simulator.playback import Playback, Sound, SpeakingRate, sentences
from skill.simulator.speaker import CannotSpeak

if TYPE_CHECKING:
    from collections.abc import Callable

    from audio.clip import Clip
    from skill.coach.reply import Line, Script
    from skill.sound import EnglishSound

T = TypeVar("T")

_log = structlog.get_logger(__name__)

RETRY_AFTER_S = 30
"""After the voice has failed."""

KEPT = 64
"""Recordings kept laid out; their sound is not."""

MOST_SENTENCES = 6
"""Of a line that is looked for as one clip."""


class SpeakerVoice:
    """Says words by clips, whole lines where they were rendered as such; makes what is missing.

    ``path`` is where a page finds the recordings whose addresses begin with the base of ``urls``.
    Once the voice has failed, what is missing is not tried again for ``RETRY_AFTER_S``: a step of
    the page may want a hundred lines. ``clock`` tells seconds.
    """

    def __init__(
        self,
        sound: EnglishSound,
        urls: AudioUrls,
        path: str = "/audio",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sound = sound
        self._urls = urls
        self._path = path
        self._clock = clock
        self._failed_until = -math.inf
        self._rate = SpeakingRate()
        self._ms: dict[str, int] = {}
        self._kept: OrderedDict[str, Composition] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def _clips(self) -> ClipFolder:
        return self._sound.all_clips

    def length_of_line(self, line: Line) -> int:
        """Return how many milliseconds a line lasts; about how many where it is not rendered yet.

        It is not rendered for this: whoever offers a workout asks for all lines of it.
        """
        words = self._sound.words
        ms = self._known_ms(words.sentence(line))
        return words.length_ms(line) if ms is None else ms

    def phrases(self, words: str) -> list[tuple[str, int]]:
        """Return words cut into the longest pieces for which there is a clip, else sentences.

        With each goes how many milliseconds it lasts, or would if the voice did not fail.
        """
        left, found = sentences(words), list[tuple[str, int]]()
        while left:
            count = self._longest(left)
            text = " ".join(left[:count])
            clip = self._clip_of(text)
            found.append((text, self._rate.ms(text) if clip is None else ms_of(clip.frames)))
            left = left[count:]
        return found

    def length_of(self, url: str) -> int:
        """Return how many milliseconds a recording lasts; 0 for an address that is not ours.

        Where the voice fails, that is about how long it would last.
        """
        script = self._script(url)
        if script is None:
            return 0
        recording = self._recording(url, script)
        if recording is None:
            return length_ms(script, self.length_of_line)
        return recording.ms

    def bytes_of(self, url: str) -> bytes | None:
        """Return a recording; None for an address that is not ours, and where the voice fails."""
        script = self._script(url)
        recording = None if script is None else self._recording(url, script)
        return None if recording is None else self._attempt(recording.read)

    def path_of(self, url: str) -> str:
        """Return the path of a recording at this server; an address that is not ours as it is."""
        rest = url.removeprefix(self._urls.base)
        return url if rest == url else self._path + rest

    def sound(self, playback: Playback) -> bytes:
        """Return all that is heard of a playback as frames of MP3, as many as it is long.

        What would sound over something else follows it instead. What is at an address that is not
        ours is not heard. Raises CannotSpeak where the voice fails.
        """
        pieces: list[bytes] = []
        frames = 0
        for sound in playback.sounds:
            heard = self._heard(sound)[: frame_at(sound.ms) * FRAME_BYTES]
            wait = max(0, frame_at(sound.at_ms) - frames)
            pieces += [silence_frame() * wait, heard]
            frames += wait + len(heard) // FRAME_BYTES
        whole = frame_at(playback.ms)
        pieces.append(silence_frame() * max(0, whole - frames))
        return b"".join(pieces)[: whole * FRAME_BYTES]

    def _heard(self, sound: Sound) -> bytes:
        if sound.text:
            clip = self._clip_of(sound.text)
            heard = None if clip is None else self._attempt(lambda: self._clips.sound(clip))
        elif self._script(sound.source) is None:
            heard = b""
        else:
            heard = self.bytes_of(sound.source)
        if heard is None:
            raise CannotSpeak
        return heard

    def _longest(self, left: list[str]) -> int:
        for count in range(min(MOST_SENTENCES, len(left)), 1, -1):
            if self._there(" ".join(left[:count])) is not None:
                return count
        return 1

    def _known_ms(self, text: str) -> int | None:
        """Return how long the clip of a text lasts; None where there is no clip."""
        if text not in self._ms:
            clip = self._there(text)
            if clip is None:
                return None
            self._ms[text] = ms_of(clip.frames)
        return self._ms[text]

    def _clip_of(self, text: str) -> Clip | None:
        """Return the clip of a text; None where the voice fails, or has just failed."""
        if self._clock() < self._failed_until:
            return self._there(text)
        return self._attempt(lambda: self._clips.texts.say(text).clip)

    def _there(self, text: str) -> Clip | None:
        return self._attempt(lambda: self._clips.texts.there(text))

    def _attempt(self, action: Callable[[], T]) -> T | None:
        try:
            return action()
        except (VoiceError, ClipFolderError, DamagedClip) as fault:
            if self._clock() >= self._failed_until:
                _log.exception("voice_failed", fault=type(fault).__name__)
            self._failed_until = self._clock() + RETRY_AFTER_S
            return None

    def _recording(self, url: str, script: Script) -> Composition | None:
        with self._lock:
            kept = self._kept.get(url)
        if kept is not None:
            return kept
        if self._clock() < self._failed_until:
            return None
        made = self._attempt(lambda: compose(script, self._clips))
        if made is None:
            return None  # as from a server that answers 503
        with self._lock:
            self._kept[url] = made
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return made

    def _script(self, url: str) -> Script | None:
        parts = url.removeprefix(self._urls.base + "/").removesuffix(".mp3").split("/")
        if len(parts) != 3:
            return None
        locale, kind, name = parts
        if kind == "guides":
            return self._sound.guide(locale, name)
        if kind not in set(Played):
            return None
        plan, _, signature = name.partition(".")
        try:
            session = self._urls.read(locale, kind, plan, signature)
        except NotSigned:
            return None
        return self._sound.personal(locale, Played(kind), session)
