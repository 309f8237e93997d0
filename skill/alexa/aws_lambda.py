"""The door for Amazon's own cloud: one event of the Alexa trigger in, the skill's answer out."""

from __future__ import annotations

import gc
import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import structlog
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_model.request_envelope import RequestEnvelope

from skill.alexa.envelope import opened
from skill.alexa.refusal import RequestRefused
from skill.alexa.serializer import EnvelopeSerializer
from skill.alexa.turn_id import name_lines, name_lines_no_more

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from ask_sdk_core.skill import CustomSkill

_log = structlog.get_logger(__name__)


class LambdaDoor:
    """Answers the events of one skill.

    There is no signature here: Lambda itself lets in nobody but Alexa, and for nobody but the skill
    whose id the permission of the function names. The id is checked once more, because a permission
    without one, as the console once made them, would let every skill in.

    How old a request is does not matter. Whoever could send an old one again could as well send a
    new one, and what Alexa sends late, such as that a listener disabled the skill, must be done
    nevertheless. But there must be a time that can be read: the coach counts by it.
    """

    def __init__(self, skill: CustomSkill, skill_ids: AbstractSet[str]) -> None:
        self._skill = skill
        self._skill_ids = frozenset(skill_ids)
        self._serializer = EnvelopeSerializer()

    def answer(self, event: object, context: object = None) -> dict[str, Any]:
        """Return the skill's answer to an event; ``context`` is Lambda's and not needed.

        Raises RequestRefused when the event is not for this skill or is no request of Alexa's.
        Lambda reports whatever is raised as an error of the function.
        """
        name_lines_no_more()
        try:
            envelope = self._read(event)
        except RequestRefused as refused:
            _log.warning("request_refused", reason=refused.reason, detail=refused.detail)
            raise
        name_lines(envelope.request.request_id)  # type: ignore[union-attr]  # ``opened`` saw to it
        answer: dict[str, Any] = json.loads(
            self._serializer.write(self._skill.invoke(envelope, context))
        )
        return answer

    def _read(self, event: object) -> RequestEnvelope:
        # The text once more, which Lambda has parsed already: so the checks are the webhook's own.
        parsed = opened(_text(event), self._skill_ids, _own_time(event))
        try:
            envelope: RequestEnvelope = self._serializer.read(parsed, RequestEnvelope)
        except SerializationException as error:
            # Neither its message nor its cause: they quote the value, and Lambda logs both.
            raise RequestRefused(
                "envelope-shape", type(error.__cause__ or error).__name__
            ) from None
        return envelope


def _text(event: object) -> bytes:
    """Return an event as the JSON that it was. Raises RequestRefused where it never was any."""
    try:
        return json.dumps(event).encode()
    except RecursionError:
        raise RequestRefused("body-too-deep") from None
    except (TypeError, ValueError):
        raise RequestRefused("body-not-json") from None


def _own_time(event: Any) -> datetime:
    """Return when a request was made, as it says itself; any time if it says none.

    By it ``opened`` measures how old the request is, and finds it new; without one it refuses it.
    """
    try:
        return datetime.fromisoformat(event["request"]["timestamp"])
    except (KeyError, TypeError, ValueError):
        return datetime.now(UTC)


def __getattr__(name: str) -> Any:
    """Return ``handler``, made from the environment when it is first asked for.

    So importing does nothing, and yet everything is ready before the first listener speaks: Lambda
    asks for the handler while a new instance starts, which has more time then and a faster
    processor.
    """
    if name != "handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    gc.disable()  # what is made now stays: to look through it took a quarter of the start
    try:
        from skill.on_lambda import lambda_door  # noqa: PLC0415 - see above

        made = globals()["handler"] = lambda_door(os.environ).answer
    finally:
        gc.enable()
    return made
