from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from skill.loopback import is_loopback
from skill.simulator.guard import HEADERS, Guard, Refused, open_guard
from tests.simulator.visitor import app_of, new_listener

ALONE = Guard()
OTHERS = open_guard(["Coach.Example", "coach"])

HOSTS = [
    ("localhost", True, True),
    ("localhost:8080", True, True),
    ("LOCALHOST:8080", True, True),
    ("127.0.0.1", True, True),
    ("127.0.0.1:8080", True, True),
    ("127.0.0.2:8080", True, True),
    ("[::1]:8080", True, True),
    ("[::1]", True, True),
    ("", False, False),
    ("localhost.", False, False),
    ("127.0.0.1.", False, False),
    ("evil.example", False, False),
    ("evil.example:80", False, False),
    ("127.0.0.1.evil.example", False, False),
    ("localhost.evil.example:8080", False, False),
    ("evil.example:80@127.0.0.1", False, False),
    ("127.0.0.1:x", False, False),
    ("2130706433", False, False),
    ("192.168.1.20:8080", False, True),
    ("[fe80::1]:8080", False, True),
    ("coach.example", False, True),
    ("COACH.example:443", False, True),
    ("coach:8080", False, True),
    ("coach.example.evil.example", False, False),
]

ORIGINS = [
    ("127.0.0.1:8080", "http://127.0.0.1:8080", True),
    ("localhost:8080", "http://LOCALHOST:8080", True),
    ("[::1]:8080", "http://[::1]:8080", True),
    ("coach.example", "https://coach.example", True),
    ("coach.example:443", "https://coach.example", True),
    ("coach.example:80", "http://coach.example", True),
    ("coach.example:80", "https://coach.example", False),
    ("127.0.0.1:8080", "http://127.0.0.1:3000", False),
    ("127.0.0.1:8080", "http://localhost:8080", False),
    ("127.0.0.1:8080", "http://evil.example", False),
    ("127.0.0.1:8080", "http://127.0.0.1:8080.evil.example", False),
    ("127.0.0.1:8080", "http://127.0.0.1:8080@evil.example", False),
    ("127.0.0.1:8080", "null", False),
    ("127.0.0.1:8080", "", False),
    ("127.0.0.1:8080", "http://[", False),
    ("127.0.0.1:8080", "file://", False),
]


def passes(guard: Guard, host: str, origin: str | None = None, method: str = "GET") -> bool:
    try:
        guard.check(host, origin, method)
    except Refused:
        return False
    return True


@pytest.mark.parametrize(("host", "alone", "others"), HOSTS)
def test_the_page_answers_to_its_own_names_only(host: str, alone: bool, others: bool) -> None:
    assert passes(ALONE, host) == alone
    assert passes(OTHERS, host) == others


@pytest.mark.parametrize(("host", "origin", "taken"), ORIGINS)
def test_only_a_page_of_ours_may_change_anything(host: str, origin: str, taken: bool) -> None:
    assert passes(OTHERS, host, origin, "POST") == taken
    assert passes(OTHERS, host, origin, "GET")
    assert passes(OTHERS, host, None, "POST")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_whatever_is_no_reading_asks_for_the_origin(method: str) -> None:
    assert not passes(ALONE, "localhost", "http://evil.example", method)


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104 - nobody listens there
        ("::", False),
        ("192.168.1.20", False),
        ("", False),
        ("coach.example", False),
    ],
)
def test_what_only_this_machine_reaches(host: str, alone: bool) -> None:
    assert is_loopback(host) == alone


@pytest.fixture
def client() -> FlaskClient:
    return app_of().test_client()


WISH = {"device": "speaker", "locale": "en-US", "listener": new_listener()}


@pytest.mark.parametrize("path", ["/", "/guides", "/page/house.css", "/speakers/1", "/page/none"])
def test_a_name_that_another_site_pointed_here_gets_nothing(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "rebound.example:8080"})
    assert answer.status_code == 403
    assert answer.get_json() == {"error": "host"}


def test_a_post_from_another_site_is_refused(client: FlaskClient) -> None:
    answer = client.post("/speakers", json=WISH, headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.get_json()) == (403, {"error": "origin"})
    assert client.post("/speakers", json=WISH).status_code == 201


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_what_a_form_of_another_site_could_send_is_no_step(client: FlaskClient, kind: str) -> None:
    whole = b'{"device":"speaker","locale":"en-US","listener":"aaaaaaaaaaaaaaaaaaaa"}'
    assert client.post("/speakers", data=whole, content_type=kind).status_code == 400
    assert client.post("/speakers", data=whole, content_type="application/json").status_code == 201


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/page/nothing.js", 404),
        ("GET", "/speakers/nobody", 404),
        ("POST", "/speakers", 400),
    ],
)
def test_every_answer_to_a_page_keeps_strangers_out(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)
    assert answer.status_code == status
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_policy_lets_nothing_in_from_elsewhere_or_inline() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    "data", [b"x" * 9_000, b"[" * 8_000, b'{"a":' * 1_500, b"\xff", b"9" * 8_000]
)
def test_a_body_that_means_nothing_is_refused(client: FlaskClient, data: bytes) -> None:
    answer = client.post("/speakers", data=data, content_type="application/json")
    assert answer.status_code in (400, 413)
    assert answer.get_json()["error"]


def test_a_body_of_untold_length_is_not_read_beyond_the_limit(client: FlaskClient) -> None:
    class Endless:
        def __init__(self) -> None:
            self.given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += max(size, 0)
            return b" " * max(size, 0)

        def readline(self, size: int = -1) -> bytes:
            return self.read(size)

    endless = Endless()
    answer = client.post(
        "/speakers",
        content_type="application/json",
        environ_overrides={"wsgi.input": endless, "wsgi.input_terminated": True},
    )
    assert answer.status_code in (400, 413)
    assert endless.given < 1_000_000
