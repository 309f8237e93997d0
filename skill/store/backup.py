"""A copy of SQLite's memory and of the secret it is useless without, in one file, and the way back.

The file is a tar: ``backup.json`` says what is in it, ``listeners.db`` is the database as it was at
one moment, ``secret`` keys the names in it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from skill.store.errors import SchemaTooNew
from skill.store.schema import MIGRATIONS

FORMAT = 1
"""A file of a higher one was written by a later release, and is left alone."""

LARGEST_BYTES = 64 * 1024**3
"""No member is larger; a listener takes some kilobytes."""

BUSY_S = 5.0
"""How long to wait for a writer: nobody waits for a sentence meanwhile."""

_ABOUT, _DATABASE, _SECRET = "backup.json", "listeners.db", "secret"


class BackupRefused(Exception):
    """There is nothing to copy, or the copy cannot be trusted or put back; says why."""


@dataclass(frozen=True)
class Backup:
    """What a file says of itself."""

    made: datetime
    """When, in UTC."""

    schema: int
    """The version of the database's schema."""

    listeners: int

    keyed_by: str
    """What the secret makes of a fixed text: two that differ were made with two secrets."""

    holds_secret: bool


def back_up(
    database: Path, file: Path, *, keyed_by: str, secret: bytes | None, now: datetime
) -> Backup:
    """Copy a database that may be written to meanwhile, as it is at one moment, into a new file.

    The file is for its owner only, and appears whole or not at all. ``secret`` is None where it is
    a setting, which the operator keeps elsewhere.

    Raises:
        BackupRefused: there is no sound database there, or the file exists already.
        OSError: the file cannot be written.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists already")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder:
        copy, part = Path(folder) / _DATABASE, Path(folder) / file.name
        _copy(database, copy)
        schema, listeners = _sound(copy)
        backup = Backup(now, schema, listeners, keyed_by, secret is not None)
        _pack(part, backup, copy, secret)
        os.link(part, file)  # and never over another one
        _flush(file.parent)
    return backup


def read_about(file: Path) -> Backup:
    """Return what a file says of itself, once all of it has been found to be whole.

    Raises BackupRefused, SchemaTooNew, OSError.
    """
    with _unpacked(file) as (backup, _, _):
        return backup


def restore(
    file: Path,
    database: Path,
    secret: Path,
    *,
    keyed_by: str | None = None,
    over_newer: bool = False,
) -> Backup:
    """Put a copy in the place of a database that nobody uses, and its secret in that of ``secret``.

    ``keyed_by`` is given where the secret is a setting: the copy must have been made with it, and
    the file is left alone. What was there is kept beside it, with ``.before-`` and the time in its
    name. Nothing is changed unless the whole copy is sound.

    Raises:
        BackupRefused: the copy is damaged or belongs to another secret, or somebody uses the
            database.
        SchemaTooNew: a later release made the copy; or prepared the database, which only
            ``over_newer`` replaces.
        OSError: the file cannot be read, or the folder not written to.
    """
    with _unpacked(file, database.parent) as (backup, copy, kept):
        _check_secret(backup, keyed_by)
        _let_go(database, over_newer=over_newer)
        taken = kept if keyed_by is None else None
        # Before anything is changed, for this can fail.
        beside = None if taken is None else _brought_beside(taken, secret)
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        for left in ("-wal", "-shm"):  # of a damaged one: beside another they would damage that
            _set_aside(database.with_name(database.name + left), stamp, remove=True)
        _put(copy, database, stamp)
        if beside is not None:
            _put(beside, secret, stamp)
            _flush(secret.parent)
        _flush(database.parent)
    return backup


def _brought_beside(new: Path, place: Path) -> Path:
    """Copy a file into the folder of its place, which may be on another disk."""
    beside = place.with_name(f".{place.name}.restored")
    beside.unlink(missing_ok=True)
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(new.read_bytes())
        out.flush()
        os.fsync(out.fileno())
    return beside


def _check_secret(backup: Backup, keyed_by: str | None) -> None:
    """Raise BackupRefused where the names in a copy could not be found by any listener's id."""
    if keyed_by is None and not backup.holds_secret:
        raise BackupRefused("its secret was a setting: set HIP_WORKOUT_SECRET to that one")
    if keyed_by is not None and keyed_by != backup.keyed_by:
        raise BackupRefused("it was made with another HIP_WORKOUT_SECRET")


def _copy(database: Path, copy: Path) -> None:
    copy.touch(mode=0o600)
    try:
        with closing(_opened(database)) as from_, closing(sqlite3.connect(copy)) as to:
            from_.backup(to)  # in one step, beside writers: they do not wait, and it starts once
            to.execute("PRAGMA journal_mode=DELETE").close()  # one file, with no log beside it
    except sqlite3.Error as fault:
        raise BackupRefused(f"{database} cannot be copied: {fault}") from fault


def _opened(database: Path) -> sqlite3.Connection:
    """Open a database that is there; SQLite would make one that is not."""
    return sqlite3.connect(f"file:{quote(str(database))}?mode=rw", timeout=BUSY_S, uri=True)


