from __future__ import annotations

import json
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
import structlog
from ask_sdk_model import RequestEnvelope
from hypothesis import given
from hypothesis import strategies as st

from skill.alexa.amazon_api import HOSTS, AmazonApi
from skill.alexa.serializer import EnvelopeSerializer
from skill.alexa.time_zone import LARGEST_ANSWER, TimeZones, local_day, local_time
from tests.amazon import (
    HOST,
    Answer,
    FrozenClock,
    Hang,
    PretendAmazon,
    as_body,
    envelope,
    raw,
    sent,
)

TOKEN = "eyJ0eXAi.SECRET-TOKEN.sig"


@pytest.fixture
def log() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture
def device() -> str:
    return f"amzn1.ask.device.{uuid.uuid4()}"


@pytest.fixture
def zones(amazon: PretendAmazon, clock: FrozenClock) -> TimeZones:
    return TimeZones(AmazonApi(amazon.ca_bundle, test_host=HOST), monotonic=clock.monotonic)


def hurried(amazon: PretendAmazon, clock: FrozenClock) -> TimeZones:
    api = AmazonApi(amazon.ca_bundle, test_host=HOST)
    return TimeZones(api, seconds=0.3, monotonic=clock.monotonic)


def request_of(device: str, /, **system: object) -> RequestEnvelope:
    """Return a request from ``device``; what is None in ``system`` is not in it."""
    plain = envelope("echo_dot_launch", lambda: datetime.now(UTC))
    said = plain["context"]["System"]
    said["device"]["deviceId"] = device
    said |= {"apiEndpoint": f"https://{HOST}", "apiAccessToken": TOKEN, **system}
    plain["context"]["System"] = {name: value for name, value in said.items() if value is not None}
    read = EnvelopeSerializer().read(plain, RequestEnvelope)
    assert isinstance(read, RequestEnvelope)
    return read


def url_of(device: str) -> str:
    return f"https://{HOST}/v2/devices/{device}/settings/System.timeZone"


def reasons(log: list[Any]) -> list[str]:
    return [event["reason"] for event in log if event["event"] == "time_zone_unknown"]


@pytest.mark.parametrize(
    "name", ["Europe/London", "America/Argentina/ComodRivadavia", "Asia/Kolkata", "UTC"]
)
@pytest.mark.parametrize("ending", ["", "/", ":443", ":443/", ":8443"])
def test_the_zone_of_the_device_is_returned(
    zones: TimeZones, amazon: PretendAmazon, log: list[Any], device: str, name: str, ending: str
) -> None:
    amazon.serve(url_of(device), as_body(name))
    asked = request_of(device, apiEndpoint=f"https://{HOST}{ending}")
    assert zones.ask(asked) == name
    assert log == []


def test_amazon_is_shown_the_token_of_the_request(
    zones: TimeZones, amazon: PretendAmazon, device: str
) -> None:
    shown: list[str | None] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        shown.append(handler.headers["Authorization"])
        sent(b'"Asia/Tokyo"')(handler)

    amazon.serve(url_of(device), answer)
    assert zones.ask(request_of(device)) == "Asia/Tokyo"
    assert shown == [f"Bearer {TOKEN}"]


def test_a_device_id_cannot_lead_to_another_path(zones: TimeZones, amazon: PretendAmazon) -> None:
    amazon.serve(url_of("..%2Fa%3Fb%23%20c"), b'"Asia/Tokyo"')
    assert zones.ask(request_of("../a?b# c")) == "Asia/Tokyo"


def chunked(body: bytes) -> Answer:
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    return raw(head + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body))


@pytest.mark.parametrize(
    "answer",
    [
        chunked(b'"Asia/Tokyo"'),
        raw(b'HTTP/1.0 200 OK\r\n\r\n"Asia/Tokyo"'),
        sent(b'"Asia/Tokyo"'.ljust(LARGEST_ANSWER)),
    ],
    ids=["in chunks", "of unknown length", "as large as may be"],
)
def test_any_way_of_sending_a_zone_will_do(
    zones: TimeZones, amazon: PretendAmazon, device: str, answer: Answer
) -> None:
    amazon.serve(url_of(device), answer)
    assert zones.ask(request_of(device)) == "Asia/Tokyo"


