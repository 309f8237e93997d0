"""Speech as Amazon's SSML reference wants it: tags, their attributes, and what may be in what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from skill.simulator.limits import SSML_TAGS
from skill.simulator.playback import BREAK_STRENGTH_MS, Unplayable, parse_ssml
from skill.simulator.screen_limits import RENDER_DOCUMENT
from skill.simulator.selfcheck.visit import Visit

EMPTY = frozenset({"audio", "break"})
"""Tags that hold nothing."""

WORDS_ONLY = frozenset({"say-as", "sub", "w", "phoneme"})
"""Tags that hold words and no tags."""

ATTRIBUTES: Mapping[str, Mapping[str, str]] = {
    "speak": {},
    "p": {},
    "s": {},
    "break": {"time": r"\d+(\.\d+)?m?s", "strength": "|".join(BREAK_STRENGTH_MS)},
    "emphasis": {"level": "strong|moderate|reduced"},
    "prosody": {
        "rate": r"x-slow|slow|medium|fast|x-fast|\d+%",
        "pitch": r"x-low|low|medium|high|x-high|[+-]\d+(\.\d+)?%",
        "volume": r"silent|x-soft|soft|medium|loud|x-loud|[+-]\d+(\.\d+)?dB",
    },
    "phoneme": {"alphabet": "ipa|x-sampa", "ph": ".+"},
    "say-as": {
        "interpret-as": "characters|spell-out|cardinal|number|ordinal|digits|fraction|unit|date"
        "|time|telephone|address|interjection|expletive",
        "format": "[mdy]+",
    },
    "sub": {"alias": ".+"},
    "w": {"role": "amazon:(VB|VBD|NN|SENSE_1)"},
    "voice": {"name": r"\w+"},
    "lang": {"{http://www.w3.org/XML/1998/namespace}lang": r"[a-z]{2}-[A-Z]{2}"},
    "audio": {"src": r"(https|soundbank)://\S+"},
    "{amazon}effect": {"name": "whispered"},
    "{amazon}emotion": {"name": "excited|disappointed", "intensity": "low|medium|high"},
    "{amazon}domain": {"name": "music|conversational|news|long-form|fun"},
}
"""By tag, its attributes and what they may say: section 3 of Amazon's SSML reference."""

ASIDE_FROM_SPEECH = re.compile(r"[<>{}\[\]|\\_*#]|\$\{|\bNone\b")
"""What nobody can say: it was meant for a programmer."""


def markup(visit: Visit) -> Iterator[str]:
    """Everything said is valid SSML, tags and attributes, and holds nothing that cannot be said."""
    for speech in _speeches(visit.response):
        try:
            yield from faults(parse_ssml(speech))
        except Unplayable as fault:
            yield str(fault)


def faults(speak: Element) -> Iterator[str]:
    """Say what is wrong with a document that is well-formed."""
    for element in speak.iter():
        name = element.tag.replace("{amazon}", "amazon:")
        if element.tag not in SSML_TAGS:
            yield f"<{name}> is not a tag of Alexa's SSML"
            continue
        allowed = ATTRIBUTES[element.tag]
        for attribute, value in element.attrib.items():
            if not re.fullmatch(allowed.get(attribute, ""), value):
                yield f"<{name}> may not have {attribute}={value!r}"
        yield from _inside(element, name)
        for words in (element.text, element.tail):
            if found := ASIDE_FROM_SPEECH.search(words or ""):
                yield f"{found[0]!r} cannot be said: {(words or '').strip()!r}"


def _inside(element: Element, name: str) -> Iterator[str]:
    children = [child.tag for child in element]
    if element.tag in EMPTY and (children or (element.text or "").strip()):
        yield f"<{name}> holds something"
    if element.tag in WORDS_ONLY and children:
        yield f"<{name}> holds tags"
    if element.tag == "s" and {"p", "s"} & set(children):
        yield "<s> holds paragraphs or sentences"
    if element.tag == "p" and any(
        inner.tag == "p" for inner in element.iter() if inner is not element
    ):
        yield "<p> holds <p>"


def _speeches(node: Any) -> Iterator[str]:
    """Give all SSML in a response, wherever in it; plain text as SSML without tags.

    Documents for a screen are passed over: they are long, and nothing is spoken from ours.
    """
    if isinstance(node, list):
        for child in node:
            yield from _speeches(child)
    elif isinstance(node, Mapping) and node.get("type") != RENDER_DOCUMENT:
        if isinstance(node.get("ssml"), str):
            yield node["ssml"]
        if node.get("type") == "Speech":
            content = str(node.get("content", ""))
            yield content if node.get("contentType") == "SSML" else _escaped(content)
        for child in node.values():
            if isinstance(child, list | Mapping):
                yield from _speeches(child)


def _escaped(words: str) -> str:
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<speak>{plain}</speak>"
