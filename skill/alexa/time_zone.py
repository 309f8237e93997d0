"""Which time zone a listener's device is set to, asked of Amazon, and the day it is there."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import quote
from zoneinfo import ZoneInfo

import structlog
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.services import ApiClientRequest, ApiClientResponse

from skill.alexa.amazon_api import Access, AmazonApi, NoAnswer

# Amazon waits about 8 s for the answer of the skill, and the day is worth little of it.
SECONDS_IN_ALL = 1.0

SECONDS_OF_QUIET = 60.0
"""How long nobody is asked again after a failure."""

LARGEST_ANSWER = 1024
"""Bytes. A name of a time zone is about 20."""

LONGEST_NAME = 40
"""Characters. The longest name in the IANA database has 32."""

MOST_FAILURES_KEPT = 1000

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_log = structlog.get_logger(__name__)


class _Unknown(Exception):
    """Why there is no time zone: a reason that names neither listener, device nor token."""

    def __init__(self, reason: str, about: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.about = about
        """The host or device that is not to be asked for a while; empty: nobody was asked."""


class TimeZones:
    """Asks Amazon's Settings API for the time zone of the device that is spoken to.

    ``seconds`` bounds a whole question. ``monotonic`` returns seconds and serves only to keep
    quiet after a failure. Safe to be used by many threads at once.
    """

    def __init__(
        self,
        api: AmazonApi,
        *,
        seconds: float = SECONDS_IN_ALL,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._api = api.within(seconds, LARGEST_ANSWER)
        self._quiet = _Quiet(monotonic)

    def ask(self, envelope: RequestEnvelope) -> str | None:
        """Return the IANA name of the device's time zone, or None if it cannot be known now.

        The request must have been verified, for its token goes where it says. After a fault of
        the API's nobody asks that host for a minute, after an answer without a zone nobody asks
        about that device; both are silent. Any other None leaves ``time_zone_unknown`` in the log
        with a reason: endpoint, token, device, too-late, unreachable, status-<number>, unreadable
        or unknown-zone. Never raises.
        """
        try:
            return self._asked(envelope)
        except _Unknown as unknown:
            if unknown.about:
                self._quiet.begin(unknown.about)
            _log.warning("time_zone_unknown", reason=unknown.reason)
            return None

    def _asked(self, envelope: RequestEnvelope) -> str | None:
        try:
            access = self._api.access(envelope)
        except NoAnswer as fault:
            raise _Unknown(fault.reason) from None
        device = _device(envelope)
        if self._quiet.about(access.host) or self._quiet.about(device):
            return None
        url = f"{access.endpoint}/v2/devices/{device}/settings/System.timeZone"
        request = ApiClientRequest(method="GET", url=url, headers=access.headers)
        try:
            answer = self._api.invoke(request)
        except NoAnswer as fault:
            raise _Unknown(fault.reason, access.host) from None
        return _name(answer, access, device)


class _Quiet:
    """Who is not to be asked for a while; of too many, the oldest are forgotten."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._until: dict[str, float] = {}
        self._lock = threading.Lock()

    def about(self, subject: str) -> bool:
        return self._monotonic() < self._until.get(subject, float("-inf"))

    def begin(self, subject: str) -> None:
        with self._lock:
            self._until.pop(subject, None)  # so that the order is the order of failing
            self._until[subject] = self._monotonic() + SECONDS_OF_QUIET
            if len(self._until) > MOST_FAILURES_KEPT:
                del self._until[next(iter(self._until))]


def local_day(epoch_ms: int, zone: str | None) -> date:
    """Return the date at ``epoch_ms`` (milliseconds since 1970) in ``zone``.

    In UTC without a zone, and for a zone that this machine's database does not know. Raises
    OverflowError for a time outside the years 1 to 9999.
    """
    return local_time(epoch_ms, zone).date()


def local_time(epoch_ms: int, zone: str | None) -> datetime:
    """Return what the clock on the wall shows at ``epoch_ms`` in ``zone``, a time without a zone.

    Under the conditions of ``local_day``.
    """
    moment = _EPOCH + timedelta(milliseconds=epoch_ms)
    there: tzinfo | None = zone_named(zone) if zone else None
    return moment.astimezone(there or UTC).replace(tzinfo=None)


def zone_named(name: str) -> ZoneInfo | None:
    """Return the time zone of an IANA name, or None if this machine's database has none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # no such name; not a name; a folder of names
        return None


def _device(envelope: RequestEnvelope) -> str:
    system = envelope.context.system if envelope.context else None
    device = system.device.device_id if system and system.device else None
    if not isinstance(device, str) or not device:
        raise _Unknown("device")
    try:
        return quote(device, safe="")
    except UnicodeEncodeError:
        raise _Unknown("device") from None


def _name(answer: ApiClientResponse, access: Access, device: str) -> str:
    status = answer.status_code
    if status == http.client.TOO_MANY_REQUESTS or status >= http.client.INTERNAL_SERVER_ERROR:
        raise _Unknown(f"status-{status}", access.host)
    if status != http.client.OK:
        raise _Unknown(f"status-{status}", device)
    name = _string(answer.body)
    if name is None:
        raise _Unknown("unreadable", device)
    if len(name) > LONGEST_NAME or zone_named(name) is None:
        raise _Unknown("unknown-zone", device)
    return name


def _string(body: str) -> str | None:
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, str) else None
