"""Web servers on loopback with names and certificates, sound ones and others."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

import pytest
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.certificates import Certified, Wanted, certify


class Quietly(WSGIRequestHandler):
    """Says nothing: standard error belongs to the test."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        pass


class Internet:
    """A root that is trusted, and names that lead to servers of this test.

    The doctor really connects, to port 443 of a name; only where the name leads is ours.
    """

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = certify(Wanted("Amazon Root CA of the test", authority=True))
        self.authority = certify(Wanted("Test Authority", authority=True), self.root)
        self.roots = folder / "roots.pem"
        self.roots.write_bytes(self.root.pem)
        self._folder, self._ports = folder, dict[str, int]()
        real = socket.getaddrinfo

        def lead(host: Any, port: Any, *more: Any, **named: Any) -> Any:
            if host in self._ports:
                return real("127.0.0.1", self._ports[host], *more, **named)
            if host in (None, "127.0.0.1", "localhost"):
                return real(host, port, *more, **named)
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

        monkeypatch.setattr(socket, "getaddrinfo", lead)

    def certificate(self, name: str, **wanted: Any) -> Certified:
        """Return a certificate for a name, sound but for what is wanted otherwise."""
        return certify(Wanted(name, **({"names": (name,)} | wanted)), self.authority)

    @contextmanager
    def serving(
        self,
        name: str,
        app: WSGIApplication,
        certified: Certified | None = None,
        *,
        whole_chain: bool = True,
        tune: Callable[[ssl.SSLContext], object] = lambda _: None,
    ) -> Iterator[None]:
        """Serve an application under a name."""
        certified = certified or self.certificate(name)
        chain, key = (self._folder / f"{name}.{kind}" for kind in ("pem", "key"))
        chain.write_bytes(certified.pem + (self.authority.pem if whole_chain else b""))
        key.write_bytes(certified.key_pem)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
        tune(context)
        server = make_server(
            "127.0.0.1", 0, app, threaded=True, request_handler=Quietly, ssl_context=context
        )
        self._ports[name] = server.server_port
        with _running(server):
            yield
        del self._ports[name]

    def lead(self, name: str, port: int) -> None:
        """Let a name lead to a port of this machine."""
        self._ports[name] = port

    def nobody_at(self, name: str) -> None:
        """Let a name lead to where nobody listens."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.lead(name, probe.getsockname()[1])


@contextmanager
def _running(server: BaseWSGIServer) -> Iterator[None]:
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients that hang up
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
