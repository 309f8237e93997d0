"""A clip: one line as sound; and who has the clips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from audio.frames import FRAME_MS
from skill.coach.reply import Line


@dataclass(frozen=True)
class Clip:
    """One line, said by one voice in one language, as whole frames of MP3."""

    name: str
    """A hash of everything that makes it sound as it does; also the name of its file."""

    frames: int
    """Its length in frames of 24 ms."""

    text: str

    @property
    def ms(self) -> int:
        """Its length in milliseconds."""
        return self.frames * FRAME_MS


class Clips(Protocol):
    """The clips of one voice in one language. Safe to be used by many threads at once."""

    @property
    def locale(self) -> str:
        """The language and country, such as ``en-US``."""
        ...

    def of(self, line: Line) -> Clip:
        """Return the clip of a line, rendered now if it was not yet.

        Raises:
            VoiceError: it is not there, and the voice cannot say it now.
        """
        ...

    def sound(self, clip: Clip) -> bytes:
        """Return a clip's frames: ``144 * clip.frames`` bytes."""
        ...
