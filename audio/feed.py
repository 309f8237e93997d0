"""The podcast feed and the playlist of guides.

RSS 2.0 with the tags that podcast directories ask for, and M3U8. A description is HTML there, so
plain text is escaped twice: for HTML, and for XML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from pathlib import PurePosixPath
from urllib.parse import urljoin
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

ATOM = "http://www.w3.org/2005/Atom"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"

_CATEGORY, _SUBCATEGORY = "Health & Fitness", "Fitness"
"""As Apple's list of categories has them, in English in every feed."""


@dataclass(frozen=True)
class Episode:
    """One guide in the feed."""

    file: str
    """Name of its MP3, with its folder if it has one."""

    anchor: str
    """Its place in the page."""

    title: str
    about: str
    size: int
    """Bytes of its MP3."""

    ms: int
    published: datetime
    """When its sound last changed; with a zone."""


@dataclass(frozen=True)
class Channel:
    """The feed itself."""

    base_url: str
    """Where the folder is served, without a slash at the end: what others are found from."""

    file: str
    """Name of the feed's own file."""

    cover: str
    """Name of the cover's file."""

    locale: str
    title: str
    about: str

    page: str = ""
    """Name of the page that plays the guides; empty where the folder itself is that page."""

    def url(self, name: str) -> str:
        """Return the whole address of what a name leads to from the folder."""
        return urljoin(f"{self.base_url}/", name)


def rss(channel: Channel, episodes: Iterable[Episode]) -> bytes:
    """Return the feed as UTF-8. Episodes are numbered in their order, to be heard as a series."""
    listed = tuple(episodes)
    names = {"version": "2.0", "xmlns:atom": ATOM, "xmlns:itunes": ITUNES}
    root = ET.Element("rss", names)
    top = ET.SubElement(root, "channel")
    _channel(top, channel)
    if listed:
        _text(top, "lastBuildDate", format_datetime(max(each.published for each in listed)))
    for number, episode in enumerate(listed, 1):
        _item(ET.SubElement(top, "item"), channel, episode, number)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "unicode")}\n'.encode()


def playlist(entries: Iterable[Episode]) -> str:
    """Return an M3U8 playlist of files that lie beside it."""
    lines = ["#EXTM3U"]
    for each in entries:
        lines += [f"#EXTINF:{round(each.ms / 1000)},{each.title}", each.file]
    return "\n".join(lines) + "\n"


def _channel(top: ET.Element, channel: Channel) -> None:
    own = {"href": channel.url(channel.file), "rel": "self", "type": "application/rss+xml"}
    _text(top, "title", channel.title)
    _text(top, "link", channel.url(channel.page))
    _text(top, "description", escape(channel.about, quote=False))
    _text(top, "language", channel.locale.lower())
    ET.SubElement(top, "atom:link", own)
    picture = ET.SubElement(top, "image")
    _text(picture, "url", channel.url(channel.cover))
    _text(picture, "title", channel.title)
    _text(picture, "link", channel.url(channel.page))
    ET.SubElement(top, "itunes:image", {"href": channel.url(channel.cover)})
    _text(top, "itunes:author", channel.title)
    _text(top, "itunes:type", "serial")
    _text(top, "itunes:explicit", "false")
    category = ET.SubElement(top, "itunes:category", {"text": _CATEGORY})
    ET.SubElement(category, "itunes:category", {"text": _SUBCATEGORY})


def _item(item: ET.Element, channel: Channel, episode: Episode, number: int) -> None:
    enclosure = {
        "url": channel.url(episode.file),
        "length": str(episode.size),
        "type": "audio/mpeg",
    }
    _text(item, "title", episode.title)
    _text(item, "link", f"{channel.url(channel.page)}#{episode.anchor}")
    _text(item, "description", escape(episode.about, quote=False))
    ET.SubElement(item, "enclosure", enclosure)
    # An episode stays the same one when its voice, its host or its folder changes.
    id_ = uuid5(NAMESPACE_URL, f"{channel.locale}/{PurePosixPath(episode.file).name}")
    guid = ET.SubElement(item, "guid", {"isPermaLink": "false"})
    guid.text = f"urn:uuid:{id_}"
    _text(item, "pubDate", format_datetime(episode.published))
    _text(item, "itunes:duration", str(round(episode.ms / 1000)))
    _text(item, "itunes:episode", str(number))
    _text(item, "itunes:episodeType", "full")
    _text(item, "itunes:explicit", "false")


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = text
