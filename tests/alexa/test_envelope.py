from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.alexa.envelope import DEEPEST, epoch_ms, opened, parsed
from skill.alexa.refusal import RequestRefused
from tests.amazon import OTHER_SKILL_ID, SKILL_ID, FrozenClock, as_body, envelope

ENVELOPES = ("echo_show_intent", "echo_dot_launch", "skill_disabled")
SKILL_IDS = frozenset({SKILL_ID, "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"})


def refusal(body: bytes, clock: FrozenClock) -> str:
    with pytest.raises(RequestRefused) as refused:
        opened(body, SKILL_IDS, clock())
    return refused.value.reason


@pytest.mark.parametrize("name", ENVELOPES)
def test_an_envelope_is_opened_as_it_was_sent(name: str, clock: FrozenClock) -> None:
    sent = envelope(name, clock)
    assert opened(as_body(sent), SKILL_IDS, clock()) == sent


def nested(depth: int) -> bytes:
    return b'{"a":' * depth + b"1" + b"}" * depth


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "body-not-json"),
        (b"hello", "body-not-json"),
        (b"{", "body-not-json"),
        (b"{} {}", "body-not-json"),
        (b"{'a': 1}", "body-not-json"),
        (b'{"a": NaN}', "body-not-json"),
        (b'{"a": -Infinity}', "body-not-json"),
        (b'{"a": 1e999}', "body-not-json"),
        (b'{"a": -1e999}', "body-not-json"),
        (b'{"a": ' + b"9" * 5000 + b"}", "body-not-json"),
        (b"\xef\xbb\xbf{}", "body-not-json"),
        (b"\xff\xfe{\x00}\x00", "body-not-utf8"),
        ('{"a": "é"}'.encode("latin-1"), "body-not-utf8"),
        (b'{"a": "\xed\xa0\x80"}', "body-not-utf8"),
        (b'{"a": "\\ud800"}', "body-surrogate"),
        (b'{"a\\uDC00": 1}', "body-surrogate"),
        (nested(DEEPEST + 1), "body-too-deep"),
        (nested(100_000), "body-too-deep"),
        (b"[" * 100_000, "body-too-deep"),
        (b'{"a":' + b"[" * DEEPEST + b"]" * DEEPEST + b"}", "body-too-deep"),
        (b"[]", "envelope-shape"),
        (b"null", "envelope-shape"),
        (b'"text"', "envelope-shape"),
        (b"7", "envelope-shape"),
        (b"{}", "envelope-shape"),
    ],
)
def test_a_body_that_is_no_envelope_is_refused(
    body: bytes, reason: str, clock: FrozenClock
) -> None:
    assert refusal(body, clock) == reason


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": "\\ud83d\\udc4d"}',  # one character beyond the first 65,536, escaped as JSON does
        b'{"a": "\\\\ud800"}',  # six characters that only look like an escape
        nested(DEEPEST),
        b'{"a": [' + b"{}," * 1000 + b"{}]}",  # wide is not deep
    ],
)
def test_what_only_looks_odd_is_read(body: bytes) -> None:
    assert parsed(body) == json.loads(body)


def test_of_a_key_sent_twice_the_later_value_counts_everywhere(clock: FrozenClock) -> None:
    good = as_body(envelope("echo_dot_launch", clock))
    other = as_body(envelope("echo_dot_launch", clock, OTHER_SKILL_ID))
    context = json.dumps(json.loads(other)["context"]).encode()
    assert refusal(good[:-1] + b',"context":' + context + b"}", clock) == "skill-id-other"
    twice = b'{"version":"0",' + good[1:]
    assert opened(twice, SKILL_IDS, clock())["version"] == "1.0"


def put(plain: Any, path: str, value: object) -> Any:
    """Set the value at a dotted path; the text ``absent`` takes it away."""
    *way, last = path.split(".")
    inner = plain
    for step in way:
        inner = inner[step]
    if value == "absent":
        del inner[last]
    else:
        inner[last] = value
    return plain


@pytest.mark.parametrize("value", ["absent", None, 1, [], {}, True])
@pytest.mark.parametrize("path", ["request", "request.type", "request.requestId", "version"])
def test_what_every_request_has_must_be_there(path: str, value: object, clock: FrozenClock) -> None:
    body = as_body(put(envelope("echo_show_intent", clock), path, value))
    assert refusal(body, clock) == "envelope-shape"


