"""What every answer of every application carries, whatever was asked and however wrongly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from flask import Flask, Response, redirect
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response as AnyResponse

from skill.render.audio_url import AudioUrls
from skill.response_headers import DOCUMENTS, harden
from skill.run_command import loopback_server
from skill.sound import EnglishSound
from tests.security.walking import Asked, walk

NAMES = ("webhook", "webhook and page", "page")

PUBLIC = ("/privacy", "/terms", "/legal.css", "/page/", "/guides", "/audio/")
"""What anybody may be told, and so any cache may keep."""


@pytest.fixture(scope="session")
def asked(
    applications: dict[str, Flask], urls: AudioUrls, sound: EnglishSound
) -> dict[str, list[Asked]]:
    return {name: list(walk(app, urls, sound)) for name, app in applications.items()}


def has_answer(one: Asked) -> bool:
    return one.answer.status_code not in (304, 204)


def tells_its_type(one: Asked) -> bool:
    kind = one.answer.content_type or ""
    is_text = kind.startswith(("text/", "application/rss"))
    nothing = not one.answer.data and one.method in ("HEAD", "OPTIONS")
    return nothing or (bool(kind) and (not is_text or "charset=utf-8" in kind.lower()))


def is_not_guessed_at(one: Asked) -> bool:
    return one.answer.headers.getlist("X-Content-Type-Options") == ["nosniff"]


def says_what_may_be_kept(one: Asked) -> bool:
    return len(one.answer.headers.getlist("Cache-Control")) == 1


def is_kept_by_nobody_else(one: Asked) -> bool:
    """Say whether what is not for everybody stays with whoever asked."""
    kept = one.answer.headers["Cache-Control"]
    signed = "/part/" in one.path or "/track/" in one.path
    for_all = one.path == "/" or (one.path.startswith(PUBLIC) and not signed)
    if for_all and one.answer.status_code < 400:
        return True
    return "no-store" in kept or kept.startswith("private")


def is_framed_by_nobody(one: Asked) -> bool:
    if one.answer.mimetype not in DOCUMENTS:
        return True
    policy = one.answer.headers["Content-Security-Policy"]
    return policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy


def tells_nobody_whence(one: Asked) -> bool:
    is_document = one.answer.mimetype in DOCUMENTS
    return not is_document or one.answer.headers["Referrer-Policy"] == "no-referrer"


def sets_no_cookie(one: Asked) -> bool:
    return "Set-Cookie" not in one.answer.headers


def tells_no_version(one: Asked) -> bool:
    return not {"Server", "X-Powered-By"} & set(one.answer.headers.keys())


def leads_nowhere(one: Asked) -> bool:
    return "Location" not in one.answer.headers


RULES: tuple[Callable[[Asked], bool], ...] = (
    tells_its_type,
    is_not_guessed_at,
    says_what_may_be_kept,
    is_kept_by_nobody_else,
    is_framed_by_nobody,
    tells_nobody_whence,
    sets_no_cookie,
    tells_no_version,
    leads_nowhere,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("name", NAMES)
def test_every_answer(
    asked: dict[str, list[Asked]], name: str, rule: Callable[[Asked], bool]
) -> None:
    assert [str(one) for one in asked[name] if has_answer(one) and not rule(one)] == []


@pytest.mark.parametrize(
    ("name", "statuses"),
    [
        ("webhook", {200, 400, 403, 404, 405, 413, 416, 500}),
        ("webhook and page", {200, 201, 400, 403, 404, 405, 409, 413, 416, 500}),
        ("page", {200, 201, 400, 403, 404, 405, 409, 413, 416, 500}),
    ],
)
def test_the_walk_has_seen_answers_of_every_kind(
    asked: dict[str, list[Asked]], name: str, statuses: set[int]
) -> None:
    seen = Counter(one.answer.status_code for one in asked[name])
    assert statuses <= set(seen)


@pytest.mark.parametrize("name", NAMES[:2])
def test_every_route_has_once_been_answered_well(
    asked: dict[str, list[Asked]], applications: dict[str, Flask], name: str
) -> None:
    adapter = applications[name].url_map.bind("localhost")
    reached = {
        adapter.match(one.path, one.method)[0]
        for one in asked[name]
        if one.answer.status_code < 300 and one.method in ("GET", "POST")
    }
    there = {rule.endpoint for rule in applications[name].url_map.iter_rules()}
    assert there - reached == {"breaks"}


# The function itself


def answer_of(make: Callable[[], AnyResponse], path: str = "/") -> TestResponse:
    app = Flask(__name__, static_folder=None, template_folder=None)
    harden(app)
    app.add_url_rule("/", "answer", make)
    app.add_url_rule("/a/b", "deeper", make)
    return app.test_client().get(path)


def test_what_an_answer_says_itself_stays() -> None:
    own = {"Cache-Control": "public", "Content-Security-Policy": "default-src 'self'"}
    answer = answer_of(lambda: Response("<p>", content_type="text/html", headers=own))
    assert {name: answer.headers.getlist(name) for name in own} == {
        name: [value] for name, value in own.items()
    }


@pytest.mark.parametrize("kind", ["text/html", "text/html; charset=utf-8", "image/svg+xml"])
def test_a_document_without_a_policy_may_load_nothing(kind: str) -> None:
    answer = answer_of(lambda: Response("<p>", content_type=kind))
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_what_is_no_document_has_no_policy_to_carry() -> None:
    answer = answer_of(lambda: Response("{}", content_type="application/json"))
    assert "Content-Security-Policy" not in answer.headers


def test_a_page_that_leads_elsewhere_is_hardened_too() -> None:
    answer = answer_of(lambda: redirect("/a/b"))
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("path", ["/a//b", "//a/b", "/a///b"])
def test_doubled_slashes_lead_nowhere_else(path: str) -> None:
    app = Flask(__name__, static_folder=None, template_folder=None)
    app.add_url_rule("/a/b", "there", lambda: "")
    harden(app)
    environ = {"PATH_INFO": path, "HTTP_HOST": "somebody.else.example"}
    answer = app.test_client().open("/", environ_overrides=environ)
    assert (answer.status_code, answer.headers.get("Location")) in ((404, None), (200, None))


# Through the servers that we start ourselves


def test_the_server_of_run_does_not_tell_on_which_python_it_is() -> None:
    app = Flask(__name__, static_folder=None, template_folder=None)
    server = loopback_server(app, 0)
    with server, ThreadPoolExecutor(1) as hands:
        answering = hands.submit(server.handle_request)
        answer = requests.get(f"http://127.0.0.1:{server.port}/", timeout=10)
        answering.result(10)
    assert answer.headers["Server"] == "hip-workout"
