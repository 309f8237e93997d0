"""One thing that a page does with its pretend speaker, read from JSON that nobody can trust."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

Kind = Literal["say", "touch", "silence", "wait", "press", "hang_up", "permit", "disable", "enable"]
Key = Literal["Play", "Pause", "Next", "Previous"]
Consent = Literal["ACCEPTED", "DENIED", "NOT_ANSWERED"]

LONGEST_WORDS = 300
"""Characters; Alexa stops listening long before."""

MOST_ARGUMENTS = 8
"""That a touch sends; ours send two."""

LONGEST_WAIT_MS = 24 * 3_600_000
"""A device that was left alone for a day has nothing more to tell."""


class BadStep(ValueError):
    """A step that cannot be taken; the message says why, and holds nothing of what was sent."""


@dataclass(frozen=True)
class Step:
    """Something done, and when."""

    number: int
    """How many steps were taken before it, as far as the page knows."""

    after_ms: int
    """Milliseconds of the device's time since the last step."""

    do: Kind
    words: str = ""
    """What is said, or what says the same as a touch."""

    arguments: tuple[object, ...] = ()
    """What a touch sends: JSON."""

    key: Key = "Play"
    """What is pressed."""

    consent: Consent = "NOT_ANSWERED"
    """What Alexa's question for permission is answered."""


def read_step(raw: object) -> Step:
    """Return the step that JSON describes. Raises BadStep."""
    if not isinstance(raw, Mapping):
        raise BadStep("a step is an object")
    do = _one_of(raw, "do", get_args(Kind))
    return Step(
        number=_count(raw, "number", 1_000_000),
        after_ms=_count(raw, "after_ms", LONGEST_WAIT_MS),
        do=do,
        words=_words(raw) if do in ("say", "touch") else "",
        arguments=_arguments(raw) if do == "touch" else (),
        key=_one_of(raw, "key", get_args(Key)) if do == "press" else "Play",
        consent=_one_of(raw, "consent", get_args(Consent)) if do == "permit" else "NOT_ANSWERED",
    )


def _count(raw: Mapping[str, Any], name: str, most: int) -> int:
    value = raw.get(name)
    if type(value) is int and 0 <= value <= most:
        return value
    raise BadStep(f"{name} is a whole number from 0 to {most}")


def _one_of(raw: Mapping[str, Any], name: str, known: tuple[Any, ...]) -> Any:
    value = raw.get(name)
    if isinstance(value, str) and value in known:
        return value
    raise BadStep(f"{name} is one of {', '.join(known)}")


def _arguments(raw: Mapping[str, Any]) -> tuple[object, ...]:
    sent = raw.get("arguments")
    if isinstance(sent, list) and 0 < len(sent) <= MOST_ARGUMENTS:
        return tuple(sent)
    raise BadStep(f"arguments are a list of 1 to {MOST_ARGUMENTS}")


def _words(raw: Mapping[str, Any]) -> str:
    words = raw.get("words")
    if isinstance(words, str) and len(words) <= LONGEST_WORDS:
        # What nobody can see, nobody can say: control characters, and halves of characters that
        # could not even be written down.
        seen = "".join(each if each.isprintable() else " " for each in words)
        if said := " ".join(seen.split()):
            return said
    raise BadStep(f"words are text of 1 to {LONGEST_WORDS} characters")
