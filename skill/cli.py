"""The ``hip-workout`` command: talk to the coach, serve it, build its model, test its ears."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import click

from skill.audio_commands import audio_commands
from skill.check_command import check_command
from skill.doctor_command import doctor_command
from skill.export_command import export_command
from skill.mistake import Mistake, settings_of
from skill.package_command import package_command
from skill.replay_command import replay_command
from skill.run_command import run_command
from skill.serve_command import remembering, serve_command
from skill.store_commands import store_commands

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from skill.simulator.device import Answer
    from skill.simulator.meaning import Ears


def _coach(environ: Mapping[str, str]) -> Answer:
    import structlog

    from skill.log import configure_logging
    from skill.simulator.local import local_answer

    settings = settings_of(environ)
    if not structlog.is_configured():  # as by ``run``, which wants a quieter terminal
        configure_logging("warning")  # to standard error: standard output is for what is said
    return local_answer(remembering(settings))


def _ears() -> Ears:
    from skill.simulator.ears import Ears

    return Ears().hear


@dataclass(frozen=True)
class Parts:
    """What the commands work with; a test hands over its own."""

    coach: Callable[[Mapping[str, str]], Answer] = _coach
    """Makes the function that answers request envelopes, from the environment."""

    ears: Callable[[], Ears] = _ears

    webhook: str = "skill.serve_command:webhook"
    """Module and name of the factory of the WSGI application."""

    page: str = "skill.serve_command:webhook_and_page"
    """The same, of the one with the page beside the webhook."""

    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)


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


audio_commands.add_command(export_command)
for command in (
    audio_commands,
    check_command,
    doctor_command,
    package_command,
    replay_command,
    run_command,
    serve_command,
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


if __name__ == "__main__":
    main()
