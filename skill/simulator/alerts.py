"""What Amazon keeps for a pretend device, and answers the skill: its time zone, its reminders."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from skill.simulator.reminder_rules import Refused, check, first_due

PATH = "/v1/alerts/reminders"

_ONE = re.compile(rf"{PATH}/([^/]+)")
_SETTING = re.compile(r"/v2/devices/[^/]+/settings/System\.timeZone")

Answered = tuple[int, object]
"""Status and JSON; None: an answer without content."""


@dataclass
class Stored:
    """A reminder as Amazon holds it."""

    token: str
    body: dict[str, Any]
    status: str = "ON"
    version: int = 1

    @property
    def first_due(self) -> datetime:
        """When it is due for the first time, by the clock on the wall."""
        return first_due(self.body["trigger"])

    @property
    def rules(self) -> list[str]:
        """The recurrence rules as sent; none: it is said once."""
        rules: list[str] = (self.body["trigger"].get("recurrence") or {}).get("recurrenceRules", [])
        return rules

    @property
    def text(self) -> str:
        """What is said when it is due."""
        return str(self.body["alertInfo"]["spokenInfo"]["content"][0]["text"])

    def plain(self) -> dict[str, Any]:
        """Return it as Amazon tells of it."""
        return {**self.body, "alertToken": self.token, "status": self.status}


class Alerts:
    """Amazon's Settings and Reminders APIs for one device and its listener, rules enforced."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.clock = clock
        self.granted = True
        """Whether the listener has allowed reminders."""
        self.supported = True
        """Whether the device can have any."""
        self.most = 100
        """How many there may be."""
        self.zone: str | None = "Europe/London"
        """The device's, as its settings tell it; None: they do not."""
        self.device_zone = "Europe/London"
        """The device's, in which a reminder without a zone is read, told or not."""
        self.page_size: int | None = None
        """How many reminders a page of the list has; None: all."""
        self.list_as: object = None
        """What the list is answered with instead of itself, if anything."""
        self.reminders: dict[str, Stored] = {}

    def answer(self, method: str, target: str, content_type: str, body: bytes) -> Answered:
        """Do what is asked; return the status and the JSON to answer with."""
        try:
            return self._do(method, target, content_type, body)
        except Refused as refused:
            return refused.status, {"code": refused.code, "message": refused.message}

    def _do(self, method: str, target: str, content_type: str, body: bytes) -> Answered:
        path = urlsplit(target)
        if _SETTING.fullmatch(path.path) and method == "GET":
            return (200, self.zone) if self.zone else (204, None)
        if not self.granted:
            raise Refused(401, "UNAUTHORIZED", "The customer has not granted the permission")
        if path.path == PATH:
            if method == "POST":
                return self._create(content_type, body)
            if method == "GET":
                return 200, self.list_as or self._list(path.query)
        elif one := _ONE.fullmatch(path.path):
            return self._one(method, one[1], body)
        raise Refused(405, "METHOD_NOT_ALLOWED")

    def _create(self, content_type: str, body: bytes) -> Answered:
        if "json" not in content_type:
            raise Refused(400, "INVALID_CONTENT_TYPE")
        plain = self._checked(body)
        if not self.supported:
            raise Refused(403, "DEVICE_NOT_SUPPORTED")
        if sum(each.status == "ON" for each in self.reminders.values()) >= self.most:
            raise Refused(403, "MAX_REMINDERS_EXCEEDED")
        stored = Stored(str(uuid.uuid4()), plain)
        self.reminders[stored.token] = stored
        return 200, self._receipt(stored)

    def _checked(self, body: bytes) -> dict[str, Any]:
        try:
            plain: dict[str, Any] = json.loads(body)
        except ValueError:
            raise Refused(400, "INVALID_REQUEST_BODY") from None
        check(plain, self.clock(), self.device_zone)
        return plain

    def _list(self, query: str) -> dict[str, Any]:
        every = [stored.plain() for stored in self.reminders.values()]
        start = int(query.removeprefix("next=") or 0)
        end = start + (self.page_size or len(every) or 1)
        further = f"{PATH}?next={end}" if end < len(every) else None
        return {"totalCount": str(len(every)), "alerts": every[start:end], "links": further}

    def _one(self, method: str, token: str, body: bytes) -> Answered:
        stored = self.reminders.get(token)
        if stored is None:
            raise Refused(404, "ALERT_NOT_FOUND")
        if method == "DELETE":
            del self.reminders[token]
            return 200, None
        if method == "PUT":
            stored.body, stored.version = self._checked(body), stored.version + 1
            return 200, self._receipt(stored)
        return 200, stored.plain()

    def _receipt(self, stored: Stored) -> dict[str, Any]:
        now = self.clock().isoformat()
        return {
            "alertToken": stored.token,
            "createdTime": now,
            "updatedTime": now,
            "status": stored.status,
            "version": str(stored.version),
            "href": f"{PATH}/{stored.token}",
        }
