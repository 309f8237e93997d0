"""The machine and what is installed on it: Python, OpenSSL, roots, the data folder, its disk."""

from __future__ import annotations

import platform
import shutil
import ssl
import tempfile
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import certifi
from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning

from skill.data_folder import DataFolderError, data_folder
from skill.doctor.finding import Finding, ok, reason, warning, wrong

if TYPE_CHECKING:
    from skill.settings import Settings

OLDEST_OPENSSL = (1, 1, 1)
"""Before it there is no TLS 1.3."""

OLD_ROOTS = timedelta(days=730)
"""After it roots are missing that servers use: Amazon's own chain has changed in less."""

LEAST_FREE_MB, BETTER_FREE_MB = 100, 500
"""The clips of one voice take about 20 MB, listeners a few KB each."""

_AMAZONS = ("Amazon Root CA", "Starfield")
"""Begin the names of the roots above Amazon's signatures."""


def python_and_openssl() -> Iterator[Finding]:
    """Look at the versions that everything rests on."""
    yield ok("Python", platform.python_version())
    says = ssl.OPENSSL_VERSION
    if ssl.OPENSSL_VERSION_INFO[:3] < OLDEST_OPENSSL or not ssl.HAS_TLSv1_2:
        yield wrong("OpenSSL", f"{says} is too old", "Install a Python with OpenSSL 3.")
    else:
        yield ok("OpenSSL", says)


def roots_of(settings: Settings) -> Path:
    """Return the PEM file of the roots that are trusted."""
    return settings.ca_bundle or Path(certifi.where())


def roots(settings: Settings) -> Iterator[Finding]:
    """Look at the roots by which Amazon is believed."""
    path, now = roots_of(settings), datetime.now(UTC)
    renew = "Install certifi anew, or set HIP_WORKOUT_CA_BUNDLE to the roots of your system."
    try:
        with warnings.catch_warnings():
            # Some roots have serial numbers that a standard younger than they disallows.
            warnings.simplefilter("ignore", CryptographyDeprecationWarning)
            found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as fault:
        yield wrong("Roots", f"{path} cannot be read: {reason(fault)}", renew)
        return
    valid = [one for one in found if one.not_valid_before_utc <= now <= one.not_valid_after_utc]
    names = [one.subject.rfc4514_string() for one in valid]
    says = f"{len(valid)} of {len(found)} are valid"
    if not valid:
        yield wrong("Roots", f"{path}: {says}", renew)
    elif not any(mark in name for name in names for mark in _AMAZONS):
        do = "Without it no request of Amazon's is believed. Use certifi's roots, or add it."
        yield warning("Roots", f"{path} has no root of Amazon's", do)
    elif settings.ca_bundle is None and (age := now - _released()) > OLD_ROOTS:
        yield warning("Roots", f"certifi's are {age.days // 30} months old; {says}", renew)
    else:
        yield ok("Roots", f"{path.name}: {says}")


def _released() -> datetime:
    """Return when certifi's roots were released; its version is the day."""
    year, month, day = (int(part) for part in version("certifi").split(".")[:3])
    return datetime(year, month, day, tzinfo=UTC)


def folder(settings: Settings) -> Iterator[Finding]:
    """Look whether the data folder can be written to and has room."""
    try:
        path = data_folder(settings.data_folder)
        with tempfile.NamedTemporaryFile(dir=path, prefix="doctor-") as probe:
            probe.write(b"probe")
            probe.flush()
    except DataFolderError as fault:
        yield wrong("Data folder", str(fault), "Name one that can be made and written to.")
        return
    except OSError as fault:
        do = "Let the user who serves write there, or set HIP_WORKOUT_DATA_FOLDER."
        yield wrong("Data folder", f"{path} cannot be written to: {fault.strerror}", do)
        return
    yield ok("Data folder", f"{path} can be written to")
    free = shutil.disk_usage(path).free // 1_000_000
    says, do = f"{free} MB are free", "Make room, or set HIP_WORKOUT_DATA_FOLDER to another disk."
    if free < LEAST_FREE_MB:
        yield wrong("Disk", says, do)
    elif free < BETTER_FREE_MB:
        yield warning("Disk", says, do)
    else:
        yield ok("Disk", says)