NO_ZONE = {
    **{f"status {code}": (sent(b'"UTC"', code), f"status-{code}") for code in (201, 401, 403, 404)},
    "not set": (sent(b"", 204), "status-204"),
    "leads elsewhere": (sent(b"", 302, {"Location": f"https://{HOST}/other"}), "status-302"),
    "empty": (sent(b""), "unreadable"),
    "no JSON": (sent(b"Europe/London"), "unreadable"),
    "no text": (sent(b"\xff\xfe\xfd"), "unreadable"),
    "no string": (sent(b'{"zone": "UTC"}'), "unreadable"),
    "null": (sent(b"null"), "unreadable"),
    "deep": (sent(b"[" * LARGEST_ANSWER), "unreadable"),
    "too large": (sent(b'"UTC"'.ljust(LARGEST_ANSWER + 1)), "unreadable"),
    "far too large": (sent(b'"' + b"x" * 1_000_000), "unreadable"),
    "no zone": (sent(b'"Europe/Atlantis"'), "unknown-zone"),
    "no name": (sent(b'""'), "unknown-zone"),
    "a folder of zones": (sent(b'"America"'), "unknown-zone"),
    "a way out": (sent(b'"../../etc/passwd"'), "unknown-zone"),
    "a path": (sent(b'"/etc/localtime"'), "unknown-zone"),
    "a zero byte": (sent(b'"UTC\\u0000"'), "unknown-zone"),
    "half a character": (sent(b'"\\ud800"'), "unknown-zone"),
    "too long a name": (sent(as_body("Europe/" + "x" * 40)), "unknown-zone"),
}

FAULTS = {
    **{f"status {code}": (sent(b'"UTC"', code), f"status-{code}") for code in (429, 500, 503, 504)},
    "hangs up": (raw(b""), "unreachable"),
    "speaks no HTTP": (raw(b"220 smtp ready\r\n"), "unreachable"),
    "breaks off": (sent(b'"UTC"', headers={"Content-Length": "99"}), "unreachable"),
    "breaks off in a chunk": (
        raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\nabc"),
        "unreachable",
    ),
}


@pytest.mark.parametrize(
    ("answer", "reason"),
    [*NO_ZONE.values(), *FAULTS.values()],
    ids=[*NO_ZONE.keys(), *FAULTS.keys()],
)
def test_any_other_answer_is_no_zone_and_one_line_in_the_log(
    zones: TimeZones,
    amazon: PretendAmazon,
    log: list[Any],
    device: str,
    answer: Answer,
    reason: str,
) -> None:
    amazon.serve(url_of(device), answer)
    assert zones.ask(request_of(device)) is None
    assert log == [{"event": "time_zone_unknown", "reason": reason, "log_level": "warning"}]


@pytest.mark.parametrize("answer", [answer for answer, _ in NO_ZONE.values()], ids=NO_ZONE.keys())
def test_a_device_without_a_zone_is_left_alone_for_a_minute_and_no_other(
    zones: TimeZones,
    amazon: PretendAmazon,
    clock: FrozenClock,
    device: str,
    answer: Answer,
) -> None:
    url = amazon.serve(url_of(device), answer)
    other = f"{device}-other"
    amazon.serve(url_of(other), b'"Asia/Tokyo"')
    for _ in range(3):
        assert zones.ask(request_of(device)) is None
        clock.forward(seconds=19)
    assert amazon.downloads[url] == 1
    assert zones.ask(request_of(other)) == "Asia/Tokyo"
    amazon.serve(url, b'"Europe/Paris"')
    clock.forward(seconds=3)
    assert zones.ask(request_of(device)) == "Europe/Paris"


@pytest.mark.parametrize("answer", [answer for answer, _ in FAULTS.values()], ids=FAULTS.keys())
def test_an_api_at_fault_is_left_alone_for_a_minute_by_everybody(
    zones: TimeZones,
    amazon: PretendAmazon,
    clock: FrozenClock,
    log: list[Any],
    device: str,
    answer: Answer,
) -> None:
    amazon.serve(url_of(device), answer)
    other = f"{device}-other"
    url = amazon.serve(url_of(other), b'"Asia/Tokyo"')
    assert zones.ask(request_of(device)) is None
    clock.forward(seconds=59)
    assert zones.ask(request_of(other)) is None
    assert amazon.downloads[url] == 0
    assert len(reasons(log)) == 1  # the silence itself is silent
    clock.forward(seconds=2)
    assert zones.ask(request_of(other)) == "Asia/Tokyo"


