"""What a person at a terminal is told of streams, which are played in the mind and not heard."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import urlsplit

from skill.simulator.audio_stream import Stream
from skill.simulator.streaming import StreamingDevice
from skill.simulator.transcript import minutes
from skill.simulator.turn import Turn

HELD = "(The stream is held at"
"""How the line begins that tells of a stream that fell silent before its end."""


def name(stream: Stream) -> str:
    """Return what a stream is called: its title, or the last part of its address."""
    return stream.title or PurePosixPath(urlsplit(stream.url).path).name or stream.url


class News:
    """Says, in a line each, what became of the streams of a device."""

    def __init__(self, device: StreamingDevice) -> None:
        self._device = device
        self._seen = 0

    def latest(self) -> list[str]:
        """Return what happened since the last time."""
        turns = self._device.told[self._seen :]
        self._seen += len(turns)
        return [line for turn in turns for line in self._lines(turn)]

    def _lines(self, turn: Turn) -> list[str]:
        request = (turn.request or {})["request"]
        kind = request["type"].rpartition(".")[2]
        if kind == "PlaybackStarted":
            return [self._plays(request["token"], request["offsetInMilliseconds"])]
        if kind == "PlaybackStopped":
            return [f"{HELD} {minutes(request['offsetInMilliseconds'])}.)"]
        if kind == "PlaybackFailed":
            return [f"(The stream failed: {request['error']['message']}.)"]
        if kind == "PlaybackFinished" and not self._device.audio.goes_on:
            return ["(All is played.)"]
        return []

    def _plays(self, token: str, offset_ms: int) -> str:
        stream, ms = self._device.audio.known[token]
        from_ = f"from {minutes(offset_ms)}, " if offset_ms else ""
        return f"(plays: {name(stream)}, {from_}{minutes(ms)})"
