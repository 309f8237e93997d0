"""``hip-workout run``: all of it on this machine: guides to hear, the coach to talk to."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from skill.audio_commands import AudioParts, AudioTrouble, open_clips, rendered

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from flask import Flask, Response

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
    help="Port of the guides, on this machine only.  [default: HIP_WORKOUT_PORT or 8080]",
)
@click.option("--no-sound", is_flag=True, help="Do not render or serve the guides.")
@click.pass_context
def run_command(context: click.Context, port: int | None, *, no_sound: bool) -> None:
    """Render the coach's voice, serve the guides on this machine, and talk in this terminal.

    The first start renders the voice, which takes about half a minute; later ones find it there.
    """
    from skill.cli import chat, check_port

    parts: _HasEnvironment = context.obj
    if not no_sound:
        try:
            folder, settings = _guides(parts)
            number = port or settings.port
            check_port(LOOPBACK, number)
            _serve(folder, number)
            click.echo(f"Guides to hear, with captions: http://{LOOPBACK}:{number}/")
        except AudioTrouble as trouble:
            click.echo(f"No guides to hear: {trouble.message}", err=True)
    click.echo("The coach to talk to: here. Type, and press Enter.\n")
    context.invoke(chat)


def _guides(parts: _HasEnvironment) -> tuple[Path, Settings]:
    """Render what the guides need, and write them; return where they are.

    Lines that only unusual plans need are rendered by ``hip-workout audio render``, or when wanted.
    """
    from audio.guides import lines_of
    from skill.data_folder import data_folder
    from skill.export_command import exported
    from skill.settings import Settings
    from skill.sound import LOCALE, EnglishSound

    opened = open_clips(AudioParts(parts.environ), LOCALE, None)
    click.echo(f"Voice: {opened.why}")
    settings = Settings.from_environment(parts.environ)
    sound = EnglishSound(settings)
    if sound.choice.online:
        raise AudioTrouble("the voice is online; to have it, run: hip-workout audio render")
    needed = {line: None for guide in sound.guides.values() for line in lines_of(guide.script)}
    jobs = os.cpu_count() or 1
    outcome = rendered(opened.clips, tuple(needed), opened.make_voice, jobs)
    if outcome.errors:
        raise AudioTrouble("some lines could not be said; see: hip-workout audio render")
    folder = data_folder(settings.data_folder) / "guides"
    exported(sound, folder, f"http://{LOOPBACK}:{settings.port}")
    return folder, settings


def guides_app(folder: Path) -> Flask:
    """Return an application that serves the files of a folder, with ranges of bytes."""
    from flask import Flask, send_from_directory

    app = Flask(__name__, static_folder=None, template_folder=None)

    @app.get("/", defaults={"name": "index.html"})
    @app.get("/<path:name>")
    def file(name: str) -> Response:
        return send_from_directory(folder, name, conditional=True)

    return app


def _serve(folder: Path, port: int) -> None:
    """Serve a folder on loopback until this process ends."""
    import logging

    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server(LOOPBACK, port, guides_app(folder), threaded=True)
    threading.Thread(target=server.serve_forever, name="guides", daemon=True).start()
