"""Whether a request that names no skill could be served here: Amazon asks before it chooses one.

Nothing is said, nothing changes, and nobody is looked up: such a question may come without a user,
several times for one sentence, and from somebody who never heard of this skill.
"""

from __future__ import annotations

from collections.abc import Mapping

from ask_sdk_core.dispatch_components import AbstractRequestHandler
from ask_sdk_core.handler_input import HandlerInput
from ask_sdk_model import Intent, Response, Slot
from ask_sdk_model.canfulfill import (
    CanFulfillIntent,
    CanFulfillIntentRequest,
    CanFulfillIntentValues,
    CanFulfillSlot,
    CanFulfillSlotValues,
    CanUnderstandSlotValues,
)

from skill.alexa.parts import Parts, request_of
from skill.alexa.slots import Slots
from skill.coach.planning import LONGEST_MINUTES, MOST_REPS_ASKED, SHORTEST_MINUTES
from skill.coach.session import MOST_SETS

OUT_OF_THE_BLUE: Mapping[str, frozenset[str]] = {
    "StartWorkoutIntent": frozenset(),
    "StartExerciseIntent": frozenset({"exercise"}),
    "PlayWorkoutIntent": frozenset(),
    "PlayGuideIntent": frozenset({"exercise"}),
    "HowToIntent": frozenset({"exercise"}),
    "ListExercisesIntent": frozenset(),
    "WhatDoINeedIntent": frozenset({"exercise"}),
    "MusclesIntent": frozenset({"exercise"}),
    "TipIntent": frozenset({"exercise"}),
    "FaultsIntent": frozenset({"exercise"}),
    "BreathingIntent": frozenset({"exercise"}),
    "SelfCheckIntent": frozenset({"exercise"}),
    "WhyIntent": frozenset({"exercise"}),
    "ExplainIntent": frozenset({"topic"}),
}
"""Intents that mean something to somebody who said no more than this, each with the slots without
which it could be about anything. All others need a workout that is going on, or are about what is
kept of the listener; and nobody's pain is to be drawn here from elsewhere."""

_STREAMED = frozenset({"PlayWorkoutIntent", "PlayGuideIntent"})

_NUMBERS = {
    "minutes": range(SHORTEST_MINUTES, LONGEST_MINUTES + 1),
    "sets": range(1, MOST_SETS + 1),
    "reps": range(1, MOST_REPS_ASKED + 1),
}

_YES, _MAYBE, _NO = (
    CanFulfillIntentValues.YES,
    CanFulfillIntentValues.MAYBE,
    CanFulfillIntentValues.NO,
)


class CanFulfill(AbstractRequestHandler):
    """Answers Amazon's question."""

    def __init__(self, parts: Parts) -> None:
        self._streams = parts.streams is not None

    def can_handle(self, handler_input: HandlerInput) -> bool:
        """Say whether this is such a question."""
        return isinstance(request_of(handler_input), CanFulfillIntentRequest)

    def handle(self, handler_input: HandlerInput) -> Response:
        """Return the answer, and nothing besides."""
        can = can_fulfill(request_of(handler_input).intent, streams=self._streams)
        return Response(can_fulfill_intent=can)


def can_fulfill(intent: Intent | None, *, streams: bool) -> CanFulfillIntent:
    """Return whether the intent can be served, with every slot that came filled.

    No: another skill's business, or about an exercise or subject that is not known here. Maybe:
    something is missing or odd that the coach would ask about.
    """
    name = intent.name if intent is not None else None
    needed = OUT_OF_THE_BLUE.get(name or "")
    if intent is None or needed is None or (name in _STREAMED and not streams):
        return CanFulfillIntent(_NO)
    slots = {
        slot_name: _slot(slot_name, slot)
        for slot_name, slot in (intent.slots or {}).items()
        if slot.value
    }
    return CanFulfillIntent(_whole(slots, needed), slots)


def _whole(slots: Mapping[str, CanFulfillSlot], needed: frozenset[str]) -> CanFulfillIntentValues:
    poor = {name for name, slot in slots.items() if slot.can_fulfill is CanFulfillSlotValues.NO}
    if poor & needed:
        return _NO
    return _MAYBE if poor or needed - slots.keys() else _YES


def _slot(name: str, slot: Slot) -> CanFulfillSlot:
    slots, understood = Slots({name: slot}), CanUnderstandSlotValues.NO
    if name in _NUMBERS:
        number = slots.number(name)
        fits = number in _NUMBERS[name]
        if number is not None:
            understood = CanUnderstandSlotValues.YES
    else:
        ids = slots.ids(name)
        fits = bool(ids)
        if fits:
            several = len(ids) > 1
            understood = CanUnderstandSlotValues.MAYBE if several else CanUnderstandSlotValues.YES
    return CanFulfillSlot(understood, CanFulfillSlotValues.YES if fits else CanFulfillSlotValues.NO)
