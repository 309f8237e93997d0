"""The one error by which the door turns a request away, and the reasons it can give."""

from __future__ import annotations

from skill.alexa.webservice_support import VerificationException


class RequestRefused(VerificationException):
    """A request that is not answered because of something in it; the sender gets status 400.

    ``reason`` is one of the slugs in the table of ``skill.alexa.verify``. It goes to the sender
    and to the log. ``detail`` is for the log only and never holds anything out of the body.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail
