"""``hip-workout serve``: the webhook, and if asked for the page beside it, behind granian."""

from __future__ import annotations

import gc
import os
import re
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Protocol

import click

from skill import watchdog
from skill.loopback import is_loopback
from skill.mistake import Mistake, settings_of

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill
    from flask import Blueprint, Flask

    from skill.alexa.amazon_api import AmazonApi
    from skill.render.recorded import Recordings
    from skill.settings import Settings
    from skill.simulator.guard import Guard
    from skill.sound import EnglishSound

_HOST = re.compile(r"[\w-]+(\.[\w-]+)*")

PAGE_NAMES = "_PAGE_OF_HIP_WORKOUT_FOR"
"""By which names others may reach the page: from the command to granian's worker, no setting."""


class _HasApplications(Protocol):
    """What this command needs of the command line's parts."""

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment variables."""

    @property
    def webhook(self) -> str:
        """Module and name of the factory of the WSGI application."""

    @property
    def page(self) -> str:
        """The same, of the one with the page beside the webhook."""


@click.command("serve")
@click.option("--host", help="Address to listen on.  [default: HIP_WORKOUT_HOST or 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    help="Port to listen on.  [default: HIP_WORKOUT_PORT or 8080]",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that answer.  [default: HIP_WORKOUT_WORKERS or 1]",
)
@click.option(
    "--take-over",
    is_flag=True,
    help="Share the port with a server that is still there, until that one is told to end.",
)
@click.option(
    "--simulator",
    is_flag=True,
    help="Also serve a page with a pretend smart speaker at /, for this machine only.",
)
@click.option(
    "--simulator-for",
    "names",
    multiple=True,
    metavar="NAME",
    help="Let others reach that page, by this name or by an address; may be given several times.",
)
@click.pass_obj
def serve_command(  # noqa: PLR0913, PLR0917 - an argument an option
    parts: _HasApplications,
    host: str | None,
    port: int | None,
    workers: int | None,
    take_over: bool,
    simulator: bool,
    names: tuple[str, ...],
) -> None:
    """Serve the webhook at /alexa, until Ctrl-C or SIGTERM.

    Everything else is read from HIP_WORKOUT_* in the environment; HIP_WORKOUT_SKILL_ID must be set.

    \b
    SIGTERM, SIGINT  no new connections; what runs is finished, for at most
                     nine seconds; exit code 0
    SIGHUP           a new worker in the place of each, one after the other,
                     with the code and the settings of the start

    For another version or other settings start it once more with --take-over, wait until it is
    ready, and send the first one SIGTERM. For the figures set HIP_WORKOUT_ADMIN=127.0.0.1:9108.
    """
    from skill.settings import SettingsError
    from skill.web_server import Served, serve

    try:
        settings = settings_of(parts.environ).for_serving()
    except SettingsError as error:
        raise Mistake(str(error)) from error
    address, number = host or settings.host, port or settings.port
    count = workers or settings.workers
    check_port(address, number, shares=take_over)
    with_page = simulator or bool(names)
    if with_page:
        _announce_page(address, number, count, names)
    served = Served(
        target=parts.page if with_page else parts.webhook,
        host=address,
        port=number,
        workers=count,
        # A turn is Python all through; more threads only fight for its lock. But rendering a
        # line for the page must not keep Amazon waiting.
        threads=4 if with_page else 1,
        beside_another=take_over,
    )
    with watchdog.keep(address, number):
        serve(served, settings)


def _announce_page(host: str, port: int, workers: int, names: tuple[str, ...]) -> None:
    """Say where the page is, and who may reach it. Raises Mistake where that is not safe."""
    if workers > 1:
        raise Mistake("The page keeps its speakers in one process: serve it with --workers 1.")
    if not is_loopback(host) and not names:
        raise Mistake(
            f"{host} can be reached from other machines, and whoever reaches the page may use this "
            "one's voice and memory. If that is wanted, name it: --simulator-for NAME"
        )
    if wrong := [name for name in names if not _HOST.fullmatch(name)]:
        raise Mistake(f"{wrong[0]!r} is no name of a host, such as coach.example")
    os.environ[PAGE_NAMES] = ",".join(names)
    if names:
        click.echo(
            "Warning: the page asks nobody for a password. Everyone who reaches "
            f"{host} port {port} can talk to the coach and make it speak.",
            err=True,
        )
    bracketed = f"[{host}]" if ":" in host else host
    click.echo(f"The coach to talk to: http://{bracketed}:{port}/", err=True)


def check_port(host: str, port: int, *, shares: bool = False) -> None:
    """Raise Mistake where nobody could listen, which granian would report by a traceback.

    If it ``shares``, another server of this user may be there already.
    """
    import socket

    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if shares:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
            probe.bind(address[4])
    except OSError as error:
        raise Mistake(f"Cannot listen on {host} port {port}: {error.strerror or error}") from error


def webhook() -> Flask:
    """Return the webhook, set up from the environment; each of granian's workers calls this."""
    _start_lean()
    settings = settings_of(os.environ)
    if settings.audio_url is None:
        return _served(settings, None, ())
    from audio.listing import listing_blueprint
    from audio.serving import audio_blueprint
    from skill.sound import EnglishSound

    sound = EnglishSound(settings)
    recordings = _recordings(settings, settings.audio_url, sound)
    listing = listing_blueprint(sound, settings.audio_url)
    return _served(settings, recordings, (audio_blueprint(sound, recordings.urls), listing))


