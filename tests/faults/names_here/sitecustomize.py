"""Leads names of Amazon's hosts to servers on loopback, in the served skill of a fault scenario.

Python imports this module at its start, because this folder is in the PYTHONPATH of that process;
nothing else about it is changed. ``FAULTS_NAMES`` says which names and where, such as
``s3.amazonaws.com=4001 api.amazonalexa.com=4002``.
"""

import os
import socket
from typing import Any

_PORTS = dict(pair.split("=") for pair in os.environ.get("FAULTS_NAMES", "").split())
_real = socket.getaddrinfo


def _lead(host: Any, port: Any, *more: Any, **named: Any) -> Any:
    if host in _PORTS:
        return _real("127.0.0.1", _PORTS[host], *more, **named)
    return _real(host, port, *more, **named)


if _PORTS:
    socket.getaddrinfo = _lead
