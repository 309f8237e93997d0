"""What a listener hears of a response, in milliseconds: SSML first, then APL for Audio."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree as ET

APLA_DIRECTIVE = "Alexa.Presentation.APLA.RenderDocument"

BREAK_STRENGTH_MS = {
    "none": 0,
    "x-weak": 0,
    "weak": 250,
    "medium": 250,
    "strong": 500,
    "x-strong": 1000,
}
"""Amazon likens the strengths to a comma, a sentence, a paragraph; the figures are ours."""

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_BINDING = re.compile(r"\$\{([\w.]+)\}")
_BREAK_TIME = re.compile(r"\+?(\d+(?:\.\d+)?)(ms|s)")

Json = Mapping[str, Any]


class Unplayable(ValueError):
    """Speech or audio that no smart speaker could render; the message says why."""


@dataclass(frozen=True)
class SpeakingRate:
    """How fast the voice speaks: synthetic English voices run at 150 to 180 words a minute."""

    words_per_minute: int = 160
    sentence_pause_ms: int = 300
    """Milliseconds of silence between two sentences that follow each other without a break."""

    def ms(self, words: str) -> int:
        """Estimate how many milliseconds it takes to say ``words``, pauses not counted."""
        return round(len(words.split()) * 60_000 / self.words_per_minute)


@dataclass(frozen=True)
class Sound:
    """One sentence or one clip, as it reaches the ear. Between two sounds it is quiet."""

    at_ms: int
    """Milliseconds from the start of the response."""

    ms: int
    """How long it lasts."""

    text: str
    """The words; empty for a clip."""

    source: str = ""
    """Address of the clip; empty for words."""

    @property
    def end_ms(self) -> int:
        """Milliseconds from the start of the response to its end."""
        return self.at_ms + self.ms

    def until(self, ms: int) -> Sound:
        """Return what is heard of it when it stops ``ms`` into the response: whole words only."""
        if ms >= self.end_ms:
            return self
        words = self.text.split()
        kept = len(words) * (ms - self.at_ms) // self.ms
        return replace(self, ms=ms - self.at_ms, text=" ".join(words[:kept]))


@dataclass(frozen=True)
class Playback:
    """Everything that is heard of one response."""

    sounds: tuple[Sound, ...] = ()
    """In the order in which they begin."""

    ms: int = 0
    """Length of the whole, trailing silence included."""

    def heard_until(self, ms: int) -> Playback:
        """Return what had been heard when somebody cut in, ``ms`` after the start."""
        if ms >= self.ms:
            return self
        heard = tuple(sound.until(ms) for sound in self.sounds if sound.at_ms < ms)
        return Playback(tuple(sound for sound in heard if sound.text or sound.source), max(ms, 0))

    @property
    def text(self) -> str:
        """All words in a row."""
        return " ".join(sound.text for sound in self.sounds if sound.text)


def in_a_row(parts: Iterable[Playback]) -> Playback:
    """Join playbacks one after the other."""
    sounds: list[Sound] = []
    at_ms = 0
    for part in parts:
        sounds += (replace(sound, at_ms=sound.at_ms + at_ms) for sound in part.sounds)
        at_ms += part.ms
    return Playback(tuple(sounds), at_ms)


def together(parts: Sequence[Playback], ms: int | None = None) -> Playback:
    """Lay playbacks over each other, cut at ``ms``; without it they last as long as the longest."""
    whole = max((part.ms for part in parts), default=0) if ms is None else ms
    sounds = (sound for part in parts for sound in part.heard_until(whole).sounds)
    return Playback(tuple(sorted(sounds, key=lambda sound: sound.at_ms)), whole)


def parse_ssml(ssml: str) -> ET.Element:
    """Return the ``speak`` element of an SSML document.

    Raises Unplayable when it is not well-formed or not wrapped in exactly one ``speak``.
    """
    wrapped = f'<alexa xmlns:amazon="amazon">{ssml}</alexa>'  # Amazon's prefix comes undeclared
    try:
        root = ET.fromstring(wrapped)  # noqa: S314 - our own skill wrote it
    except ET.ParseError as error:
        raise Unplayable(f"the SSML is not well-formed: {error}") from error
    if len(root) != 1 or root[0].tag != "speak" or (root.text or root[0].tail or "").strip():
        raise Unplayable("the SSML is not wrapped in exactly one <speak>")
    return root[0]


def break_ms(element: ET.Element) -> int:
    """Return the length of a ``break`` element. Raises Unplayable for a time nobody understands."""
    time = element.get("time")
    if time is None:
        strength = element.get("strength", "medium")
        if strength not in BREAK_STRENGTH_MS:
            raise Unplayable(f"no break has the strength {strength!r}")
        return BREAK_STRENGTH_MS[strength]
    match = _BREAK_TIME.fullmatch(time)
    if match is None:
        raise Unplayable(f"no break has the time {time!r}")
    return round(float(match[1]) * (1000 if match[2] == "s" else 1))


def one_second(source: str) -> int:  # noqa: ARG001 - the shape of a clip_ms function
    """Assume a clip of unknown length to last one second, as most of Amazon's effects do."""
    return 1000


Phrases = Callable[[str], Sequence[tuple[str, int]]]
"""Cuts words into what a voice says in one go, with the milliseconds that each takes."""


def sentences(words: str) -> list[str]:
    """Return the sentences of a paragraph."""
    return [sentence for sentence in _SENTENCE_END.split(words) if sentence]


_Piece = str | int | tuple[str]
"""Words, milliseconds of silence, or the address of a clip."""


