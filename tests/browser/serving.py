"""Serves the page to a browser of the tests: a real server on loopback, which can go and come."""

from __future__ import annotations

import contextlib
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from skill.run_command import page_app

if TYPE_CHECKING:
    from skill.settings import Settings

LOOPBACK = "127.0.0.1"


class PageServer:
    """The page of some settings, always at the same port; it forgets its speakers in between."""

    def __init__(self, settings: Settings, *, speaks: bool = True) -> None:
        self._settings = settings
        self._speaks = speaks
        self._port = 0
        self._server: ThreadedWSGIServer | None = None
        self._connections: set[socket.socket] = set()

    @property
    def url(self) -> str:
        """Where the page is, without a slash at its end."""
        return f"http://{LOOPBACK}:{self._port}"

    def start(self) -> None:
        """Listen."""
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        app = page_app(self._settings, speaks=self._speaks)
        handler = _keeping_alive(self._connections)
        self._server = ThreadedWSGIServer(LOOPBACK, self._port, app, handler)
        self._port = self._server.port
        threading.Thread(target=self._server.serve_forever, args=(0.05,)).start()

    def stop(self) -> None:
        """Listen no more, and hang up on everybody."""
        if self._server is None:
            return
        self._server.shutdown()
        self._server.server_close()
        self._server = None
        for connection in list(self._connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _keeping_alive(connections: set[socket.socket]) -> type[WSGIRequestHandler]:
    """Return a handler that answers like that of ``hip-workout run`` and tells whom it talks to."""

    class KeepsAlive(WSGIRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            connections.add(self.connection)

        def finish(self) -> None:
            connections.discard(self.connection)
            super().finish()

    return KeepsAlive


@contextmanager
def serving(settings: Settings, *, speaks: bool = True) -> Iterator[PageServer]:
    """Serve the page of these settings for as long as it is wanted."""
    server = PageServer(settings, speaks=speaks)
    server.start()
    try:
        yield server
    finally:
        server.stop()
