"""Amazon's validated signing keys by address, and how seldom a stranger can make us fetch one."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING

from skill.alexa.certificate_download import SECONDS_IN_ALL, Download
from skill.alexa.certificate_url import canonical
from skill.alexa.refusal import RequestRefused

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from skill.alexa.certificate_chain import SigningKey

# Amazon signs with one key at a time, and with two while it changes over.
MOST_KEYS = 16

# Addresses that failed lately. Forgetting the oldest only lets it be tried again.
MOST_FAILURES = 256
FIRST_BACK_OFF_S = 2.0
LONGEST_BACK_OFF_S = 60.0

# Anybody can post a well-formed address that we have never seen. These bound what that costs us.
STRANGERS_AT_ONCE = 4
STRANGERS_IN_A_BURST = 30
SECONDS_PER_STRANGER = 1.0


class HeldKey:
    """A validated key, and when a signature by it was last good."""

    def __init__(self, url: str, key: SigningKey) -> None:
        self.url = url
        self.key = key
        self.last_good = float("-inf")

    @property
    def proven(self) -> bool:
        """Whether some signature by this key has been good."""
        return self.last_good > float("-inf")


@dataclass(frozen=True)
class _Failure:
    count: int
    retry_at: float
    """By the monotonic clock, in seconds."""


class SigningKeys:
    """Finds the key for an address: held, or fetched and validated once for all who wait for it.

    - A key that has signed a request is dropped only when 16 keys with later good signatures are
      held, so nobody can push it out by naming other addresses.
    - Its address, when its day is over, is fetched again without regard to the strangers' limits.
    - Strangers' addresses share four downloads at a time and one a second after a burst of 30.
    - An address that failed waits 2 s, then 4, 8, ... to 60 s; until then it is refused at once.
    - For a request that is not for us anyway no stranger's address is fetched: whoever does not
      know the skill's id cannot use up what Amazon's next address will need.
    """

    def __init__(
        self,
        download: Download,
        validate: Callable[[bytes, datetime], SigningKey],
        clock: Callable[[], datetime],
        monotonic: Callable[[], float],
        patience_s: float = SECONDS_IN_ALL,
    ) -> None:
        self._download = download
        self._validate = validate
        self._clock = clock
        self._monotonic = monotonic
        self._patience_s = patience_s
        self._lock = threading.Lock()
        self._held: dict[str, HeldKey] = {}
        self._under_way: dict[str, Future[HeldKey]] = {}
        self._failed: OrderedDict[str, _Failure] = OrderedDict()
        self._burst_left = float(STRANGERS_IN_A_BURST)
        self._burst_at = monotonic()

    def find(self, url: str, *, for_us: bool = True) -> HeldKey:
        """Return the key for the certificate address ``url``, however it is spelled.

        ``for_us`` says whether the request may be for this skill.

        Raises RequestRefused: what ``canonical``, the download and the validator raise, and
        certificate-backing-off, skill-id-missing or certificate-too-many.
        """
        held = self._fresh(url)
        if held is None:
            url = canonical(url)
            held = self._fresh(url)
        return held or self._fetch(url, for_us)

    def was_good(self, held: HeldKey) -> None:
        """Remember that a signature by this key was good."""
        held.last_good = self._monotonic()

    def _fresh(self, url: str) -> HeldKey | None:
        held = self._held.get(url)
        return held if held is not None and held.key.counts_at(self._clock()) else None

    def _fetch(self, url: str, for_us: bool) -> HeldKey:
        with self._lock:
            if held := self._fresh(url):  # landed while this thread came here
                return held
            flight = self._under_way.get(url)
            leads = flight is None
            if flight is None:
                self._admit(url, for_us)
                flight = self._under_way[url] = Future()
        if leads:
            self._start(url, flight)
        try:
            return flight.result(timeout=self._patience_s)
        except RequestRefused as refused:  # one error object must not be raised in many threads
            raise RequestRefused(refused.reason, refused.detail) from None
        except TimeoutError:  # a name that does not resolve can take longer than any time-out
            raise RequestRefused("certificate-unreachable", "TimeoutError") from None

    def _start(self, url: str, flight: Future[HeldKey]) -> None:
        thread = threading.Thread(target=self._fly, args=(url, flight), daemon=True)
        try:
            thread.start()
        except RuntimeError as error:  # no more threads to be had
            self._land(url, flight, RequestRefused("certificate-too-many", type(error).__name__))

    def _fly(self, url: str, flight: Future[HeldKey]) -> None:
        outcome: HeldKey | RequestRefused
        try:
            outcome = HeldKey(url, self._validate(self._download(url), self._clock()))
        except RequestRefused as refused:
            outcome = refused
        except Exception as error:  # those who wait must hear of anything
            outcome = RequestRefused("certificate-unreachable", type(error).__name__)
        self._land(url, flight, outcome)

    def _land(self, url: str, flight: Future[HeldKey], outcome: HeldKey | RequestRefused) -> None:
        with self._lock:
            del self._under_way[url]
            if isinstance(outcome, HeldKey):
                self._hold(outcome)
            else:
                self._note_failure(url)
        if isinstance(outcome, HeldKey):
            flight.set_result(outcome)
        else:
            flight.set_exception(outcome)

    def _hold(self, new: HeldKey) -> None:
        self._failed.pop(new.url, None)
        if old := self._held.pop(new.url, None):
            new.last_good = old.last_good
        elif len(self._held) >= MOST_KEYS:
            del self._held[min(self._held.values(), key=lambda held: held.last_good).url]
        self._held[new.url] = new

    def _note_failure(self, url: str) -> None:
        before = self._failed.pop(url, None)
        count = before.count + 1 if before else 1
        wait = min(FIRST_BACK_OFF_S * 2.0 ** min(count - 1, 10), LONGEST_BACK_OFF_S)
        self._failed[url] = _Failure(count, self._monotonic() + wait)
        if len(self._failed) > MOST_FAILURES:
            self._failed.popitem(last=False)

    def _admit(self, url: str, for_us: bool) -> None:
        """Refuse a download that must not start now."""
        now = self._monotonic()
        failure = self._failed.get(url)
        if failure and now < failure.retry_at:
            raise RequestRefused("certificate-backing-off", f"{failure.count} failures {url}")
        held = self._held.get(url)
        if held and held.proven:
            return
        if not for_us:
            raise RequestRefused("skill-id-missing")
        refill = (now - self._burst_at) / SECONDS_PER_STRANGER
        self._burst_left = min(self._burst_left + refill, float(STRANGERS_IN_A_BURST))
        self._burst_at = now
        if self._burst_left < 1 or len(self._under_way) >= STRANGERS_AT_ONCE:
            raise RequestRefused("certificate-too-many")
        self._burst_left -= 1
