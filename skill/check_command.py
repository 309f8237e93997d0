"""``hip-workout check``: have all conversations there can be, and look at every answer."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import click

# Everything heavy is imported by the command that needs it, so that --help is there at once.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from skill.simulator.meaning import Ears
    from skill.simulator.selfcheck.phrases import Phrasebook
    from skill.simulator.selfcheck.report import Report
    from skill.simulator.selfcheck.trial import Setting
    from skill.simulator.selfcheck.walk import Effort


class CheckTrouble(click.ClickException):
    """A locale that nobody speaks: exit code 2, as for other mistakes of the user's."""

    exit_code = 2


class _HasEars(Protocol):
    """What this command needs of the command line's parts."""

    @property
    def ears(self) -> Callable[[], Ears]:
        """Makes the ears."""


@click.command("check")
@click.option("--locale", default="en-US", show_default=True, help="Of the devices.")
@click.option("--deep", is_flag=True, help="Tell more states apart; takes hours.")
@click.option("--json", "as_json", is_flag=True, help="One object of JSON.")
@click.pass_obj
def check_command(parts: _HasEars, locale: str, deep: bool, as_json: bool) -> None:
    """Have every conversation there can be, and look at every answer as Amazon's reviewers would.

    Whatever can be said is said in every state of the coach, after its last word and into it, with
    every kind of device, and whatever a screen shows is touched. Prints what is wrong, with the
    shortest conversation that shows it, to be had again by `hip-workout replay`, and how much was
    covered. The exit code is 1 if anything is wrong. Takes a few minutes.
    """
    from skill.log import configure_logging
    from skill.simulator.selfcheck.report import as_plain, as_text
    from skill.simulator.selfcheck.states import Detail
    from skill.simulator.selfcheck.walk import Effort

    configure_logging("critical")  # what the coach logs of each of these turns, nobody wants to see
    effort = Effort()
    if deep:
        effort = Effort(Detail.FINE, shares=(0.1, 0.4, 0.8), everything=True)
    report = report_of(parts.ears(), locale, effort, lambda name: click.echo(name, err=True))
    if as_json:
        click.echo(json.dumps(as_plain(report), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(report))
    sys.exit(1 if report.faults else 0)


def report_of(
    ears: Ears,
    locale: str,
    effort: Effort,
    told: Callable[[str], None] = lambda name: None,  # noqa: ARG005 - nobody wants to know
) -> Report:
    """Check our own coach with every kind of device; ``told`` hears with which it is just now.

    Raises CheckTrouble for a locale that nobody speaks.
    """
    from skill.catalogue.load import load_catalogue, load_words
    from skill.simulator.declared import NoModel, declared_slots
    from skill.simulator.selfcheck.check import checked
    from skill.simulator.selfcheck.coverage import coverage
    from skill.simulator.selfcheck.invitations import load_invitations
    from skill.simulator.selfcheck.moves import load_spoken
    from skill.simulator.selfcheck.phrases import Phrasebook
    from skill.simulator.selfcheck.report import Report
    from skill.simulator.selfcheck.visit import Language

    began = time.monotonic()
    try:
        declared = declared_slots(locale)
    except NoModel as fault:
        raise CheckTrouble(str(fault)) from fault
    language = locale.partition("-")[0]
    book, played = Phrasebook(), set[str]()
    whole = Language(load_spoken(language), load_invitations(language))
    settings = (
        replace(setting, locale=locale, declared=declared)
        for setting in _settings(lru_cache(maxsize=None)(ears), book, played)
    )
    walks = checked(settings, book, whole, effort, told)
    catalogue = load_catalogue()
    heard = {text for walk in walks for text in walk.heard} | played
    covered = coverage(load_words(language), book, heard, (*catalogue.exercises, *catalogue.moves))
    return Report(walks, covered, time.monotonic() - began)


def _settings(ears: Ears, book: Phrasebook, played: set[str]) -> Iterator[Setting]:
    """Give every kind of device, the coach with it new each time."""
    from skill.simulator.request import SHOW, SPEAKER, Profile
    from skill.simulator.selfcheck.quick_player import QuickPlayer
    from skill.simulator.selfcheck.trial import Setting
    from skill.tried_coach import TriedCoach, english_sound, noting_words

    kinds = {
        "speaker": (SPEAKER, False),
        "speaker that plays recordings": (SPEAKER, True),
        "screen that plays recordings": (SHOW, True),
        "device that plays no streams": (Profile(interfaces={}), True),
    }
    words, sound = noting_words(book), english_sound()
    for name, (profile, streams) in kinds.items():
        coach = TriedCoach(words, sound, streams=streams)
        yield Setting(name, coach, ears, profile, player=QuickPlayer(coach.length_of))
        played |= coach.played
