from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import structlog
from flask.testing import FlaskClient

from skill.alexa.refusal import RequestRefused
from skill.alexa.webhook import LARGEST_BODY, VerifyingSkillHandler
from skill.alexa.webservice_support import AbstractVerifier, VerificationException
from tests.alexa.hello import SECRET, client, hello, told
from tests.amazon import (
    OTHER_SKILL_ID,
    SIGNER_NAME,
    SKILL_ID,
    FrozenClock,
    PretendAmazon,
    as_body,
    envelope,
)
from tests.certificates import Wanted, certify, rsa_key

_DAY = timedelta(days=1)


class BelievesEverybody(AbstractVerifier):
    def verify(self, *_: object, **__: object) -> None:
        """Find nothing wrong."""


class BelievesNobody(AbstractVerifier):
    def verify(self, *_: object, **__: object) -> None:
        raise VerificationException("not you")


@pytest.fixture
def http(amazon: PretendAmazon, clock: FrozenClock) -> FlaskClient:
    return client(amazon, clock)


@pytest.fixture
def log() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.mark.parametrize("name", ["echo_show_intent", "echo_dot_launch", "skill_disabled"])
def test_a_request_that_amazon_signed_is_answered(
    http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock, name: str
) -> None:
    body = as_body(envelope(name, clock))
    answer = http.post("/alexa", data=body, headers=amazon.sign(body))
    assert answer.status_code == 200
    assert answer.content_type == "application/json;charset=UTF-8"
    said = json.loads(answer.data)
    assert said["version"] == "1.0"
    assert said["response"]["outputSpeech"]["ssml"] == "<speak>Hello</speak>"


def test_session_attributes_come_back_as_they_were_sent(
    http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock
) -> None:
    turn = envelope("echo_show_intent", clock)
    body = as_body(turn)
    answer = http.post("/alexa", data=body, headers=amazon.sign(body))
    assert json.loads(answer.data)["sessionAttributes"] == turn["session"]["attributes"]


def test_a_request_of_an_unknown_type_reaches_the_skill(
    http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock
) -> None:
    turn = envelope("echo_dot_launch", clock)
    turn["request"]["type"] = "Alexa.Brand.New"
    body = as_body(turn)
    assert http.post("/alexa", data=body, headers=amazon.sign(body)).status_code == 200


Case = Callable[[PretendAmazon, FrozenClock], tuple[bytes, dict[str, str]]]


def launch(clock: FrozenClock, skill_id: str = SKILL_ID) -> bytes:
    return as_body(envelope("echo_dot_launch", clock, skill_id))


def forged(amazon: PretendAmazon, clock: FrozenClock) -> tuple[bytes, dict[str, str]]:
    return launch(clock) + b" ", amazon.sign(launch(clock))


def with_url(url: str) -> Case:
    return lambda a, c: (launch(c), a.sign(launch(c), url=url))


def with_headers(**headers: str) -> Case:
    return lambda _, c: (launch(c), headers)


def with_bundle(make: Callable[[PretendAmazon], bytes]) -> Case:
    def case(amazon: PretendAmazon, clock: FrozenClock) -> tuple[bytes, dict[str, str]]:
        url = amazon.serve(amazon.new_url(), make(amazon))
        return launch(clock), amazon.sign(launch(clock), url=url)

    return case


def signed(make: Callable[[FrozenClock], bytes]) -> Case:
    return lambda a, c: (make(c), a.sign(make(c)))


def odd_shape(clock: FrozenClock) -> bytes:
    plain = envelope("echo_show_intent", clock)
    plain["request"]["intent"] = "text"
    return as_body(plain)


def late(by_s: float) -> Case:
    def case(amazon: PretendAmazon, clock: FrozenClock) -> tuple[bytes, dict[str, str]]:
        body = launch(clock)
        clock.forward(seconds=by_s)
        return body, amazon.sign(body)

    return case


REFUSED: dict[str, tuple[Case, str]] = {
    "forged": (forged, "signature-mismatch"),
    "unsigned": (with_headers(), "signature-headers"),
    "bad base64": (
        with_headers(**{"SignatureCertChainUrl": "https://x", "Signature-256": "%"}),
        "signature-encoding",
    ),
    "wrong key": (
        lambda a, c: (launch(c), a.sign(launch(c), signer=a.new_signer(number=1))),
        "signature-mismatch",
    ),
    "wrong host": (with_url("https://notamazon.com/echo.api/x.pem"), "certificate-url-host"),
    "wrong path": (
        with_url("https://s3.amazonaws.com/invalid.path/x.pem"),
        "certificate-url-path",
    ),
    "no certificate there": (
        with_url("https://s3.amazonaws.com/echo.api/none.pem"),
        "certificate-status",
    ),
    "expired": (
        with_bundle(lambda a: a.bundle(a.new_signer(ends=-_DAY))),
        "certificate-expired",
    ),
    "not yet valid": (
        with_bundle(lambda a: a.bundle(a.new_signer(starts=_DAY))),
        "certificate-not-yet-valid",
    ),
    "self-signed": (
        with_bundle(
            lambda _: certify(Wanted(SIGNER_NAME, names=(SIGNER_NAME,), key=lambda: rsa_key(0))).pem
        ),
        "certificate-untrusted",
    ),
    "truncated chain": (with_bundle(lambda a: a.signer.pem), "certificate-untrusted"),
    "wrong name": (
        with_bundle(lambda a: a.bundle(a.new_signer(names=("example.com",)))),
        "certificate-name",
    ),
    "replayed": (late(150.001), "timestamp-stale"),
    "from the future": (late(-150.001), "timestamp-stale"),
    "not JSON": (signed(lambda _: b"not even json"), "body-not-json"),
    "not UTF-8": (signed(lambda _: b'{"a": "\xff"}'), "body-not-utf8"),
    "empty": (signed(lambda _: b""), "body-not-json"),
    "no envelope": (signed(lambda _: b"[]"), "envelope-shape"),
    "an intent that is none": (signed(odd_shape), "envelope-shape"),
    "another skill": (signed(lambda c: launch(c, OTHER_SKILL_ID)), "skill-id-other"),
}


