"""What we use of Amazon's ask-sdk-webservice-support, importable whatever OpenSSL is installed.

That package's ``verifier`` module imports certvalidator, which imports oscrypto, and oscrypto
cannot read the version of OpenSSL 3.0.10 and later: it raises LibraryNotFoundError while it is
being imported (wbond/oscrypto issue 78; no release mends it for every version). Only Amazon's
own signature check needs certvalidator, and ours (``verify.py``) does not. So the real one is
imported where it can be, and where it cannot, a stand-in takes its place for just as long as
Amazon's module is being imported. Nobody else ever sees the stand-in: it is gone from
``sys.modules`` afterwards, and who calls Amazon's check through it is told what is missing.
"""

from __future__ import annotations

import importlib
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class CertificateValidationUnavailable(Exception):
    """Amazon's own signature check was called where certvalidator cannot be imported."""


def _unavailable(*_: Any, **__: Any) -> None:
    raise CertificateValidationUnavailable(
        "certvalidator cannot be imported here; use skill.alexa.verify.SignatureVerifier"
    )


def _stand_ins() -> dict[str, ModuleType]:
    package, errors = ModuleType("certvalidator"), ModuleType("certvalidator.errors")
    vars(package).update(CertificateValidator=_unavailable, errors=errors)
    vars(errors).update(
        ValidationError=CertificateValidationUnavailable, PathError=CertificateValidationUnavailable
    )
    return {"certvalidator": package, "certvalidator.errors": errors}


def _family(name: str) -> bool:
    return name.partition(".")[0] in ("certvalidator", "oscrypto")


@contextmanager
def _certvalidator() -> Iterator[None]:
    """Make ``import certvalidator`` succeed within the block, by the real one where it works."""
    before = {name for name in sys.modules if _family(name)}
    try:
        importlib.import_module("certvalidator.errors")
    except Exception:  # its import fails in any way its dependency likes, not only by ImportError
        stand_ins = _stand_ins()
    else:
        yield
        return
    for name in [name for name in sys.modules if _family(name) and name not in before]:
        del sys.modules[name]  # half-imported
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
