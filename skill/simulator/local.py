"""A skill in the same process as a function of plain envelopes: no web, signature or account."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ask_sdk_model.request_envelope import RequestEnvelope

from skill.alexa.serializer import EnvelopeSerializer

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill

    from skill.simulator.turn import Answer


def local_answer(skill: CustomSkill) -> Answer:
    """Return what answers request envelopes as the skill does behind its webhook."""
    serializer = EnvelopeSerializer()

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        envelope = serializer.read(request, RequestEnvelope)
        response: dict[str, Any] = json.loads(serializer.write(skill.invoke(envelope, None)))
        return response

    return answer
