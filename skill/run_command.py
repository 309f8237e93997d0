"""``hip-workout run``: all of it on this machine: a page to talk to, guides to hear, a terminal."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NoReturn, Protocol

import click

from skill.audio_commands import AudioParts, AudioTrouble, open_clips, rendered
from skill.mistake import settings_of

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from types import FrameType

    from flask import Flask
    from werkzeug.serving import BaseWSGIServer

    from skill.settings import Settings

LOOPBACK = "127.0.0.1"


class _HasEnvironment(Protocol):
    """What this command needs of the command line's parts."""

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment variables."""


@click.command("run")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    help="Port of the page, on this machine only.  [default: HIP_WORKOUT_PORT or 8080]",
)
@click.option("--no-sound", is_flag=True, help="Render nothing; the browser speaks by itself.")
@click.pass_context
def run_command(context: click.Context, port: int | None, *, no_sound: bool) -> None:
    """Render the coach's voice, serve the page to talk to it on this machine, and this terminal.

    The first start renders the voice, which takes about half a minute; later ones find it there.
    """
    from skill.cli import chat
    from skill.log import configure_logging
    from skill.serve_command import check_port

    parts: _HasEnvironment = context.obj
    settings = settings_of(parts.environ)
    configure_logging("error")  # the terminal is for talking
    number = port or settings.port
    check_port(LOOPBACK, number)
    speaks = not no_sound
    if speaks:
        try:
            _render_guides(parts, settings)
        except AudioTrouble as trouble:
            click.echo(f"The browser has to speak by itself: {trouble.message}", err=True)
            speaks = False
    _serve(page_app(settings, speaks=speaks), number)
    click.echo(f"The coach to talk to: http://{LOOPBACK}:{number}/")
    if speaks:
        click.echo(f"Guides to hear, with captions: http://{LOOPBACK}:{number}/guides")
    click.echo("Or talk here: type, and press Enter.\n")
    with _rendering_the_rest(parts.environ) if speaks else contextlib.nullcontext():
        context.invoke(chat)


def _render_guides(parts: _HasEnvironment, settings: Settings) -> None:
    """Render what the guides need; the first words of a conversation are rehearsed by the page.

    Raises:
        AudioTrouble: there is no voice that speaks on this machine.
    """
    from audio.guides import lines_of
    from skill.sound import LOCALE, EnglishSound

    opened = open_clips(AudioParts(parts.environ), LOCALE, None)
    click.echo(f"Voice: {opened.why}")
    sound = EnglishSound(settings)
    if sound.choice.online:
        raise AudioTrouble("the voice is online; to have it, run: hip-workout audio render")
    needed = {line: None for guide in sound.guides.values() for line in lines_of(guide.script)}
    jobs = os.cpu_count() or 1
    outcome = rendered(opened.clips, tuple(needed), opened.make_voice, jobs)
    if outcome.errors:
        raise AudioTrouble("some lines could not be said; see: hip-workout audio render")


@contextlib.contextmanager
def _rendering_the_rest(environ: Mapping[str, str]) -> Iterator[None]:
    """Render all other lines meanwhile, in a process of its own: so no answer waits for one.

    It ends with us at the latest, also when we are told to by SIGTERM.
    """
    command = [sys.executable, "-m", "skill.cli", "audio", "render", "--jobs", "1"]
    quiet = subprocess.DEVNULL
    before = signal.signal(signal.SIGTERM, _leave)
    rest = subprocess.Popen(  # noqa: S603 - our own command
        command,
        env=dict(environ),
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )
    try:
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(rest.pid, signal.SIGTERM)  # it may have processes of its own
        rest.wait()
        signal.signal(signal.SIGTERM, before)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


def page_app(settings: Settings, *, speaks: bool) -> Flask:
    """Return an application with the page and its sound, and no webhook."""
    from flask import Flask

    from skill.app import with_routes
    from skill.serve_command import page_of
    from skill.simulator.guard import Guard
    from skill.sound import EnglishSound

    app = Flask(__name__, static_folder=None, template_folder=None)
    return with_routes(app, page_of(settings, Guard(), EnglishSound(settings), speaks=speaks))


def _serve(app: Flask, port: int) -> None:
    """Serve an application on loopback until this process ends."""
    import logging

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = loopback_server(app, port)
    threading.Thread(target=server.serve_forever, name="page", daemon=True).start()


def loopback_server(app: Flask, port: int) -> BaseWSGIServer:
    """Return a server of an application for this machine only, which serves when told to."""
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Handler(WSGIRequestHandler):
        """Speaks HTTP/1.1, to which ranges of bytes belong; still one request a connection."""

        protocol_version = "HTTP/1.1"

        def version_string(self) -> str:
            """Return what we are, and not on which Python."""
            return "hip-workout"

    return make_server(LOOPBACK, port, app, threaded=True, request_handler=Handler)
