"""``hip-workout store``: look after the memory, and answer who asks what is kept of them."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
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
    from skill.app import DAY_MS

    store, settings = _open(parts)
    before_ms = time.time_ns() // 1_000_000 - settings.forget_after_days * DAY_MS
    click.echo(f"Listeners forgotten: {store.prune(before_ms)}")


def _open(parts: _HasEnvironment) -> tuple[Store, Settings]:
    from skill.app import store_of
    from skill.data_folder import DataFolderError
    from skill.settings import Settings, SettingsError

    try:
        settings = Settings.from_environment(parts.environ)
        return store_of(settings), settings
    except (SettingsError, DataFolderError, ValueError) as fault:
        raise StoreTrouble(str(fault)) from fault
    except Exception as fault:
        raise StoreTrouble(f"The store is out of reach: {fault}") from fault


def _key(settings: Settings, listener: str | None, user: str | None) -> str:
    from skill.alexa.memory import listener_key
    from skill.app import secret_of

    if (listener is None) is (user is None):
        raise click.UsageError("Give either --user or --listener.")
    return listener if listener is not None else listener_key(str(user), secret_of(settings))
