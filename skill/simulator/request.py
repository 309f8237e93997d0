"""Request envelopes as Amazon sends them, built for a pretend device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

Json = dict[str, Any]


@dataclass(frozen=True)
class Profile:
    """Who stands before which device, and what the device can do."""

    application_id: str = "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"
    user_id: str = "amzn1.ask.account.PRETEND"
    device_id: str = "amzn1.ask.device.PRETEND"

    interfaces: Mapping[str, Mapping[str, Any]] = field(default_factory=lambda: {"AudioPlayer": {}})
    """The device's supportedInterfaces."""

    surroundings: Mapping[str, Any] = field(default_factory=dict)
    """More of ``context``, beside System, such as the Viewport of a screen."""

    api_endpoint: str = "https://api.amazonalexa.com"
    """Where the skill is told to find Amazon's own interfaces, such as that of reminders."""

    api_access_token: str = "pretend"  # noqa: S105 - opens nothing
    """With which it may use them."""

    granted: frozenset[str] = frozenset()
    """The permission scopes that the listener has granted before anything is said."""

    voice_consent: Literal["200", "400", "500"] = "200"
    """Status of a request that Alexa ask for permission: 400 (the scope is not in the manifest)
    and 500 mean that it does not work here, and nobody is asked."""

    @property
    def has_screen(self) -> bool:
        """Whether the device shows APL documents."""
        return "Alexa.Presentation.APL" in self.interfaces


SPEAKER = Profile()
"""An Echo without a screen."""

APL = {"AudioPlayer": {}, "Alexa.Presentation.APL": {"runtime": {"maxVersion": "2024.3"}}}
"""What a device with a screen can do."""


def _screen(
    width: int, height: int, dpi: int = 160, *, shape: str = "RECTANGLE", mode: str = "HUB"
) -> Json:
    """Return what is told of a screen of so many pixels."""
    size = {"type": "DISCRETE", "pixelWidth": width, "pixelHeight": height}
    arc = {"arcMinuteWidth": round(width * 0.27), "arcMinuteHeight": round(height * 0.27)}
    touch = {} if mode == "TV" else {"touch": ["SINGLE"]}
    return {
        "Viewport": {
            "experiences": [arc],
            "mode": mode,
            "shape": shape,
            "pixelWidth": width,
            "pixelHeight": height,
            "dpi": dpi,
            "currentPixelWidth": width,
            "currentPixelHeight": height,
            **touch,
        },
        "Viewports": [
            {
                "type": "APL",
                "id": "main",
                "shape": shape,
                "dpi": dpi,
                "presentationType": "STANDARD",
                "canRotate": False,
                "configuration": {"current": {"mode": mode, "size": size}},
            }
        ],
    }


def _showing(surroundings: Json) -> Profile:
    return Profile(interfaces=APL, surroundings=surroundings)


ROUND = _showing(_screen(480, 480, shape="ROUND"))
"""An Echo Spot, the first one."""

SMALL = _showing(_screen(960, 480))
"""An Echo Show with a five-inch screen."""

SHOW = _showing(_screen(1280, 800, 213))
"""An Echo Show with an eight-inch screen: the class of medium hubs."""

LARGE = _showing(_screen(1280, 800))
"""An Echo Show with a ten-inch screen."""

EXTRA_LARGE = _showing(_screen(1920, 1080))
"""An Echo Show with a fifteen-inch screen."""

PORTRAIT = _showing(_screen(1080, 1920))
"""The same, hung upright."""

TELEVISION = _showing(_screen(1920, 1080, 320, mode="TV"))
"""A television with a Fire TV, driven by its remote."""

PHONE = _showing(_screen(1080, 1920, 420, mode="MOBILE"))
"""A phone held upright."""


@dataclass(frozen=True)
class Slot:
    """What was said in the place of one slot."""

    value: str
    """The words, or the figure of a number."""

    ids: tuple[str, ...] = ()
    """Ids that entity resolution found for it; several when the words fit several values."""


