"""What granian calls: it waits for a request's body beside the turns, and never in their way.

As a WSGI application the skill would read the body itself, in the one thread that answers: whoever
sends half of one, signed or not, would keep everybody waiting for as long as they like (measured).
"""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined]  # not said to be

BODY_WITHIN_S = 8.0
"""Within which a body must be there: as long as Amazon waits for an answer. Not less, for a turn
holds the loop up, and a body that came meanwhile would be found late."""

LARGEST_READ = 256 * 1024 + 1
"""One byte more than the webhook takes, so that it can tell that there was more."""

LATE = b'{"error": "body-late"}'

_WITHOUT_BODY = frozenset({"GET", "HEAD"})

Headers = list[tuple[str, str]]
Answer = tuple[int, Headers, bytes]


class WholeBodies:
    """A WSGI application behind granian's own interface.

    With one thread it is called in the loop itself: handing a turn to another thread and back takes
    a third as long as the turn (measured). A signal to end is heard when the turn that runs is
    over, which the deadlines of the store, of certificates and of Amazon's API bound. With more, it
    is called in so many threads of its own.
    """

    def __init__(
        self,
        application: Callable[..., Iterable[bytes]],
        threads: int = 1,
        begins: Callable[[], None] = lambda: None,
    ) -> None:
        """Take an application; ``begins`` is called in the main thread when the loop is there."""
        self._application = application
        self._begins = begins
        self._threads = ThreadPoolExecutor(threads, "turn") if threads > 1 else None

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin; granian has set up its signals."""
        self._begins()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Answer one request; 408 where its body does not come in time."""
        body = b""
        if scope.method not in _WITHOUT_BODY:
            try:
                async with asyncio.timeout(BODY_WITHIN_S):
                    body = await _body(scope, protocol)
            except TimeoutError:
                _refuse_late(protocol)
                return
        if self._threads is None:
            answer = self._answer(scope, body)
        else:
            loop = asyncio.get_running_loop()
            answer = await loop.run_in_executor(self._threads, self._answer, scope, body)
        protocol.response_bytes(*answer)

    def _answer(self, scope: Scope, body: bytes) -> Answer:
        begun: list[tuple[int, Headers]] = []

        def start(status: str, headers: Headers, _: object = None) -> None:
            begun[:] = [(int(status[:3]), [(name.lower(), value) for name, value in headers])]

        environ = _environ(scope, body)
        environ["wsgi.multithread"] = self._threads is not None
        parts = self._application(environ, start)
        try:
            whole = b"".join(parts)
        finally:
            getattr(parts, "close", lambda: None)()
        return (*begun[0], whole)


def _refuse_late(protocol: HTTPProtocol) -> None:
    # Imported here, because they look at what this process was told to count in.
    import structlog  # noqa: PLC0415

    from skill.alexa import metrics  # noqa: PLC0415
    from skill.response_headers import EVERY_ANSWER  # noqa: PLC0415

    structlog.get_logger(__name__).warning("request_refused", reason="body-late", status=408)
    metrics.count_refusal("body-late")
    headers = [(name.lower(), value) for name, value in EVERY_ANSWER.items()]
    kind = ("content-type", "application/json;charset=UTF-8")
    protocol.response_bytes(408, [kind, ("connection", "close"), *headers], LATE)


async def _body(scope: Scope, protocol: HTTPProtocol) -> bytes:
    announced = scope.headers.get("content-length")
    if announced is not None:
        if int(announced) >= LARGEST_READ:
            return b""  # refused by what is announced
        whole: bytes = await protocol()  # one way to granian and back, and not one for each part
        return whole
    read = bytearray()
    async for part in protocol:
        read += part
        if len(read) >= LARGEST_READ:
            break
    return bytes(read)


def _environ(scope: Scope, body: bytes) -> dict[str, Any]:
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode().decode("latin-1"),  # as WSGI wants it
        "QUERY_STRING": scope.query_string,
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        key = _key(name)
        environ[key] = f"{environ[key]},{value}" if key in environ else value
    return environ


@lru_cache(256)
def _key(header: str) -> str:
    name = header.upper().replace("-", "_")
    return name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
