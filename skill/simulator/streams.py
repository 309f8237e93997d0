"""Where the sound of real streams comes from, and how long it lasts: frames of MP3, counted."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPException
from urllib.request import urlopen

from skill.simulator.audio_stream import Fetch

FRAME_BYTES = 144
FRAME_MS = 24
"""Of MPEG-2 Layer III at 24 kHz mono and 48 kbit/s, the one format of this house's guides."""

FETCH_WITHIN_S = 10.0
"""How long a server may take; Amazon names no figure."""

_FRAME = b"\xff\xf3"
_ID3_HEADER_BYTES = 10


def mp3_ms(sound: bytes) -> int:
    """Return how many milliseconds of 144-byte frames there are, after an ID3 tag or none.

    Counting ends at the first thing that is no such frame; 0 for something else than MP3.
    """
    start = _tag_bytes(sound)
    end = start
    while len(sound) - end >= FRAME_BYTES and sound.startswith(_FRAME, end):
        end += FRAME_BYTES
    return (end - start) // FRAME_BYTES * FRAME_MS


def _tag_bytes(sound: bytes) -> int:
    """Return the length of the ID3v2 tag; its size is written in four times seven bits."""
    if len(sound) < _ID3_HEADER_BYTES or not sound.startswith(b"ID3"):
        return 0
    size = 0
    for byte in sound[6:10]:
        size = size << 7 | byte & 0x7F
    return _ID3_HEADER_BYTES + size


def over_http(url: str) -> bytes | None:
    """Fetch a stream whole; None for an error of the server, or where there is none."""
    if not url.startswith(("https://", "http://")):
        return None
    try:
        with urlopen(url, timeout=FETCH_WITHIN_S) as answer:  # noqa: S310 - scheme checked above
            sound: bytes = answer.read()
    except (OSError, HTTPException):
        return None
    return sound


class Streams:
    """Fetches streams and remembers their lengths; give its methods to a device.

    ``get`` fetches an address, for example from an application in this process.
    """

    def __init__(self, get: Callable[[str], bytes | None] = over_http) -> None:
        self._get: Fetch = get
        self._ms: dict[str, int] = {}

    def fetch(self, url: str) -> bytes | None:
        """Return a stream; None where it cannot be had just now."""
        sound = self._get(url)
        if sound is not None:
            self._ms[url] = mp3_ms(sound)
        return sound

    def length_of(self, url: str) -> int:
        """Return the length of a stream in milliseconds; 0 where it cannot be had."""
        if url not in self._ms:
            self.fetch(url)
        return self._ms.get(url, 0)
