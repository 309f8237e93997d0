"""What somebody may write into an address: no file of ours, no header of theirs comes of it."""

from __future__ import annotations

import re
from itertools import product

import pytest
from flask import Flask
from flask.testing import FlaskClient

OUTSIDE = (
    "..",
    "../secret",
    "..%2fsecret",
    "%2e%2e%2fsecret",
    "..%5csecret",
    "....//secret",
    "..%c0%afsecret",
    "%252e%252e%252fsecret",
    "..;/secret",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "C:%5csecret",
    "file:%2f%2f%2fetc%2fpasswd",
    "secret%00",
    "listeners.db",
    ".",
    "%20",
    "con",
    "a" * 5_000,
    "%f0%9f%8d%8e",
    "%ff",
)
"""Ways to write a file that is not meant."""

INTO = (
    "/page/{}",
    "/page/apl/{}",
    "/page/apl/../{}",
    "/audio/en-US/clips/{}.mp3",
    "/audio/en-US/guides/{}.mp3",
    "/audio/en-US/guides/{}.vtt",
    "/audio/en-US/guides/{}.svg",
    "/audio/en-US/downloads/{}.mp3",
    "/audio/{}/guides.json",
    "/audio/{}/feed.xml",
    "/audio/{}/clips/x.mp3",
    "/audio/en-US/part/{}.x.mp3",
    "/audio/en-US/track/x.{}.mp3",
    "/speakers/{}",
    "/speakers/{}/conversation.txt",
    "/speakers/x/sound/{}.mp3",
    "/privacy/{}",
    "/{}",
)
"""Every place of an address that is looked up."""

SPLITTERS = ("%0d%0aSet-Cookie:%20a=b", "%0aX-Ours:%20no", "%0d", "%e5%98%8a%e5%98%8d", "%00")
"""Ends of a header's line, as far as an address can hold them."""


@pytest.fixture
def client(applications: dict[str, Flask]) -> FlaskClient:
    return applications["webhook and page"].test_client()


@pytest.mark.parametrize("path", INTO)
def test_no_address_leads_to_a_file_that_is_not_meant(client: FlaskClient, path: str) -> None:
    for name in OUTSIDE:
        answer = client.get(path.format(name))
        assert answer.status_code in (403, 404), (name, answer.status_code)
        assert answer.get_json()["error"] in ("not-found", "not-signed", "unknown-speaker")


def test_a_file_of_the_page_is_told_from_those_around_it(client: FlaskClient) -> None:
    assert client.get("/page/house.css").status_code == 200
    for name in ("routes.py", "__init__.py", "..", "apl", "apl%2fdocument.js%00", "house.css%20"):
        assert client.get(f"/page/{name}").status_code == 404


@pytest.mark.parametrize("splitter", SPLITTERS)
def test_nothing_in_an_address_becomes_a_header(client: FlaskClient, splitter: str) -> None:
    for path, around in product(INTO, ("{}", "bridge{}", "{}bridge")):
        answer = client.get(path.format(around.format(splitter)))
        told = "".join(f"{name}: {value}\n" for name, value in answer.headers)
        assert not re.search(r"[\r\0]|Set-Cookie|X-Ours", told), path


@pytest.mark.parametrize(
    "host", ["a\r\nX-Ours: no", "evil.example/..", "evil.example\\@a", "é", ""]
)
def test_no_header_tells_what_the_caller_called_us(client: FlaskClient, host: str) -> None:
    for path in ("/", "/privacy", "/audio/en-US/feed.xml", "/audio//en-US/feed.xml", "/nothing"):
        answer = client.get(path, environ_overrides={"HTTP_HOST": host})
        assert answer.status_code < 500
        assert "X-Ours" not in answer.headers
        assert all("evil.example" not in value for value in answer.headers.values())
        assert "evil.example" not in answer.get_data(as_text=True)