@pytest.mark.parametrize(
    "value",
    [
        "absent",
        None,
        "",
        "yesterday",
        "2026-05-01",
        "2026-05-01T09:00:00",
        "2026-13-01T09:00:00Z",
        "2026-05-01T09:00:61Z",
        1777626000,
        1777626000000,
        True,
        [],
        {},
        "9" * 1000,
    ],
)
def test_a_timestamp_that_tells_no_moment_is_refused(value: object, clock: FrozenClock) -> None:
    body = as_body(put(envelope("echo_show_intent", clock), "request.timestamp", value))
    assert refusal(body, clock) == "timestamp-unreadable"


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "1969-12-31T23:59:59Z"]
)
def test_a_moment_at_the_end_of_time_is_stale(value: str, clock: FrozenClock) -> None:
    body = as_body(put(envelope("echo_show_intent", clock), "request.timestamp", value))
    assert refusal(body, clock) == "timestamp-stale"


@pytest.mark.parametrize(
    ("request_type", "tolerance"),
    [
        ("IntentRequest", 150),
        ("AudioPlayer.PlaybackStarted", 150),
        ("AlexaSkillEvent.SkillEnabled", 3600),
        ("AlexaSkillEvent.SkillDisabled", 3600),
        ("AlexaSkillEvent.SkillPermissionChanged", 3600),
        ("AlexaSkillEvent.SkillPermissionAccepted", 3600),
        ("AlexaSkillEvent.SkillAccountLinked", 3600),
        ("AlexaSkillEvent.ProactiveSubscriptionChanged", 150),
        ("Reminders.ReminderStatusChanged", 150),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_request_is_fresh_for_its_time_and_no_second_longer(
    request_type: str, tolerance: int, sign: int, clock: FrozenClock
) -> None:
    body = as_body(put(envelope("echo_show_intent", clock), "request.type", request_type))
    clock.forward(seconds=sign * tolerance)
    assert opened(body, SKILL_IDS, clock())["request"]["type"] == request_type
    clock.forward(milliseconds=sign)
    assert refusal(body, clock) == "timestamp-stale"


def drop_session(plain: Any) -> Any:
    return put(plain, "session", "absent")


SKILL_ID_CASES: list[tuple[Callable[[Any], Any], str]] = [
    (lambda e: put(e, "context.System.application.applicationId", OTHER_SKILL_ID), "other"),
    (lambda e: put(e, "session.application.applicationId", OTHER_SKILL_ID), "other"),
    (lambda e: put(e, "session.application.applicationId", SKILL_ID.upper()), "other"),
    (lambda e: put(e, "session.application.applicationId", ""), "other"),
    (lambda e: put(e, "session.application.applicationId", None), "missing"),
    (lambda e: put(e, "session.application.applicationId", [SKILL_ID]), "missing"),
    (lambda e: put(e, "session.application", "absent"), "missing"),
    (lambda e: put(e, "session", {}), "missing"),
    (lambda e: put(e, "session", []), "missing"),
    (lambda e: put(e, "context.System.application", "absent"), "missing"),
    (lambda e: put(e, "context.System", None), "missing"),
    (lambda e: put(e, "context", "absent"), "missing"),
    (lambda e: put(e, "context", SKILL_ID), "missing"),
    (lambda e: drop_session(put(e, "context.System.application", SKILL_ID)), "missing"),
    (lambda e: drop_session(put(e, "context.System.application.applicationId", {})), "missing"),
]


@pytest.mark.parametrize(("change", "reason"), SKILL_ID_CASES)
def test_a_request_for_no_skill_of_ours_is_refused(
    change: Callable[[Any], Any], reason: str, clock: FrozenClock
) -> None:
    body = as_body(change(envelope("echo_show_intent", clock)))
    assert refusal(body, clock) == f"skill-id-{reason}"


@pytest.mark.parametrize("session", ["absent", None])
def test_without_a_session_the_context_alone_tells_the_skill(
    session: object, clock: FrozenClock
) -> None:
    body = as_body(put(envelope("echo_show_intent", clock), "session", session))
    assert opened(body, SKILL_IDS, clock())["context"]["System"]["application"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-05-01T09:00:00Z", 1_777_626_000_000),
        ("2026-05-01T09:00:00.123Z", 1_777_626_000_123),
        ("2026-05-01T11:00:00+02:00", 1_777_626_000_000),
        ("1969-12-31T23:59:59.999Z", -1),
    ],
)
def test_epoch_ms_counts_from_1970(text: str, expected: int) -> None:
    assert epoch_ms(text) == expected
    assert epoch_ms(datetime.fromisoformat(text)) == expected


@given(st.datetimes(timezones=st.just(UTC)), st.integers(min_value=-23 * 60, max_value=23 * 60))
def test_epoch_ms_is_exact_in_any_zone(moment: datetime, minutes: int) -> None:
    whole = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    milliseconds = epoch_ms(whole)
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds) == whole
    try:
        elsewhere = whole.astimezone(timezone(timedelta(minutes=minutes)))
    except OverflowError:  # the first and last day of all time have no other zones
        return
    assert epoch_ms(elsewhere.isoformat()) == milliseconds


def test_epoch_ms_wants_a_time_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        epoch_ms("2026-05-01T09:00:00")
