"""The log under attack: whatever stands in a request, a line stays a line and says none of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask

from skill.alexa.verify import utc_now
from skill.log import configure_logging
from tests.alexa.test_webhook_never_at_fault import places
from tests.amazon import as_body, envelope

CANARY = "Kanarienvogel"
FORGED = f'\r\n{{"event":"turn_failed","{CANARY}":1}}\n\x1b[31m{CANARY}\u2028\x00'

ENVELOPES = ("echo_show_intent", "echo_dot_launch", "skill_disabled")


def altered(name: str, way: tuple[Any, ...]) -> bytes:
    """Return a request of Amazon's with more in one of its texts than there should be."""
    plain: Any = envelope(name, utc_now)
    inner = plain
    for step in way[:-1]:
        inner = inner[step]
    inner[way[-1]] += FORGED
    return as_body(plain)


def texts(name: str) -> list[tuple[Any, ...]]:
    """Return the places of all texts in a request."""

    def at(way: tuple[Any, ...]) -> Any:
        inner: Any = envelope(name, utc_now)
        for step in way:
            inner = inner[step]
        return inner

    return [way for way in places(envelope(name, utc_now)) if isinstance(at(way), str)]


@pytest.mark.parametrize("name", ENVELOPES)
def test_no_text_of_amazons_makes_or_marks_a_line(
    applications: dict[str, Flask], capsys: pytest.CaptureFixture[str], name: str
) -> None:
    configure_logging("debug")
    client = applications["webhook"].test_client()
    ways = texts(name)
    assert len(ways) > 10
    for way in ways:
        client.post("/alexa", data=altered(name, way), content_type="application/json")
        lines = capsys.readouterr().err.splitlines()
        assert all("event" in json.loads(line) for line in lines), way
        assert CANARY not in "".join(lines), way


@pytest.mark.parametrize("part", ["path", "query", "host", "agent", "certificate", "signature"])
def test_no_part_of_a_strangers_request_makes_or_marks_a_line(
    applications: dict[str, Flask], capsys: pytest.CaptureFixture[str], part: str
) -> None:
    configure_logging("debug")
    sent = FORGED.encode().decode("latin-1")  # as bytes come through WSGI
    environ = {
        "path": {"PATH_INFO": f"/{sent}"},
        "query": {"QUERY_STRING": sent},
        "host": {"HTTP_HOST": FORGED},
        "agent": {"HTTP_USER_AGENT": FORGED},
        "certificate": {"HTTP_SIGNATURECERTCHAINURL": FORGED},
        "signature": {"HTTP_SIGNATURE_256": FORGED},
    }[part]
    for app in applications.values():
        for method, path in (("GET", "/nothing"), ("POST", "/alexa"), ("POST", "/speakers")):
            app.test_client().open(path, method=method, environ_overrides=environ)
    lines = capsys.readouterr().err.splitlines()
    assert lines
    assert all("event" in json.loads(line) for line in lines)
    assert CANARY not in "".join(lines)


def test_a_session_that_cannot_be_read_is_not_quoted(
    applications: dict[str, Flask], capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging("debug")
    client = applications["webhook"].test_client()
    for field in ("phase", "plan", "met", "preferences", "rep", "side", "ended", CANARY):
        plain = envelope("echo_show_intent", utc_now)
        plain["session"]["attributes"] = {"session": {"version": 1, field: FORGED}}
        client.post("/alexa", data=as_body(plain), content_type="application/json")
    lines = capsys.readouterr().err.splitlines()
    assert sum(json.loads(line)["event"] == "session_unreadable" for line in lines) == 8
    assert CANARY not in "".join(lines)
