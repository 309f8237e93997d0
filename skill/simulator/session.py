"""The session that a device keeps with the skill, from its first request to its end."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from skill.simulator.audio_limits import PLAY
from skill.simulator.permissions import AskedFor, asked_for
from skill.simulator.request import Json, Profile, context
from skill.simulator.screen_limits import RENDER_DOCUMENT


@dataclass
class Session:
    """What is known between two requests."""

    id: str

    attributes: Json = field(default_factory=dict)
    """As the skill gave them last."""

    listening: bool = False
    """Whether the microphone opens after what is being played."""

    reprompted: bool = False
    """Whether the reprompt was played since the last request."""

    last: Json | None = None
    """The response envelope that came last; None before the first."""

    shown: Json | None = None
    """The directive with the document that is on the screen; None: there is none."""

    asked: AskedFor | None = None
    """What Alexa asks the listener for, instead of the skill."""

    def envelope(self, profile: Profile, user: Json, request: Json, audio: Json) -> Json:
        """Return the envelope of a request in this session; ``audio`` as in ``context``."""
        return {
            "version": "1.0",
            "session": {
                "new": self.last is None,
                "sessionId": self.id,
                "application": {"applicationId": profile.application_id},
                "attributes": copy.deepcopy(self.attributes),
                "user": user,
            },
            "context": context(profile, copy.deepcopy(user), audio),
            "request": request,
        }

    def take(self, response: Json, profile: Profile) -> bool:
        """Take over the attributes; say whether the session goes on, by shouldEndSession.

        While Alexa asks for permission it waits for her, whatever shouldEndSession says.
        """
        body = response["response"]
        self.last = response
        self.attributes = copy.deepcopy(dict(response.get("sessionAttributes") or {}))
        self.reprompted = False
        self.asked = asked_for(body)
        kept_open = "shouldEndSession" in body and body["shouldEndSession"] is not True
        self.listening = kept_open or self.asked is not None
        directives = body.get("directives") or ()
        shows = [each for each in directives if each["type"] == RENDER_DOCUMENT]
        if any(each["type"] == PLAY for each in directives):
            self.shown = None  # its own screen is put in front
        elif shows:
            self.shown = shows[-1]
        stays_on_screen = "shouldEndSession" not in body and profile.has_screen and bool(shows)
        return self.listening or stays_on_screen
