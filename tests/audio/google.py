"""A pretend Google Translate: a real HTTPS server on loopback that speaks sentences, or fails.

Nothing of the voice is replaced. Whoever asks finds it in one of two ways: at ``base``, or through
the environment that ``environment`` names, where HTTPS_PROXY leads ``translate.google.<tld>`` to
it by CONNECT, as a proxy would (that is also how gTTS itself, unpatched, is asked). What it says
is spoken by eSpeak NG and comes as a real MP3.

    with PretendGoogle(folder) as google:
        google.will(too_many(retry_after="2"), drop)    # two faults, then it speaks again
        google.always(status(503))                      # from now on
        google.self_signed = True                       # TLS of an impostor
        subprocess.run(render, env={**os.environ, **google.environment})
        google.heard                                    # what it was asked, in order
"""

from __future__ import annotations

import base64
import contextlib
import json
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import soundfile
import soxr

from audio.voices.espeak import Espeak
from audio.voices.silent import Silent
from audio.voices.voice import Sound, VoiceError
from tests.certificates import Certified, Wanted, certify

PATH = "/_/TranslateWebserverUi/data/batchexecute"
TLDS = ("com", "us", "co.uk", "com.au", "ca", "co.in", "ie", "co.za", "com.ng", "fr", "com.br",
        "pt", "es", "com.mx")  # fmt: skip
NAMES = ("localhost", *(f"translate.google.{tld}" for tld in TLDS))
_CALL = "jQ1olc"


@dataclass(frozen=True)
class Heard:
    """One question that it was asked."""

    text: str
    language: str
    host: str
    """The server's name and port, as the asker wrote them."""


Answer = Callable[["_Handler", Heard], None]
"""How it answers one question."""


def speaks(handler: _Handler, heard: Heard) -> None:
    """Answer as Google does: with the sentence, spoken."""
    handler.send(called(base64.b64encode(spoken_mp3(heard.text, heard.language)).decode()))


def speaks_at(*, kbps: int = 64, rate: int = 24_000) -> Answer:
    """Answer with the sentence at another bit or sample rate; 48 has no room for an Info frame."""

    def answer(handler: _Handler, heard: Heard) -> None:
        mp3 = spoken_mp3(heard.text, heard.language, kbps, rate)
        handler.send(called(base64.b64encode(mp3).decode()))

    return answer


