"""The endpoint as Amazon sees it: its name, its certificate, and what it answers."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from skill.doctor.finding import Finding, State, ok, warning, wrong
from skill.doctor.web import PORT, Line, Reply, Unreachable, Untrusted, path_of
from skill.endpoint import BadEndpoint, Endpoint, read_endpoint

SOON = timedelta(days=14)
"""Whoever renews certificates by a program has renewed them by then."""

SLOW_MS = 2_000.0

_SERVE = "Serve it there: hip-workout serve, behind your web server."

_UNTRUSTED = {
    9: ("is not valid yet", "Look at this machine's clock; else issue it anew."),
    10: ("has expired", "Renew it, and let a program do so from now on."),
    18: ("is signed by itself", "Get one from an authority, such as Let's Encrypt."),
    19: ("ends in a root that nobody trusts", "Get one from an authority that browsers trust."),
    20: (
        "leads to no root that is trusted",
        "Have the web server send the intermediate certificates along (the full chain), and use an "
        "authority that browsers trust.",
    ),
    21: (
        "leads to no root that is trusted",
        "Have the web server send the intermediate certificates along (the full chain).",
    ),
    62: ("is for another name", "Issue it for the endpoint's name, among its alternative names."),
}
"""What OpenSSL finds wrong with a certificate, and what to do about it."""


def public_endpoint(text: str, roots: Path) -> Iterator[Finding]:
    """Look at the endpoint that Amazon is told of, such as ``https://coach.example/alexa``."""
    try:
        endpoint = read_endpoint(text)
    except BadEndpoint as bad:
        yield wrong("Endpoint", str(bad), "Give the address that Amazon posts to.")
        return
    if endpoint.host is None:
        yield ok("Endpoint", "a Lambda function; Amazon reaches it without a certificate")
        return
    line = Line(endpoint.host, roots)
    for look in (_named, _certified):
        found = look(line)
        yield found
        if found.state is State.WRONG:
            return
    yield _answered("Health", line, _beside(endpoint, "healthz"), _healthy)
    yield _refuses(line, path_of(endpoint.uri))
    for page in ("privacy", "terms"):
        yield _answered(page.capitalize(), line, f"/{page}", _page)


def _named(line: Line) -> Finding:
    """Look whether the name is known, and whether everybody can reach what it leads to."""
    host = line.host
    try:
        found = socket.getaddrinfo(host, PORT, type=socket.SOCK_STREAM)
    except OSError:
        do = "Enter it where your domain's names are kept, and wait until it is known."
        return wrong("Name", f"nobody knows the name {host}", do)
    addresses = sorted({str(info[4][0]) for info in found})
    inside = [one for one in addresses if not ip_address(one.partition("%")[0]).is_global]
    says = f"{host} is {', '.join(addresses)}"
    if inside:
        return warning("Name", says, f"Amazon cannot reach {inside[0]}: is it only so from here?")
    return ok("Name", says)


def _certified(line: Line) -> Finding:
    """Look at the certificate, and how long it is valid still."""
    try:
        protocol, ends = line.secured()
    except Unreachable as fault:
        return trouble("Certificate", line.host, fault)
    left = ends - datetime.now(UTC)
    says = f"of {line.host}, {protocol}, valid for {left.days} days"
    if left < SOON:
        return warning("Certificate", says, "Renew it, and let a program do so from now on.")
    return ok("Certificate", says)


def trouble(check: str, host: str, fault: Unreachable) -> Finding:
    """Return what it means that a host cannot be asked."""
    if isinstance(fault, Untrusted):
        usual = str(fault), "Get one that browsers trust."
        says, do = _UNTRUSTED.get(fault.code, usual)
        return wrong(check, f"the certificate of {host} {says}", do)
    do = f"Let your web server listen at port {PORT}, with TLS 1.2 and 1.3."
    return wrong(check, f"{host}: {fault}", do)


def _beside(endpoint: Endpoint, name: str) -> str:
    return path_of(endpoint.uri).rpartition("/")[0] + f"/{name}"


def _answered(check: str, line: Line, path: str, right: Callable[[Reply], bool]) -> Finding:
    address = f"https://{line.host}{path}"
    try:
        reply = line.ask(path)
    except Unreachable as fault:
        return wrong(check, f"{address}: {fault}", _SERVE)
    if not right(reply):
        return wrong(check, f"{address} answers {reply.status}, and not as this skill does", _SERVE)
    return ok(check, f"{address} answers in {reply.ms:.0f} ms")


def _healthy(reply: Reply) -> bool:
    return reply.status == 200 and reply.body.strip() == b'{"status":"ok"}'


def _page(reply: Reply) -> bool:
    html = reply.headers.get("content-type", "").startswith("text/html")
    return reply.status == 200 and html and b"My Hip Workout" in reply.body


def _refuses(line: Line, path: str) -> Finding:
    """Look whether a request that Amazon did not sign is refused as Amazon wants it."""
    address, check = f"https://{line.host}{path}", "Unsigned request"
    try:
        reply = line.ask(path, body=b"{}", headers={"Content-Type": "application/json"})
    except Unreachable as fault:
        return wrong(check, f"{address}: {fault}", _SERVE)
    if reply.status < 300:
        do = "Stop it: whoever posts there is believed. Serve hip-workout and nothing else there."
        return wrong(check, f"{address} answers {reply.status} to a request nobody signed", do)
    if reply.status != 400 or not reply.body.startswith(b'{"error"'):
        do = "Let POST requests and their bodies through to hip-workout as they are."
        return wrong(check, f"{address} answers {reply.status}, not its 400", do)
    says = f"{address} refuses it in {reply.ms:.0f} ms"
    if reply.ms > SLOW_MS:
        return warning(check, says, "Alexa waits for 8 s: bring the server or its disk to speed.")
    return ok(check, says)
