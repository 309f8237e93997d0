"""``hip-workout store``: look after the memory, and answer who asks what is kept of them."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from skill.settings import Settings
    from skill.store.port import Store


class StoreTrouble(click.ClickException):
    """The memory is out of reach or wrongly named: one clear message, exit code 2."""

    exit_code = 2


class _HasEnvironment(Protocol):
    """What these commands need of the command line's parts."""

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment variables."""


@click.group("store")
def store_commands() -> None:
    """Look after the memory of listeners."""


@store_commands.command()
@click.pass_obj
def migrate(parts: _HasEnvironment) -> None:
    """Bring the database to the form that this version needs. Safe to repeat."""
    store, settings = _open(parts)
    url = settings.database_url or ""
    try:
        if url.startswith("dynamodb:"):
            from skill.store.dynamodb import create_table

            create_table(url)
        else:
            store.load("nobody")  # whatever a store needs is made before its first use
    except Exception as fault:
        raise StoreTrouble(f"The store is out of reach: {fault}") from fault
    click.echo("The store is up to date.")


@store_commands.command()
@click.pass_obj
def check(parts: _HasEnvironment) -> None:
    """Write, read and remove a listener of nobody's, and say how long that took."""
    store, _ = _open(parts)
    began = time.perf_counter()
    probe = f"check-{time.time_ns()}"
    try:
        store.save(probe, {"check": True}, after=0, now_ms=time.time_ns() // 1_000_000)
        kept = store.load(probe)
        store.forget(probe)
    except Exception as fault:
        raise StoreTrouble(f"The store does not work: {fault}") from fault
    if kept is None or kept.document != {"check": True}:
        raise StoreTrouble("The store does not give back what it was given.")
    click.echo(f"The store works ({(time.perf_counter() - began) * 1000:.1f} ms).")


def _chosen(command: click.decorators.FC) -> click.decorators.FC:
    for option in (
        click.option("--listener", metavar="KEY", help="The key as the log shows it."),
        click.option("--user", metavar="ID", help="Amazon's user id."),
    ):
        command = option(command)
    return command


@store_commands.command()
@_chosen
@click.pass_obj
def export(parts: _HasEnvironment, listener: str | None, user: str | None) -> None:
    """Print everything that is kept of one listener, as JSON."""
    store, settings = _open(parts)
    kept = store.load(_key(settings, listener, user))
    if kept is None:
        raise StoreTrouble("Nothing is kept of this listener.")
    whole = {"version": kept.version, "saved_ms": kept.saved_ms, "kept": kept.document}
    click.echo(json.dumps(whole, indent=2, ensure_ascii=False))


@store_commands.command()
@_chosen
@click.pass_obj
def forget(parts: _HasEnvironment, listener: str | None, user: str | None) -> None:
    """Remove everything that is kept of one listener. Safe to repeat."""
    store, settings = _open(parts)
    store.forget(_key(settings, listener, user))
    click.echo("Nothing is kept of this listener.")


@store_commands.command()
@click.pass_obj
def prune(parts: _HasEnvironment) -> None:
    """Remove listeners unheard for HIP_WORKOUT_FORGET_AFTER_DAYS."""
    from skill.coach_skill import DAY_MS

    store, settings = _open(parts)
    before_ms = time.time_ns() // 1_000_000 - settings.forget_after_days * DAY_MS
    click.echo(f"Listeners forgotten: {store.prune(before_ms)}")


@store_commands.command()
@click.argument("to", metavar="FILE|FOLDER", type=click.Path(path_type=Path))
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="Of the backups in the folder leave so many, the newest.",
)
@click.pass_obj
def backup(parts: _HasEnvironment, to: Path, keep: int | None) -> None:
    """Copy SQLite's memory, and the secret, into one new file; in a FOLDER it is named by the time.

    The server may go on meanwhile. Whoever has the file has what is kept of all listeners.
    """
    from skill.store.backup import BackupRefused, back_up

    if keep is not None and not to.is_dir():
        raise click.UsageError("--keep goes with a folder that is there.")
    settings = _settings(parts)
    now = datetime.now(UTC).replace(microsecond=0)
    file = to / f"hip-workout-{now:%Y%m%dT%H%M%SZ}.tar" if to.is_dir() else to
    database, keyed_by = _file_of(settings), _keyed_by(settings)
    secret = None if settings.secret else _secret(settings)
    try:
        made = back_up(database, file, keyed_by=keyed_by, secret=secret, now=now)
    except (BackupRefused, OSError) as fault:
        raise StoreTrouble(f"No backup was made: {fault}") from fault
    click.echo(f"{file}: listeners: {made.listeners}, bytes: {file.stat().st_size}")
    if not made.holds_secret:
        click.echo("HIP_WORKOUT_SECRET is not in it: keep that too, or nobody is found again.")
    for old in sorted(to.glob("hip-workout-????????T??????Z.tar"))[: -keep if keep else 0]:
        old.unlink()
        click.echo(f"{old} was removed.")


