"""Where Amazon posts to: an HTTPS address of one's own or a Lambda function, as Amazon takes it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

_ARN = re.compile(
    r"arn:aws:lambda:[a-z]{2}(?:-[a-z]+)+-[0-9]:[0-9]{12}:function:[\w-]{1,64}(?::[\w-]{1,128})?"
)
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PUBLIC_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?", re.IGNORECASE)

NOT_PUBLIC = ("localhost", "local", "internal", "home", "lan", "invalid", "test", "onion")
"""Last labels of names that nobody outside can reach (RFC 6761, 6762, 7686 and custom)."""


class BadEndpoint(ValueError):
    """An address that Amazon would refuse; the message says why, and what one looks like."""


@dataclass(frozen=True)
class Endpoint:
    """Where Amazon posts to."""

    uri: str
    host: str | None
    """The name that its certificate must have; None: a Lambda function, which has no certificate
    and serves no pages."""

    @property
    def site(self) -> str | None:
        """Where the pages beside the webhook are, without a slash at the end."""
        return None if self.host is None else f"https://{self.host}"


def read_endpoint(text: str) -> Endpoint:
    """Return the endpoint that is written there.

    Raises BadEndpoint.
    """
    if text.startswith("arn:"):
        if not _ARN.fullmatch(text):
            raise BadEndpoint(
                f"{text} is not the ARN of a Lambda function, such as "
                "arn:aws:lambda:eu-west-1:123456789012:function:hip-workout:live"
            )
        return Endpoint(text, None)
    host = public_host(text)
    path = urlsplit(text).path
    if path in ("", "/"):
        raise BadEndpoint(f"{text} has no path: the webhook answers at https://{host}/alexa")
    return Endpoint(f"https://{host}{path}", host)


def read_site(text: str) -> str:
    """Return the address below which pages are, without a slash at the end.

    Raises BadEndpoint.
    """
    return f"https://{public_host(text)}{urlsplit(text).path}".rstrip("/")


def public_host(text: str) -> str:
    """Return the host of an HTTPS address that Amazon can reach at port 443, in small letters.

    Raises BadEndpoint.
    """
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadEndpoint(f"{text} is no address, such as https://coach.example/alexa") from None
    if parts.scheme != "https":
        raise BadEndpoint(f"{text} does not begin with https://: Amazon speaks nothing else")
    if port not in (None, 443):
        raise BadEndpoint(f"{text} names port {port}: Amazon comes to 443 only")
    if parts.username is not None or parts.query or parts.fragment:
        raise BadEndpoint(f"{text} must have a host and a path, and nothing else")
    if _is_address(host):
        raise BadEndpoint(f"{text} names an address: a certificate that Amazon trusts needs a name")
    if not _PUBLIC_NAME.fullmatch(host) or host.rpartition(".")[2] in NOT_PUBLIC:
        raise BadEndpoint(f"{text} names no host that can be reached from everywhere")
    return host


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
