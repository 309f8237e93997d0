"""Whether Amazon sent this: the signature over the raw bytes of a request.

Everything that is wrong with a request raises RequestRefused with one of these reasons, here
and in the modules that this one calls:

======================== ==================================================================
reason                   what was wrong
======================== ==================================================================
signature-headers        SignatureCertChainUrl or Signature-256 is missing or empty
signature-encoding       Signature-256 is not base64
signature-mismatch       the body is not what the key signed
certificate-url          too long, not plain printable ASCII, a backslash, not a URL
certificate-url-scheme   not https
certificate-url-host     not s3.amazonaws.com (a user name before it counts as another host)
certificate-url-port     neither absent nor 443
certificate-url-path     not below /echo.api/ once dot segments are gone; percent-encoded; a query
certificate-unreachable  no name, no connection, no TLS, no HTTP, or not within 3 s
certificate-status       the answer was not 200 (a redirect is not followed)
certificate-too-large    more than 64 KB
certificate-not-pem      not one to twelve PEM certificates
certificate-not-yet-valid, certificate-expired  the first certificate's dates
certificate-name         not issued for echo-api.amazon.com
certificate-untrusted    no valid chain from it to a root
certificate-key          not an RSA key
certificate-backing-off  this address failed a moment ago
certificate-too-many     too many addresses never seen before
body-not-utf8, body-not-json, body-too-deep, body-surrogate       no JSON text to speak of
envelope-shape           JSON, but not an Alexa request
timestamp-unreadable, timestamp-stale   request.timestamp
skill-id-missing, skill-id-other        the application id; also of a request that nobody fetches a
                         new certificate for, because no id of ours stands anywhere in it
======================== ==================================================================
"""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import certifi
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from skill.alexa.certificate_chain import ChainValidator
from skill.alexa.certificate_download import HttpsDownload
from skill.alexa.refusal import RequestRefused
from skill.alexa.signing_keys import SigningKeys
from skill.alexa.webservice_support import (
    SIGNATURE_CERT_CHAIN_URL_HEADER,
    SIGNATURE_HEADER,
    AbstractVerifier,
)

if TYPE_CHECKING:
    from werkzeug.datastructures import Headers

    from skill.alexa.certificate_download import Download

__all__ = ["Clock", "RequestRefused", "SignatureVerifier", "utc_now"]

Clock = Callable[[], datetime]
"""Tells the time, in UTC and aware of it."""

# 1,024 characters hold the signature of a 6,144-bit key; Amazon's has 2,048 bits.
_LONGEST_SIGNATURE = 1024

_PADDING = PKCS1v15()
_HASH = SHA256()


def utc_now() -> datetime:
    """Return the time now, in UTC."""
    return datetime.now(UTC)


class SignatureVerifier(AbstractVerifier):
    """Believes a request that is signed by a certificate of Amazon's, and refuses any other.

    ``roots`` is a PEM file of the roots to trust, for the download and for the chain alike;
    certifi's when None. Safe to be used by many threads at once.

    With ``skill_ids``, a request in whose bytes none of them stands makes nobody fetch a
    certificate that was never seen before. What it says is still to be checked, once verified.
    """

    def __init__(
        self,
        roots: Path | None = None,
        *,
        clock: Clock = utc_now,
        monotonic: Callable[[], float] = time.monotonic,
        download: Download | None = None,
        skill_ids: Iterable[str] = (),
    ) -> None:
        trusted = roots or Path(certifi.where())
        self._skill_ids = tuple(skill_id.encode() for skill_id in skill_ids)
        self._keys = SigningKeys(
            download or HttpsDownload(trusted), ChainValidator(trusted), clock, monotonic
        )

    def verify(
        self,
        headers: Mapping[str, Any] | Headers,
        serialized_request_env: bytes | str,
        deserialized_request_env: object = None,  # noqa: ARG002 - the contract of AbstractVerifier
    ) -> None:
        """Return if the raw body is signed by Amazon; raise RequestRefused if not.

        Nothing is parsed here, and ``deserialized_request_env`` is not looked at: what is not
        verified has not been read yet.
        """
        url = _header(headers, SIGNATURE_CERT_CHAIN_URL_HEADER)
        signature = _decoded(_header(headers, SIGNATURE_HEADER))
        raw = serialized_request_env
        body = raw if isinstance(raw, bytes) else raw.encode(errors="surrogatepass")
        held = self._keys.find(url, for_us=self._may_be_for_us(body))
        try:
            held.key.public_key.verify(signature, body, _PADDING, _HASH)
        except Exception as error:  # InvalidSignature, or what a backend raises for an odd length
            raise RequestRefused("signature-mismatch", type(error).__name__) from None
        self._keys.was_good(held)

    def _may_be_for_us(self, body: bytes) -> bool:
        ids = self._skill_ids
        return not ids or any(skill_id in body for skill_id in ids)


def _header(headers: Mapping[str, Any] | Headers, name: str) -> str:
    value = headers.get(name)
    if value is None:  # a plain dictionary, with the names in another case
        wanted = name.lower()
        value = next((v for k, v in headers.items() if k.lower() == wanted), None)
    if not isinstance(value, str) or not value:
        raise RequestRefused("signature-headers")
    return value


def _decoded(signature: str) -> bytes:
    try:
        if len(signature) <= _LONGEST_SIGNATURE:
            return b64decode(signature, validate=True)
    except ValueError:
        pass
    raise RequestRefused("signature-encoding")
