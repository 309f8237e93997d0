"""A small real skill, and ears for it, for the tests of the pretend device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


def beat(text: str, ms: int) -> Json:
    """A word at the start of a slot of exact length."""
    silence = {"type": "Silence", "duration": ms}
    return {"type": "Mixer", "items": [{"type": "Speech", "content": text}, silence]}


def document(*items: Json) -> Json:
    """An APL for Audio directive that plays the items in a row."""
    return {
        "type": "Alexa.Presentation.APLA.RenderDocument",
        "document": {
            "type": "APLA",
            "version": "0.91",
            "mainTemplate": {
                "parameters": ["payload"],
                "item": {"type": "Sequencer", "items": list(items)},
            },
        },
    }


def ssml(words: str) -> Json:
    return {"type": "SSML", "ssml": f"<speak>{words}</speak>"}


def reply(attributes: Json | None = None, **response: Any) -> Json:
    return {"version": "1.0", "sessionAttributes": attributes or {}, "response": response}


SET = document(
    *(beat(text, 1500) for n in range(1, 4) for text in (str(n), "hold", "down")),
    {"type": "Silence", "duration": 45_000},
    {"type": "Speech", "content": "Ready for the next set?"},
)


class Parrot:
    """Launch greets and listens; StartIntent paces a set; NumberIntent repeats; stop ends."""

    def __init__(self) -> None:
        self.requests: list[Json] = []
        """Every envelope it was sent."""

    @property
    def types(self) -> list[str]:
        return [envelope["request"]["type"] for envelope in self.requests]

    def __call__(self, envelope: Json) -> Json:
        self.requests.append(envelope)
        request = envelope["request"]
        turn = envelope["session"]["attributes"].get("turn", 0) + 1
        if request["type"] == "SessionEndedRequest":
            return {"version": "1.0", "response": {}}
        ask = {"outputSpeech": ssml("Are you there?")}
        if request["type"] == "LaunchRequest":
            hello = ssml('Hello. <break time="2s"/> What shall we do?')
            return reply({"turn": turn}, outputSpeech=hello, reprompt=ask, shouldEndSession=False)
        name = request["intent"]["name"]
        if name == "StartIntent":
            return reply({"turn": turn}, directives=[SET], reprompt=ask, shouldEndSession=False)
        if name == "AMAZON.StopIntent":
            return reply(outputSpeech=ssml("Goodbye now."), shouldEndSession=True)
        said = ssml(f"You said {name} on turn {turn}.")
        return reply({"turn": turn}, outputSpeech=said, reprompt=ask, shouldEndSession=False)


@dataclass(frozen=True)
class ParrotSlot:
    value: str
    id: str | None = None


@dataclass(frozen=True)
class ParrotHeard:
    intent: str | None
    slots: Mapping[str, ParrotSlot] = field(default_factory=dict)
    score: float = 1.0
    why: str = "said in so many words"


SENTENCES = {
    "start my hip workout": ParrotHeard("LaunchRequest"),
    "go": ParrotHeard("StartIntent"),
    "pause": ParrotHeard("AMAZON.PauseIntent"),
    "stop": ParrotHeard("AMAZON.StopIntent"),
    "exit": ParrotHeard("SessionEndedRequest"),
    "two bridges": ParrotHeard(
        "HowToIntent",
        {"exercise": ParrotSlot("bridges", "glute_bridge"), "sets": ParrotSlot("2")},
    ),
}


def parrot_ears(text: str, expected: frozenset[str]) -> ParrotHeard:
    """Understand a handful of sentences, and "ok" as the one thing that is expected."""
    if text == "ok" and len(expected) == 1:
        return ParrotHeard(next(iter(expected)), why="expected")
    return SENTENCES.get(text, ParrotHeard(None, score=0.0, why="nothing like it"))
