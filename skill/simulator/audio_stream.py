"""What an AudioPlayer plays and tells, and the habits in which devices differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

Json = dict[str, Any]

LengthOf = Callable[[str], int]
"""Tells how many milliseconds a stream or a clip lasts, by its address."""

Fetch = Callable[[str], bytes | None]
"""Fetches what is at an address; None where nothing can be had."""

Activity = Literal["IDLE", "PLAYING", "PAUSED", "STOPPED", "FINISHED", "BUFFER_UNDERRUN"]

Failure = Literal[
    "MEDIA_ERROR_UNKNOWN",
    "MEDIA_ERROR_INVALID_REQUEST",
    "MEDIA_ERROR_SERVICE_UNAVAILABLE",
    "MEDIA_ERROR_INTERNAL_SERVER_ERROR",
    "MEDIA_ERROR_INTERNAL_DEVICE_ERROR",
]

MS = timedelta(milliseconds=1)


@dataclass(frozen=True)
class Habits:
    """What differs between devices, or is not told clearly by Amazon: try a skill with both."""

    buffered_ms: int = 2_000
    """When PlaybackNearlyFinished comes, in milliseconds after the start of the sound, at least 1.
    Amazon: when the device is ready for the next stream, which may be long before the end."""

    fetching_ms: int = 1_000
    """How long it tries to get a stream before PlaybackFailed, at least 1."""

    tells_of_interruptions: bool = True
    """Whether speaking to it sends PlaybackStopped, and playing on PlaybackStarted.
    Amazon's reference of the interface says so; other notes say that nothing is sent."""

    interrupted: Literal["PAUSED", "STOPPED"] = "PAUSED"
    """What ``context`` calls a stream while its listener speaks. Both have been seen."""

    enqueue_behind: Literal["playing", "last"] = "playing"
    """Whose token expectedPreviousToken must be: of the stream now playing, as Amazon's page says,
    or of the last one in line, as its device software does it. A repeated PlaybackNearlyFinished
    tells them apart: with the first, an answer given twice is played twice."""


@dataclass(frozen=True)
class Stream:
    """One stream as the skill ordered it."""

    url: str
    token: str

    offset_ms: int = 0
    """Where it begins, in milliseconds."""

    title: str = ""
    subtitle: str = ""

    @classmethod
    def of(cls, directive: Mapping[str, Any]) -> Stream:
        """Return the stream of an AudioPlayer.Play without faults."""
        item = directive["audioItem"]
        stream, metadata = item["stream"], item.get("metadata") or {}
        return cls(
            stream["url"],
            stream["token"],
            stream.get("offsetInMilliseconds") or 0,
            metadata.get("title") or "",
            metadata.get("subtitle") or "",
        )


@dataclass(frozen=True)
class Stretch:
    """A part of a stream that was heard without a break."""

    stream: Stream
    began: datetime

    from_ms: int
    """Place in the stream where it began."""

    to_ms: int
    """Place in the stream where it ended."""

    @property
    def ended(self) -> datetime:
        """When it fell silent."""
        return self.began + (self.to_ms - self.from_ms) * MS


@dataclass(frozen=True)
class Event:
    """Something that the skill is told of."""

    at: datetime

    request: Json
    """Without id, timestamp and locale."""

    state: Json
    """``context.AudioPlayer`` of that moment."""


def event_request(kind: str, token: str, offset_ms: int = 0, **more: Any) -> Json:
    """Return an AudioPlayer request by the last part of its type, such as "PlaybackStopped"."""
    request = {"type": f"AudioPlayer.{kind}", "token": token, "offsetInMilliseconds": offset_ms}
    return {**request, **more}
