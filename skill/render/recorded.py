"""What is recorded of a language, told from the manifest of its clips: how long each line takes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from skill.coach.reply import Line
from skill.coach.timeline import LengthOf
from skill.render.audio_url import AudioUrls
from skill.render.words import Words

MANIFEST = "manifest.json"


class Lengths:
    """How long the clips of one voice last; what is not rendered yet is estimated."""

    def __init__(self, folder: Path, words: Words) -> None:
        """Read the manifest in ``folder``, if there is one that can be read."""
        self._words = words
        self._ms = _read(folder / MANIFEST)

    def __call__(self, line: Line) -> int:
        """Return milliseconds."""
        ms = self._ms.get(self._words.sentence(line))
        return self._words.length_ms(line) if ms is None else ms


@dataclass(frozen=True)
class Recordings:
    """Where composed sound of one language is to be had, and how long its lines last."""

    urls: AudioUrls
    locale: str
    folder: Path
    """The clips of the voice that speaks it."""

    composes: bool = True
    """Whether whoever answers there composes sound; otherwise there are files of guides alone."""

    lengths: LengthOf | None = None
    """How long lines last, where more is known of them than the manifest told at the start."""

    def length_of(self, words: Words) -> LengthOf:
        """Return how long the recorded lines last."""
        return self.lengths or Lengths(self.folder, words)


def _read(manifest: Path) -> dict[str, int]:
    """Return milliseconds by text; nothing of a manifest that is missing or not of this form."""
    try:
        clips = json.loads(manifest.read_bytes())["clips"].values()
        return {str(clip["text"]): int(clip["ms"]) for clip in clips}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
