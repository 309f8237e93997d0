"""What is inside a verified request: JSON of the right shape, fresh, and for this skill."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import orjson

from skill.alexa.refusal import RequestRefused
from skill.alexa.webservice_support import (
    ALEXA_SKILL_EVENT_LIST,
    MAX_NORMAL_REQUEST_TOLERANCE_IN_MILLIS,
    MAX_SKILL_EVENT_TOLERANCE_IN_MILLIS,
)

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# Alexa's own deepest envelopes (entity resolutions in a screen request) nest about 12 levels.
# Python gives up at a thousand calls, and copying one level of a session takes two or three.
DEEPEST = 150

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")


def opened(raw: bytes, skill_ids: AbstractSet[str], now: datetime) -> dict[str, Any]:
    """Return the request envelope in ``raw``, which must have been verified before.

    Raises RequestRefused with a reason that begins with body-, envelope-, timestamp- or skill-id-.
    """
    envelope = parsed(raw)
    request = _shaped(envelope)
    _check_timestamp(request, now)
    _check_skill_id(envelope, skill_ids)
    return envelope


def epoch_ms(timestamp: str | datetime) -> int:
    """Return milliseconds since 1970 for an ISO 8601 text or a datetime with a time zone.

    Raises ValueError for what cannot be read and for a time without a zone.
    """
    moment = datetime.fromisoformat(timestamp) if isinstance(timestamp, str) else timestamp
    if moment.tzinfo is None:
        raise ValueError("a timestamp without a time zone")
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def parsed(raw: bytes) -> dict[str, Any]:
    """Return the JSON object in ``raw``.

    Of a key that is there twice, the later value counts: for the checks here and for the skill
    alike, because both read this one object. Raises RequestRefused: body-*, envelope-shape.
    """
    try:
        envelope = orjson.loads(raw)
    except orjson.JSONDecodeError:
        envelope = _read_at_leisure(raw)
    if not isinstance(envelope, dict):
        raise RequestRefused("envelope-shape", "the top is no object")
    if raw.count(b"{") + raw.count(b"[") > DEEPEST and _depth(envelope) > DEEPEST:
        raise RequestRefused("body-too-deep")
    if _SURROGATE_ESCAPE.search(raw) and not _encodable(envelope):
        raise RequestRefused("body-surrogate")
    return envelope


def _read_at_leisure(raw: bytes) -> object:
    """Read what the fast reader does not: by Python's own, which takes more, or tells why not."""
    try:
        return _DECODER.decode(raw.decode("utf-8"))
    except UnicodeDecodeError:
        raise RequestRefused("body-not-utf8") from None
    except RecursionError:
        raise RequestRefused("body-too-deep") from None
    except ValueError:
        raise RequestRefused("body-not-json") from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")):
        raise ValueError("a number beyond what can be sent back")
    return value


_DECODER = json.JSONDecoder(parse_constant=_no_constant, parse_float=_finite)


def _depth(value: object) -> int:
    """Return how deeply ``value`` nests, without recursion."""
    level, depth = [value], 0
    while level := [
        inner
        for outer in level
        for inner in (outer.values() if isinstance(outer, dict) else outer)  # type: ignore[attr-defined]  # a list
        if isinstance(inner, dict | list)
    ]:
        depth += 1
    return depth + 1


def _encodable(value: object) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _shaped(envelope: dict[str, Any]) -> dict[str, Any]:
    """Return the request of the envelope, whose fields that the door itself reads are sound."""
    request = envelope.get("request")
    if not isinstance(request, dict):
        raise RequestRefused("envelope-shape", "request")
    if not isinstance(envelope.get("version"), str):
        raise RequestRefused("envelope-shape", "version")
    for field in ("type", "requestId"):
        if not isinstance(request.get(field), str) or not request[field]:
            raise RequestRefused("envelope-shape", f"request.{field}")
    return request


def _check_timestamp(request: dict[str, Any], now: datetime) -> None:
    # Amazon's TimestampVerifier is not used: it reads the computer's clock itself, wants the
    # envelope turned into objects first, and fails with a TypeError on a time without a zone.
    # The tolerances and the list of events are taken from it.
    try:
        off_by = abs(epoch_ms(request["timestamp"]) - epoch_ms(now))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
        raise RequestRefused("timestamp-unreadable") from None
    is_event = request["type"] in ALEXA_SKILL_EVENT_LIST
    tolerance = (
        MAX_SKILL_EVENT_TOLERANCE_IN_MILLIS if is_event else MAX_NORMAL_REQUEST_TOLERANCE_IN_MILLIS
    )
    if off_by > tolerance:
        raise RequestRefused("timestamp-stale", f"{off_by} ms")


def _check_skill_id(envelope: dict[str, Any], skill_ids: AbstractSet[str]) -> None:
    """Refuse a request for another skill. Where there is a session, its id must match too."""
    context = envelope.get("context")
    system = context.get("System") if isinstance(context, dict) else None
    ids = [_application_id(system)]
    if (session := envelope.get("session")) is not None:
        ids.append(_application_id(session))
    for skill_id in ids:
        if not isinstance(skill_id, str):
            raise RequestRefused("skill-id-missing")
        if skill_id not in skill_ids:
            raise RequestRefused("skill-id-other")


def _application_id(holder: object) -> object:
    application = holder.get("application") if isinstance(holder, dict) else None
    return application.get("applicationId") if isinstance(application, dict) else None