def _sound(database: Path) -> tuple[int, int]:
    """Return a copy's schema version and its number of listeners. Raises BackupRefused."""
    try:
        with closing(_opened(database)) as connection:
            (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
            if said != "ok":
                raise BackupRefused(f"the database is damaged: {said}")
            schema = _schema(connection)
            (listeners,) = connection.execute("SELECT count(*) FROM listeners").fetchone()
    except sqlite3.Error as fault:
        raise BackupRefused(f"the database cannot be read: {fault}") from fault
    return schema, listeners


def _schema(connection: sqlite3.Connection) -> int:
    version = connection.execute("SELECT max(version) FROM schema_version").fetchone()[0]
    return int(version or 0)


def _pack(file: Path, backup: Backup, copy: Path, secret: bytes | None) -> None:
    about: dict[str, Any] = {
        "format": FORMAT,
        "made": backup.made.isoformat(),
        "schema": backup.schema,
        "listeners": backup.listeners,
        "keyed_by": backup.keyed_by,
        "sha256": {_DATABASE: _digest(copy)},
    }
    if secret is not None:
        about["sha256"][_SECRET] = hashlib.sha256(secret).hexdigest()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        with tarfile.open(fileobj=out, mode="w") as tar:
            _add(tar, _ABOUT, json.dumps(about, indent=2).encode(), backup.made)
            if secret is not None:
                _add(tar, _SECRET, secret, backup.made)
            tar.add(copy, _DATABASE)
        out.flush()
        os.fsync(out.fileno())


def _add(tar: tarfile.TarFile, name: str, data: bytes, made: datetime) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode, member.mtime = len(data), 0o600, int(made.timestamp())
    tar.addfile(member, io.BytesIO(data))


@contextmanager
def _unpacked(file: Path, beside: Path | None = None) -> Iterator[tuple[Backup, Path, Path | None]]:
    """Give what a file says, its database and its secret, all checked, in a folder ``beside``.

    Raises BackupRefused, SchemaTooNew, OSError.
    """
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=beside) as folder:
        try:
            with tarfile.open(file, "r:") as tar:
                about = json.loads(_taken(tar, _ABOUT, Path(folder)).read_bytes())
                backup, digests = _read(about)
                copy, secret = (
                    _checked(tar, name, Path(folder), digests) for name in (_DATABASE, _SECRET)
                )
        except (tarfile.TarError, ValueError, KeyError, TypeError) as fault:
            raise BackupRefused(f"{file} is no whole backup: {fault}") from fault
        if copy is None or _sound(copy) != (backup.schema, backup.listeners):
            raise BackupRefused(f"{file} does not hold what it says")
        yield backup, copy, secret


def _read(about: dict[str, Any]) -> tuple[Backup, dict[str, str]]:
    if about["format"] > FORMAT:
        raise BackupRefused("a later release made this backup: restore it with that one")
    if about["schema"] > len(MIGRATIONS):
        raise SchemaTooNew(about["schema"], len(MIGRATIONS))
    digests: dict[str, str] = about["sha256"]
    backup = Backup(
        datetime.fromisoformat(about["made"]),
        about["schema"],
        about["listeners"],
        about["keyed_by"],
        _SECRET in digests,
    )
    return backup, digests


def _checked(tar: tarfile.TarFile, name: str, folder: Path, digests: dict[str, str]) -> Path | None:
    if name not in digests:
        return None
    path = _taken(tar, name, folder)
    if _digest(path) != digests[name]:
        raise BackupRefused(f"{name} in this backup is damaged")
    return path


def _taken(tar: tarfile.TarFile, name: str, folder: Path) -> Path:
    """Write one member to a file for its owner only; what else is in the tar is never looked at."""
    member = tar.getmember(name)
    source = tar.extractfile(member)
    if source is None or member.size > LARGEST_BYTES:
        raise ValueError(f"{name} is no file")
    path = folder / name
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while block := source.read(1 << 20):
            out.write(block)
        out.flush()
        os.fsync(out.fileno())
    return path


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _let_go(database: Path, *, over_newer: bool) -> None:
    """See that nobody uses a database, and that it is whole in its one file. A damaged one passes.

    Raises BackupRefused, SchemaTooNew.
    """
    if not database.exists():
        return
    try:
        with closing(_opened(database)) as connection:
            # Only the last one who has it open may take the log away.
            connection.execute("PRAGMA journal_mode=DELETE").close()
            schema = _schema(connection)
    except sqlite3.OperationalError as fault:
        if getattr(fault, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise BackupRefused(f"{database} is in use: stop the server first") from fault
        return
    except sqlite3.DatabaseError:
        return
    if schema > len(MIGRATIONS) and not over_newer:
        raise SchemaTooNew(schema, len(MIGRATIONS))


def _put(new: Path, place: Path, stamp: str) -> None:
    """Put a file in the place of another, which is kept; at no moment is there none."""
    _set_aside(place, stamp)
    if os.geteuid() == 0:  # or whose folder it is could not read what is in it
        owner = place.parent.stat()
        os.chown(new, owner.st_uid, owner.st_gid)
    new.replace(place)


def _set_aside(path: Path, stamp: str, *, remove: bool = False) -> None:
    if path.exists():
        os.link(path, path.with_name(f"{path.name}.before-{stamp}"))
        if remove:
            path.unlink()


def _flush(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