def _pieces(element: ET.Element) -> Iterator[_Piece]:
    if element.tag == "break":
        yield break_ms(element)
    elif element.tag == "audio":
        yield (element.get("src", ""),)
    elif element.tag == "sub":
        yield element.get("alias", "")
    else:
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
    if element.tag in ("p", "s"):
        yield "\n\n"


class Player:
    """Plays responses in the mind: nothing sounds, but everything takes its time."""

    def __init__(
        self,
        rate: SpeakingRate | None = None,
        clip_ms: Callable[[str], int] = one_second,
        phrases: Phrases | None = None,
    ) -> None:
        self.rate = rate or SpeakingRate()
        self.clip_ms = clip_ms
        self.phrases = phrases or self._estimated

    def with_lengths(self, length_of: Callable[[str], int]) -> Player:
        """Return a player to whom ``length_of`` tells the length of what is behind https."""

        def clip_ms(source: str) -> int:
            return length_of(source) if source.startswith("https://") else self.clip_ms(source)

        return Player(self.rate, clip_ms, self.phrases)

    def _estimated(self, words: str) -> list[tuple[str, int]]:
        return [(sentence, self.rate.ms(sentence)) for sentence in sentences(words)]

    def play(self, response: Json) -> Playback:
        """Lay out the ``response`` part of an envelope: outputSpeech, then APL for Audio.

        Amazon plays them in this order and never over each other. Raises Unplayable.
        """
        documents = (
            self.document(directive)
            for directive in response.get("directives") or ()
            if directive.get("type") == APLA_DIRECTIVE
        )
        return in_a_row([self.speech(response.get("outputSpeech")), *documents])

    def play_reprompt(self, response: Json) -> Playback:
        """Lay out what is said when nobody answers; empty where there is no reprompt."""
        return self.play(response.get("reprompt") or {})

    def speech(self, output_speech: Json | None) -> Playback:
        """Lay out an outputSpeech object, PlainText or SSML."""
        if not output_speech:
            return Playback()
        if output_speech.get("type") == "SSML":
            return self.ssml(str(output_speech.get("ssml", "")))
        return self.words(str(output_speech.get("text", "")))

    def ssml(self, ssml: str) -> Playback:
        """Lay out an SSML document. Prosody is taken to be at its usual rate."""
        parts: list[Playback] = []
        run = ""
        for piece in _pieces(parse_ssml(ssml)):
            if isinstance(piece, str):
                run += piece
                continue
            parts.append(self.words(run))
            run = ""
            parts.append(Playback((), piece) if isinstance(piece, int) else self.clip(piece[0]))
        parts.append(self.words(run))
        return in_a_row(parts)

    def words(self, text: str) -> Playback:
        """Lay out plain words, phrase by phrase, with a pause between two of them."""
        paragraphs = (" ".join(part.split()) for part in re.split(r"\n\n+", text))
        parts: list[Playback] = []
        for phrase, ms in (said for words in paragraphs for said in self.phrases(words)):
            if parts:
                parts.append(Playback((), self.rate.sentence_pause_ms))
            parts.append(Playback((Sound(0, ms, phrase),), ms))
        return in_a_row(parts)

    def clip(self, source: str) -> Playback:
        """Lay out one audio file."""
        ms = self.clip_ms(source)
        return Playback((Sound(0, ms, "", source),), ms)

    def document(self, directive: Json) -> Playback:
        """Lay out an APL for Audio document. Raises Unplayable where it cannot be inflated."""
        document = directive.get("document")
        if not isinstance(document, Mapping) or document.get("type") != "APLA":
            raise Unplayable("the APL for Audio directive has no document of type APLA")
        template = document.get("mainTemplate")
        items = _items(template) if isinstance(template, Mapping) else []
        if not items or not isinstance(template, Mapping):
            raise Unplayable("the APL for Audio document has no mainTemplate with an item")
        parameters = template.get("parameters") or ()
        data = directive.get("datasources") or {}
        return self.component(items[0], {str(name): data for name in parameters})

    def component(self, item: Json, data: Json) -> Playback:
        """Lay out one component and its children. Raises Unplayable for one it does not know."""
        kind = item.get("type")
        if kind == "Speech":
            content = _bound(str(item.get("content", "")), data)
            return self.ssml(content) if item.get("contentType") == "SSML" else self.words(content)
        if kind == "Silence":
            return Playback((), int(item.get("duration", 0)))
        if kind == "Audio":
            return self.clip(_bound(str(item.get("source", "")), data))
        if "data" in item:
            raise Unplayable(f"a {kind} over a list of data is more than this speaker can inflate")
        if kind == "Sequencer":
            return in_a_row(self.component(child, data) for child in _items(item))
        if kind == "Selector":
            return in_a_row(self.component(child, data) for child in _items(item)[:1])
        if kind == "Mixer":
            return self._mix(_items(item), data)
        raise Unplayable(f"APL for Audio has no component {kind!r}")

    def _mix(self, items: Sequence[Json], data: Json) -> Playback:
        parts = [self.component(item, data) for item in items]
        lasting = [
            part.ms
            for item, part in zip(items, parts, strict=True)
            if item.get("duration") != "trimToParent"
        ]
        return together(parts, max(lasting) if lasting else None)


def _items(item: Json) -> list[Json]:
    children = item.get("items", item.get("item"))
    if isinstance(children, Mapping):
        return [children]
    return [child for child in children or () if isinstance(child, Mapping)]


def _bound(text: str, data: Json) -> str:
    def value(match: re.Match[str]) -> str:
        found: Any = data
        for name in match[1].split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return "" if found is None else str(found)

    return _BINDING.sub(value, text)
