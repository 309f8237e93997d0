"""A player that lays out the same words only once: a walk hears most of them thousands of times."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache

from skill.simulator.playback import Json, Playback, Player, one_second

KEPT = 4_096


class QuickPlayer(Player):
    """Plays as a Player does, and remembers."""

    def __init__(self, length_of: Callable[[str], int] = one_second) -> None:
        """``length_of`` tells how many milliseconds a clip lasts, by its address."""
        super().__init__(clip_ms=length_of)
        self._ssml = lru_cache(maxsize=KEPT)(super().ssml)
        self._words = lru_cache(maxsize=KEPT)(super().words)
        self._documents: dict[str, Playback] = {}

    def ssml(self, ssml: str) -> Playback:
        """Lay out an SSML document."""
        return self._ssml(ssml)

    def words(self, text: str) -> Playback:
        """Lay out plain words."""
        return self._words(text)

    def document(self, directive: Json) -> Playback:
        """Lay out an APL for Audio document."""
        name = json.dumps([directive.get("document"), directive.get("datasources")])
        if name not in self._documents:
            self._documents[name] = super().document(directive)
        return self._documents[name]
