"""Which certificate addresses are Amazon's: the rules for ``SignatureCertChainUrl``."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

from skill.alexa.refusal import RequestRefused
from skill.alexa.webservice_support import CERT_CHAIN_URL_HOSTNAME, CERT_CHAIN_URL_PORT

# Amazon's SDK builds this from the file system's separator, which is wrong on Windows.
PATH_PREFIX = "/echo.api/"

# Amazon's addresses are about 60 characters long.
LONGEST_URL = 512

_PRINTABLE_ASCII = re.compile(r"[!-~]+")

# Nothing that has a second spelling: no percent-encoding, no parameters. S3 serves one object
# under every such spelling, and each would be one more download and one more entry in a cache.
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~/-]*")


def canonical(url: str) -> str:
    """Return the one spelling of a certificate address that Amazon may have sent.

    Scheme and host are compared without regard to case, the path with it. Dot segments, doubled
    slashes and a fragment are removed first, as for any URL (RFC 3986 section 5.2.4), never as
    for a file's path.

    Raises RequestRefused: certificate-url, -url-scheme, -url-host, -url-port or -url-path.
    """
    if len(url) > LONGEST_URL or not _PRINTABLE_ASCII.fullmatch(url) or "\\" in url:
        raise RequestRefused("certificate-url")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise RequestRefused("certificate-url") from None
    if parts.scheme.lower() != "https":
        raise RequestRefused("certificate-url-scheme")
    _check_host(parts)
    if parts.query or "?" in url.partition("#")[0] or not _PLAIN_PATH.fullmatch(parts.path):
        raise RequestRefused("certificate-url-path")
    path = _without_dots(parts.path)
    if not path.startswith(PATH_PREFIX) or path == PATH_PREFIX:
        raise RequestRefused("certificate-url-path")
    return f"https://{CERT_CHAIN_URL_HOSTNAME}{path}"


def path_of(canonical_url: str) -> str:
    """Return the path of an address that ``canonical`` returned."""
    return urlsplit(canonical_url).path


def _check_host(parts: SplitResult) -> None:
    host, colon, port = parts.netloc.partition(":")
    if host.lower() != CERT_CHAIN_URL_HOSTNAME:  # a user before an @ is refused by this too
        raise RequestRefused("certificate-url-host")
    if colon and port != str(CERT_CHAIN_URL_PORT):
        raise RequestRefused("certificate-url-port")


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment not in ("", "."):
            kept.append(segment)
    ends_in_folder = segments[-1] in ("", ".", "..")
    return "/" + "/".join(kept) + ("/" if kept and ends_in_folder else "")
