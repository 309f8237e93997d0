"""Leads the name s3.amazonaws.com, and no other, to the benchmark's pretend Amazon.

Python imports this module at its start in the servers under measurement, because this folder is in
their PYTHONPATH; nothing else about them is changed.
"""

import os
import socket
from typing import Any

_PORT = os.environ.get("PRETEND_AMAZON_PORT")
_real = socket.getaddrinfo


def _lead(host: Any, port: Any, *more: Any, **named: Any) -> Any:
    if host == "s3.amazonaws.com":
        return _real("127.0.0.1", _PORT, *more, **named)
    return _real(host, port, *more, **named)


if _PORT:
    socket.getaddrinfo = _lead
