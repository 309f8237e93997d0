"""What Amazon's Reminders API answers, read leniently: lists of reminders, and refusals."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from skill.coach.reminder import Refusal

_NEXT_PAGE = re.compile(r"(?:https://[^/?#]+)?(/v1/alerts/reminders\?[!-~]+)")
_OF_TIME = frozenset({"TRIGGER", "TIME", "RECURRENCE", "RECURRING", "SCHEDULE", "SCHEDULED"})
_OF_NUMBER = re.compile(r"limit|max|exceed|too.?many|quota", re.IGNORECASE)

_STATUSES = {
    401: Refusal.NOT_ALLOWED,
    404: Refusal.GONE,
    409: Refusal.CHANGED,
    429: Refusal.BUSY,
    503: Refusal.DOWN,
    504: Refusal.SLOW,
}


@dataclass(frozen=True)
class Page:
    """A page of the list of all reminders."""

    statuses: dict[str, object]
    """Of the reminders on it, by token. ON and COMPLETED are documented."""

    further: str | None
    """The path at which the list goes on, if it is one of the API's own."""

    is_last: bool
    """Whether nothing is said of further pages."""


def refusal_of(status: int, code: str = "", message: str = "") -> Refusal:
    """Return what a status of the Reminders API, with the code and message beside it, means.

    Amazon documents the statuses, not the codes. A 400 is about the time if its code says so;
    any other is a fault of ours. A 403 comes of a device without reminders, by Amazon's own
    samples, unless what is beside it speaks of a number. A status that is not documented is
    BROKEN.
    """
    if status == 400:
        return Refusal.BROKEN if _OF_TIME.isdisjoint(code.split("_")) else Refusal.BAD_TIME
    if status == 403:
        return Refusal.TOO_MANY if _OF_NUMBER.search(f"{code} {message}") else Refusal.DEVICE
    return _STATUSES.get(status, Refusal.BROKEN)


def json_object(text: object) -> dict[str, Any]:
    """Return the JSON object in a text; an empty one where there is none."""
    try:
        found = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_page(plain: dict[str, Any]) -> Page | None:
    """Return a page of the list, or None if there is no list in it.

    The SDK has ``links`` as a text that leads to the next page; its form is documented nowhere.
    """
    alerts, links = plain.get("alerts"), plain.get("links")
    if alerts is None and str(plain.get("totalCount")) == "0":
        alerts = []
    if not isinstance(alerts, list):
        return None
    further = _NEXT_PAGE.fullmatch(links) if isinstance(links, str) else None
    statuses = {
        alert["alertToken"]: alert.get("status")
        for alert in alerts
        if isinstance(alert, dict) and isinstance(alert.get("alertToken"), str)
    }
    return Page(statuses, further[1] if further else None, is_last=not links)
