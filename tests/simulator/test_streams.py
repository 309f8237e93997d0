from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from skill.simulator.streams import Streams, mp3_ms, over_http

FRAME = b"\xff\xf3\x64\xc4" + bytes(140)
TAG = b"ID3\x04\x00\x00" + b"\x00\x00\x01\x02" + bytes(130)


@pytest.mark.parametrize(
    ("sound", "ms"),
    [
        (b"", 0),
        (FRAME, 24),
        (FRAME * 1_000, 24_000),
        (FRAME + FRAME[:143], 24),
        (TAG + FRAME * 2, 48),
        (FRAME * 2 + b"TAG" + bytes(125), 48),
        (b"<html>no such guide</html>" * 20, 0),
        (b"ID3", 0),
        (TAG[:50], 0),
    ],
)
def test_the_length_of_a_guide_is_its_frames(sound: bytes, ms: int) -> None:
    assert mp3_ms(sound) == ms


class _Guides(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        found = self.path == "/set.mp3"
        self.send_response(200 if found else 404)
        half = self.path == "/half.mp3"
        body = FRAME * 10 if found or half else b"not here"
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


@pytest.fixture(scope="module")
def guides() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Guides)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_guide_is_fetched_and_measured(guides: str) -> None:
    streams = Streams()
    assert streams.fetch(f"{guides}/set.mp3") == FRAME * 10
    assert streams.length_of(f"{guides}/set.mp3") == 240


def test_what_is_not_there_cannot_be_had(guides: str) -> None:
    streams = Streams()
    assert streams.fetch(f"{guides}/none.mp3") is None
    assert streams.length_of(f"{guides}/none.mp3") == 0


@pytest.mark.parametrize("url", ["file:///etc/hostname", "soundbank://bell", "http://127.0.0.1:9/"])
def test_what_is_not_served_cannot_be_had(url: str) -> None:
    assert over_http(url) is None


def test_a_length_is_asked_for_once() -> None:
    asked: list[str] = []

    def get(url: str) -> bytes:
        asked.append(url)
        return FRAME * 2

    streams = Streams(get)
    assert [streams.length_of("https://a.example/b.mp3") for _ in range(3)] == [48, 48, 48]
    assert asked == ["https://a.example/b.mp3"]
