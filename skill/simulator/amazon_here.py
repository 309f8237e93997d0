"""Amazon's APIs for pretend devices, answered in this process: no network, the same rules."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable
from urllib.parse import urlsplit

from ask_sdk_model.services import ApiClientRequest, ApiClientResponse

from skill.alexa.amazon_api import AmazonApi
from skill.simulator.alerts import Alerts, Answered

UNKNOWN: Answered = (401, {"code": "INVALID_BEARER_TOKEN", "message": "Invalid bearer token"})


class AmazonHere(AmazonApi):
    """What the skill asks of Amazon about devices that are only pretended. Nothing leaves here."""

    def __init__(self) -> None:
        super().__init__()
        self._alerts: dict[str, Alerts] = {}
        self._lock = threading.Lock()

    def add(self, access_token: str, alerts: Alerts) -> None:
        """Answer for a device, whose requests carry this token."""
        with self._lock:
            self._alerts[access_token] = alerts

    def drop(self, access_token: str) -> None:
        """Answer no more for a device."""
        with self._lock:
            self._alerts.pop(access_token, None)

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Answer a request of the SDK's as Amazon would."""
        headers = {name.lower(): value for name, value in request.headers or ()}
        with self._lock:
            status, plain = self._answer(request, headers)
        body = "" if plain is None else json.dumps(plain)
        return ApiClientResponse(headers=[], body=body, status_code=status)

    def _answer(self, request: ApiClientRequest, headers: dict[str, str]) -> Answered:
        alerts = self._alerts.get(headers.get("authorization", "").removeprefix("Bearer "))
        if alerts is None:
            return UNKNOWN
        address = urlsplit(request.url or "")
        target = f"{address.path}?{address.query}" if address.query else address.path
        body = json.dumps(request.body, allow_nan=False).encode() if request.body else b""
        return alerts.answer(request.method or "", target, headers.get("content-type", ""), body)


def allows_reminders(granted: Iterable[str]) -> bool:
    """Say whether a listener's permissions hold the one for reminders."""
    return "alexa::alerts:reminders:skill:readwrite" in granted
