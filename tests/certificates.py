"""Certificates for tests: sound ones, and ones with any fault that is wanted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Certified:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: PrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )


@dataclass(frozen=True)
class Wanted:
    """What a certificate should say; as it stands, a sound one."""

    name: str
    names: tuple[str, ...] = ()
    """DNS names; none: no such extension."""

    authority: bool = False
    starts: timedelta = timedelta(days=-2)
    ends: timedelta = timedelta(days=90)
    key: Callable[[], PrivateKey] = lambda: ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key(number: int) -> rsa.RSAPrivateKey:
    """Return a key of a kind that Amazon signs with; the same for the same number."""
    return rsa.generate_private_key(65537, 2048)


def certify(wanted: Wanted, issuer: Certified | None = None) -> Certified:
    """Make a certificate, signed by itself when there is no issuer."""
    key = wanted.key()
    signer = issuer.key if issuer else key
    subject = _name(wanted.name)
    now = datetime.now(UTC).replace(microsecond=0)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + wanted.starts)
        .not_valid_after(now + wanted.ends)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.BasicConstraints(wanted.authority, None), critical=True)
        .add_extension(_usage(wanted.authority), critical=True)
    )
    if not wanted.authority:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False
        )
    if wanted.names:
        builder = builder.add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name) for name in wanted.names]),
            critical=False,
        )
    return Certified(builder.sign(signer, hashes.SHA256()), key)


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )
