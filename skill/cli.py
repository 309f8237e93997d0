"""The ``hip-workout`` command: talk to the coach, serve it, build its model, test its ears."""

from __future__ import annotations

import gc
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import click

from skill.audio_commands import audio_commands
from skill.check_command import check_command
from skill.doctor_command import doctor_command
from skill.export_command import export_command
from skill.package_command import package_command
from skill.replay_command import replay_command
from skill.run_command import run_command
from skill.store_commands import store_commands

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from ask_sdk_core.skill import CustomSkill
    from flask import Blueprint, Flask

    from skill.alexa.amazon_api import AmazonApi
    from skill.render.recorded import Recordings
    from skill.settings import Settings
    from skill.simulator.device import Answer
    from skill.simulator.guard import Guard
    from skill.simulator.meaning import Ears


_HOST = re.compile(r"[\w-]+(\.[\w-]+)*")


class Mistake(click.ClickException):
    """Something the user can put right: one clear message, no traceback, exit code 2."""

    exit_code = 2


def coach_skill(
    settings: Settings, *, api: AmazonApi | None = None, recordings: Recordings | None = None
) -> CustomSkill:
    """Return the whole coach as a skill of Amazon's SDK, for the webhook and for the terminal."""
    from skill import app
    from skill.data_folder import DataFolderError

    try:
        return app.remembering_skill(settings, api=api, recordings=recordings)
    except (DataFolderError, ValueError) as fault:
        raise Mistake(str(fault)) from fault


PAGE_NAMES = "_PAGE_OF_HIP_WORKOUT_FOR"
"""By which names others may reach the page: from the command to granian's worker, no setting."""


def webhook() -> Flask:
    """Return the webhook, set up from the environment; each of granian's workers calls this."""
    settings = settings_of(os.environ)
    recordings, routes = _sound(settings)
    return _served(settings, recordings, routes)


def webhook_and_page() -> Flask:
    """Return the webhook with the page of the pretend speaker beside it."""
    from skill.simulator.guard import Guard, open_guard

    settings = settings_of(os.environ)
    recordings, _ = _sound(settings)
    names = os.environ.get(PAGE_NAMES)
    guard = open_guard(names.split(",")) if names else Guard()
    return _served(settings, recordings, page_of(settings, guard))


def page_of(settings: Settings, guard: Guard, *, speaks: bool = True) -> tuple[Blueprint, ...]:
    """Return the routes of the page and its sound. Raises Mistake where its memory is not."""
    from skill.data_folder import DataFolderError
    from skill.page import page_blueprints

    try:
        return tuple(page_blueprints(settings, guard, speaks=speaks, rehearses=True))
    except (DataFolderError, ValueError) as fault:
        raise Mistake(str(fault)) from fault


def _served(
    settings: Settings, recordings: Recordings | None, beside: Iterable[Blueprint]
) -> Flask:
    from skill.alexa.amazon_api import AmazonApi
    from skill.app import configure_logging, create_app

    configure_logging(settings.log_level)
    api = AmazonApi(settings.ca_bundle)
    skill = coach_skill(settings, api=api, recordings=recordings)
    app = create_app(settings, skill=skill, beside=beside)
    # What was made until now stays for good, and a turn leaves hardly any cycles: with Python's
    # own thresholds the collector took a quarter of a turn's time (measured) to find nothing.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)
    return app


def _sound(settings: Settings) -> tuple[Recordings | None, tuple[Blueprint, ...]]:
    """Return what the skill knows of recorded sound, and its routes; nothing without an address."""
    if settings.audio_url is None:
        return None, ()
    from audio.listing import listing_blueprint
    from audio.serving import audio_blueprint
    from audio.voices.voice import VoiceError
    from skill.app import secret_of
    from skill.sound import EnglishSound, recordings_of

    sound = EnglishSound(settings)
    try:
        composes = not settings.audio_files_only
        secret = secret_of(settings)
        recordings = recordings_of(settings.audio_url, secret, sound, composes=composes)
    except VoiceError as fault:
        raise Mistake(str(fault)) from fault
    listing = listing_blueprint(sound, settings.audio_url)
    return recordings, (audio_blueprint(sound, recordings.urls), listing)


def _coach(environ: Mapping[str, str]) -> Answer:
    import structlog

    from skill.app import configure_logging
    from skill.simulator.local import local_answer

    settings = settings_of(environ)
    if not structlog.is_configured():  # as by ``run``, which wants a quieter terminal
        configure_logging("warning")  # to standard error: standard output is for what is said
    return local_answer(coach_skill(settings))


def _ears() -> Ears:
    from skill.simulator.ears import Ears

    return Ears().hear


@dataclass(frozen=True)
class Parts:
    """What the commands work with; a test hands over its own."""

    coach: Callable[[Mapping[str, str]], Answer] = _coach
    """Makes the function that answers request envelopes, from the environment."""

    ears: Callable[[], Ears] = _ears

    webhook: str = "skill.cli:webhook"
    """Module and name of the factory of the WSGI application."""

    page: str = "skill.cli:webhook_and_page"
    """The same, of the one with the page beside the webhook."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)


def settings_of(environ: Mapping[str, str]) -> Settings:
    """Return the settings of the environment. Raises Mistake, with every fault."""
    from skill.settings import Settings, SettingsError

    try:
        return Settings.from_environment(environ)
    except SettingsError as error:
        raise Mistake(str(error)) from error


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hip-workout")
@click.pass_context
def main(context: click.Context) -> None:
    """My Hip Workout: a voice coach for hip-extension exercise."""
    context.obj = context.obj or Parts()


@main.command()
@click.option("--fast", is_flag=True, help="Do not wait while the coach speaks and rests.")
@click.option(
    "--json", "as_json", is_flag=True, help="Requests and responses on stdout, words on stderr."
)
@click.option("--locale", default="en-US", show_default=True, help="Language and region.")
@click.option("--screen", is_flag=True, help="Pretend to be an Echo Show.")
@click.pass_obj
def chat(parts: Parts, fast: bool, as_json: bool, locale: str, screen: bool) -> None:
    """Talk with the coach by keyboard, or from a pipe.

    Everything takes its time, as on a smart speaker. Type and press Enter while the coach speaks
    to cut in. An empty line is silence: the coach asks again, then the session ends. Leave with
    Ctrl-C, with Ctrl-D or by "exit" outside a session.

    From a pipe, each line is said when the coach has finished; "+12.5 pause" says it 12.5 seconds
    into what the coach is saying; a line that begins with # is a comment. What a saved
    conversation holds besides is obeyed (!press Next) or passed over (> what the coach said). The
    exit code is 1 if Amazon would have refused one of the coach's answers.
    """
    from skill.simulator.chat import Chat, plain_console, tapped
    from skill.simulator.declared import NoModel, declared_slots
    from skill.simulator.device import PretendDevice, VirtualClock, wall_clock
    from skill.simulator.expected import expected
    from skill.simulator.keyboard import Lines
    from skill.simulator.request import SHOW, SPEAKER
    from skill.simulator.transcript import Transcript

    try:
        declared = declared_slots(locale)
    except NoModel as fault:
        raise Mistake(str(fault)) from fault
    answer = parts.coach(parts.environ)
    skip = VirtualClock(wall_clock()) if fast else None
    device = PretendDevice(
        tapped(answer, sys.stdout) if as_json else answer,
        wall_clock if skip is None else skip,
        locale,
        profile=SHOW if screen else SPEAKER,
        declared=declared,
    )
    lines = Lines(sys.stdin.buffer, live=sys.stdin.isatty())
    transcript = Transcript(plain_console(sys.stderr if as_json else sys.stdout))
    refused = Chat(device, parts.ears(), lines, transcript, skip=skip, expects=expected).run()
    sys.exit(1 if refused else 0)


@main.command()
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
def serve(
    parts: Parts,
    host: str | None,
    port: int | None,
    workers: int | None,
    simulator: bool,
    names: tuple[str, ...],
) -> None:
    """Serve the webhook at /alexa, until Ctrl-C or SIGTERM.

    Everything else is read from HIP_WORKOUT_* in the environment; HIP_WORKOUT_SKILL_ID must be set.
    """
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    from skill.settings import SettingsError

    try:
        settings = settings_of(parts.environ).for_serving()
    except SettingsError as error:
        raise Mistake(str(error)) from error
    address, number = host or settings.host, port or settings.port
    count = workers or settings.workers
    check_port(address, number)
    with_page = simulator or bool(names)
    if with_page:
        _announce_page(address, number, count, names)
    Server(
        parts.page if with_page else parts.webhook,
        address=address,
        port=number,
        interface=Interfaces.WSGI,
        workers=count,
        websockets=False,
        factory=True,
        log_level=LogLevels(settings.log_level),
        respawn_failed_workers=True,
        # A turn is Python all through; more threads only fight for its lock. But rendering a line
        # for the page must not keep Amazon waiting.
        blocking_threads=4 if with_page else 1,
    ).serve()


def _announce_page(host: str, port: int, workers: int, names: tuple[str, ...]) -> None:
    """Say where the page is, and who may reach it. Raises Mistake where that is not safe."""
    from skill.simulator.guard import is_loopback

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


audio_commands.add_command(export_command)
for command in (
    audio_commands,
    check_command,
    doctor_command,
    package_command,
    replay_command,
    run_command,
    store_commands,
):
    main.add_command(command)


@main.group()
def model() -> None:
    """Build or check the interaction model: what people say, for Amazon."""


@model.command("build")
def build_model() -> NoReturn:
    """Write one JSON file per locale from the contract and the sentences."""
    from interaction_model import build

    sys.exit(build.main([]))


@model.command("check")
def check_model() -> NoReturn:
    """Say whether the built files are up to date; exit code 1 if not."""
    from interaction_model import build

    sys.exit(build.main(["--check"]))


@main.command()
@click.argument("utterance")
@click.option(
    "--expect",
    multiple=True,
    metavar="INTENT",
    help="An intent that is expected just now; may be given several times.",
)
@click.option("--json", "as_json", is_flag=True, help="One line of JSON.")
@click.pass_obj
def say(parts: Parts, utterance: str, expect: tuple[str, ...], as_json: bool) -> None:
    """Tell which intent and slots UTTERANCE is taken for, and why.

    The exit code is 1 if it is not understood.
    """
    heard = parts.ears()(utterance, frozenset(expect))
    found = {
        "intent": heard.intent,
        "slots": {name: {"value": s.value, "id": s.id} for name, s in heard.slots.items()},
        "score": heard.score,
        "why": heard.why,
    }
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
    else:
        click.echo(f"intent  {heard.intent or 'not understood'}")
        for name, slot in heard.slots.items():
            click.echo(f'slot    {name}: "{slot.value}"' + (f" = {slot.id}" if slot.id else ""))
        click.echo(f"score   {heard.score:g}")
        click.echo(f"why     {heard.why}")
    sys.exit(0 if heard.intent not in (None, "AMAZON.FallbackIntent") else 1)


def check_port(host: str, port: int) -> None:
    """Raise Mistake where nobody could listen, which granian would report by a traceback."""
    import socket

    try:
        address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(address[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address[4])
    except OSError as error:
        raise Mistake(f"Cannot listen on {host} port {port}: {error.strerror or error}") from error


if __name__ == "__main__":
    main()
