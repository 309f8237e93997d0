"""Composed sound over HTTP: fixed guides, what a signed address names, and single clips.

Nothing is composed for an address that this house did not sign or list, and nothing is sent
before all the sound that was asked for is there.
"""

from __future__ import annotations

import json
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Protocol

import structlog
from flask import Blueprint, Response, request

from audio.clip import Clips
from audio.compose import Composition, DamagedClip, compose
from audio.cover import cover_png
from audio.manifest import ClipFolderError
from audio.voices.voice import VoiceError
from skill.coach.reply import Script
from skill.coach.session import Session
from skill.render.audio_url import AudioUrls, NotSigned, Played

Clock = Callable[[], datetime]

KEPT = 128
"""Compositions kept at once. Half an hour takes 100 KB, its sound not counted."""

RETRY_AFTER_S = 30

FOR_EVER = "public, max-age=31536000, immutable"
"""For what is named by its content, as RFC 8246 has it."""

ASK_AGAIN = "public, max-age=300, must-revalidate"
ASK_AGAIN_PERSONAL = "private, max-age=300, must-revalidate"
"""Personal addresses hold a listener's plan: no cache between us may keep what they play."""

_CLIP_NAME = re.compile(r"[0-9A-Za-z_-]{1,128}")

_log = structlog.get_logger(__name__)


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

    blueprint.after_request(_for_every_player)
    return blueprint


@dataclass(frozen=True)
class _File:
    """Something to be sent, whole or in part."""

    size: int
    etag: str
    changed: datetime
    cache: str
    chunks: Callable[[int, int], Iterator[bytes]]


class _NotFound(Exception):
    pass


class _OutOfRange(Exception):
    pass


class _Files:
    """Finds the file that an address names."""

    def __init__(self, pieces: Pieces, urls: AudioUrls, clock: Clock, keep: int) -> None:
        self._pieces = pieces
        self._urls = urls
        self._clock = clock
        self._started = clock()
        self._kept = _Kept(keep)

    def guide(self, locale: str, guide: str) -> _File:
        return self._composed(locale, ASK_AGAIN, lambda: self._pieces.guide(locale, guide))

    def personal(self, locale: str, played: Played, plan: str, signature: str) -> _File:
        session = self._urls.read(locale, played, plan, signature)
        script_of = partial(self._pieces.personal, locale, played, session)
        return self._composed(locale, ASK_AGAIN_PERSONAL, script_of)

    def clip(self, locale: str, name: str) -> _File:
        sound = self._pieces.clip(locale, name) if _CLIP_NAME.fullmatch(name) else None
        if sound is None:
            raise _NotFound
        return _File(len(sound), name, self._started, FOR_EVER, lambda a, b: iter((sound[a:b],)))

    def _composed(self, locale: str, cache: str, script_of: Callable[[], Script | None]) -> _File:
        clips = self._pieces.clips(locale)
        if clips is None:
            raise _NotFound

        def make() -> tuple[Composition, datetime]:
            script = script_of()
            if script is None:
                raise _NotFound
            return compose(script, clips), self._clock()

        composed, at = self._kept.get(request.path, clips, make)
        return _File(composed.size, composed.etag, at, cache, composed.chunks)

    def answer(self, find: Callable[[], _File]) -> Response:
        """Answer the request with the file that is found, or with why there is none."""
        try:
            return _sent(find())
        except NotSigned:
            return _refused("not-signed", 403)
        except _NotFound:
            return _refused("not-found", 404)
        except (VoiceError, ClipFolderError, DamagedClip, OSError) as fault:
            # What is kept may name clips that are no more: the next request composes anew.
            self._kept.forget(request.path)
            _log.error("sound_missing", route=request.endpoint, exc_info=fault)
            response = _error("sound-missing", 503)
            response.headers["Retry-After"] = str(RETRY_AFTER_S)
            return response


def _sent(file: _File) -> Response:
    """Answer the request with a file, or with as much of it as is asked for and not yet there."""
    response = Response(content_type="audio/mpeg")
    response.set_etag(file.etag)
    response.last_modified = file.changed
    response.headers["Cache-Control"] = file.cache
    response.headers["Accept-Ranges"] = "bytes"
    response.make_conditional(request)
    if response.status_code == 304:
        return response
    if response.status_code == 412:
        return _refused("precondition-failed", 412)
    try:
        part = _range(file)
    except _OutOfRange:
        refusal = _refused("range-not-satisfiable", 416)
        refusal.headers["Content-Range"] = f"bytes */{file.size}"
        return refusal
    start, stop = part or (0, file.size)
    if request.method != "HEAD":
        response.response = file.chunks(start, stop)
        response.direct_passthrough = True
    if part is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{stop - 1}/{file.size}"
    response.content_length = stop - start
    return response


def _range(file: _File) -> tuple[int, int] | None:
    """Return the first byte asked for and the one behind the last; None is the whole file.

    Werkzeug's own answer refuses what RFC 9110 wants ignored (several ranges, other units, a
    suffix longer than the file) and lets a range win over If-None-Match.
    """
    asked = request.range
    single = asked is not None and asked.units == "bytes" and len(asked.ranges) == 1
    if asked is None or not single or request.method != "GET" or not _still_the_same(file):
        return None
    start, stop = asked.ranges[0]
    if start < 0:
        start = max(0, file.size + start)
    if start >= file.size:
        raise _OutOfRange
    return start, file.size if stop is None else min(stop, file.size)


def _still_the_same(file: _File) -> bool:
    """Say whether If-Range, if there is one, names this very file: by strong ETag or exact date."""
    condition = request.headers.get("If-Range")
    if condition is None:
        return True
    known = request.if_range
    if known.date is not None:
        return known.date == file.changed.replace(microsecond=0)
    return known.etag == file.etag and not condition.startswith("W/")


def _for_every_player(response: Response) -> Response:
    """Let web players of any origin fetch sound and seek in it, and keep its type from guesses."""
    headers = response.headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["X-Content-Type-Options"] = "nosniff"
    if request.method == "OPTIONS":
        headers["Access-Control-Allow-Methods"] = "GET, HEAD"
        headers["Access-Control-Allow-Headers"] = "If-Match, If-None-Match, If-Range, Range"
        headers["Access-Control-Max-Age"] = "86400"
    else:
        exposed = "Accept-Ranges, Content-Length, Content-Range, ETag, Retry-After"
        headers["Access-Control-Expose-Headers"] = exposed
    return response


def _refused(reason: str, status: int) -> Response:
    _log.warning("request_refused", reason=reason, status=status, route=request.endpoint)
    return _error(reason, status)


def _error(reason: str, status: int) -> Response:
    body = json.dumps({"error": reason}).encode()
    response = Response(body, status, content_type="application/json;charset=UTF-8")
    response.headers["Cache-Control"] = "no-store"
    return response


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
            while len(self._entries) > self._most:
                self._entries.popitem(last=False)
        with entry.making:
            if entry.made is None:
                try:
                    entry.made = make()
                except BaseException:
                    self.forget(path)
                    raise
            return entry.made

    def forget(self, path: str) -> None:
        with self._lock:
            self._entries.pop(path, None)


def _utc_now() -> datetime:
    return datetime.now(UTC)
