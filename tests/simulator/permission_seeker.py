"""A small real skill that needs a permission, for the tests of the pretend device."""

from __future__ import annotations

from typing import Any

from tests.simulator.parrot import reply, ssml

Json = dict[str, Any]

REMINDERS = "alexa::alerts:reminders:skill:readwrite"
TIMERS = "alexa::alerts:timers:skill:readwrite"

ONE = {
    "@type": "AskForPermissionsConsentRequest",
    "@version": "1",
    "permissionScope": REMINDERS,
}
SEVERAL = {
    "@type": "AskForPermissionsConsentRequest",
    "@version": "2",
    "permissionScopes": [
        {"permissionScope": REMINDERS, "consentLevel": "ACCOUNT"},
        {"permissionScope": TIMERS, "consentLevel": "ACCOUNT"},
    ],
}
CARD = {"type": "AskForPermissionsConsent", "permissions": [REMINDERS]}


def asking(payload: Any = ONE, **directive: Any) -> Json:
    """A directive by which Alexa asks for permission."""
    request = {"type": "Connections.SendRequest", "name": "AskFor", "payload": payload}
    return {**request, "token": "mon wed fri at 7", **directive}


class Seeker:
    """StartIntent makes Alexa ask; her result is told; everything else is greeted."""

    def __init__(self, directive: Json | None = None, **response: Any) -> None:
        self.requests: list[Json] = []
        """Every envelope it was sent."""
        self._asks = {"directives": [directive or asking()], **response}

    @property
    def types(self) -> list[str]:
        return [envelope["request"]["type"] for envelope in self.requests]

    def __call__(self, envelope: Json) -> Json:
        self.requests.append(envelope)
        request = envelope["request"]
        if request["type"] == "SessionEndedRequest":
            return {"version": "1.0", "response": {}}
        if request["type"].startswith("AlexaSkillEvent."):
            return {"version": "1.0", "response": {}}
        if request["type"] == "Connections.Response":
            return self._go_on(request, envelope["session"]["attributes"])
        if request["type"] == "IntentRequest" and request["intent"]["name"] == "StartIntent":
            return reply({"place": "set 2"}, **self._asks)
        return reply(outputSpeech=ssml("Hello. What now?"), shouldEndSession=False)

    def _go_on(self, request: Json, attributes: Json) -> Json:
        if request["status"]["code"] != "200":
            words = ssml("I have sent a card to your Alexa app.")
            return reply(outputSpeech=words, card=CARD, shouldEndSession=True)
        words = ssml(f"You said {request['payload']['status'].lower()}. Back to the workout?")
        return reply(attributes, outputSpeech=words, shouldEndSession=False)
