"""A script as APL for Audio: speech and silence that keep the tempo on any smart speaker.

How long the device's voice takes for a word is not known here. So a beat is a Mixer of its speech
and a silence of the beat's length: they start together, and the Mixer lasts as long as the longer
one, which is the silence. Silent beats behind a spoken one are part of the same Mixer, so a tip may
run on into them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from skill.coach.reply import Beat, Line, Mark, Pause, Script
from skill.render.words import Words

VERSION = "0.91"

Component = dict[str, Any]


@lru_cache(maxsize=1024)
def apla(script: Script, words: Words) -> Component:
    """Return an APL-for-Audio document that plays the script, the closing question included.

    Documents are kept and handed out again, so nobody may write to them.
    """
    return {
        "type": "APLA",
        "version": VERSION,
        "mainTemplate": {"parameters": ["payload"], "item": _sequence(script, words)},
    }


def _sequence(script: Script, words: Words) -> Component:
    items: list[Component] = []
    waiting = _Waiting()
    for element in script:
        match element:
            case Line():
                if waiting.beat or waiting.silent_ms:
                    items += waiting.close()
                waiting.said.append(words.sentence(element))
            case Beat(ms, line) if line is not None:
                items += waiting.close()
                waiting.beat, waiting.silent_ms = words.sentence(line), ms
            case Pause(ms) if waiting.beat:
                items += waiting.close()
                waiting.silent_ms = ms
            case Beat(ms) | Pause(ms):
                waiting.silent_ms += ms
            case Mark():
                pass
    return {"type": "Sequencer", "items": items + waiting.close()}


@dataclass
class _Waiting:
    """What was read of the script and is not yet a component."""

    said: list[str] = field(default_factory=list)
    beat: str = ""
    silent_ms: int = 0

    def close(self) -> list[Component]:
        """Return the components of what is waiting, and wait for nothing more."""
        items = [_speech(" ".join(self.said))] if self.said else []
        if self.beat:
            items.append({"type": "Mixer", "items": [_speech(self.beat), _silence(self.silent_ms)]})
        elif self.silent_ms:
            items.append(_silence(self.silent_ms))
        self.said, self.beat, self.silent_ms = [], "", 0
        return items


def _speech(text: str) -> Component:
    return {"type": "Speech", "contentType": "PlainText", "content": text}


def _silence(ms: int) -> Component:
    return {"type": "Silence", "duration": ms}
