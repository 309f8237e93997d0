"""The web address that Amazon posts to: raw bytes in, verified, answered, JSON bytes out."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

import structlog
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_model.request_envelope import RequestEnvelope
from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from skill.alexa import metrics
from skill.alexa.envelope import opened
from skill.alexa.refusal import RequestRefused
from skill.alexa.serializer import EnvelopeSerializer
from skill.alexa.skill import SPOKEN_TO
from skill.alexa.turn_id import name_lines, name_lines_no_more
from skill.alexa.webservice_support import (
    AbstractVerifier,
    VerificationException,
    WebserviceSkillHandler,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from ask_sdk_core.skill import CustomSkill
    from werkzeug.datastructures import Headers

    from skill.alexa.verify import Clock

# Real envelopes are 2 to 10 KB, with what is on a screen up to a few times that.
LARGEST_BODY = 256 * 1024

_log = structlog.get_logger(__name__)


class VerifyingSkillHandler(WebserviceSkillHandler):
    """Amazon's handler of skills behind a web server, with the order put right.

    Amazon's turns the body into objects and verifies afterwards. This one hands the raw bytes to
    the verifier first (``deserialized_request_env`` is None then), parses them once, checks what
    they say, and only then makes the objects that the skill works on.
    """

    def __init__(
        self,
        skill: CustomSkill,
        verifier: AbstractVerifier,
        skill_ids: AbstractSet[str],
        clock: Clock,
    ) -> None:
        super().__init__(
            skill, verify_signature=False, verify_timestamp=False, verifiers=[verifier]
        )
        self._skill: CustomSkill = skill
        self._verifier = verifier
        self._skill_ids = frozenset(skill_ids)
        self._clock = clock
        self._serializer = EnvelopeSerializer()

    def answer(self, headers: Mapping[str, Any] | Headers, body: bytes) -> bytes:
        """Return the skill's answer to one request, as JSON.

        Raises RequestRefused, or what a verifier of other making raises (VerificationException),
        when the fault is the sender's; anything else is a fault of the skill. What is logged in
        this context from then on names the turn.
        """
        began = time.perf_counter()
        # AbstractVerifier speaks of a dictionary, text and an envelope. Headers without regard to
        # case are better, text would be decoded unverified, and there is no envelope yet.
        self._verifier.verify(headers, body, None)  # type: ignore[arg-type]  # see above
        parsed = opened(body, self._skill_ids, self._clock())
        try:
            envelope = self._serializer.read(parsed, RequestEnvelope)
        except SerializationException as error:
            raise RequestRefused("envelope-shape", _detail(error)) from error
        name_lines(envelope.request.request_id)
        if envelope.session is not None and envelope.session.attributes:
            envelope.session.attributes = _OnlyRead(envelope.session.attributes)
        answer = self._serializer.write(self._skill.invoke(envelope, None))
        spoken = envelope.request.object_type in SPOKEN_TO
        metrics.time_turn(time.perf_counter() - began, spoken=spoken)
        return answer

    def verify_request_and_dispatch(
        self, http_request_headers: dict[str, Any], http_request_body: str
    ) -> str:
        """Do the same for text, as the SDK's callers hand it over."""
        return self.answer(http_request_headers, http_request_body.encode()).decode()


class _OnlyRead(dict[str, Any]):
    """Session attributes of one request, which nobody writes to: the skill sets new ones.

    The SDK copies them deeply for every request, a tenth of a turn; these are their own copy.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> _OnlyRead:
        return self


def webhook_blueprint(
    skill: CustomSkill, verifier: AbstractVerifier, skill_ids: AbstractSet[str], clock: Clock
) -> Blueprint:
    """Return the routes ``POST /alexa`` and ``GET /healthz``.

    A request that is wrong in any way gets status 400 (413 when it is over 256 KB) and
    ``{"error": "<reason>"}``; a fault of ours that the skill's own exception handler let through
    gets 500 and ``{"error": "fault"}``. Each is one event in the log, without anything from the
    body.
    """
    door = VerifyingSkillHandler(skill, verifier, skill_ids, clock)
    metrics.start_at_zero()
    blueprint = Blueprint("alexa", __name__)

    @blueprint.post("/alexa", provide_automatic_options=False)
    def alexa() -> Response:
        body = _raw_body()
        try:
            return _json(door.answer(request.headers, body))
        except RequestRefused as refused:
            return _refused(refused.reason, refused.detail)
        except VerificationException as refused:
            return _refused("not-verified", type(refused).__name__)
        except Exception:
            metrics.count_fault("request")
            _log.exception("turn_failed")
            return error_response("fault", 500)
        finally:
            name_lines_no_more()

    @blueprint.get("/healthz", provide_automatic_options=False)
    def healthz() -> Response:
        return _json(b'{"status":"ok"}')

    return blueprint


def _refused(reason: str, detail: str) -> Response:
    metrics.count_refusal(reason)
    _log.warning("request_refused", reason=reason, detail=detail)
    return error_response(reason, 400)


def _raw_body() -> bytes:
    """Return the body, at most 256 KB of it; raise RequestEntityTooLarge for a longer one."""
    # One byte more than is allowed: of a chunked body werkzeug returns the part up to the limit
    # without a word, and a length that is announced is refused before anything is read.
    request.max_content_length = LARGEST_BODY + 1
    body = request.get_data(cache=False)
    if len(body) > LARGEST_BODY:
        raise RequestEntityTooLarge
    return body


def error_response(reason: str, status: int) -> Response:
    """Return ``{"error": reason}`` with that status."""
    return _json(json.dumps({"error": reason}).encode(), status)


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status, content_type="application/json;charset=UTF-8")


def _detail(error: SerializationException) -> str:
    # The SDK's own messages quote the value that was wrong; the log must not.
    return type(error.__cause__ or error).__name__
