"""What the tests of the door's first step share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from werkzeug.datastructures import Headers

from skill.alexa.verify import RequestRefused, SignatureVerifier
from tests.amazon import (
    FrozenClock,
    PretendAmazon,
)

BODY = b'{"any": "bytes"}'


def verifier(amazon: PretendAmazon, clock: FrozenClock, **more: Any) -> SignatureVerifier:
    return SignatureVerifier(amazon.ca_bundle, clock=clock, monotonic=clock.monotonic, **more)


def refusal(
    checks: SignatureVerifier, headers: Mapping[str, Any] | Headers, body: bytes | str = BODY
) -> str:
    with pytest.raises(RequestRefused) as refused:
        checks.verify(headers, body)
    return refused.value.reason


class Shelf:
    """A download that hands out what lies on a shelf, and counts."""

    def __init__(self, found: Callable[[str], bytes]) -> None:
        self.found = found
        self.asked: Counter[str] = Counter()

    def __call__(self, url: str, /) -> bytes:
        self.asked[url] += 1
        return self.found(url)


def nothing_there(url: str) -> bytes:
    raise RequestRefused("certificate-status", "403")
