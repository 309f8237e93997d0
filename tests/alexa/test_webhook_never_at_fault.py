from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from skill.alexa.verify import utc_now
from tests.alexa.hello import client, told
from tests.amazon import PretendAmazon, envelope


@pytest.fixture(scope="module")
def real_time(amazon: PretendAmazon) -> FlaskClient:
    return client(amazon, utc_now)


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.binary() | ANY_JSON.map(lambda plain: json.dumps(plain).encode()))
@examples(deadline=None)
def test_no_body_brings_a_fault(real_time: FlaskClient, amazon: PretendAmazon, body: bytes) -> None:
    for headers in ({}, amazon.sign(body)):
        assert told(real_time.post("/alexa", data=body, headers=headers))[0] == 400


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "SignatureCertChainUrl",
                "Signature-256",
                "Content-Length",
                "Content-Type",
                "Transfer-Encoding",
                "Content-Encoding",
                "Expect",
                "Host",
            ]
        ),
        st.text(st.characters(min_codepoint=32, max_codepoint=255)),
    )
)
@examples(deadline=None)
def test_no_headers_bring_a_fault(real_time: FlaskClient, headers: dict[str, str]) -> None:
    answer = real_time.post("/alexa", data=b"{}", headers=headers)
    assert 400 <= answer.status_code < 500


def places(plain: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside: list[Any] = []
    if isinstance(plain, dict):
        inside = list(plain.items())
    elif isinstance(plain, list):
        inside = list(enumerate(plain))
    return [way, *(place for key, value in inside for place in places(value, (*way, key)))]


PLACES = places(envelope("echo_show_intent", utc_now))[1:]


@given(st.sampled_from(PLACES), ANY_JSON | st.just("absent"))
@examples(deadline=None, max_examples=300)
def test_no_change_to_a_genuine_request_brings_a_fault(
    real_time: FlaskClient, amazon: PretendAmazon, place: tuple[Any, ...], value: Any
) -> None:
    plain = envelope("echo_show_intent", utc_now)
    inner = plain
    for step in place[:-1]:
        inner = inner[step]
    if value == "absent":
        del inner[place[-1]]
    else:
        inner[place[-1]] = value
    body = json.dumps(plain).encode()
    answer = real_time.post("/alexa", data=body, headers=amazon.sign(body))
    assert answer.status_code in (200, 400)
