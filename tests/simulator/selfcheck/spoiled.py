"""Coaches that are ours but for one thing, so that each breaks one rule and no other."""

from __future__ import annotations

import copy
from collections.abc import Callable
from functools import cache
from typing import Any

from skill.catalogue.load import load_words
from skill.coach.reply import Line
from skill.render.words import Words
from skill.simulator.amazon_here import AmazonHere
from skill.tried_coach import TriedCoach

Json = dict[str, Any]
Spoil = Callable[[Json], None]
"""Changes the envelope of a response."""

QUESTION = "What now, then?"


class SpoiledCoach:
    """Answers as a coach does, but for one intent, or for one value of a slot."""

    def __init__(self, coach: TriedCoach, to: str, spoil: Spoil) -> None:
        self._coach = coach
        self._to = to
        self._spoil = spoil

    @property
    def amazon(self) -> AmazonHere:
        return self._coach.amazon

    def remembered(self) -> object:
        return self._coach.remembered()

    def remember(self, kept: object) -> None:
        self._coach.remember(kept)

    def answer(self, request: Json) -> Json:
        envelope = copy.deepcopy(self._coach.answer(request))
        if self._is_meant(request["request"]):
            self._spoil(envelope)
        return envelope

    def _is_meant(self, request: Json) -> bool:
        intent: Json = request.get("intent") or {}
        slots: Json = intent.get("slots") or {}
        said = {str(slot.get("value", "")) for slot in slots.values()}
        return self._to in {request["type"], intent.get("name"), *said}


def says(words: str, *, listens: bool = True) -> Spoil:
    """Say this instead, and listen or not."""

    def spoil(envelope: Json) -> None:
        speech = {"type": "SSML", "ssml": f"<speak>{words}</speak>"}
        again = {"outputSpeech": {"type": "SSML", "ssml": f"<speak>{QUESTION}</speak>"}}
        response: Json = {"outputSpeech": speech, "shouldEndSession": not listens}
        envelope["response"] = response | ({"reprompt": again} if listens else {})

    return spoil


def says_nothing(envelope: Json) -> None:
    envelope["response"] = {"shouldEndSession": True}


def has_no_reprompt(envelope: Json) -> None:
    del envelope["response"]["reprompt"]


def says_what_help_says(envelope: Json) -> None:
    says(f"{_help()} {QUESTION}")(envelope)


@cache
def _help() -> str:
    return Words("en", load_words()).sentence(Line("help-idle"))


def means_to_forget(envelope: Json) -> None:
    envelope["sessionAttributes"]["session"]["forgetting"] = True


def does_not_welcome_back(envelope: Json) -> None:
    envelope["sessionAttributes"]["session"]["welcomed_back"] = False


def cannot_be_parsed(envelope: Json) -> None:
    envelope["response"]["outputSpeech"]["ssml"] = "<speak>Salt & pepper</speak>"
