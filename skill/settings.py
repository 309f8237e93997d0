"""What the operator decides: the ``HIP_WORKOUT_*`` environment variables, read once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "HIP_WORKOUT_"

LOG_LEVELS = ("debug", "info", "warning", "error", "critical")

_SKILL_ID = re.compile(r"amzn1\.ask\.skill\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


_ADDRESS = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~!$()*+,;=:@/-]*)?")
"""No user, query or fragment, and nothing that would have to be escaped in a header or in SSML."""


class SettingsError(Exception):
    """The environment is not as it must be; the message names every fault, one a line."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Settings:
    """The operator's decisions, checked."""

    skill_ids: frozenset[str] = frozenset()
    """HIP_WORKOUT_SKILL_ID: whose requests are answered; one or several, by commas or spaces."""

    ca_bundle: Path | None = None
    """HIP_WORKOUT_CA_BUNDLE: roots to trust instead of certifi's, as a PEM file."""

    host: str = "127.0.0.1"
    """HIP_WORKOUT_HOST: the address to listen on."""

    port: int = 8080
    """HIP_WORKOUT_PORT: 1 to 65535."""

    workers: int = 1
    """HIP_WORKOUT_WORKERS: processes that answer, 1 to 64."""

    admin: tuple[str, int] | None = None
    """HIP_WORKOUT_ADMIN: where figures and health are told, such as ``127.0.0.1:9108``; None:
    nowhere. An address that other machines reach must be said to be ``exposed:`` before it."""

    log_level: str = "info"
    """HIP_WORKOUT_LOG_LEVEL: debug, info, warning, error or critical."""

    data_folder: Path | None = None
    """HIP_WORKOUT_DATA_FOLDER: where what must last is kept; None: the user's own data folder."""

    database_url: str | None = None
    """HIP_WORKOUT_DATABASE_URL: where listeners are remembered; None: SQLite in the data folder."""

    secret: bytes | None = None
    """HIP_WORKOUT_SECRET: keys the hash of user ids, 16 to 64 bytes; None: the data folder's."""

    forget_after_days: int = 400
    """HIP_WORKOUT_FORGET_AFTER_DAYS: listeners unheard for so long are forgotten, 8 to 400."""

    audio_url: str | None = None
    """HIP_WORKOUT_AUDIO_URL: where listeners' devices fetch composed sound, without a slash at its
    end, such as ``https://coach.example/audio``; None: sets are paced by APL for Audio, and nothing
    plays hands free."""

    audio_files_only: bool = False
    """HIP_WORKOUT_AUDIO_FILES_ONLY: yes, if that is a host of exported files, which composes
    nothing: then the guides play from there, and sets are paced by APL for Audio."""

    voice: str | None = None
    """HIP_WORKOUT_VOICE: which voice speaks the clips; None: the best local one of the language."""

    piper_voice: Path | None = None
    """HIP_WORKOUT_PIPER_VOICE: the voice file that the voice ``piper`` speaks with."""

    contact: str | None = None
    """HIP_WORKOUT_CONTACT: whom listeners write to, an e-mail or web address; stands on the pages
    about privacy and terms."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Settings:
        """Read the settings; a variable that is empty counts as not set.

        Raises SettingsError with every fault at once: values that cannot be, files that cannot
        be read, and names that begin with HIP_WORKOUT_ and mean nothing.
        """
        values: dict[str, Any] = {}
        faults: list[str] = []
        for name, text in sorted(environ.items()):
            if not name.startswith(PREFIX):
                continue
            if name not in _READERS:
                faults.append(_unknown(name))
            elif text.strip():
                field, read = _READERS[name]
                try:
                    values[field] = read(text.strip())
                except ValueError as fault:
                    faults.append(f"{name}: {fault}")
        if faults:
            raise SettingsError(faults)
        return cls(**values)

    def for_serving(self) -> Settings:
        """Return these settings if a webhook can be served with them; SettingsError if not."""
        if not self.skill_ids:
            raise SettingsError(
                [
                    "HIP_WORKOUT_SKILL_ID is not set. Without it requests for any skill would be "
                    "answered. Set it to the id that the Alexa developer console shows for the "
                    "skill, such as amzn1.ask.skill.12345678-1234-1234-1234-123456789abc"
                ]
            )
        return self


def _unknown(name: str) -> str:
    near = difflib.get_close_matches(name, _READERS, n=1, cutoff=0.75)
    return f"{name}: there is no such setting" + (f"; did you mean {near[0]}?" if near else "")


def _skill_ids(text: str) -> frozenset[str]:
    ids = frozenset(filter(None, re.split(r"[\s,]+", text)))
    if wrong := sorted(one for one in ids if not _SKILL_ID.fullmatch(one)):
        raise ValueError(
            f"{', '.join(map(repr, wrong))} does not look like amzn1.ask.skill. and a UUID"
        )
    if not ids:
        raise ValueError("there is no skill id in it")
    return ids


def _ca_bundle(text: str) -> Path:
    from cryptography import x509  # noqa: PLC0415 - slow to import, and seldom needed here

    path = Path(text)
    try:
        x509.load_pem_x509_certificates(path.read_bytes())
    except OSError as fault:
        raise ValueError(f"{text} cannot be read: {fault.strerror}") from None
    except ValueError:
        raise ValueError(f"{text} holds no PEM certificates") from None
    return path


def _admin(text: str) -> tuple[str, int] | None:
    if text.lower() == "off":
        return None
    exposed, address = text.startswith("exposed:"), text.removeprefix("exposed:")
    host, _, port = address.rpartition(":")
    try:
        ip = ip_address("127.0.0.1" if host.lower() == "localhost" else host.strip("[]"))
        number = _between(1, 65_535)(port)
    except ValueError:
        raise ValueError(f"{text!r} is neither off nor like 127.0.0.1:9108") from None
    if ip.version == 6 and not host.startswith("["):
        raise ValueError(f"{text!r}: an address of version 6 stands in brackets, as [::1]:9108")
    if not ip.is_loopback and not exposed:
        raise ValueError(
            f"{text!r} can be reached by other machines, and asks nobody for a password. If that "
            f"is wanted: exposed:{text}"
        )
    return str(ip), number


def _secret(text: str) -> bytes:
    if not 16 <= len(text.encode()) <= 64:
        raise ValueError("a secret has 16 to 64 bytes")
    return text.encode()


def _audio_url(text: str) -> str:
    parts = urlsplit(text)
    try:
        port_is_one = parts.port != 0
    except ValueError:
        port_is_one = False
    if not (_ADDRESS.fullmatch(text) and port_is_one):
        raise ValueError(f"{text!r} is not like https://coach.example/audio: Alexa plays no other")
    return text.rstrip("/")


def _contact(text: str) -> str:
    if not re.fullmatch(r"https://[^\s/]+\.[^\s]+|[^\s@:/]+@[^\s@:/]+\.[^\s@:/]+", text):
        raise ValueError(f"{text!r} is neither an e-mail address nor one that begins with https://")
    return text


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("yes", "no"):
        raise ValueError(f"{text!r} is neither yes nor no")
    return text.lower() == "yes"


def _readable(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise ValueError(f"{text} is no file")
    return path


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise ValueError(f"{text!r} is not a whole number from {low} to {high}")
        return int(text)

    return read


def _log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"{text!r} is none of {', '.join(LOG_LEVELS)}")
    return text.lower()


_READERS: dict[str, tuple[str, Callable[[str], Any]]] = {
    f"{PREFIX}SKILL_ID": ("skill_ids", _skill_ids),
    f"{PREFIX}CA_BUNDLE": ("ca_bundle", _ca_bundle),
    f"{PREFIX}HOST": ("host", str),
    f"{PREFIX}PORT": ("port", _between(1, 65_535)),
    f"{PREFIX}WORKERS": ("workers", _between(1, 64)),
    f"{PREFIX}ADMIN": ("admin", _admin),
    f"{PREFIX}LOG_LEVEL": ("log_level", _log_level),
    f"{PREFIX}DATA_FOLDER": ("data_folder", Path),
    f"{PREFIX}DATABASE_URL": ("database_url", str),
    f"{PREFIX}SECRET": ("secret", _secret),
    f"{PREFIX}AUDIO_URL": ("audio_url", _audio_url),
    f"{PREFIX}AUDIO_FILES_ONLY": ("audio_files_only", _yes_or_no),
    f"{PREFIX}VOICE": ("voice", str),
    f"{PREFIX}PIPER_VOICE": ("piper_voice", _readable),
    f"{PREFIX}CONTACT": ("contact", _contact),
    f"{PREFIX}FORGET_AFTER_DAYS": ("forget_after_days", _between(8, 400)),
}
