"""The table of sentences, and ways to read templates and models."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from interaction_model.build import build
from interaction_model.contract import load_contract
from interaction_model.templates import load_sentences, written_out

LOCALES = load_contract().locales
SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Said:
    """A sentence of the table and what it means."""

    intent: str
    text: str
    slots: dict[str, str]


@cache
def table() -> dict[str, Any]:
    path = Path(__file__).parent / "sentences.yaml"
    plain: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return plain


def said(section: str) -> list[Said]:
    return _all_said(table()[section])


@cache
def _reminders() -> dict[str, Any]:
    path = Path(__file__).parent / "reminders.yaml"
    plain: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return plain


def said_of_reminders() -> list[Said]:
    return [*_all_said(_reminders()["understood"]), *_all_said(_reminders()["understood_later"])]


def no_reminders() -> list[str]:
    plain: list[str] = _reminders()["none_of_ours"]
    return plain


@cache
def _playing() -> dict[str, Any]:
    path = Path(__file__).parent / "playing.yaml"
    plain: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return plain


def said_of_playing() -> list[Said]:
    return [*_all_said(_playing()["understood"]), *_all_said(_playing()["understood_later"])]


def nothing_to_play() -> list[str]:
    plain: list[str] = _playing()["none_of_ours"]
    return plain


def _all_said(section: dict[str, dict[Any, dict[str, str]]]) -> list[Said]:
    return [
        Said(intent, str(text), dict(slots))
        for intent, sentences in section.items()
        for text, slots in sentences.items()
    ]


def language_model(locale: str) -> dict[str, Any]:
    model: dict[str, Any] = build(locale)["interactionModel"]["languageModel"]
    return model


def shapes(intent: str) -> Iterator[str]:
    """Give every way a template of ``intent`` can be said anywhere, slots still open."""
    for words in load_sentences().intents[intent]:
        yield from (shape.casefold() for shape in written_out(words.template))


def filled(shape: str, kinds: dict[str, list[str]], most_together: int = 6) -> Iterator[str]:
    """Give ``shape`` with every value of its slot, or some of each when there are several."""
    slots = SLOT.findall(shape)
    choices = [kinds[load_contract().slots[slot]] for slot in slots]
    if len(slots) > 1:
        choices = [names[: most_together // (len(slots) - 1)] for names in choices]
    for names in itertools.product(*choices):
        text = shape
        for slot, name in zip(slots, names, strict=True):
            text = text.replace(f"{{{slot}}}", name)
        yield text.casefold()
