"""What is on the screen of a pretend device, and since when, for a page that draws it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol

from skill.simulator.device import PretendDevice
from skill.simulator.request import Json, Profile
from skill.simulator.screen_limits import RENDER_DOCUMENT


class Answered(Protocol):
    """An exchange with the skill."""

    @property
    def response(self) -> Json:
        """The response envelope."""


class ScreenNow:
    """Follows the screen of one device from step to step."""

    def __init__(self) -> None:
        self.number = 0
        """Of the document that is shown: another one for each that came."""

        self.since: datetime | None = None
        """When it came, by the device's clock; None before the first."""

        self.shown: Json | None = None
        """The directive that it came with; None where nothing of the skill's is shown."""

    def look(self, device: PretendDevice, exchanges: Iterable[Answered], now: datetime) -> None:
        """Look at the screen after a step, in which these answers came."""
        if any(map(_shows, exchanges)):
            self.number += 1
            self.since = now
        self.shown = device.shown


def _shows(exchange: Answered) -> bool:
    directives = (exchange.response.get("response") or {}).get("directives") or ()
    return any(each.get("type") == RENDER_DOCUMENT for each in directives)


def viewport_of(profile: Profile) -> Mapping[str, Any] | None:
    """Return a device's viewport as its documents see it, lengths in dp; None without a screen.

    Its theme is missing, for a skill is never told of it: that is between device and document.
    """
    told = profile.surroundings.get("Viewport")
    if told is None:
        return None
    dp = 160 / told["dpi"]
    return {
        "width": round(told["pixelWidth"] * dp),
        "height": round(told["pixelHeight"] * dp),
        "pixelWidth": told["pixelWidth"],
        "pixelHeight": told["pixelHeight"],
        "dpi": told["dpi"],
        "shape": told["shape"].lower(),
        "mode": told["mode"].lower(),
    }
