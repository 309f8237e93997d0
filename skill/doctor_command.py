"""``hip-workout doctor``: is everything as it must be, and what to do where it is not."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, NoReturn, Protocol

import click

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from skill.doctor.finding import Check, Finding
    from skill.settings import Settings


class _HasEnvironment(Protocol):
    """What this command needs of the command line's parts."""

    @property
    def environ(self) -> Mapping[str, str]:
        """The environment variables."""


@click.command("doctor")
@click.option(
    "--endpoint",
    metavar="URL|ARN",
    help="Where Amazon posts to, such as https://coach.example/alexa: looked at from outside.",
)
@click.option(
    "--clock",
    metavar="URL",
    help="A server of others to compare the clock with.  [default: Amazon's, for certificates]",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@click.pass_obj
def doctor_command(
    parts: _HasEnvironment, endpoint: str | None, clock: str | None, as_json: bool
) -> NoReturn:
    """Look whether everything is as it must be, and say what to do where it is not.

    Looks at this machine, its settings, memory, voice and sound; with --endpoint also at the name,
    the certificate and the answers that Amazon gets. What is kept of listeners is not touched. The
    exit code is 1 if something is wrong; a warning is no fault.
    """
    found = []
    for finding in findings(parts.environ, endpoint, clock):
        found.append(finding)
        if not as_json:
            _tell(finding)
    faulty = any(finding.state == "wrong" for finding in found)
    if as_json:
        from dataclasses import asdict

        plain = {"ok": not faulty, "findings": [asdict(finding) for finding in found]}
        click.echo(json.dumps(plain, indent=2, ensure_ascii=False))
    sys.exit(1 if faulty else 0)


def findings(
    environ: Mapping[str, str], endpoint: str | None = None, clock: str | None = None
) -> Iterator[Finding]:
    """Give one finding after the other, as they are found."""
    from skill.doctor.finding import found_by, ok, wrong

    settings, faults = _readable(environ)
    for fault in faults:
        yield wrong("Settings", fault, "Mend it; the rest is looked at as if it were not set.")
    if not faults:
        yield ok("Settings", "can be read")
    for name, check in _checks(settings, endpoint, clock):
        yield from found_by(name, check)


def _checks(
    settings: Settings, endpoint: str | None, clock: str | None
) -> Iterator[tuple[str, Check]]:
    from skill.doctor import amazon, keeping, machine, public, sound

    roots = machine.roots_of(settings)
    yield "Python", machine.python_and_openssl
    yield "Roots", partial(machine.roots, settings)
    yield "Clock", partial(amazon.clock, clock or amazon.CLOCK, roots)
    yield "Data folder", partial(machine.folder, settings)
    yield "Secret", partial(keeping.secret, settings)
    yield "Store", partial(keeping.store, settings)
    yield "Skill id", partial(amazon.skill_ids, settings)
    yield "Contact", partial(amazon.contact, settings)
    yield "Voice", partial(sound.voice, settings)
    yield "Sound", partial(sound.streams, settings, roots)
    if endpoint is not None:
        yield "Endpoint", partial(public.public_endpoint, endpoint, roots)


def _readable(environ: Mapping[str, str]) -> tuple[Settings, tuple[str, ...]]:
    """Return the settings without those that are wrong, and what is wrong with these."""
    from skill.settings import Settings, SettingsError

    try:
        return Settings.from_environment(environ), ()
    except SettingsError as error:
        wrong = {fault.partition(":")[0] for fault in error.faults}
        rest = {name: value for name, value in environ.items() if name not in wrong}
        return Settings.from_environment(rest), error.faults


_COLOURS = {"ok": "green", "warning": "yellow", "wrong": "red"}


def _tell(finding: Finding) -> None:
    state = click.style(f"{finding.state:<8}", fg=_COLOURS[finding.state])
    click.echo(f"{state}{finding.check:<18}{finding.says}")
    if finding.do:
        margin = " " * 26
        click.echo(click.wrap_text(finding.do, 98, initial_indent=margin, subsequent_indent=margin))
