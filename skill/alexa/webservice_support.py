"""What we use of Amazon's ask-sdk-webservice-support, importable whatever OpenSSL is installed.

That package's ``verifier`` module imports certvalidator, which imports oscrypto, and oscrypto
cannot read the version of OpenSSL 3.0.10 and later: it raises LibraryNotFoundError while it is
being imported (wbond/oscrypto issue 78; no release mends it for every version). Only Amazon's
own signature check needs certvalidator, and ours (``verify.py``) does not.

So a stand-in is there for ``certvalidator`` for just as long as Amazon's module is being
imported, and gone from ``sys.modules`` afterwards. Should somebody call Amazon's check after all,
the real certvalidator is imported then and takes its place for good; where that fails, the check
refuses and says why. Not trying it at the start also saves 50 ms of starting time where it works.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class CertificateValidationUnavailable(Exception):
    """Amazon's own signature check was called where certvalidator cannot be imported."""


def _import_when_called(*args: Any, **named: Any) -> Any:
    """Stand for ``CertificateValidator``: put the real one in place, and do what it does."""
    try:
        real = import_module("certvalidator")
        errors = import_module("certvalidator.errors")
    except Exception as error:  # its import fails as its dependency likes, not only by ImportError
        raise CertificateValidationUnavailable(
            "certvalidator cannot be imported here; use skill.alexa.verify.SignatureVerifier"
        ) from error
    vars(import_module("ask_sdk_webservice_support.verifier")).update(
        CertificateValidator=real.CertificateValidator,
        ValidationError=errors.ValidationError,
        PathError=errors.PathError,
    )
    return real.CertificateValidator(*args, **named)


@contextmanager
def _certvalidator() -> Iterator[None]:
    """Make ``import certvalidator`` succeed within the block."""
    if "certvalidator" in sys.modules:  # somebody has the real one
        yield
        return
    package, errors = ModuleType("certvalidator"), ModuleType("certvalidator.errors")
    unavailable = CertificateValidationUnavailable
    vars(package).update(CertificateValidator=_import_when_called, errors=errors)
    vars(errors).update(ValidationError=unavailable, PathError=unavailable)
    stand_ins = {"certvalidator": package, "certvalidator.errors": errors}
    sys.modules.update(stand_ins)
    try:
        yield
    finally:
        for name in stand_ins:
            sys.modules.pop(name, None)


with _certvalidator():
    from ask_sdk_webservice_support.verifier import (
        AbstractVerifier,
        TimestampVerifier,
        VerificationException,
    )
    from ask_sdk_webservice_support.verifier_constants import (
        ALEXA_SKILL_EVENT_LIST,
        CERT_CHAIN_DOMAIN,
        CERT_CHAIN_URL_HOSTNAME,
        CERT_CHAIN_URL_PORT,
        MAX_NORMAL_REQUEST_TOLERANCE_IN_MILLIS,
        MAX_SKILL_EVENT_TOLERANCE_IN_MILLIS,
        SIGNATURE_CERT_CHAIN_URL_HEADER,
        SIGNATURE_HEADER,
    )
    from ask_sdk_webservice_support.webservice_handler import WebserviceSkillHandler

__all__ = [
    "ALEXA_SKILL_EVENT_LIST",
    "CERT_CHAIN_DOMAIN",
    "CERT_CHAIN_URL_HOSTNAME",
    "CERT_CHAIN_URL_PORT",
    "MAX_NORMAL_REQUEST_TOLERANCE_IN_MILLIS",
    "MAX_SKILL_EVENT_TOLERANCE_IN_MILLIS",
    "SIGNATURE_CERT_CHAIN_URL_HEADER",
    "SIGNATURE_HEADER",
    "AbstractVerifier",
    "CertificateValidationUnavailable",
    "TimestampVerifier",
    "VerificationException",
    "WebserviceSkillHandler",
]
