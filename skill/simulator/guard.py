"""Who may talk to the page's routes: nobody from another site, nobody by a borrowed name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from skill.loopback import is_loopback, named

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy: nothing but our own files, and nothing written into the page."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
}
"""On every answer to a page."""

_USUAL_PORTS = {"http": ":80", "https": ":443"}

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Refused(Exception):
    """A request from where none is taken; the message is the reason that is answered."""


@dataclass(frozen=True)
class Guard:
    """Checks where requests come from."""

    names: frozenset[str] = LOOPBACK
    """Hosts by which the page may be called, without ports, in small letters."""

    addresses: bool = False
    """Whether any IP address will do as well. A page of another site can point its own name here
    (DNS rebinding), but never an address."""

    def check(self, host: str, origin: str | None, method: str) -> None:
        """Check the headers Host and Origin of a request. Raises Refused."""
        if not self._is_ours(host):
            raise Refused("host")
        if origin is None or method in ("GET", "HEAD"):
            return
        if not _is_same_site(origin, host):
            raise Refused("origin")

    def _is_ours(self, host: str) -> bool:
        name = named(host)
        if name in self.names or is_loopback(name):
            return True
        return self.addresses and _is_address(name)


def open_guard(names: Iterable[str]) -> Guard:
    """Return the guard of a page that others may reach, by an address or one of these names."""
    return Guard(LOOPBACK | {name.lower() for name in names}, addresses=True)


def _is_same_site(origin: str, host: str) -> bool:
    """Say whether a page from ``origin`` was served under the Host header ``host``."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    # Behind a proxy that speaks TLS the scheme is not ours, and it may spell out the usual port.
    # Apps and extensions have schemes of their own, and any name they like.
    usual = _USUAL_PORTS.get(parts.scheme)
    if usual is None:
        return False
    return parts.netloc.lower().removesuffix(usual) == host.lower().removesuffix(usual)


def _is_address(name: str) -> bool:
    try:
        ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
