"""The podcast feed: another reader finds no fault in it, and it has what directories ask for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from audio.feed import ATOM, ITUNES, Channel, Episode, playlist, rss

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CHANNEL = Channel(
    base_url="https://coach.example/guides",
    file="feed.xml",
    cover="cover.png",
    locale="en-US",
    title="My Hip Workout",
    about="Hips & <more>",
)
EPISODES = (
    Episode("workout-10.mp3", "workout-10", "Ten minutes", "Warm-up.", 4_321, 600_400, NOW),
    Episode(
        "how-to-x.mp3",
        "how-to-x",
        "How to: <x> & y",
        "X & <b>y",
        99,
        59_600,
        NOW - timedelta(days=3),
    ),
)


def parsed() -> Any:
    return feedparser.parse(rss(CHANNEL, EPISODES))


def tree() -> ET.Element:
    return ET.fromstring(rss(CHANNEL, EPISODES))  # noqa: S314 - written here


def test_another_reader_finds_no_fault() -> None:
    feed = parsed()
    assert feed.bozo is False
    assert feed.version == "rss20"
    assert feed.encoding.lower() == "utf-8"


def test_the_channel_says_who_what_where_and_in_which_language() -> None:
    channel = parsed().feed
    assert channel.title == "My Hip Workout"
    assert unescape(channel.subtitle) == "Hips & <more>"
    assert channel.language == "en-us"
    assert channel.link == "https://coach.example/guides/"
    assert channel.image.href == "https://coach.example/guides/cover.png"
    assert channel.author == "My Hip Workout"
    assert parsedate_to_datetime(channel.updated) == NOW


def test_the_feed_names_itself() -> None:
    own = tree().find(f"channel/{{{ATOM}}}link")
    assert own is not None
    assert own.attrib == {
        "href": "https://coach.example/guides/feed.xml",
        "rel": "self",
        "type": "application/rss+xml",
    }


@pytest.mark.parametrize("index", range(len(EPISODES)))
def test_every_episode_is_read_back_whole(index: int) -> None:
    episode, entry = EPISODES[index], parsed().entries[index]
    (enclosure,) = entry.enclosures
    assert entry.title == episode.title
    assert unescape(entry.summary) == episode.about
    assert enclosure.href == f"https://coach.example/guides/{episode.file}"
    assert (enclosure.length, enclosure.type) == (str(episode.size), "audio/mpeg")
    assert entry.itunes_duration == str(round(episode.ms / 1000))
    assert entry.itunes_episode == str(index + 1)
    assert parsedate_to_datetime(entry.published) == episode.published
    assert entry.link == f"https://coach.example/guides/#{episode.anchor}"


def test_an_episode_is_known_by_an_id_that_a_new_host_or_voice_does_not_change() -> None:
    elsewhere = Channel("http://other.example", "feed.xml", "cover.png", "en-US", "t", "a")
    moved = feedparser.parse(rss(elsewhere, EPISODES))
    ids = [entry.id for entry in parsed().entries]
    assert [entry.id for entry in moved.entries] == ids
    assert len(set(ids)) == len(EPISODES)
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id_) for id_ in ids)
    assert all(entry.guidislink is False for entry in parsed().entries)


def test_it_has_what_rss_and_apple_require() -> None:
    channel = tree().find("channel")
    assert channel is not None
    for tag in ("title", "link", "description", "language"):
        assert len(channel.findall(tag)) == 1
        assert channel.findtext(tag)
    category = channel.find(f"{{{ITUNES}}}category")
    assert category is not None
    assert category.attrib == {"text": "Health & Fitness"}
    assert channel.findtext(f"{{{ITUNES}}}explicit") == "false"
    assert channel.findtext(f"{{{ITUNES}}}type") == "serial"
    for item in channel.iter("item"):
        assert item.findtext(f"{{{ITUNES}}}explicit") == "false"
        for tag in ("title", "enclosure", "guid", "pubDate", "description"):
            assert len(item.findall(tag)) == 1


def test_a_feed_without_episodes_is_a_feed() -> None:
    feed = feedparser.parse(rss(CHANNEL, ()))
    assert feed.bozo is False
    assert feed.entries == []


def test_a_playlist_names_each_file_after_its_seconds_and_title() -> None:
    assert playlist(EPISODES).splitlines() == [
        "#EXTM3U",
        "#EXTINF:600,Ten minutes",
        "workout-10.mp3",
        "#EXTINF:60,How to: <x> & y",
        "how-to-x.mp3",
    ]
