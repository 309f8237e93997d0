"""Strangers who post certificate addresses of their own cannot keep Amazon's next one out."""

from __future__ import annotations

import pytest

from skill.alexa.signing_keys import STRANGERS_IN_A_BURST
from skill.alexa.verify import SignatureVerifier
from tests.alexa.refusals import Shelf, refusal, verifier
from tests.amazon import OTHER_SKILL_ID, SKILL_ID, FrozenClock, PretendAmazon, as_body, envelope

OURS = as_body(envelope("echo_dot_launch", FrozenClock()))
NOT_OURS = as_body(envelope("echo_dot_launch", FrozenClock(), OTHER_SKILL_ID))


@pytest.fixture
def shelf(amazon: PretendAmazon) -> Shelf:
    return Shelf(lambda _: amazon.bundle())


@pytest.fixture
def checks(amazon: PretendAmazon, clock: FrozenClock, shelf: Shelf) -> SignatureVerifier:
    return verifier(amazon, clock, download=shelf, skill_ids=[SKILL_ID])


@pytest.mark.parametrize("body", [b"", b"x" * 1_000, NOT_OURS, SKILL_ID[:-1].encode()])
def test_who_does_not_know_our_id_makes_us_fetch_nothing(
    checks: SignatureVerifier, amazon: PretendAmazon, shelf: Shelf, body: bytes
) -> None:
    headers = amazon.sign(body, url=amazon.url_of("strange.pem"))
    assert refusal(checks, headers, body) == "skill-id-missing"
    assert not shelf.asked


def test_a_flood_of_strangers_leaves_amazons_next_address_alone(
    checks: SignatureVerifier, amazon: PretendAmazon, clock: FrozenClock, shelf: Shelf
) -> None:
    for number in range(STRANGERS_IN_A_BURST * 20):
        clock.forward(seconds=0.02)
        strange = {"SignatureCertChainUrl": amazon.url_of(f"{number}.pem"), "Signature-256": "AAAA"}
        refusal(checks, strange, b"{}")
    checks.verify(amazon.sign(OURS, url=amazon.url_of("next.pem")), OURS)
    assert list(shelf.asked) == [amazon.url_of("next.pem")]


def test_what_is_signed_by_a_key_that_we_hold_is_verified_whatever_it_says(
    checks: SignatureVerifier, amazon: PretendAmazon, clock: FrozenClock, shelf: Shelf
) -> None:
    checks.verify(amazon.sign(OURS), OURS)
    checks.verify(amazon.sign(NOT_OURS), NOT_OURS)
    forged = {**amazon.sign(OURS), "Signature-256": "AAAA"}
    assert refusal(checks, forged, NOT_OURS) == "signature-mismatch"
    clock.forward(hours=25)
    checks.verify(amazon.sign(NOT_OURS), NOT_OURS)
    assert shelf.asked[amazon.url] == 2
