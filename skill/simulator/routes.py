"""The pretend speaker over HTTP: the page's files, its speakers, their steps and their sound."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import structlog
from flask import Blueprint, Response, request, send_file

from skill.render.figure_frames import frames
from skill.render.figures import load_figures
from skill.simulator.conversation import written
from skill.simulator.guard import HEADERS, Guard, Refused
from skill.simulator.page_state import plain_state
from skill.simulator.seeing import Seeing
from skill.simulator.speaker import CannotSpeak
from skill.simulator.speakers import BadSpeaker, Busy, Speakers, UnknownSpeaker
from skill.simulator.step import BadStep, read_step

LARGEST_BODY = 8 * 1024
"""Bytes of a step; three hundred characters of words at most."""

WORTH_PACKING = 1_000
"""Bytes from which on an answer is packed, if the browser unpacks it."""

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "json": "application/json",
    "txt": "text/plain; charset=utf-8",
    "webmanifest": "application/manifest+json",
}

PAGES = {"/": "index", "/guides": "guides"}
"""Paths of the pages, and the names of their files."""

_log = structlog.get_logger(__name__)


def simulator_blueprint(speakers: Speakers, seeing: Seeing, guard: Guard) -> Blueprint:
    """Return the routes of the page: its files, ``/speakers`` and what is below it.

    Whoever comes under another name than ``guard`` knows is answered 403, whatever they want. What
    is wrong is answered as ``{"error": "<reason>"}``.
    """
    blueprint = Blueprint("simulator", __name__)
    _add_files(blueprint)
    _add_speakers(blueprint, _Desk(speakers, seeing))

    @blueprint.before_request
    def check() -> Response | None:
        try:
            guard.check(request.host, request.headers.get("Origin"), request.method)
        except Refused as refused:
            _log.warning("request_refused", reason=str(refused), status=403)
            return _error(str(refused), 403)
        if request.content_length is not None and request.content_length > LARGEST_BODY:
            return _error("too-large", 413)
        request.max_content_length = LARGEST_BODY  # where no length is told before
        return None

    @blueprint.after_request
    def protect(response: Response) -> Response:
        response.headers.update(HEADERS)
        return response

    return blueprint


def _add_files(blueprint: Blueprint) -> None:
    for path, name in PAGES.items():
        blueprint.add_url_rule(path, name, partial(_file, f"{name}.html"))

    @blueprint.get("/page/<name>")
    def file(name: str) -> Response:
        return _file(name)

    @blueprint.get("/page/apl/<name>")
    def module(name: str) -> Response:
        return _file(f"apl/{name}")


class _Desk:
    """Answers what pages ask about their speakers."""

    def __init__(self, speakers: Speakers, seeing: Seeing) -> None:
        self._speakers = speakers
        self._seeing = seeing

    def open(self) -> Response:
        try:
            id_ = self._speakers.open(_body())
        except BadSpeaker as bad:
            return _error(str(bad), 400)
        with self._speakers.held(id_) as speaker:
            return _json(plain_state(id_, speaker, self._seeing), 201)

    def state(self, id_: str) -> Response:
        with self._speakers.held(id_) as speaker:
            return _json(plain_state(id_, speaker, self._seeing))

    def step(self, id_: str) -> Response:
        try:
            wanted = read_step(_body())
        except BadStep as bad:
            return _error(str(bad), 400)
        with self._speakers.held(id_) as speaker:
            if wanted.number > speaker.steps:
                return _error("ahead", 409)
            if wanted.number == speaker.steps:  # else it was taken, and the answer to it was lost
                speaker.take(wanted)
            return _json(plain_state(id_, speaker, self._seeing))

    def sound(self, id_: str, number: int) -> Response:
        with self._speakers.held(id_) as speaker:
            voice, playback = speaker.voice, speaker.playback(number)
        if voice is None or playback is None:
            return _error("not-found", 404)
        try:
            heard = voice.sound(playback)
        except CannotSpeak:
            _log.exception("sound_missing")
            return _error("sound-missing", 503)
        answer = send_file(io.BytesIO(heard), "audio/mpeg", conditional=True, etag=False)
        answer.headers["Cache-Control"] = "private, max-age=3600"
        return answer

    def conversation(self, id_: str) -> Response:
        with self._speakers.held(id_) as speaker:
            text = written(speaker.recording.conversation)
        answer = _packed(text.encode(), TYPES["txt"])
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Disposition"] = "attachment; filename=conversation.txt"
        return answer


def _add_speakers(blueprint: Blueprint, desk: _Desk) -> None:
    add = blueprint.add_url_rule
    add("/speakers", view_func=desk.open, methods=["POST"])
    add("/speakers/<id_>", view_func=desk.state)
    add("/speakers/<id_>/steps", view_func=desk.step, methods=["POST"])
    add("/speakers/<id_>/sound/<int:number>.mp3", view_func=desk.sound)
    add("/speakers/<id_>/conversation.txt", view_func=desk.conversation)

    @blueprint.errorhandler(UnknownSpeaker)
    def unknown(_: UnknownSpeaker) -> Response:
        return _error("unknown-speaker", 404)

    @blueprint.errorhandler(Busy)
    def busy(_: Busy) -> Response:
        return _error("busy", 503)


def _body() -> object:
    """Return the request's JSON; None for what is none."""
    if not request.is_json:  # what a form of another site can send is not
        return None
    try:
        return request.get_json(silent=True)
    except RecursionError:  # more brackets in brackets than anybody means
        return None


@cache
def _page() -> Mapping[str, tuple[bytes, str, str]]:
    """Return the page's files by path: content, type, ETag."""
    found = dict(_contents(files("skill.simulator") / "page"))
    found["figures.json"] = json.dumps(frames(load_figures()), separators=(",", ":")).encode()
    return {
        name: (content, TYPES[_suffix(name)], hashlib.sha256(content).hexdigest()[:32])
        for name, content in found.items()
    }


def _contents(folder: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Return the files of a folder and of those in it, by their paths with slashes."""
    for each in folder.iterdir():
        if each.is_dir():
            yield from _contents(each, f"{path}{each.name}/")
        elif _suffix(each.name) in TYPES:
            yield path + each.name, each.read_bytes()


def _suffix(name: str) -> str:
    return name.rpartition(".")[2]


def _file(name: str) -> Response:
    there = _page().get(name)
    if there is None:
        return _error("not-found", 404)
    content, kind, etag = there
    response = _packed(content, kind)
    response.set_etag(etag, weak=True)
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response


def _json(plain: Mapping[str, Any], status: int = 200) -> Response:
    content = json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()
    response = _packed(content, TYPES["json"], status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _error(reason: str, status: int) -> Response:
    return _json({"error": reason}, status)


def _packed(content: bytes, kind: str, status: int = 200) -> Response:
    """Return an answer, packed where that is worth while and the browser takes it."""
    response = Response(content, status, content_type=kind)
    response.headers["Vary"] = "Accept-Encoding"
    if len(content) >= WORTH_PACKING and request.accept_encodings["gzip"] > 0:
        response.data = gzip.compress(content, 5, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    return response
