"""Asking Google Translate's speech page politely: one request at a time, verified, with limits."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from pathlib import Path

import requests

from audio.voices.voice import VoiceError


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Manners:
    """How the page is asked. Google publishes no limit; hammering is answered with 429 for hours.

    The figures follow what gTTS's maintainer and users report to be let through.
    """

    pause_s: float = 1.0
    """Seconds between the end of one answer and the next question, at least."""

    jitter_s: float = 0.5
    """Up to so many seconds more, by chance."""

    tries: int = 4
    """How often one question is asked before it is an error."""

    first_wait_s: float = 2.0
    """Seconds before the second try; twice as many before each further one."""

    longest_wait_s: float = 120.0
    """If Google asks for more patience than this, it is an error at once."""

    connect_s: float = 5.0
    read_s: float = 20.0
    """Seconds without a single byte."""

    answer_s: float = 45.0
    """Seconds for a whole answer, however it drips."""

    largest_answer: int = 2_000_000
    """Bytes. A hundred characters are about 100,000."""

    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = _now
    chance: Callable[[], float] = random.random
    """From 0 to 1."""


class _MayPass(Exception):
    """What another try may cure; ``wait_s`` is what the other side asked for."""

    def __init__(self, what: str, wait_s: float = 0.0) -> None:
        super().__init__(what)
        self.wait_s = wait_s


class GoogleSession:
    """One connection, kept open, over which one question is asked at a time.

    TLS is verified, against ``ca_bundle`` where one is given. A proxy, and another bundle, are
    taken from the environment (HTTPS_PROXY, REQUESTS_CA_BUNDLE). Redirects are not followed:
    the only one that is known leads to a page for robots.
    """

    def __init__(self, manners: Manners, ca_bundle: Path | None = None) -> None:
        self._manners = manners
        self._verify: bool | str = str(ca_bundle) if ca_bundle else True
        self._session = requests.Session()
        self._free_at: float | None = None

    def ask(self, url: str, body: str, headers: Mapping[str, str]) -> str:
        """Return the text of the answer to one question.

        Raises:
            VoiceError: refused, not reachable, not to be trusted, too large, or too slow or broken
                off after as many tries as are polite.
        """
        fault: _MayPass | None = None
        for tried in range(self._manners.tries):
            if fault:
                self._be_patient(fault, tried)
            self._pause()
            try:
                return self._once(url, body, headers)
            except _MayPass as passing:
                fault = passing
            finally:
                chance = self._manners.chance() * self._manners.jitter_s
                self._free_at = self._manners.clock() + self._manners.pause_s + chance
        raise VoiceError(f"gtts: {fault}, {self._manners.tries} times in a row") from fault

    def _pause(self) -> None:
        if self._free_at is not None:
            left = self._free_at - self._manners.clock()
            if left > 0:
                self._manners.sleep(left)

    def _be_patient(self, fault: _MayPass, tried: int) -> None:
        manners = self._manners
        if fault.wait_s > manners.longest_wait_s:
            raise VoiceError(
                f"gtts: {fault}, and asks for {fault.wait_s:.0f} s of patience; "
                "try later, or choose a local voice"
            ) from fault
        wait = manners.first_wait_s * 2 ** (tried - 1) + manners.chance() * manners.jitter_s
        manners.sleep(max(wait, fault.wait_s))

    def _once(self, url: str, body: str, headers: Mapping[str, str]) -> str:
        try:
            with self._session.post(
                url,
                data=body,
                headers=dict(headers),
                timeout=(self._manners.connect_s, self._manners.read_s),
                allow_redirects=False,
                stream=True,
                verify=self._verify,
            ) as answer:
                self._check(answer)
                return self._read(answer)
        except requests.exceptions.SSLError as fault:
            raise VoiceError(
                f"gtts: the connection to Google cannot be trusted: {fault}"
            ) from fault
        except requests.exceptions.Timeout as fault:
            raise _MayPass("Google did not answer in time") from fault
        except (requests.ConnectionError, requests.exceptions.ChunkedEncodingError) as fault:
            raise _MayPass(f"no whole answer came from Google ({fault})") from fault
        except requests.RequestException as fault:
            raise VoiceError(f"gtts: Google cannot be asked: {fault}") from fault

    def _check(self, answer: requests.Response) -> None:
        status = answer.status_code
        if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            wait = self._asked_for(answer.headers.get("Retry-After", ""))
            raise _MayPass(f"Google answered {status}", wait)
        if 300 <= status < 400:
            raise VoiceError(
                "gtts: Google takes us for a robot and sends us elsewhere; "
                "try again tomorrow, or choose a local voice"
            )
        if status != HTTPStatus.OK:
            raise VoiceError(f"gtts: Google answered {status}; its page may have changed")

    def _read(self, answer: requests.Response) -> str:
        manners = self._manners
        end = manners.clock() + manners.answer_s
        body = bytearray()
        # Small parts, as each waits until it is full: a dripping answer is noticed in time.
        for part in answer.iter_content(chunk_size=256):
            body += part
            if len(body) > manners.largest_answer:
                raise VoiceError(f"gtts: an answer of more than {manners.largest_answer} bytes")
            if manners.clock() > end:
                raise _MayPass(f"Google's answer was not done after {manners.answer_s:.0f} s")
        return body.decode("utf-8", "replace")

    def _asked_for(self, header: str) -> float:
        """Return the seconds that Retry-After names, as a number or a date (RFC 9110, 10.2.3)."""
        if header.strip().isdecimal():
            return float(header)
        try:
            until = parsedate_to_datetime(header)
        except ValueError:
            return 0.0
        if until.tzinfo is None:
            until = until.replace(tzinfo=UTC)
        return max(0.0, (until - self._manners.now()).total_seconds())