def webhook_and_page() -> Flask:
    """Return the webhook with the page of the pretend speaker beside it."""
    from skill.simulator.guard import Guard, open_guard
    from skill.sound import EnglishSound

    settings = settings_of(os.environ)
    sound = EnglishSound(settings)
    url = settings.audio_url
    recordings = None if url is None else _recordings(settings, url, sound)
    names = os.environ.get(PAGE_NAMES)
    guard = open_guard(names.split(",")) if names else Guard()
    return _served(settings, recordings, page_of(settings, guard, sound))


def page_of(
    settings: Settings, guard: Guard, sound: EnglishSound, *, speaks: bool = True
) -> tuple[Blueprint, ...]:
    """Return the routes of the page and its sound. Raises Mistake where its memory is not."""
    from skill.data_folder import DataFolderError
    from skill.page import page_blueprints

    try:
        return tuple(page_blueprints(settings, guard, sound, speaks=speaks, rehearses=True))
    except (DataFolderError, ValueError) as fault:
        raise Mistake(str(fault)) from fault


def _served(
    settings: Settings, recordings: Recordings | None, beside: Iterable[Blueprint]
) -> Flask:
    from skill.alexa.amazon_api import AmazonApi
    from skill.app import create_app
    from skill.log import configure_logging
    from skill.shared_counts import say_when_ready
    from skill.told_to_stop import TOLD_TO_STOP

    configure_logging(settings.log_level)
    api = AmazonApi(settings.ca_bundle)
    skill = remembering(settings, api=api, recordings=recordings)
    app = create_app(settings, skill=skill, beside=beside, stopping=TOLD_TO_STOP)
    # What was made until now stays for good, and a turn leaves hardly any cycles: with Python's
    # own thresholds the collector took a quarter of a turn's time (measured) to find nothing.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    gc.enable()
    say_when_ready()
    return app


def _start_lean() -> None:
    """Begin without what a worker has no use for: a sixth of its start and 6 MB (measured).

    Nothing that is made while it starts is let go of, so there is nothing to collect. And structlog
    draws tracebacks with rich wherever that can be imported; a server's log is JSON.
    """
    gc.disable()
    if not {"structlog", "rich"} & sys.modules.keys():
        sys.modules["rich"] = None  # type: ignore[assignment]  # Python's way to say: not here
        import structlog  # noqa: F401 - to be there, as it is now

        del sys.modules["rich"]


def remembering(
    settings: Settings, *, api: AmazonApi | None = None, recordings: Recordings | None = None
) -> CustomSkill:
    """Return the coach with the memory of the settings. Raises Mistake where that cannot be had."""
    from skill.coach_skill import remembering_skill
    from skill.data_folder import DataFolderError

    try:
        return remembering_skill(settings, api=api, recordings=recordings)
    except (DataFolderError, ValueError) as fault:
        raise Mistake(str(fault)) from fault


def _recordings(settings: Settings, url: str, sound: EnglishSound) -> Recordings:
    """Return what the skill knows of recorded sound, which devices fetch from ``url``."""
    from audio.voices.voice import VoiceError
    from skill.coach_skill import secret_of
    from skill.sound import recordings_of

    composes = not settings.audio_files_only
    try:
        return recordings_of(url, secret_of(settings), sound, composes=composes)
    except VoiceError as fault:
        raise Mistake(str(fault)) from fault