@store_commands.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--check", "only_check", is_flag=True, help="Only say whether the file is sound.")
@click.option(
    "--over-newer",
    is_flag=True,
    help="Also in the place of a database that a later release has prepared.",
)
@click.pass_obj
def restore(parts: _HasEnvironment, file: Path, only_check: bool, over_newer: bool) -> None:
    """Put a backup in the place of SQLite's memory and of the secret, while no server runs.

    What was there stays beside it, with .before- and the time in its name. A later release's
    memory is not replaced unless --over-newer is given.
    """
    from skill.store import backup as backups
    from skill.store.errors import SchemaTooNew

    settings = _settings(parts)
    database = _file_of(settings)
    keyed_by = _keyed_by(settings) if settings.secret else None
    try:
        if only_check:
            found = backups.read_about(file)
        else:
            secret = _folder(settings) / "secret"
            found = backups.restore(
                file, database, secret, keyed_by=keyed_by, over_newer=over_newer
            )
    except (backups.BackupRefused, SchemaTooNew, OSError) as fault:
        raise StoreTrouble(f"Nothing was restored: {fault}") from fault
    what = "is sound" if only_check else "is restored"
    click.echo(
        f"{file} {what}: listeners: {found.listeners}, as of {found.made:%Y-%m-%d %H:%M} UTC"
    )


def _open(parts: _HasEnvironment) -> tuple[Store, Settings]:
    from skill.coach_skill import store_of
    from skill.data_folder import DataFolderError

    settings = _settings(parts)
    try:
        return store_of(settings), settings
    except (DataFolderError, ValueError) as fault:
        raise StoreTrouble(str(fault)) from fault
    except Exception as fault:
        raise StoreTrouble(f"The store is out of reach: {fault}") from fault


def _key(settings: Settings, listener: str | None, user: str | None) -> str:
    from skill.alexa.memory import listener_key
    from skill.coach_skill import secret_of

    if (listener is None) is (user is None):
        raise click.UsageError("Give either --user or --listener.")
    return listener if listener is not None else listener_key(str(user), secret_of(settings))


def _settings(parts: _HasEnvironment) -> Settings:
    from skill.settings import Settings, SettingsError

    try:
        return Settings.from_environment(parts.environ)
    except SettingsError as fault:
        raise StoreTrouble(str(fault)) from fault


def _folder(settings: Settings) -> Path:
    from skill.data_folder import DataFolderError, data_folder

    try:
        return data_folder(settings.data_folder)
    except DataFolderError as fault:
        raise StoreTrouble(str(fault)) from fault


def _file_of(settings: Settings) -> Path:
    """Return where SQLite's memory is. Raises StoreTrouble where another one is used."""
    url = settings.database_url
    if url is None:
        return _folder(settings) / "listeners.db"
    if url.startswith("sqlite:///"):
        return Path(url.removeprefix("sqlite:///")).expanduser().absolute()
    raise StoreTrouble(
        "Only SQLite's memory is copied here. PostgreSQL has pg_dump, DynamoDB its point-in-time "
        "recovery; keep the secret with it, or nobody is found again."
    )


def _secret(settings: Settings) -> bytes:
    from skill.coach_skill import secret_of
    from skill.data_folder import DataFolderError

    try:
        return secret_of(settings)
    except DataFolderError as fault:
        raise StoreTrouble(str(fault)) from fault


def _keyed_by(settings: Settings) -> str:
    """Return what tells this secret from others, and nothing else of it."""
    from skill.alexa.memory import listener_key

    return listener_key("hip-workout store backup", _secret(settings))
