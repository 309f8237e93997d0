"""Whether a bundle of certificates is Amazon's, and the key that it vouches for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.verification import PolicyBuilder, Store

from skill.alexa.refusal import RequestRefused
from skill.alexa.webservice_support import CERT_CHAIN_DOMAIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

# A bundle is not downloaded again within this time, so a withdrawn one is used no longer either.
LONGEST_USE = timedelta(hours=24)

# Amazon's bundle holds four or five certificates; more would only cost time to search.
MOST_CERTIFICATES = 12


@dataclass(frozen=True)
class SigningKey:
    """A public key of Amazon's with the time within which signatures by it count."""

    public_key: rsa.RSAPublicKey
    not_before: datetime
    """The latest of the chain's first moments, in UTC."""

    until: datetime
    """The earliest of the chain's last moments, or a day after validation, in UTC."""

    def counts_at(self, now: datetime) -> bool:
        """Say whether a signature by this key is to be believed at ``now``."""
        return self.not_before <= now < self.until


class ChainValidator:
    """Validates bundles up to the roots in one PEM file, which is read when first needed."""

    def __init__(self, roots: Path) -> None:
        self._roots = roots
        self._store: Store | None = None

    def __call__(self, bundle: bytes, now: datetime) -> SigningKey:
        """Return the key of the first certificate in ``bundle``.

        The other certificates are candidates for the way to a root, in any order and with any
        left over: Amazon's real bundle ends in a cross-signed root that leads nowhere by itself.

        Raises RequestRefused: certificate-not-pem, -not-yet-valid, -expired, -name, -untrusted
        or -key.
        """
        leaf, *others = _certificates(bundle)
        try:
            _check_leaf(leaf, now)
            chain = self._chain(leaf, others, now)
            key = leaf.public_key()
        except RequestRefused:
            raise
        except Exception as error:
            # cryptography raises VerificationError, but odd certificates also bring ValueError,
            # UnsupportedAlgorithm, DuplicateExtension, TypeError, ... : all are the bundle's fault.
            raise RequestRefused("certificate-untrusted", type(error).__name__) from error
        if not isinstance(key, rsa.RSAPublicKey):
            raise RequestRefused("certificate-key")
        return SigningKey(
            key,
            not_before=max(one.not_valid_before_utc for one in chain),
            until=min(now + LONGEST_USE, *(one.not_valid_after_utc for one in chain)),
        )

    def _chain(
        self, leaf: x509.Certificate, others: list[x509.Certificate], now: datetime
    ) -> Sequence[x509.Certificate]:
        if self._store is None:
            self._store = Store(x509.load_pem_x509_certificates(self._roots.read_bytes()))
        policy = PolicyBuilder().store(self._store).time(now)
        return policy.build_server_verifier(x509.DNSName(CERT_CHAIN_DOMAIN)).verify(leaf, others)


def _certificates(bundle: bytes) -> list[x509.Certificate]:
    try:
        certificates = x509.load_pem_x509_certificates(bundle)
    except Exception as error:  # ValueError for most, but the parser promises nothing
        raise RequestRefused("certificate-not-pem", type(error).__name__) from error
    if not 0 < len(certificates) <= MOST_CERTIFICATES:
        raise RequestRefused("certificate-not-pem", f"{len(certificates)} certificates")
    return certificates


def _check_leaf(leaf: x509.Certificate, now: datetime) -> None:
    """Refuse with the exact reason what the verifier would refuse with a general one."""
    if now < leaf.not_valid_before_utc:
        raise RequestRefused("certificate-not-yet-valid")
    if now > leaf.not_valid_after_utc:
        raise RequestRefused("certificate-expired")
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        raise RequestRefused("certificate-name") from None
    if CERT_CHAIN_DOMAIN not in names.get_values_for_type(x509.DNSName):
        raise RequestRefused("certificate-name")
