"""A DynamoDB for tests: moto's server in a process of its own, spoken to over HTTP."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import create_loader  # type: ignore[import-untyped]  # no types

from skill.store.dynamodb import create_table

TABLE = "hip-workout"
REGION = "eu-west-1"
ROOT = Path(__file__).parents[2]


@contextmanager
def dynamodb_server() -> Iterator[str]:
    """Yield the endpoint of a server without tables, with credentials in the environment.

    A process of its own keeps what moto and its parts warn of out of the tests, and leaves the
    interpreter that is measured to the store alone. It ends when its standard input does, so it
    never outlives the tests, even killed ones.
    """
    with pytest.MonkeyPatch.context() as environment:
        for name, value in {
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_CONFIG_FILE": "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE": "/dev/null",
            "AWS_EC2_METADATA_DISABLED": "true",
            "NO_PROXY": "127.0.0.1",
        }.items():
            environment.setenv(name, value)
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "AWS_DEFAULT_REGION"):
            environment.delenv(name, raising=False)
        # botocore reads its description of DynamoDB, 50 ms, for every session; here they share one.
        environment.setattr("botocore.session.create_loader", cache(create_loader))
        command = [sys.executable, "-m", "tests.stores.dynamodb_server"]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as server:
            assert server.stdout is not None
            try:
                port = server.stdout.readline().strip()
                assert port, "moto's server did not start; what it said is above"
                yield f"http://127.0.0.1:{port}"
            finally:
                server.kill()


@contextmanager
def dynamodb_url() -> Iterator[str]:
    """Yield the URL of an empty table of a running server."""
    with dynamodb_server() as endpoint:
        url = table_url(endpoint)
        create_table(url)
        yield url


def table_url(endpoint: str, table: str = TABLE) -> str:
    return f"dynamodb://{table}?region={REGION}&endpoint={endpoint}"


class _OneAtATime:
    """Serves one request after the other.

    DynamoDB checks a condition and writes in one step. Moto does the one and then the other, and
    lets another thread in between.
    """

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self._app = app
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self._lock:
            return list(self._app(environ, start_response))


def _serve() -> None:
    # Imported in the server's process only: the tests want neither moto's warnings nor its weight.
    from moto.moto_server.werkzeug_app import (  # noqa: PLC0415  # for the reason above
        DomainDispatcherApplication,
        create_backend_app,
    )
    from werkzeug.serving import make_server  # noqa: PLC0415  # for the reason above

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = _OneAtATime(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    _serve()
