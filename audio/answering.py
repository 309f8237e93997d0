"""One file over HTTP: conditions, ranges of bytes, and what is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import Response, request

from audio.compose import DamagedClip
from audio.manifest import ClipFolderError
from audio.voices.voice import VoiceError
from skill.render.audio_url import NotSigned

RETRY_AFTER_S = 30

FOR_EVER = "public, max-age=31536000, immutable"
"""For what is named by its content, as RFC 8246 has it."""

ASK_AGAIN = "public, max-age=300, must-revalidate"

MP3 = "audio/mpeg"
JSON = "application/json;charset=UTF-8"

_log = structlog.get_logger(__name__)


class NotFound(Exception):
    """There is nothing at the address."""


class WrongHost(Exception):
    """An address of ours is asked for under a name that may be somebody else's."""


@dataclass(frozen=True)
class File:
    """Something to be sent, whole or in part."""

    size: int
    """Bytes."""

    etag: str
    changed: datetime | None
    """With a zone; None is not told."""

    cache: str
    """What may be kept, and for how long: the value of Cache-Control."""

    chunks: Callable[[int, int], Iterator[bytes]]
    """Gives the bytes from one up to but not with another."""

    kind: str = MP3
    """The media type."""

    download: str = ""
    """Name under which a browser keeps it; empty: it is shown or played."""


def document(body: bytes, kind: str, cache: str = ASK_AGAIN) -> File:
    """Return a file that is there already, known by what is in it."""
    etag = hashlib.sha256(body).hexdigest()[:32]
    return File(len(body), etag, None, cache, lambda a, b: iter((body[a:b],)), kind)


def answered(find: Callable[[], File], when_missing: Callable[[], None] = lambda: None) -> Response:
    """Answer the request with the file that is found, or with why there is none.

    ``find`` may raise NotFound, NotSigned, WrongHost, and what clips raise; before those are
    answered, with 503, ``when_missing`` is called.
    """
    try:
        return _sent(find())
    except NotSigned:
        return _refused("not-signed", 403)
    except NotFound:
        return _refused("not-found", 404)
    except WrongHost:
        return _refused("wrong-host", 421)
    except (VoiceError, ClipFolderError, DamagedClip, OSError) as fault:
        when_missing()
        _log.error("sound_missing", route=request.endpoint, exc_info=fault)
        response = _error("sound-missing", 503)
        response.headers["Retry-After"] = str(RETRY_AFTER_S)
        return response


class _OutOfRange(Exception):
    pass


def _sent(file: File) -> Response:
    """Answer the request with a file, or with as much of it as is asked for and not yet there."""
    response = Response(content_type=file.kind)
    response.set_etag(file.etag)
    if file.changed is not None:
        response.last_modified = file.changed
    response.headers["Cache-Control"] = file.cache
    response.headers["Accept-Ranges"] = "bytes"
    if file.download:
        response.headers.set("Content-Disposition", "attachment", filename=file.download)
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


def _range(file: File) -> tuple[int, int] | None:
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


def _still_the_same(file: File) -> bool:
    """Say whether If-Range, if there is one, names this very file: by strong ETag or exact date."""
    condition = request.headers.get("If-Range")
    if condition is None:
        return True
    known = request.if_range
    if known.date is not None:
        return file.changed is not None and known.date == file.changed.replace(microsecond=0)
    return known.etag == file.etag and not condition.startswith("W/")


def for_every_player(response: Response) -> Response:
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
    response = Response(body, status, content_type=JSON)
    response.headers["Cache-Control"] = "no-store"
    return response
