"""One step from one state, and what came of it: what every rule looks at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from skill.simulator.conversation import Step
from skill.simulator.deeds import Deed
from skill.simulator.device import PretendDevice
from skill.simulator.request import Json
from skill.simulator.selfcheck.invitations import Invitations
from skill.simulator.selfcheck.moves import Spoken
from skill.simulator.selfcheck.phrases import Phrasebook, Said
from skill.simulator.selfcheck.states import State, question_of, session_of
from skill.simulator.turn import Turn

TOUCHED = "Alexa.Presentation.APL.UserEvent"
ELSEWHERE = Deed("elsewhere")


@dataclass(frozen=True)
class Language:
    """What there is to know of a language."""

    spoken: Spoken
    invitations: Invitations


@dataclass(frozen=True)
class Visit:
    """One step from one state, and what came of it."""

    before: State
    step: Step
    device: PretendDevice
    """As it is afterwards."""

    book: Phrasebook
    language: Language

    turn: Turn | None = None
    """None where nothing came of it."""

    refused: str = ""
    """Why Amazon would not play the answer; empty where it would."""

    @property
    def kind(self) -> str:
        """The type of the request; empty where none was sent, as for a reprompt."""
        return str(self._request.get("type", ""))

    @property
    def intent(self) -> str:
        """The name of the intent that was said or touched; empty where it was none."""
        return _intent(self._request)

    @property
    def move(self) -> str:
        """The intent, else the type of the request; what the listener did, where that says more."""
        deed = self.step.deed
        if deed is not None and deed.do in ("touch", "elsewhere"):
            return str(deed)
        return self.intent or self.kind or str(deed or "silence")

    @property
    def is_spoken_to(self) -> bool:
        """Whether the listener hears an answer of the coach's."""
        return self.kind in ("LaunchRequest", "IntentRequest", "Connections.Response", TOUCHED)

    @property
    def response(self) -> dict[str, Any]:
        """The response part of the envelope; empty where there was none."""
        response: dict[str, Any] = self.turn.response.get("response", {}) if self.turn else {}
        return response

    @property
    def text(self) -> str:
        """All that is heard, Alexa's own question included."""
        turn = self.turn
        return " ".join((turn.playback.text, turn.question.text)).strip() if turn else ""

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """The coach's lines in it."""
        return self.book.said(self.turn.playback.text) if self.turn else ()

    @property
    def phrases(self) -> frozenset[str]:
        """The ids of those lines."""
        return frozenset().union(*(said.phrases for said in self.said))

    @property
    def heard_before(self) -> tuple[Said, ...]:
        """The lines that were heard of the turn before, until the listener spoke."""
        turn = self.before.turn
        if turn is None or self.step.deed == ELSEWHERE:
            return ()
        heard = (
            turn.playback if self.step.at_ms is None else turn.playback.heard_until(self.step.at_ms)
        )
        return self.book.said(heard.text)

    @cached_property
    def question(self) -> str:
        """Which other question than that of the situation is open afterwards; empty for none."""
        session = session_of(self.device.attributes)
        return "" if session is None else question_of(session)

    @property
    def is_said_again(self) -> bool:
        """Whether the listener says what they said last, be it in other words."""
        turn = self.before.turn
        before: Json = (turn.request or {}).get("request", {}) if turn else {}
        return bool(self.kind) and _intent(before) == self.intent

    @property
    def asks(self) -> bool:
        """Whether a question is the last that is heard."""
        return self.text.endswith("?")

    def invited(self) -> Iterator[tuple[str, str, str]]:
        """Give what the coach invites to say: the line's id, the words, and what they mean."""
        for said in self.said:
            for phrase in sorted(said.phrases & self.language.invitations.lines.keys()):
                for words, intent in self.language.invitations.lines[phrase].words.items():
                    if _has(said.text, words):
                        yield phrase, words, intent

    @property
    def _request(self) -> Json:
        turn = self.turn
        request: Json = turn.request["request"] if turn and turn.request else {}
        return request


def _intent(request: Json) -> str:
    if request.get("type") == TOUCHED:
        return str(next(iter(request["arguments"]), ""))
    return str((request.get("intent") or {}).get("name", ""))


def _has(text: str, words: str) -> bool:
    """Say whether a text holds these very words, at whatever place."""
    plain = "".join(letter if letter.isalnum() or letter == "'" else " " for letter in text)
    sought = "".join(letter if letter.isalnum() or letter == "'" else " " for letter in words)
    return f" {' '.join(sought.split())} ".lower() in f" {' '.join(plain.split())} ".lower()
