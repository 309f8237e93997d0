"""The whole self-check: a walk with every kind of device, and what came of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from skill.simulator.selfcheck.phrases import Phrasebook
from skill.simulator.selfcheck.states import Detail, Key
from skill.simulator.selfcheck.trial import Setting
from skill.simulator.selfcheck.visit import Language
from skill.simulator.selfcheck.walk import Effort, Walk, Walked


def checked(
    settings: Iterable[Setting],
    book: Phrasebook,
    language: Language,
    effort: Effort,
    told: Callable[[str], None] = lambda text: None,  # noqa: ARG005 - nobody wants to know
) -> tuple[Walked, ...]:
    """Walk through all conversations with each device; ``told`` hears which one it is just now.

    What was walked with one is only passed through with the next, unless the effort is to say
    everything everywhere, or the next has a screen and the effort is not a coarse one.
    """
    return tuple(_walks(settings, book, language, effort, told))


def _walks(
    settings: Iterable[Setting],
    book: Phrasebook,
    language: Language,
    effort: Effort,
    told: Callable[[str], None],
) -> Iterator[Walked]:
    known: frozenset[Key] = frozenset()
    for setting in settings:
        told(setting.name)
        looks = setting.profile.has_screen and effort.detail is not Detail.COARSE
        passed = frozenset() if looks or effort.everything else known
        walked = Walk(setting, book, language, replace(effort, known=passed)).go()
        known |= walked.states.keys()
        yield walked
