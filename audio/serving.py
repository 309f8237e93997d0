"""Composed sound over HTTP: fixed guides, what a signed address names, and single clips.

Nothing is composed for an address that this house did not sign or list, and nothing is sent
before all the sound that was asked for is there.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

from flask import Blueprint, Response, request

from audio.answering import ASK_AGAIN, FOR_EVER, File, NotFound, answered, for_every_player
from audio.clip import Clips
from audio.compose import Composition, compose
from audio.cover import cover_png
from skill.coach.reply import Script
from skill.coach.session import Session
from skill.render.audio_url import AudioUrls, Played

Clock = Callable[[], datetime]

KEPT = 128
"""Compositions kept at once. Half an hour takes 100 KB, its sound not counted."""

ASK_AGAIN_PERSONAL = "private, max-age=300, must-revalidate"
"""Personal addresses hold a listener's plan: no cache between us may keep what they play."""

_CLIP_NAME = re.compile(r"[0-9A-Za-z_-]{1,128}")


class Pieces(Protocol):
    """Who has the scripts and the clips. Used by many threads at once."""

    def guide(self, locale: str, guide: str) -> Script | None:
        """Return the script of a fixed guide; None when there is no such guide."""
        ...

    def personal(self, locale: str, played: Played, session: Session) -> Script | None:
        """Return what is played from a session on; None when there is nothing."""
        ...

    def clips(self, locale: str) -> Clips | None:
        """Return the clips of a locale, the same object every time; None: not spoken here."""
        ...

    def clip(self, locale: str, name: str) -> bytes | None:
        """Return the frames of a clip by its name; None when there is none of that name."""
        ...


def audio_blueprint(
    pieces: Pieces, urls: AudioUrls, *, clock: Clock | None = None, keep: int = KEPT
) -> Blueprint:
    """Return the routes below ``/audio``, all of them for GET and HEAD.

    ``<locale>/guides/<guide>.mp3``, ``<locale>/part|track/<plan>.<signature>.mp3`` and
    ``<locale>/clips/<name>.mp3``, and ``cover.png``. Answers of sound hold ETag and Last-Modified
    and obey If-None-Match, If-Modified-Since, If-Match, If-Range and a Range of bytes. Several
    ranges at once, which no player asks for, are answered with the whole (RFC 9110, 14.2, allows
    it).

    What is wrong is answered as ``{"error": "<reason>"}``: 403 ``not-signed``, 404 ``not-found``,
    412, 416, and 503 ``sound-missing`` with Retry-After when a clip cannot be had now.
    """
    files = _Files(pieces, urls, clock or _utc_now, keep)
    blueprint = Blueprint("audio", __name__, url_prefix="/audio")

    @blueprint.get("/<locale>/guides/<guide>.mp3")
    def guide(locale: str, guide: str) -> Response:
        return files.answer(lambda: files.guide(locale, guide))

    @blueprint.get(f"/<locale>/<any({','.join(Played)}):played>/<plan>.<signature>.mp3")
    def personal(locale: str, played: str, plan: str, signature: str) -> Response:
        return files.answer(lambda: files.personal(locale, Played(played), plan, signature))

    @blueprint.get("/<locale>/clips/<name>.mp3")
    def clip(locale: str, name: str) -> Response:
        return files.answer(lambda: files.clip(locale, name))

    @blueprint.get("/cover.png")
    def cover() -> Response:
        picture = Response(cover_png(), mimetype="image/png")
        picture.headers["Cache-Control"] = ASK_AGAIN
        return picture

    blueprint.after_request(for_every_player)
    return blueprint


class _Files:
    """Finds the file that an address names."""

    def __init__(self, pieces: Pieces, urls: AudioUrls, clock: Clock, keep: int) -> None:
        self._pieces = pieces
        self._urls = urls
        self._clock = clock
        self._started = clock()
        self._kept = _Kept(keep)

    def guide(self, locale: str, guide: str) -> File:
        return self._composed(locale, ASK_AGAIN, lambda: self._pieces.guide(locale, guide))

    def personal(self, locale: str, played: Played, plan: str, signature: str) -> File:
        session = self._urls.read(locale, played, plan, signature)
        script_of = partial(self._pieces.personal, locale, played, session)
        return self._composed(locale, ASK_AGAIN_PERSONAL, script_of)

    def clip(self, locale: str, name: str) -> File:
        sound = self._pieces.clip(locale, name) if _CLIP_NAME.fullmatch(name) else None
        if sound is None:
            raise NotFound
        return File(len(sound), name, self._started, FOR_EVER, lambda a, b: iter((sound[a:b],)))

    def _composed(self, locale: str, cache: str, script_of: Callable[[], Script | None]) -> File:
        clips = self._pieces.clips(locale)
        if clips is None:
            raise NotFound

        def make() -> tuple[Composition, datetime]:
            script = script_of()
            if script is None:
                raise NotFound
            return compose(script, clips), self._clock()

        composed, at = self._kept.get(request.path, clips, make)
        return File(composed.size, composed.etag, at, cache, composed.chunks)

    def answer(self, find: Callable[[], File]) -> Response:
        """Answer the request with the file that is found, or with why there is none."""
        # What is kept may name clips that are no more: the next request composes anew.
        return answered(find, when_missing=lambda: self._kept.forget(request.path))


@dataclass(eq=False)
class _Entry:
    clips: Clips
    made: tuple[Composition, datetime] | None = None
    making: threading.Lock = field(default_factory=threading.Lock)


class _Kept:
    """The compositions asked for last. Each is made once, whoever else asks for it meanwhile."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._entries: OrderedDict[str, _Entry] = OrderedDict()
        self._lock = threading.Lock()

    def get(
        self, path: str, clips: Clips, make: Callable[[], tuple[Composition, datetime]]
    ) -> tuple[Composition, datetime]:
        """Return what is kept for a path and these clips, made now if there is nothing."""
        with self._lock:
            entry = self._entries.get(path)
            if entry is None or entry.clips is not clips:
                entry = self._entries[path] = _Entry(clips)
            self._entries.move_to_end(path)
        with entry.making:
            if entry.made is None:
                try:
                    entry.made = make()
                except BaseException:
                    self.forget(path)
                    raise
                self._push_out()
            return entry.made

    def _push_out(self) -> None:
        """Forget what was asked for longest ago. Only what was made may push something else out:
        whoever asks for what is not there would empty the memory."""
        with self._lock:
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)

    def forget(self, path: str) -> None:
        with self._lock:
            self._entries.pop(path, None)


def _utc_now() -> datetime:
    return datetime.now(UTC)
