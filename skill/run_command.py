"""``hip-workout run``: all of it on this machine: a page to talk to, guides to hear, a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import click

from skill.audio_commands import AudioParts, AudioTrouble, open_clips, rendered

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from flask import Flask

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
    from skill.app import configure_logging
    from skill.cli import chat, check_port, settings_of

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
    rest = _render_the_rest(parts.environ) if speaks else None
    try:
        context.invoke(chat)
    finally:
        if rest is not None:
            rest.terminate()


def _render_guides(parts: _HasEnvironment, settings: Settings) -> None:
    """Render what the guides need, and the first words of a conversation.

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


def _render_the_rest(environ: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Begin to render all other lines in a process of its own, so that no answer waits for one."""
    command = [sys.executable, "-m", "skill.cli", "audio", "render", "--jobs", "1"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(  # noqa: S603 - our own command
        command, env=dict(environ), stdin=quiet, stdout=quiet, stderr=quiet
    )


def page_app(settings: Settings, *, speaks: bool) -> Flask:
    """Return an application with the page and its sound, and no webhook."""
    from flask import Flask

    from skill.app import with_routes
    from skill.page import page_blueprints
    from skill.simulator.guard import Guard

    app = Flask(__name__, static_folder=None, template_folder=None)
    return with_routes(app, page_blueprints(settings, Guard(), speaks=speaks))


def _serve(app: Flask, port: int) -> None:
    """Serve an application on loopback until this process ends."""
    import logging

    from werkzeug.serving import WSGIRequestHandler, make_server

    class KeepsAlive(WSGIRequestHandler):
        """Answers all requests of a page on few connections."""

        protocol_version = "HTTP/1.1"

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(LOOPBACK, port, app, threaded=True, request_handler=KeepsAlive)
    threading.Thread(target=server.serve_forever, name="page", daemon=True).start()
