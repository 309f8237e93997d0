"""The page that plays exported guides with captions: no script, no other host, its own small style.

It plays sound in a video element with a picture of the exercise or the cover, because browsers show
captions of video only.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

STYLE = """\
:root { color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif; }
body { max-width: 44rem; margin: 0 auto; padding: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 1rem; padding: 0; list-style: none; }
article { border-top: 1px solid; padding: 1rem 0; }
video { width: 100%; max-width: 22rem; aspect-ratio: 1; }
video::cue { font-size: 1.25rem; }
a, summary { display: inline-block; padding: 0.5rem 0; }
"""

_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'self'"


@dataclass(frozen=True)
class Entry:
    """One guide on the page."""

    id: str
    title: str
    facts: tuple[str, ...]
    """Level and equipment, in words."""

    ms: int
    sound: str
    """Name of its MP3."""

    captions: str
    """Name of its WebVTT file."""

    poster: str
    """Name of the picture that its player shows."""

    text: tuple[tuple[str, str], ...]
    """Every chapter's title, and what is said in it."""


@dataclass(frozen=True)
class Labels:
    """The words of the page around the guides."""

    title: str
    about: str
    captions: str
    text: str
    file: str
    feed: str
    playlist: str


@dataclass(frozen=True)
class Files:
    """Names of the files beside the page."""

    style: str
    cover: str
    feed: str
    playlist: str


def page(locale: str, labels: Labels, files: Files, entries: Iterable[Entry]) -> str:
    """Return the page as HTML."""
    title = escape(labels.title)
    articles = "".join(_article(entry, locale, labels) for entry in entries)
    return f"""\
<!doctype html>
<html lang="{escape(locale)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<link rel="stylesheet" href="{files.style}">
<link rel="icon" type="image/png" href="{files.cover}">
<link rel="alternate" type="application/rss+xml" title="{title}" href="{files.feed}">
</head>
<body>
<header>
<h1>{title}</h1>
<p>{escape(labels.about)}</p>
<nav aria-label="{title}"><ul>
<li><a href="{files.feed}">{escape(labels.feed)}</a></li>
<li><a href="{files.playlist}">{escape(labels.playlist)}</a></li>
</ul></nav>
</header>
<main>
{articles}</main>
</body>
</html>
"""


def _article(entry: Entry, locale: str, labels: Labels) -> str:
    title, sound = escape(entry.title), escape(entry.sound)
    facts = escape(" · ".join(entry.facts))
    language = escape(locale.partition("-")[0])
    text = "".join(f"<h3>{escape(head)}</h3>\n<p>{escape(said)}</p>\n" for head, said in entry.text)
    return f"""\
<article id="{escape(entry.id)}" aria-labelledby="{escape(entry.id)}-title">
<h2 id="{escape(entry.id)}-title">{title}</h2>
<p><time datetime="PT{entry.ms // 1000}S">{_clock(entry.ms)}</time> · {facts}</p>
<video controls preload="none" poster="{escape(entry.poster)}" src="{sound}" aria-label="{title}">
<track default kind="captions" src="{escape(entry.captions)}" srclang="{language}" \
label="{escape(labels.captions)}">
</video>
<p><a href="{sound}" download aria-label="{escape(labels.file)}: {title}">\
{escape(labels.file)}</a></p>
<details>
<summary>{escape(labels.text)}</summary>
{text}</details>
</article>
"""


def _clock(ms: int) -> str:
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes}:{seconds:02}"