def status(code: int, **headers: str) -> Answer:
    """Answer with a status and nothing else; ``Retry_After="2"`` is a header."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda handler, _heard: handler.send(b"", code, named)


def too_many(retry_after: str | None = None) -> Answer:
    """Answer 429, and say for how long where that is given: seconds, or a date."""
    return status(429, **({"Retry_After": retry_after} if retry_after is not None else {}))


def sorry(handler: _Handler, heard: Heard) -> None:
    """Send the asker to the page for robots."""
    where = f"https://www.google.com/sorry/index?continue=https://{heard.host}{PATH}"
    handler.send(b"", 302, {"Location": where})


def sorry_page(handler: _Handler, heard: Heard) -> None:
    """Answer 200 with the page for robots itself."""
    page = b"<html><title>Sorry...</title>Our systems have detected unusual traffic</html>"
    handler.send(page, headers={"Content-Type": "text/html"})


def empty(handler: _Handler, heard: Heard) -> None:
    """Answer 200 with no bytes at all."""
    handler.send(b"")


def no_sound(handler: _Handler, heard: Heard) -> None:
    """Answer the call without a payload, as for a language that is not there."""
    handler.send(called(None))


def empty_sound(handler: _Handler, heard: Heard) -> None:
    """Answer the call with an MP3 of no bytes."""
    handler.send(called(""))


def silence(handler: _Handler, heard: Heard) -> None:
    """Answer the call with a real MP3 in which nobody speaks."""
    quiet = Sound(np.zeros(24_000, np.float32), 24_000)
    handler.send(called(base64.b64encode(as_mp3(quiet)).decode()))


def garbage(handler: _Handler, heard: Heard) -> None:
    """Answer the call with bytes that are no MP3."""
    handler.send(called(base64.b64encode(b"\x00\x17 this is not sound " * 50).decode()))


def half_sound(handler: _Handler, heard: Heard) -> None:
    """Answer the call with an MP3 that breaks off in the middle of a frame."""
    mp3 = spoken_mp3(heard.text, heard.language)
    handler.send(called(base64.b64encode(mp3[: len(mp3) // 2 + 7]).decode()))


def half_call(handler: _Handler, heard: Heard) -> None:
    """Answer with a whole HTTP message that holds half of the call's text."""
    body = called(base64.b64encode(spoken_mp3(heard.text, heard.language)).decode())
    handler.send(body[: len(body) // 2])


def drop(handler: _Handler, heard: Heard) -> None:
    """Begin to answer, and hang up in the middle."""
    body = called(base64.b64encode(spoken_mp3(heard.text, heard.language)).decode())
    handler.begin(len(body))
    handler.wfile.write(body[: len(body) // 2])
    handler.close_connection = True


def hang_up(handler: _Handler, heard: Heard) -> None:
    """Hang up without a word."""
    handler.close_connection = True


def hang(handler: _Handler, heard: Heard) -> None:
    """Say nothing until the asker has gone, or the server is closed."""
    handler.google.let_go.wait(timeout=30)
    handler.close_connection = True


def drip(handler: _Handler, heard: Heard) -> None:
    """Answer a little at a time, without end."""
    handler.begin(64_000_000)
    with contextlib.suppress(OSError):
        while not handler.google.let_go.wait(0.02):
            handler.wfile.write(b" " * 256)
    handler.close_connection = True


def huge(handler: _Handler, heard: Heard) -> None:
    """Send more than anybody can have asked for."""
    handler.begin(64_000_000)
    with contextlib.suppress(OSError):
        while not handler.google.let_go.is_set():
            handler.wfile.write(b" " * 65_536)
    handler.close_connection = True


class PretendGoogle:
    """The server. Use it as a context manager; ``folder`` is where its certificates go."""

    def __init__(self, folder: Path) -> None:
        root = certify(Wanted("Pretend Root of Google", authority=True))
        leaf = certify(Wanted("translate.google.com", NAMES), root)
        self.ca_bundle = folder / "pretend-google-roots.pem"
        self.ca_bundle.write_bytes(root.pem)
        self.self_signed = False
        self.heard: list[Heard] = []
        self.most_at_once = 0
        self.let_go = threading.Event()
        self._sound_tls = _tls(leaf, folder / "sound.pem")
        self._impostor_tls = _tls(
            certify(Wanted("translate.google.com", NAMES)), folder / "impostor.pem"
        )
        self._next: deque[Answer] = deque()
        self._usual: Answer = speaks
        self._lock = threading.Lock()
        self._at_once = 0
        self._server = _Server(self)

    def __enter__(self) -> PretendGoogle:
        # A short poll: shutting down waits for it.
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.let_go.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def base(self) -> str:
        """The address that stands for ``https://translate.google.<tld>``."""
        return f"https://localhost:{self._server.server_address[1]}"

    @property
    def environment(self) -> Mapping[str, str]:
        """Variables with which an unchanged program, in another process too, asks this server."""
        return {
            "HTTPS_PROXY": f"http://localhost:{self._server.server_address[1]}",
            "https_proxy": f"http://localhost:{self._server.server_address[1]}",
            "NO_PROXY": "",
            "no_proxy": "",
            "REQUESTS_CA_BUNDLE": str(self.ca_bundle),
        }

    def will(self, *answers: Answer) -> None:
        """Answer the next questions in these ways; after them, as usual."""
        with self._lock:
            self._next.extend(answers)

    def always(self, answer: Answer) -> None:
        """Answer in this way from now on, where ``will`` says nothing else."""
        self._usual = answer

    @property
    def texts(self) -> list[str]:
        """What it was asked to say, in order, repeated where it was asked again."""
        return [heard.text for heard in self.heard]

    @property
    def tls(self) -> ssl.SSLContext:
        return self._impostor_tls if self.self_signed else self._sound_tls

    def answer(self, handler: _Handler, heard: Heard) -> None:
        with self._lock:
            self.heard.append(heard)
            how = self._next.popleft() if self._next else self._usual
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            how(handler, heard)
        finally:
            with self._lock:
                self._at_once -= 1


@lru_cache(maxsize=512)
def spoken_mp3(text: str, language: str, kbps: int = 64, rate: int = 24_000) -> bytes:
    """Return a sentence as mono MP3, spoken by eSpeak NG, or a hum where it cannot."""
    try:
        sound = Espeak().speak(text, language)
    except VoiceError:
        sound = Silent(tone=0.2).speak(text, language)
    return as_mp3(sound, kbps, rate)


def as_mp3(sound: Sound, kbps: int = 64, rate: int = 24_000) -> bytes:
    """Return a sound as MP3 of a constant bit rate, 8 to 160, at 16, 22.05 or 24 kHz."""
    out = BytesIO()
    samples = soxr.resample(sound.samples, sound.rate, rate)
    soundfile.write(
        out,
        samples,
        rate,
        format="MP3",
        subtype="MPEG_LAYER_III",
        bitrate_mode="CONSTANT",
        compression_level=(160 - kbps) / (160 - 8),
    )
    return out.getvalue()


def called(payload: str | None) -> bytes:
    """Return the text around a payload, in the shape in which gTTS expects it."""
    inner = None if payload is None else json.dumps([payload])
    calls = [["wrb.fr", _CALL, inner, None, None, None, "generic"], ["di", 41]]
    return b")]}'\n\n" + json.dumps(calls, separators=(",", ":")).encode() + b"\n"


def _tls(certified: Certified, file: Path) -> ssl.SSLContext:
    file.write_bytes(certified.pem + certified.key_pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, google: PretendGoogle) -> None:
        self.google = google
        super().__init__(("localhost", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: askers who hang up, or do not trust the certificate, are what is tested."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    disable_nagle_algorithm = True  # headers and body go out apart, and would wait for each other
    server: _Server

    @property
    def google(self) -> PretendGoogle:
        return self.server.google

    def setup(self) -> None:
        # TLS at once, or a proxy's CONNECT in the clear: the first byte tells.
        first = self.request.recv(1, socket.MSG_PEEK)
        if first == b"\x16":
            self.request = self.google.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def do_CONNECT(self) -> None:
        self.send_response(200, "Connection established")
        self.end_headers()
        super().finish()
        self.request = self.google.tls.wrap_socket(self.request, server_side=True)
        super().setup()
        self.close_connection = False

    def finish(self) -> None:
        super().finish()
        if isinstance(self.request, ssl.SSLSocket):
            self.request.close()  # the server knows only the plain socket that was below it

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        heard = self._heard(body)
        if self.path != PATH or heard is None:
            self.send(b"", 400)
            return
        self.google.answer(self, heard)

    def send(self, body: bytes, code: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.begin(len(body), code, headers)
        self.wfile.write(body)

    def begin(self, size: int, code: int = 200, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(code)
        usual = {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(size)}
        for name, value in {**usual, **(headers or {})}.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Keep the tests' output clean."""

    def _heard(self, body: str) -> Heard | None:
        """Return what is asked, where it is asked as Google expects it."""
        try:
            ((call,),) = json.loads(parse_qs(body, strict_parsing=False)["f.req"][0])
            text, language, _speed, _null = json.loads(call[1])
        except (ValueError, KeyError, IndexError, TypeError):
            return None
        if call[0] != _CALL or not isinstance(text, str) or not 0 < len(text) <= 100:
            return None
        return Heard(text, language, self.headers.get("Host", ""))
