"""What every voice can do: turn one sentence into sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class VoiceError(Exception):
    """A voice cannot be had, or cannot say this; the message tells the operator what to do."""


@dataclass(frozen=True, eq=False)
class Sound:
    """What a voice made of a sentence, as it came from its engine."""

    samples: NDArray[np.float32]
    """Mono, from -1 to 1."""

    rate: int
    """Samples a second."""


class Voice(Protocol):
    """One voice. Not safe to be used by several threads at once; a process has its own."""

    @property
    def name(self) -> str:
        """The short name by which an operator chooses it, such as ``hibari``."""
        ...

    @property
    def version(self) -> str:
        """Engine, version, weights, speed, seed: everything that changes how it sounds."""
        ...

    def speak(self, text: str, locale: str) -> Sound:
        """Say one sentence in a locale such as ``en-US``.

        Raises:
            VoiceError: it has no such language, or what came back is no speech.
        """
        ...
