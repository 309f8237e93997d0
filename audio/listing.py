"""The guides as a list, a podcast feed, captions, pictures and files to keep, made when asked for.

No list waits for a voice: a line that is not rendered yet is listed with its estimated length. Only
captions and downloads compose a guide, as hearing it would.
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from flask import Blueprint, Response, request

from audio.answering import (
    ASK_AGAIN,
    JSON,
    File,
    NotFound,
    WrongHost,
    answered,
    document,
    for_every_player,
)
from audio.captions import cues, webvtt
from audio.clip import Clips
from audio.collection import FEED, Collection
from audio.compose import Composition, compose
from audio.guides import Guide
from skill.render.figures import load_figures

ASK_EVERY_TIME = "private, no-cache"
"""For what names the host that it was asked from: nobody else may be given it."""

RSS = "application/rss+xml;charset=UTF-8"
VTT = "text/vtt;charset=UTF-8"
SVG = "image/svg+xml;charset=UTF-8"

Clock = Callable[[], datetime]


class Shelf(Protocol):
    """Who has the guides and the clips. Used by many threads at once."""

    def collection(self, locale: str) -> Collection | None:
        """Return the guides of a locale, the same object until a clip changes.

        None: not spoken here. Raises VoiceError when the voice cannot be had.
        """
        ...

    def clips(self, locale: str) -> Clips | None:
        """Return the clips of a locale; None: not spoken here."""
        ...


def listing_blueprint(
    shelf: Shelf, base: str | None = None, *, page: str = "", clock: Clock | None = None
) -> Blueprint:
    """Return the routes below ``/audio`` that tell of guides, all of them for GET and HEAD.

    ``<locale>/guides.json``, ``<locale>/feed.xml``, ``<locale>/guides/<guide>.vtt`` and ``.svg``,
    and ``<locale>/downloads/<guide>.mp3``: with title and chapters where the extra ``export`` is
    installed, bare where it is not.

    ``base`` is the address of ``/audio`` that podcast apps are told, without a slash at its end.
    None: the one that was asked for, which must be a number or ``localhost`` (421 ``wrong-host``
    if it is not): a name may be somebody else's, who would lead listeners elsewhere. ``page`` is
    the path of the page that plays guides, such as ``/guides``, on the same host.
    """
    listing = _Listing(shelf, base, page, (clock or _utc_now)())
    blueprint = Blueprint("listing", __name__, url_prefix="/audio")

    @blueprint.get("/<locale>/guides.json")
    def guides(locale: str) -> Response:
        return answered(lambda: listing.guides(locale))

    @blueprint.get(f"/<locale>/{FEED}")
    def feed(locale: str) -> Response:
        return answered(lambda: listing.feed(locale))

    @blueprint.get("/<locale>/guides/<guide>.vtt")
    def captions(locale: str, guide: str) -> Response:
        return answered(lambda: listing.captions(locale, guide))

    @blueprint.get("/<locale>/guides/<guide>.svg")
    def picture(locale: str, guide: str) -> Response:
        return answered(lambda: listing.picture(locale, guide))

    @blueprint.get("/<locale>/downloads/<guide>.mp3")
    def download(locale: str, guide: str) -> Response:
        return answered(lambda: listing.download(locale, guide))

    blueprint.after_request(for_every_player)
    return blueprint


class _Listing:
    """Makes the file that an address names."""

    def __init__(self, shelf: Shelf, base: str | None, page: str, started: datetime) -> None:
        self._shelf = shelf
        self._base = base
        self._page = page
        self._started = started

    def guides(self, locale: str) -> File:
        address = request.script_root + request.path
        feed = f"{self._base}/{locale}/{FEED}" if self._base else urljoin(address, FEED)
        plain = {"feed": feed, **self._collection(locale).plain(address)}
        return document(json.dumps(plain, ensure_ascii=False).encode(), JSON)

    def feed(self, locale: str) -> File:
        collection = self._collection(locale)
        body = collection.feed(
            self._base or _asked_base(), self._page, collection.changed or self._started
        )
        return document(body, RSS, ASK_AGAIN if self._base else ASK_EVERY_TIME)

    def captions(self, locale: str, guide: str) -> File:
        collection, _, composition = self._composed(locale, guide)
        shown = cues(composition.timeline, collection.words)
        return document(webvtt(shown).encode(), VTT)

    def picture(self, locale: str, guide: str) -> File:
        collection = self._collection(locale)
        found = _found(collection, guide)
        if not found.exercise:
            raise NotFound
        return document(collection.text.picture(found.exercise, load_figures()).encode(), SVG)

    def download(self, locale: str, guide: str) -> File:
        collection, found, composition = self._composed(locale, guide)
        front = _front(collection, found, composition)

        def chunks(start: int, stop: int) -> Iterator[bytes]:
            behind = max(start - len(front), 0), max(stop - len(front), 0)
            return _after(front[start:stop], composition.chunks(*behind))

        etag = hashlib.sha256(front + composition.etag.encode()).hexdigest()[:32]
        size = len(front) + composition.size
        return File(size, etag, None, ASK_AGAIN, chunks, download=f"{found.id}.mp3")

    def _composed(self, locale: str, guide: str) -> tuple[Collection, Guide, Composition]:
        collection = self._collection(locale)
        found, clips = _found(collection, guide), self._shelf.clips(locale)
        if clips is None:
            raise NotFound
        return collection, found, compose(found.script, clips)

    def _collection(self, locale: str) -> Collection:
        collection = self._shelf.collection(locale)
        if collection is None:
            raise NotFound
        return collection


def _found(collection: Collection, guide: str) -> Guide:
    found = collection.guides.get(guide)
    if found is None:
        raise NotFound
    return found


def _front(collection: Collection, guide: Guide, composition: Composition) -> bytes:
    """Return the tags that stand before the sound; none where nothing can write them."""
    try:
        from audio.tags import front, tags_of  # noqa: PLC0415 - brought by an extra
    except ModuleNotFoundError:
        return b""
    ids = list(collection.guides)
    number = (ids.index(guide.id) + 1, len(ids))
    return front(tags_of(guide, composition, collection.text, number))


def _after(front: bytes, chunks: Iterator[bytes]) -> Iterator[bytes]:
    if front:
        yield front
    yield from chunks


def _asked_base() -> str:
    """Return the address of all sound as it was asked for, if it can be no other host's."""
    try:
        name = urlsplit(request.host_url).hostname or ""
        if name != "localhost":
            ipaddress.ip_address(name)
    except ValueError as fault:
        raise WrongHost from fault
    return urljoin(request.host_url, f"{request.script_root}/audio")


def _utc_now() -> datetime:
    return datetime.now(UTC)