@pytest.mark.parametrize(("case", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_a_request_that_is_wrong_is_refused_with_400_and_one_line_in_the_log(
    http: FlaskClient,
    amazon: PretendAmazon,
    clock: FrozenClock,
    log: list[Any],
    case: Case,
    reason: str,
) -> None:
    good = launch(clock)
    http.post("/alexa", data=good, headers=amazon.sign(good))  # so that Amazon's key is known
    log.clear()
    body, headers = case(amazon, clock)
    assert told(http.post("/alexa", data=body, headers=headers)) == (400, reason)
    assert [(event["event"], event["reason"]) for event in log] == [("request_refused", reason)]


def test_nothing_of_a_request_gets_into_the_log(
    http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock, log: list[Any]
) -> None:
    turn = envelope("echo_show_intent", clock)
    turn["context"]["AudioPlayer"]["offsetInMilliseconds"] = "my private words"
    headers = amazon.sign(as_body(turn))
    assert told(http.post("/alexa", data=as_body(turn), headers=headers))[0] == 400
    written = repr(log)
    system = turn["context"]["System"]
    for private in (
        "my private words",
        system["user"]["userId"],
        system["apiAccessToken"],
        system["device"]["deviceId"],
        headers["Signature-256"],
    ):
        assert private not in written


# What granian tells of a chunked body; werkzeug's client would tell the length all the same.
CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}


@pytest.mark.parametrize("verifier", [None, BelievesEverybody()])
@pytest.mark.parametrize("announced", [True, False])
def test_a_body_over_256_kb_is_refused_with_413(
    amazon: PretendAmazon,
    clock: FrozenClock,
    verifier: AbstractVerifier | None,
    announced: bool,
) -> None:
    body = b"x" * (LARGEST_BODY + 1)
    how: dict[str, Any] = {"data": body}
    if not announced:
        how = {
            "input_stream": io.BytesIO(body),
            "environ_overrides": CHUNKED,
        }
    answer = client(amazon, clock, verifier).post("/alexa", **how)
    assert told(answer) == (413, "request-entity-too-large")


@pytest.mark.parametrize("announced", [True, False])
def test_a_body_of_256_kb_is_read_to_the_end(
    http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock, announced: bool
) -> None:
    body = launch(clock)
    body += b" " * (LARGEST_BODY - len(body))
    how: dict[str, Any] = {"data": body}
    if not announced:
        how = {
            "input_stream": io.BytesIO(body),
            "environ_overrides": CHUNKED,
        }
    assert http.post("/alexa", headers=amazon.sign(body), **how).status_code == 200


@pytest.mark.parametrize("length", ["-1", "abc", "1e3", "", "9" * 30])
def test_a_length_that_is_none_is_the_senders_fault(
    http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock, length: str
) -> None:
    body = launch(clock)
    overrides = {"CONTENT_LENGTH": length}
    answer = http.post("/alexa", data=body, headers=amazon.sign(body), environ_overrides=overrides)
    assert told(answer)[0] in (400, 413)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_with_405(http: FlaskClient, method: str) -> None:
    answer = http.open("/alexa", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST"
    assert method == "HEAD" or told(answer) == (405, "method-not-allowed")


@pytest.mark.parametrize("path", ["/", "/alexa/", "/alexa/x", "/static/x", "/%00"])
def test_there_is_nothing_else(http: FlaskClient, path: str) -> None:
    assert told(http.post(path, data=b"{}")) == (404, "not-found")


def test_healthz_says_that_the_server_is_up(http: FlaskClient) -> None:
    answer = http.get("/healthz")
    assert (answer.status_code, answer.data) == (200, b'{"status":"ok"}')
    assert http.post("/healthz").status_code == 405


@pytest.mark.parametrize("fault", ["break", "unwritable"])
def test_a_fault_of_ours_is_500_with_a_traceback_in_the_log_only(
    http: FlaskClient, amazon: PretendAmazon, clock: FrozenClock, log: list[Any], fault: str
) -> None:
    turn = envelope("echo_dot_launch", clock)
    turn["request"]["requestId"] = fault
    body = as_body(turn)
    answer = http.post("/alexa", data=body, headers=amazon.sign(body))
    assert told(answer) == (500, "fault")
    assert SECRET not in answer.text
    assert [event["event"] for event in log] == ["turn_failed"]
    assert log[0]["exc_info"]


def test_a_verifier_of_other_making_may_refuse_in_amazons_words(
    amazon: PretendAmazon, clock: FrozenClock
) -> None:
    answer = client(amazon, clock, BelievesNobody()).post("/alexa", data=launch(clock))
    assert told(answer) == (400, "not-verified")


def test_the_handler_can_be_called_as_the_sdk_calls_its_own(clock: FrozenClock) -> None:
    handler = VerifyingSkillHandler(hello(), BelievesEverybody(), {SKILL_ID}, clock)
    answer = handler.verify_request_and_dispatch({}, launch(clock).decode())
    assert "Hello" in json.loads(answer)["response"]["outputSpeech"]["ssml"]
    with pytest.raises(RequestRefused):
        handler.verify_request_and_dispatch({}, "{}")


def test_the_signature_is_looked_at_before_anything_is_parsed(
    http: FlaskClient, clock: FrozenClock
) -> None:
    assert told(http.post("/alexa", data=b"not even json")) == (400, "signature-headers")
