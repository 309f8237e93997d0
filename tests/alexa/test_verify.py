from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st
from werkzeug.datastructures import EnvironHeaders

from skill.alexa.verify import RequestRefused, SignatureVerifier
from tests.alexa.refusals import BODY, Shelf, nothing_there, refusal, verifier
from tests.amazon import (
    FrozenClock,
    PretendAmazon,
)


@pytest.mark.parametrize("body", [BODY, b"", b"\xff\x00 not even text", b"x" * 200_000])
def test_any_bytes_that_amazon_signed_are_believed(
    amazon: PretendAmazon, clock: FrozenClock, body: bytes
) -> None:
    checks = verifier(amazon, clock)
    checks.verify(amazon.sign(body), body)
    assert refusal(checks, amazon.sign(body), body + b" ") == "signature-mismatch"


def test_text_is_verified_as_its_utf8_bytes(amazon: PretendAmazon, clock: FrozenClock) -> None:
    checks = verifier(amazon, clock)
    checks.verify(amazon.sign("hüfte".encode()), "hüfte")
    assert refusal(checks, amazon.sign(BODY), "\ud800") == "signature-mismatch"


@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.title, str])
def test_header_names_have_no_case(
    amazon: PretendAmazon, clock: FrozenClock, spelled: Callable[[str], str]
) -> None:
    checks = verifier(amazon, clock)
    headers = {spelled(name): value for name, value in amazon.sign(BODY).items()}
    checks.verify(headers, BODY)
    headers[spelled("Signature-256")] = base64.b64encode(b"forged").decode()
    assert refusal(checks, headers) == "signature-mismatch"


@pytest.mark.parametrize("missing", ["SignatureCertChainUrl", "Signature-256"])
@pytest.mark.parametrize("value", [None, "", b"bytes", 7])
def test_both_headers_must_be_there(
    amazon: PretendAmazon, clock: FrozenClock, missing: str, value: object
) -> None:
    headers: dict[str, object] = {**amazon.sign(BODY), missing: value}
    if value is None:
        del headers[missing]
    assert refusal(verifier(amazon, clock), headers) == "signature-headers"


def test_the_old_sha1_header_does_not_count(amazon: PretendAmazon, clock: FrozenClock) -> None:
    headers = amazon.sign(BODY)
    headers["Signature"] = headers.pop("Signature-256")
    assert refusal(verifier(amazon, clock), headers) == "signature-headers"


@pytest.mark.parametrize(
    "signature", ["not base64!", "YQ", "YQ==\n", " YQ==", "YQ==YQ==", "é", "A" * 1025, "A" * 2000]
)
def test_a_signature_that_is_not_base64_costs_no_download(
    amazon: PretendAmazon, clock: FrozenClock, signature: str
) -> None:
    shelf = Shelf(nothing_there)
    checks = verifier(amazon, clock, download=shelf)
    headers = {"SignatureCertChainUrl": amazon.url, "Signature-256": signature}
    assert refusal(checks, headers) == "signature-encoding"
    assert not shelf.asked


def test_a_body_signed_by_another_key_is_refused(amazon: PretendAmazon, clock: FrozenClock) -> None:
    headers = amazon.sign(BODY, signer=amazon.new_signer(number=1))
    assert refusal(verifier(amazon, clock), headers) == "signature-mismatch"


def test_a_fault_in_a_download_is_refused_like_any_other(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    def breaks(_: str) -> bytes:
        raise ZeroDivisionError

    checks = verifier(amazon, clock, download=Shelf(breaks))
    assert refusal(checks, amazon.sign(BODY)) == "certificate-unreachable"


@given(
    st.dictionaries(
        st.sampled_from(["SignatureCertChainUrl", "Signature-256", "signature-256"]) | st.text(),
        st.text() | st.binary() | st.just("https://s3.amazonaws.com/echo.api/x.pem") | st.none(),
    ),
    st.binary(max_size=300),
    st.binary(max_size=300),
)
@examples(deadline=None)
def test_nothing_but_a_refusal_ever_comes_out(
    headers: dict[str, Any], body: bytes, bundle: bytes
) -> None:
    checks = SignatureVerifier(download=Shelf(lambda _: bundle))
    with pytest.raises(RequestRefused):
        checks.verify(headers, body)


def test_headers_as_flask_hands_them_over_are_read(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    signed = amazon.sign(BODY)
    environ = {
        "HTTP_SIGNATURECERTCHAINURL": signed["SignatureCertChainUrl"],
        "HTTP_SIGNATURE_256": signed["Signature-256"],
    }
    checks = verifier(amazon, clock)
    checks.verify(EnvironHeaders(environ), BODY)
    assert refusal(checks, EnvironHeaders({})) == "signature-headers"
