from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from skill.alexa.verify import SignatureVerifier
from tests.alexa.refusals import BODY, Shelf, refusal, verifier
from tests.amazon import HOST, SIGNER_NAME, FrozenClock, PretendAmazon
from tests.certificates import Certified, Wanted, certify, rsa_key


def served(amazon: PretendAmazon, bundle: bytes) -> dict[str, str]:
    return amazon.sign(BODY, url=amazon.serve(amazon.new_url(), bundle))


def test_a_cross_signed_tail_that_leads_nowhere_does_no_harm(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    forgotten = certify(Wanted("Forgotten Root", authority=True))
    cross = certify(Wanted("Pretend Root", authority=True, key=lambda: amazon.root.key), forgotten)
    bundle = amazon.signer.pem + amazon.intermediate.pem + cross.pem
    verifier(amazon, clock).verify(served(amazon, bundle), BODY)
    only_cross = amazon.signer.pem + cross.pem + forgotten.pem
    headers = served(amazon, only_cross)
    assert refusal(verifier(amazon, clock), headers) == "certificate-untrusted"


def chain_through(amazon: PretendAmazon, **authority: Any) -> bytes:
    issuer = certify(Wanted("Other Authority", **{"authority": True, **authority}), amazon.root)
    wanted = Wanted(SIGNER_NAME, names=(SIGNER_NAME,), key=lambda: rsa_key(0))
    return certify(wanted, issuer).pem + issuer.pem


BAD_BUNDLES: dict[str, tuple[Callable[[PretendAmazon], bytes], str]] = {
    "expired": (
        lambda a: a.bundle(a.new_signer(ends=timedelta(minutes=-1))),
        "certificate-expired",
    ),
    "not yet valid": (
        lambda a: a.bundle(a.new_signer(starts=timedelta(minutes=1))),
        "certificate-not-yet-valid",
    ),
    "for another name": (
        lambda a: a.bundle(a.new_signer(names=("echo-api.amazon.com.evil.example",))),
        "certificate-name",
    ),
    "for no name": (lambda a: a.bundle(a.new_signer(names=())), "certificate-name"),
    "self-signed": (
        lambda _: certify(Wanted(SIGNER_NAME, names=(SIGNER_NAME,), key=lambda: rsa_key(0))).pem,
        "certificate-untrusted",
    ),
    "truncated chain": (lambda a: a.signer.pem, "certificate-untrusted"),
    "issuer expired": (
        lambda a: chain_through(a, ends=timedelta(minutes=-1)),
        "certificate-untrusted",
    ),
    "issuer is no authority": (
        lambda a: chain_through(a, authority=False),
        "certificate-untrusted",
    ),
    "root first": (lambda a: a.root.pem + a.intermediate.pem + a.signer.pem, "certificate-name"),
    "not RSA": (
        lambda a: a.bundle(a.new_signer(key=lambda: ec.generate_private_key(ec.SECP256R1()))),
        "certificate-key",
    ),
    "no certificate": (lambda _: b"<html>hello</html>", "certificate-not-pem"),
    "empty": (lambda _: b"", "certificate-not-pem"),
    "cut in the middle": (lambda a: a.bundle()[:700], "certificate-not-pem"),
    "broken inside": (
        lambda _: b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "certificate-not-pem",
    ),
    "too many": (lambda a: a.bundle() * 5, "certificate-not-pem"),
}


@pytest.mark.parametrize(("make", "reason"), BAD_BUNDLES.values(), ids=BAD_BUNDLES.keys())
def test_a_bundle_that_does_not_prove_amazon_is_refused(
    amazon: PretendAmazon,
    clock: FrozenClock,
    make: Callable[[PretendAmazon], bytes],
    reason: str,
) -> None:
    headers = served(amazon, make(amazon))
    assert refusal(verifier(amazon, clock), headers) == reason


def test_a_chain_is_trusted_only_by_those_who_trust_its_root(clock: FrozenClock) -> None:
    # certifi's roots know nothing of the pretend authority.
    wanted = Wanted(SIGNER_NAME, names=(SIGNER_NAME,), key=lambda: rsa_key(0))
    root = certify(Wanted("Pretend Root", authority=True))
    signer = Certified(certify(wanted, root).certificate, rsa_key(0))
    checks = SignatureVerifier(clock=clock, download=Shelf(lambda _: signer.pem + root.pem))
    headers = {
        "SignatureCertChainUrl": f"https://{HOST}/echo.api/x.pem",
        "Signature-256": base64.b64encode(b"x").decode(),
    }
    assert refusal(checks, headers) == "certificate-untrusted"


@pytest.mark.parametrize("expires_first", ["the signing certificate", "its issuer"])
def test_a_key_is_used_no_longer_than_the_first_of_its_chain_to_expire(
    amazon: PretendAmazon, clock: FrozenClock, expires_first: str
) -> None:
    soon = timedelta(hours=1)
    issuer_first = expires_first == "its issuer"
    bundle = (
        chain_through(amazon, ends=soon)
        if issuer_first
        else amazon.bundle(amazon.new_signer(ends=soon))
    )
    url = amazon.serve(amazon.new_url(), bundle)
    checks, headers = verifier(amazon, clock), amazon.sign(BODY, url=url)
    checks.verify(headers, BODY)
    clock.forward(hours=0.9)
    checks.verify(headers, BODY)
    assert amazon.downloads[url] == 1
    clock.forward(hours=0.2)
    expected = "certificate-untrusted" if issuer_first else "certificate-expired"
    assert refusal(checks, headers) == expected
    assert amazon.downloads[url] == 2