def test_failures_are_remembered_of_a_bounded_number_of_devices(
    zones: TimeZones, amazon: PretendAmazon, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("skill.alexa.time_zone.MOST_FAILURES_KEPT", 2)
    for name in "abc":
        zones.ask(request_of(f"{device}-{name}"))  # 403: nothing is served there
        amazon.serve(url_of(f"{device}-{name}"), b'"Asia/Tokyo"')
    found = [zones.ask(request_of(f"{device}-{name}")) for name in "abc"]
    assert found == ["Asia/Tokyo", None, None]


def test_an_api_that_hangs_is_waited_for_no_longer_than_there_is_time(
    amazon: PretendAmazon, clock: FrozenClock, log: list[Any], device: str
) -> None:
    hang = Hang()
    amazon.serve(url_of(device), hang)
    assert hurried(amazon, clock).ask(request_of(device)) is None
    hang.let_go.set()
    assert reasons(log) == ["too-late"]


def test_an_api_that_drips_is_waited_for_no_longer_than_there_is_time(
    amazon: PretendAmazon, clock: FrozenClock, log: list[Any], device: str
) -> None:
    cut = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        try:
            for _ in range(200):  # 10 s of a header that does not end
                handler.wfile.write(b"H")
                time.sleep(0.05)
        except OSError:
            cut.set()

    amazon.serve(url_of(device), drip)
    assert hurried(amazon, clock).ask(request_of(device)) is None
    assert reasons(log) == ["too-late"]
    assert cut.wait(timeout=5)


def test_a_name_that_takes_for_ever_to_look_up_is_not_waited_for(
    amazon: PretendAmazon,
    clock: FrozenClock,
    log: list[Any],
    device: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    let_go = threading.Event()

    def look_up(*_: Any, **__: Any) -> Any:
        let_go.wait(timeout=20)
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert hurried(amazon, clock).ask(request_of(device)) is None
    let_go.set()
    assert reasons(log) == ["too-late"]


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return the hosts and ports that were to be connected to; none can be."""
    names: list[tuple[str, int]] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> Any:
        names.append((host, port))
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


@pytest.mark.parametrize("host", sorted(HOSTS))
@pytest.mark.parametrize("ending", ["", "/", ":443"])
def test_the_three_hosts_of_amazon_are_asked(
    looked_up: list[tuple[str, int]], log: list[Any], device: str, host: str, ending: str
) -> None:
    asked = request_of(device, apiEndpoint=f"https://{host}{ending}")
    assert TimeZones(AmazonApi()).ask(asked) is None
    assert looked_up == [(host, 443)]
    assert reasons(log) == ["unreachable"]


@pytest.mark.parametrize(
    "endpoint",
    [
        None,
        "",
        "api.amazonalexa.com",
        "http://api.amazonalexa.com",
        "ftp://api.amazonalexa.com",
        "https://",
        "https://amazonalexa.com",
        "https://api.us.amazonalexa.com",
        "https://api.amazonalexa.com.example.org",
        "https://api.amazonalexa.com.",
        "https://xapi.amazonalexa.com",
        "https://api.amazonalexa.com@example.org",
        "https://me@api.amazonalexa.com",
        "https://example.org/api.amazonalexa.com",
        "https://example.org#api.amazonalexa.com",
        "https://example.org\\.api.amazonalexa.com",
        "https://api.amazonalexa.com/path",
        "https://api.amazonalexa.com?query",
        "https://api.amazonalexa.com\r\n",
        " https://api.amazonalexa.com",
        "https://api.amazonalexa.com:8443",
        "https://api.amazonalexa.com:80",
        "https://api.amazonalexa.com:",
        "https://api.amazonalexa.com:-443",
        f"https://{HOST}:0",
        f"https://{HOST}:65536",
        f"https://{HOST}.example.org",
        "https://127.0.0.1",
        "https://[::1]",
        "https://ａpi.amazonalexa.com",
    ],
)
def test_nobody_else_is_shown_a_token(
    zones: TimeZones,
    looked_up: list[tuple[str, int]],
    log: list[Any],
    device: str,
    endpoint: str | None,
) -> None:
    assert zones.ask(request_of(device, apiEndpoint=endpoint)) is None
    assert looked_up == []
    assert reasons(log) == ["endpoint"]


def test_a_test_host_is_nothing_to_a_skill_that_was_told_of_none(
    looked_up: list[tuple[str, int]], log: list[Any], device: str
) -> None:
    assert TimeZones(AmazonApi()).ask(request_of(device)) is None
    assert looked_up == []
    assert reasons(log) == ["endpoint"]


@pytest.mark.parametrize(
    ("system", "reason"),
    [
        ({"apiAccessToken": None}, "token"),
        ({"apiAccessToken": ""}, "token"),
        ({"apiAccessToken": "a\r\nX-Other: b"}, "token"),
        ({"apiAccessToken": "tökén"}, "token"),
        ({"device": None}, "device"),
        ({"device": {}}, "device"),
        ({"device": {"deviceId": ""}}, "device"),
        ({"device": {"deviceId": "\ud800"}}, "device"),
    ],
)
def test_without_a_token_or_a_device_nobody_is_asked(
    zones: TimeZones,
    looked_up: list[tuple[str, int]],
    log: list[Any],
    device: str,
    system: dict[str, Any],
    reason: str,
) -> None:
    assert zones.ask(request_of(device, **system)) is None
    assert looked_up == []
    assert reasons(log) == [reason]


def test_a_request_without_a_context_has_no_zone(zones: TimeZones, log: list[Any]) -> None:
    assert zones.ask(RequestEnvelope()) is None
    assert reasons(log) == ["endpoint"]


def test_a_server_without_a_trusted_certificate_is_shown_nothing(
    amazon: PretendAmazon, log: list[Any], device: str
) -> None:
    url = amazon.serve(url_of(device), b'"Asia/Tokyo"')
    assert TimeZones(AmazonApi(test_host=HOST)).ask(request_of(device)) is None  # certifi's roots
    assert amazon.downloads[url] == 0
    assert reasons(log) == ["unreachable"]


def test_roots_that_are_not_there_cost_the_turn_nothing(
    tmp_path: Path, log: list[Any], device: str
) -> None:
    api = AmazonApi(tmp_path / "none.pem", test_host=HOST)
    assert TimeZones(api).ask(request_of(device)) is None
    assert reasons(log) == ["unreachable"]


def test_the_log_names_neither_listener_nor_device_nor_token(
    zones: TimeZones, amazon: PretendAmazon, log: list[Any], device: str
) -> None:
    listener = "amzn1.ask.account.SECRET-LISTENER"
    assert zones.ask(request_of(device, user={"userId": listener})) is None
    told = json.dumps(log)
    assert "time_zone_unknown" in told
    assert not [name for name in (device, TOKEN, listener) if name in told]


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-05-01T23:30:00Z", None, date(2026, 5, 1)),
        ("2026-05-01T23:30:00Z", "UTC", date(2026, 5, 1)),
        ("2026-05-01T23:30:00Z", "Europe/London", date(2026, 5, 2)),
        ("2026-01-01T23:30:00Z", "Europe/London", date(2026, 1, 1)),
        ("2026-05-02T03:30:00Z", "America/New_York", date(2026, 5, 1)),
        ("2026-05-01T10:00:00Z", "Pacific/Kiritimati", date(2026, 5, 2)),
        ("2026-05-01T18:29:59.999Z", "Asia/Kolkata", date(2026, 5, 1)),
        ("2026-05-01T18:30:00Z", "Asia/Kolkata", date(2026, 5, 2)),
        ("1969-12-31T23:59:59.999Z", None, date(1969, 12, 31)),
        ("2026-05-01T23:30:00Z", "Europe/Atlantis", date(2026, 5, 1)),
        ("2026-05-01T23:30:00Z", "", date(2026, 5, 1)),
    ],
)
def test_a_day_is_the_day_where_the_listener_lives(
    moment: str, zone: str | None, day: date
) -> None:
    since = datetime.fromisoformat(moment) - datetime(1970, 1, 1, tzinfo=UTC)
    assert local_day(since // timedelta(milliseconds=1), zone) == day


@pytest.mark.parametrize(
    ("moment", "zone", "wall"),
    [
        ("2026-05-01T23:30:00.250Z", "Europe/London", "2026-05-02T00:30:00.250000"),
        ("2026-05-01T18:30:00Z", "Asia/Kolkata", "2026-05-02T00:00:00"),
        ("2026-03-29T00:59:59Z", "Europe/London", "2026-03-29T00:59:59"),
        ("2026-03-29T01:00:00Z", "Europe/London", "2026-03-29T02:00:00"),
        ("2026-05-01T23:30:00Z", None, "2026-05-01T23:30:00"),
        ("2026-05-01T23:30:00Z", "Europe/Atlantis", "2026-05-01T23:30:00"),
    ],
)
def test_a_time_is_what_the_clock_on_the_wall_shows(
    moment: str, zone: str | None, wall: str
) -> None:
    since = datetime.fromisoformat(moment) - datetime(1970, 1, 1, tzinfo=UTC)
    assert local_time(since // timedelta(milliseconds=1), zone).isoformat() == wall


@given(
    epoch_ms=st.integers(0, 4_102_444_800_000),  # the year 2100
    zone=st.text(max_size=40) | st.sampled_from(["Asia/Tokyo", "America/Lima", "Etc/GMT+12"]),
)
def test_no_zone_is_ever_more_than_a_day_away(epoch_ms: int, zone: str) -> None:
    assert abs(local_day(epoch_ms, zone) - local_day(epoch_ms, None)) <= timedelta(days=1)