def timestamp(moment: datetime) -> str:
    """Write a moment as Amazon does: ISO 8601 in UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def plain_slot(name: str, slot: Slot | None, slot_type: str, application_id: str) -> Json:
    """Return the JSON of one slot; None is a slot that nobody filled.

    ``slot_type`` is its type in the interaction model, or empty: for a list of ours Amazon says
    so when the words are not in it, for a type of its own, such as AMAZON.NUMBER, it never does.
    """
    plain: Json = {"name": name, "confirmationStatus": "NONE"}
    if slot is None:
        return plain
    plain |= {"value": slot.value, "source": "USER"}
    said: Json = {"type": "Simple", "value": slot.value}
    if slot.ids or (slot_type and not slot_type.startswith("AMAZON.")):
        authority = f"amzn1.er-authority.echo-sdk.{application_id}.{slot_type or name}"
        resolved: Json = {"authority": authority, "status": {"code": "ER_SUCCESS_NO_MATCH"}}
        if slot.ids:
            resolved["status"] = {"code": "ER_SUCCESS_MATCH"}
            resolved["values"] = [
                {"value": {"name": id_.replace("_", " "), "id": id_}} for id_ in slot.ids
            ]
        plain["resolutions"] = {"resolutionsPerAuthority": [resolved]}
        said["resolutions"] = plain["resolutions"]
    plain["slotValue"] = said
    return plain


def intent_request(
    intent: str,
    slots: Mapping[str, Slot | str],
    profile: Profile,
    declared: Mapping[str, str] | None = None,
) -> Json:
    """Return the ``request`` of an IntentRequest, without id, time and locale.

    ``declared`` gives the intent's slots in the interaction model with their types: Amazon sends
    the unfilled ones too, by name alone.
    """
    types = declared or {}
    filled = {n: s if isinstance(s, Slot) else Slot(s) for n, s in slots.items()}
    plain: Json = {"name": intent, "confirmationStatus": "NONE"}
    if names := list(dict.fromkeys([*types, *filled])):
        plain["slots"] = {
            name: plain_slot(name, filled.get(name), types.get(name, ""), profile.application_id)
            for name in names
        }
    return {"type": "IntentRequest", "intent": plain}


def user_event_request(token: str, arguments: Sequence[object]) -> Json:
    """Return the ``request`` of a touch on a screen, without id, time and locale.

    ``token`` names the document that was touched; ``arguments`` are what it sends.
    """
    return {
        "type": "Alexa.Presentation.APL.UserEvent",
        "token": token,
        "arguments": list(arguments),
        "source": {"type": "TouchWrapper", "handler": "Press", "id": ""},
        "components": {},
    }


def session_ended_request(reason: str, error_type: str = "", message: str = "") -> Json:
    """Return the ``request`` of a SessionEndedRequest, with its error where there was one."""
    request: Json = {"type": "SessionEndedRequest", "reason": reason}
    if error_type:
        request["error"] = {"type": error_type, "message": message}
    return request


def context(profile: Profile, user: Json | None = None, audio: Json | None = None) -> Json:
    """Return the ``context`` that goes with every request of a device.

    ``user`` says who asks and what they allow; without it, who they are and no more. ``audio`` is
    the state of its AudioPlayer; without it, nothing was ever played.
    """
    around: Json = {
        **profile.surroundings,
        "System": {
            **_system(profile, user or {"userId": profile.user_id}),
            "device": {
                "deviceId": profile.device_id,
                "supportedInterfaces": {name: dict(v) for name, v in profile.interfaces.items()},
            },
        },
    }
    if "AudioPlayer" in profile.interfaces:
        around["AudioPlayer"] = dict(audio or {"playerActivity": "IDLE"})
    return around


def event_envelope(profile: Profile, user: Json, event: Json) -> Json:
    """Return the envelope of an ``AlexaSkillEvent``: it comes from no device and no session.

    ``event`` is the ``request``, with id and timestamp.
    """
    times = dict.fromkeys(("eventCreationTime", "eventPublishingTime"), event["timestamp"])
    return {
        "version": "1.0",
        "context": {"System": _system(profile, user)},
        "request": {**event, **times},
    }


def _system(profile: Profile, user: Json) -> Json:
    return {
        "application": {"applicationId": profile.application_id},
        "user": user,
        "apiEndpoint": profile.api_endpoint,
        "apiAccessToken": profile.api_access_token,
    }
