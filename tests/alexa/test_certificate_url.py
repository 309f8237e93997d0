from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.alexa.certificate_url import canonical
from skill.alexa.verify import RequestRefused
from tests.alexa.refusals import BODY, Shelf, refusal, verifier
from tests.amazon import (
    FrozenClock,
    PretendAmazon,
)


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/echo-api-cert.pem",
        "HTTPS://S3.AMAZONAWS.COM/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/./echo.api//echo-api-cert.pem",
        "https://s3.amazonaws.com/../../echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem#fragment",
    ],
)
def test_every_spelling_of_amazons_address_means_the_same(url: str) -> None:
    assert canonical(url) == "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://s3.amazonaws.com/echo.api/echo-api-cert.pem", "certificate-url-scheme"),
        ("file:///echo.api/echo-api-cert.pem", "certificate-url-scheme"),
        ("//s3.amazonaws.com/echo.api/echo-api-cert.pem", "certificate-url-scheme"),
        ("s3.amazonaws.com/echo.api/echo-api-cert.pem", "certificate-url-scheme"),
        ("https://notamazon.com/echo.api/echo-api-cert.pem", "certificate-url-host"),
        ("https://invalid.s3.amazonaws.com/echo.api/echo-api-cert.pem", "certificate-url-host"),
        ("https://s3.amazonaws.com.evil.example/echo.api/x.pem", "certificate-url-host"),
        ("https://s3.amazonaws.com./echo.api/x.pem", "certificate-url-host"),
        ("https://s3.amazonaws.com@evil.example/echo.api/x.pem", "certificate-url-host"),
        ("https://user@s3.amazonaws.com/echo.api/x.pem", "certificate-url-host"),
        ("https://user:443@s3.amazonaws.com/echo.api/x.pem", "certificate-url-host"),
        ("https:///echo.api/x.pem", "certificate-url-host"),
        ("https://s3.amazonaws.com:563/echo.api/echo-api-cert.pem", "certificate-url-port"),
        ("https://s3.amazonaws.com:/echo.api/x.pem", "certificate-url-port"),
        ("https://s3.amazonaws.com:0443/echo.api/x.pem", "certificate-url-port"),
        ("https://s3.amazonaws.com:443@evil.example/echo.api/x.pem", "certificate-url-port"),
        ("https://s3.amazonaws.com/EcHo.aPi/echo-api-cert.pem", "certificate-url-path"),
        ("https://s3.amazonaws.com/invalid.path/echo-api-cert.pem", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/../evil/x.pem", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/%2e%2e/evil/x.pem", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/.%2E/evil/x.pem", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/x.pem?versionId=1", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/x.pem?", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/x.pem;a=1", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.apis/x.pem", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/", "certificate-url-path"),
        ("https://s3.amazonaws.com/echo.api/..", "certificate-url-path"),
        ("https://s3.amazonaws.com", "certificate-url-path"),
        ("https://s3.amazonaws.com\\@evil.example/echo.api/x.pem", "certificate-url"),
        ("https:\\\\s3.amazonaws.com\\echo.api\\x.pem", "certificate-url"),
        ("https://s3.amazonaws.com/echo.api/é.pem", "certificate-url"),
        ("https://ｓ3.amazonaws.com/echo.api/x.pem", "certificate-url"),
        ("https://s3.amazonaws.com/echo.api/x.pem\r\nHost: evil.example", "certificate-url"),
        ("https://s3.amazonaws.com/echo.api/\tx.pem", "certificate-url"),
        (" https://s3.amazonaws.com/echo.api/x.pem", "certificate-url"),
        ("https://s3.amazonaws.com/echo.api/x.pem\0", "certificate-url"),
        ("https://[s3.amazonaws.com/echo.api/x.pem", "certificate-url"),
        ("https://s3.amazonaws.com/echo.api/" + "x" * 600, "certificate-url"),
    ],
)
def test_an_address_that_is_not_amazons_is_refused_and_not_visited(
    amazon: PretendAmazon, clock: FrozenClock, url: str, reason: str
) -> None:
    shelf = Shelf(lambda _: amazon.bundle())
    checks = verifier(amazon, clock, download=shelf)
    assert refusal(checks, {**amazon.sign(BODY), "SignatureCertChainUrl": url}) == reason
    assert not shelf.asked


@given(st.text(max_size=80) | st.from_regex(r"https://s3\.amazonaws\.com.{0,40}", fullmatch=True))
def test_an_address_is_canonical_or_refused_and_canonical_ones_stay_as_they_are(url: str) -> None:
    try:
        once = canonical(url)
    except RequestRefused:
        return
    assert once.startswith("https://s3.amazonaws.com/echo.api/")
    assert canonical(once) == once
