"""A pretend Amazon: its certificates, the server they are fetched from, and signed requests.

Nothing in the skill is replaced. ``named`` leads the one name ``s3.amazonaws.com`` to the pretend
server on loopback; the real download, the real TLS and the real validation then run against
certificates that a pretend authority made, which ``HIP_WORKOUT_CA_BUNDLE`` tells them to trust.
"""

from __future__ import annotations

import base64
import contextlib
import ipaddress
import json
import socket
import ssl
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from tests.certificates import Certified, Wanted, certify, rsa_key

__all__ = [  # with what the benchmark makes its own authority of
    "ENVELOPES",
    "HOST",
    "OTHER_SKILL_ID",
    "SIGNER_NAME",
    "SKILL_ID",
    "FrozenClock",
    "Hang",
    "PretendAmazon",
    "Wanted",
    "as_body",
    "certify",
    "envelope",
    "raw",
    "rsa_key",
    "sent",
]

HOST = "s3.amazonaws.com"
SIGNER_NAME = "echo-api.amazon.com"
SKILL_ID = "amzn1.ask.skill.11111111-2222-3333-4444-555555555555"
OTHER_SKILL_ID = "amzn1.ask.skill.99999999-2222-3333-4444-555555555555"

Answer = Callable[[BaseHTTPRequestHandler], None]
"""How the pretend server answers at one path."""


class FrozenClock:
    """A clock that stands still until it is moved. It starts now, for TLS knows the real time."""

    def __init__(self) -> None:
        self._start = datetime.now(UTC).replace(microsecond=0)
        self._passed = timedelta(0)

    def __call__(self) -> datetime:
        return self._start + self._passed

    def monotonic(self) -> float:
        return self._passed.total_seconds()

    def forward(self, **by: float) -> None:
        self._passed += timedelta(**by)


def sent(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """Answer with these bytes."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def raw(data: bytes) -> Answer:
    """Answer with these bytes and nothing of HTTP around them, then hang up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(data)

    return answer


@dataclass
class Hang:
    """Answers nothing until let go."""

    let_go: threading.Event = field(default_factory=threading.Event)
    then: Answer = field(default_factory=lambda: raw(b""))

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        self.let_go.wait(timeout=20)
        self.then(handler)


class PretendAmazon:
    """A root, an intermediate and a signing certificate, served over HTTPS on loopback.

    ``folder`` is where the PEM files go. Use it as a context manager; within, ``named`` leads the
    server's name to it.
    """

    def __init__(self, folder: Path) -> None:
        self.root = certify(Wanted("Pretend Root", authority=True))
        self.intermediate = certify(Wanted("Pretend Authority", authority=True), self.root)
        self.signer = self.new_signer()
        self.url = self.url_of("echo-api-cert-1.pem")
        self.ca_bundle = folder / "pretend-roots.pem"
        self.ca_bundle.write_bytes(self.root.pem)
        self.downloads: Counter[str] = Counter()
        self._answers: dict[str, Answer] = {}
        self.serve(self.url, self.bundle())
        self._server = self._https(folder)

    def __enter__(self) -> PretendAmazon:
        # A short poll: shutting down waits for it.
        run = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )
        run.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def url_of(self, file: str) -> str:
        return f"https://{HOST}/echo.api/{file}"

    def new_url(self) -> str:
        """Return an address below /echo.api/ at which there is nothing yet."""
        return self.url_of(f"{uuid.uuid4()}.pem")

    def new_signer(self, number: int = 0, **wanted: Any) -> Certified:
        """Make a signing certificate, sound but for what is ``wanted`` otherwise."""
        sound: dict[str, Any] = {"names": (SIGNER_NAME,), "key": lambda: rsa_key(number)}
        return certify(Wanted(SIGNER_NAME, **{**sound, **wanted}), self.intermediate)

    def bundle(self, signer: Certified | None = None) -> bytes:
        """Return a chain as Amazon serves it, from the signing certificate up."""
        return (signer or self.signer).pem + self.intermediate.pem + self.root.pem

    def serve(self, url: str, answer: bytes | Answer) -> str:
        """Have the server answer at ``url`` with a bundle or in any other way; return ``url``."""
        path = url.removeprefix(f"https://{HOST}")
        self._answers[path] = sent(answer) if isinstance(answer, bytes) else answer
        return url

    def sign(
        self, body: bytes, *, url: str | None = None, signer: Certified | None = None
    ) -> dict[str, str]:
        """Return the headers with which Amazon would send ``body``."""
        key = (signer or self.signer).key
        if isinstance(key, rsa.RSAPrivateKey):
            signature = key.sign(body, padding.PKCS1v15(), hashes.SHA256())
        else:
            signature = key.sign(body, ec.ECDSA(hashes.SHA256()))
        return {
            "SignatureCertChainUrl": url or self.url,
            "Signature-256": base64.b64encode(signature).decode(),
            "Content-Type": "application/json",
        }

    @contextlib.contextmanager
    def named(self) -> Iterator[None]:
        """Lead the name of Amazon's server, and no other, to this one."""
        real = socket.getaddrinfo

        def lead(host: Any, port: Any, *more: Any, **named: Any) -> Any:
            if host == HOST:
                return real("127.0.0.1", self.port, *more, **named)
            return real(host, port, *more, **named)

        socket.getaddrinfo = lead
        try:
            yield
        finally:
            socket.getaddrinfo = real

    def _https(self, folder: Path) -> ThreadingHTTPServer:
        site = certify(Wanted(HOST, names=(HOST,)), self.intermediate)
        chain, key = folder / "site.pem", folder / "site.key"
        chain.write_bytes(site.pem + self.intermediate.pem)
        key.write_bytes(site.key_pem)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
        amazon = self

        class Handler(BaseHTTPRequestHandler):
            def setup(self) -> None:
                # Here and not on the listening socket: a slow handshake holds up one thread only.
                self.request = context.wrap_socket(self.request, server_side=True)
                super().setup()

            def finish(self) -> None:
                with contextlib.suppress(OSError):  # the client may have hung up
                    super().finish()
                self.request.close()  # the server closes only the socket that it knows of

            def do_GET(self) -> None:
                amazon.downloads[f"https://{HOST}{self.path}"] += 1
                missing = sent(b"<Error><Code>AccessDenied</Code></Error>", 403)
                amazon._answers.get(self.path, missing)(self)

            def log_message(self, *_: object) -> None:
                """Say nothing: standard error belongs to the test."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_: object) -> None:
                """Say nothing of clients that hang up."""

        return Server((str(ipaddress.IPv4Address("127.0.0.1")), 0), Handler)


ENVELOPES = Path(__file__).parent / "alexa" / "envelopes"


def envelope(name: str, clock: Callable[[], datetime], skill_id: str = SKILL_ID) -> dict[str, Any]:
    """Return an envelope of ``tests/alexa/envelopes``, sent now, for this skill."""
    text = (ENVELOPES / f"{name}.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text.replace("SKILL_ID", skill_id))
    loaded["request"]["timestamp"] = clock().strftime("%Y-%m-%dT%H:%M:%SZ")
    return loaded


def as_body(plain: object) -> bytes:
    """Write JSON as Amazon does: compact, UTF-8."""
    return json.dumps(plain, separators=(",", ":"), ensure_ascii=False).encode("utf-8")
