"""The pretend speakers of the pages that are open: made, found again, and forgotten in the end."""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from skill.alexa.time_zone import LONGEST_NAME, zone_named
from skill.simulator.amazon_here import AmazonHere
from skill.simulator.clock import Clock, wall_clock
from skill.simulator.request import (
    EXTRA_LARGE,
    LARGE,
    PHONE,
    PORTRAIT,
    ROUND,
    SHOW,
    SMALL,
    SPEAKER,
    TELEVISION,
    Profile,
)
from skill.simulator.speaker import Speaker, SpeakerParts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

MOST_SPEAKERS = 64
"""Open at once; whoever was not spoken to for longest is forgotten."""

PATIENCE_S = 10.0
"""How long a request waits for a step of the same speaker. Pages give up on a step that takes long
and ask again; all that wait must not keep the server's threads from everybody else."""

DEVICES: Mapping[str, Profile] = {
    "speaker": SPEAKER,
    "round": ROUND,
    "small": SMALL,
    "medium": SHOW,
    "large": LARGE,
    "extra-large": EXTRA_LARGE,
    "portrait": PORTRAIT,
    "television": TELEVISION,
    "phone": PHONE,
}

LOCALES = ("en-US",)
"""Languages and regions that the page speaks."""

_LISTENER = re.compile(r"[a-z0-9]{16,40}")


class BadSpeaker(ValueError):
    """A wish for a speaker that there cannot be; the message says why."""


class UnknownSpeaker(Exception):
    """A speaker that was never made, or is forgotten."""


class Busy(Exception):
    """A speaker whose step takes too long to wait for it."""


@dataclass
class _Open:
    speaker: Speaker
    lock: threading.Lock


class Speakers:
    """All open speakers by their ids. Used by many threads at once."""

    def __init__(
        self,
        parts: SpeakerParts,
        amazon: AmazonHere,
        *,
        clock: Clock = wall_clock,
        new_id: Callable[[], str] = lambda: secrets.token_hex(12),
        most: int = MOST_SPEAKERS,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._parts = parts
        self._amazon = amazon
        self._clock = clock
        self._new_id = new_id
        self._most = most
        self._patience_s = patience_s
        self._open: OrderedDict[str, _Open] = OrderedDict()
        self._lock = threading.Lock()

    def open(self, raw: object) -> str:
        """Make the speaker that JSON describes, and return its id. Raises BadSpeaker."""
        wish = _read(raw)
        id_ = self._new_id()
        token = f"pretend-{id_}"
        device_id = f"amzn1.ask.device.PRETEND-{id_}"
        profile = replace(wish.profile, device_id=device_id, api_access_token=token)
        with self._lock:
            start = self._start(profile.user_id)
            speaker = Speaker(self._parts, profile, wish.locale, start, wish.kind)
            speaker.alerts.zone = wish.time_zone
            speaker.alerts.device_zone = wish.time_zone or "UTC"
            self._amazon.add(token, speaker.alerts)
            self._open[id_] = _Open(speaker, threading.Lock())
            while len(self._open) > self._most:
                forgotten, _ = self._open.popitem(last=False)
                self._amazon.drop(f"pretend-{forgotten}")
        return id_

    def _start(self, user_id: str) -> datetime:
        """Return the time that a listener's next speaker shows: for nobody does it go backwards.

        Where waiting is skipped, a speaker's clock is ahead of ours. It begins with a whole second,
        for requests tell only those: so a conversation that is had again falls on the same ones.
        """
        speakers = (each.speaker for each in self._open.values())
        theirs = (each.clock() for each in speakers if each.device.profile.user_id == user_id)
        latest = max([self._clock(), *theirs])
        whole = latest.replace(microsecond=0)
        return whole if whole == latest else whole + timedelta(seconds=1)

    @contextmanager
    def held(self, id_: str) -> Iterator[Speaker]:
        """Give a speaker to one thread. Raises UnknownSpeaker, and Busy after ``PATIENCE_S``."""
        with self._lock:
            there = self._open.get(id_)
            if there is None:
                raise UnknownSpeaker
            self._open.move_to_end(id_)
        if not there.lock.acquire(timeout=self._patience_s):
            raise Busy
        try:
            yield there.speaker
        finally:
            there.lock.release()


@dataclass(frozen=True)
class _Wish:
    """The speaker that a page wants."""

    kind: str
    """One of ``DEVICES``."""

    profile: Profile
    locale: str
    time_zone: str | None
    """None where the page does not know."""


def _read(raw: object) -> _Wish:
    wish: Mapping[str, Any] = raw if isinstance(raw, Mapping) else {}
    device, locale, listener = (wish.get(name) for name in ("device", "locale", "listener"))
    if not isinstance(device, str) or device not in DEVICES:
        raise BadSpeaker(f"device is one of {', '.join(DEVICES)}")
    if not isinstance(locale, str) or locale not in LOCALES:
        raise BadSpeaker(f"locale is one of {', '.join(LOCALES)}")
    if not isinstance(listener, str) or not _LISTENER.fullmatch(listener):
        raise BadSpeaker("listener is 16 to 40 small letters and digits")
    # Nobody at Amazon has such an id, so no page can speak for a listener of the real skill.
    profile = replace(DEVICES[device], user_id=f"amzn1.ask.account.PRETEND-{listener}")
    return _Wish(device, profile, locale, _zone(wish.get("time_zone")))


def _zone(name: object) -> str | None:
    """Return a time zone by its IANA name; None for one that this machine does not know."""
    if not isinstance(name, str) or len(name) > LONGEST_NAME or zone_named(name) is None:
        return None
    return name
