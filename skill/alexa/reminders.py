"""A listener's reminders at Amazon's Reminders API, for one turn: set, listed and cancelled."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from typing import Any, TypeVar

import structlog
from ask_sdk_model import RequestEnvelope
from ask_sdk_model.permission_status import PermissionStatus
from ask_sdk_model.services import ServiceException
from ask_sdk_model.services.reminder_management import ReminderManagementServiceClient

from skill.alexa.amazon_api import AmazonApi, NoAnswer
from skill.alexa.reminder_answers import Page, json_object, read_page, refusal_of
from skill.alexa.reminder_request import WallTimeSerializer, is_sound, reminder_request
from skill.coach.reminder import About, Refusal, Reminder

PERMISSION = "alexa::alerts:reminders:skill:readwrite"

AT_ONCE = 4
"""How many reminders are set or cancelled at the same time."""

MOST_KEPT = 250
"""As many as Amazon allows for a device of a company's; of a listener's own it says nothing."""

MOST_PAGES = 5

_TOKEN = re.compile(r"[!-~]{1,255}")
_CODE = re.compile(r"[A-Z_]{1,60}")

_log = structlog.get_logger(__name__)
_T = TypeVar("_T")


@dataclass(frozen=True)
class _Kept:
    token: str = field(repr=False)
    reminder: Reminder


class AmazonReminders:
    """The reminders of whoever is speaking, as ``skill.coach.reminder.Reminders`` says.

    ``kept`` is what the listener's document holds of them: a list of plain dictionaries, or
    rubbish. ``zone`` is the IANA name of the listener's time zone, None for the device's own.
    ``now_ms`` is in milliseconds since 1970. ``text_of`` returns what a reminder says, without
    markup. All requests of the turn together take no longer than ``api.seconds``. The request
    must have been verified. Each refusal of Amazon's leaves ``reminder_refused`` in the log.
    """

    def __init__(
        self,
        api: AmazonApi,
        envelope: RequestEnvelope,
        kept: object,
        zone: str | None,
        now_ms: int,
        text_of: Callable[[About], str],
    ) -> None:
        self._api = api
        self._envelope = envelope
        self._kept = _read(kept)
        self._zone = zone
        self._now_ms = now_ms
        self._text_of = text_of
        self._deadline: float | None = None
        self.changed = False
        """Whether a reminder has come or gone since the start."""

    @property
    def kept(self) -> list[dict[str, object]]:
        """What the listener's document is to hold of the reminders, as plain values."""
        return [
            {
                "token": each.token,
                "about": each.reminder.about.value,
                "minute": each.reminder.minute,
                "day": each.reminder.day,
                "once": each.reminder.once,
            }
            for each in self._kept
        ]

    @property
    def allowed(self) -> bool:
        """Whether the listener has allowed reminders, as far as the request tells.

        The scope is what Amazon documents now; the consent token came before it.
        """
        system = self._envelope.context.system if self._envelope.context else None
        permissions = system.user.permissions if system and system.user else None
        if permissions is None:
            return False
        scope = (permissions.scopes or {}).get(PERMISSION)
        if scope is not None and scope.status is not None:
            return bool(scope.status is PermissionStatus.GRANTED)
        return bool(permissions.consent_token)

    def add(self, wanted: Sequence[Reminder]) -> tuple[Refusal | None, ...]:
        """Set reminders; for each, in order, why it was not set. One that is there counts as set.

        One that is kept is looked up first, for it may be over, or deleted in Amazon's app.
        """
        outcomes: dict[Reminder, Refusal | None] = {}
        if any(each.reminder in wanted for each in self._kept):
            listed = self._list()
            doubt = listed if isinstance(listed, Refusal) else None
            outcomes = {each.reminder: doubt for each in self._kept}
        new = [each for each in dict.fromkeys(wanted) if each not in outcomes]
        for reminder, made in zip(new, self._each(self._create, new), strict=True):
            if isinstance(made, Refusal):
                outcomes[reminder] = made
            else:
                outcomes[reminder] = None
                self._keep([*self._kept, _Kept(made, reminder)])
        return tuple(outcomes[each] for each in wanted)

    def all(self) -> tuple[Reminder, ...] | Refusal:
        """Return the reminders that are set, in no order, or why that is not known."""
        due = self._list()
        if isinstance(due, Refusal):
            return due
        return tuple(dict.fromkeys(each.reminder for each in self._kept if each.token in due))

    def remove(self, unwanted: Sequence[Reminder]) -> tuple[Refusal | None, ...]:
        """Cancel reminders; for each, in order, why it was not. One that is gone is cancelled.

        One that the skill does not know of is GONE.
        """
        outcomes: dict[Reminder, Refusal | None] = dict.fromkeys(unwanted, Refusal.GONE)
        doomed = [each for each in self._kept if each.reminder in outcomes]
        outcomes |= {each.reminder: None for each in doomed}
        for each, refusal in zip(doomed, self._each(self._delete, doomed), strict=True):
            if refusal is None:
                self._keep([other for other in self._kept if other is not each])
            else:
                outcomes[each.reminder] = refusal
        return tuple(outcomes[each] for each in unwanted)

    def _keep(self, kept: list[_Kept]) -> None:
        self.changed = self.changed or kept != self._kept
        self._kept = kept

    def _each(self, ask: Callable[[Any], _T], subjects: Sequence[Any]) -> list[_T]:
        """Ask about several at once, each with the turn's own lines for the log."""
        self._left()  # the time for all of them begins now
        contexts = [copy_context() for _ in subjects]
        with ThreadPoolExecutor(AT_ONCE, "reminders") as threads:
            return list(threads.map(lambda own, it: own.run(ask, it), contexts, subjects))

    def _create(self, reminder: Reminder) -> str | Refusal:
        if not is_sound(reminder):
            return Refusal.BAD_TIME
        body = reminder_request(
            reminder,
            self._text_of(reminder.about),
            locale=(self._envelope.request and self._envelope.request.locale) or "en-US",
            zone=self._zone,
            now_ms=self._now_ms,
        )
        answer = self._ask("add", lambda client: client.create_reminder(body))
        if isinstance(answer, Refusal):
            return answer
        token = json_object(answer).get("alertToken")
        if not isinstance(token, str) or not _TOKEN.fullmatch(token):
            return _refused("add", Refusal.BROKEN, fault="unreadable")
        return token

    def _delete(self, doomed: _Kept) -> Refusal | None:
        answer = self._ask("remove", lambda client: client.delete_reminder(doomed.token))
        return answer if isinstance(answer, Refusal) and answer is not Refusal.GONE else None

    def _list(self) -> frozenset[str] | Refusal:
        """Return the tokens of all reminders still to come; keep none any longer that is over."""
        seen: dict[str, object] = {}
        further: str | None = None
        absent = "ON"  # a list that goes on tells nothing of those that are not on it
        for _ in range(MOST_PAGES):
            page = self._page(further)
            if isinstance(page, Refusal):
                return page
            seen |= page.statuses
            further = page.further
            if further is None:
                absent = "COMPLETED" if page.is_last else "ON"
                break
        self._keep([each for each in self._kept if seen.get(each.token, absent) != "COMPLETED"])
        return frozenset(token for token, status in seen.items() if status == "ON")

    def _page(self, path: str | None) -> Page | Refusal:
        def ask(client: ReminderManagementServiceClient) -> Any:
            return client.get_reminders() if path is None else self._at(path, client)

        answer = self._ask("all", ask)
        if isinstance(answer, Refusal):
            return answer
        page = read_page(json_object(answer))
        return page or _refused("all", Refusal.BROKEN, fault="unreadable")

    def _at(self, path: str, client: Any) -> Any:
        """Ask for a page, for which the SDK has no function, nor a sound type of this one."""
        access = self._api.access(self._envelope)
        return client.invoke(
            method="GET",
            endpoint=access.endpoint,
            path=path,
            query_params=[],
            header_params=access.headers,
            path_params={},
            response_definitions=[],
            body=None,
            response_type="str",
        ).body

    def _ask(
        self, doing: str, call: Callable[[ReminderManagementServiceClient], _T]
    ) -> _T | Refusal:
        try:
            access = self._api.access(self._envelope)
            left = self._left()
            if left <= 0:
                raise NoAnswer("too-late")
            configuration = self._api.within(left).configuration(access, WallTimeSerializer())
            return call(ReminderManagementServiceClient(configuration))
        except NoAnswer as fault:
            return _unanswered(doing, fault)
        except ServiceException as error:
            # The SDK's clients give a request that was never answered the status 500.
            if isinstance(error.__context__, NoAnswer):
                return _unanswered(doing, error.__context__)
            told = json_object(error.body)
            code, message = (str(told.get(name) or "") for name in ("code", "message"))
            refusal = refusal_of(error.status_code, code, message)
            known = code if _CODE.fullmatch(code) else ""
            return _refused(doing, refusal, status=error.status_code, code=known)

    def _left(self) -> float:
        """Return the seconds that are left for the turn, counted from its first question."""
        if self._deadline is None:
            self._deadline = time.monotonic() + self._api.seconds
        return self._deadline - time.monotonic()


def _unanswered(doing: str, fault: NoAnswer) -> Refusal:
    late = fault.reason == "too-late"
    return _refused(doing, Refusal.SLOW if late else Refusal.UNREACHABLE, fault=fault.reason)


def _refused(doing: str, refusal: Refusal, **told: object) -> Refusal:
    _log.warning("reminder_refused", doing=doing, refusal=refusal.value, **told)
    return refusal


def _read(kept: object) -> list[_Kept]:
    read = (_read_one(plain) for plain in kept[:MOST_KEPT]) if isinstance(kept, list) else ()
    return [each for each in read if each is not None]


def _read_one(plain: object) -> _Kept | None:
    if not isinstance(plain, dict):
        return None
    token, minute, day = plain.get("token"), plain.get("minute"), plain.get("day")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        return None
    if type(minute) is not int or (day is not None and type(day) is not int):
        return None
    try:
        reminder = Reminder(About(str(plain.get("about"))), minute, day, plain.get("once") is True)
    except ValueError:
        return None
    return _Kept(token, reminder) if is_sound(reminder) else None
