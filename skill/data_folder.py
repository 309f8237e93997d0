"""The folder for what must outlast the process: the database and the secret."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import platformdirs

SECRET_BYTES = 32


class DataFolderError(Exception):
    """The data folder cannot be used; the message says why and what to set."""


def data_folder(chosen: Path | None) -> Path:
    """Return the folder, made if need be, that only its owner can enter.

    Raises:
        DataFolderError: it cannot be made or written to.
    """
    folder = chosen or platformdirs.user_data_path("hip-workout", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise DataFolderError(
            f"{folder} cannot be made: {fault.strerror}. Set HIP_WORKOUT_DATA_FOLDER."
        ) from fault
    return folder


def kept_secret(folder: Path) -> bytes:
    """Return the secret of this folder; the first to ask makes it.

    Raises:
        DataFolderError: it cannot be read or written, or is too short to be one.
    """
    path = folder / "secret"
    try:
        _make(path)
        secret = path.read_bytes()
    except OSError as fault:
        raise DataFolderError(
            f"{path}: {fault.strerror}. Set HIP_WORKOUT_SECRET or HIP_WORKOUT_DATA_FOLDER."
        ) from fault
    if len(secret) < SECRET_BYTES:
        raise DataFolderError(f"{path} is damaged; restore it, or every listener is a new one.")
    return secret[:64]


def _make(path: Path) -> None:
    """Write a new secret whole or not at all; another process may have done so meanwhile."""
    if path.exists():
        return
    part = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(SECRET_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()
