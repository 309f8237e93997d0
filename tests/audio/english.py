"""English as its voices say it, rendered once for all tests and all their processes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from functools import cache
from itertools import zip_longest

import pytest

from audio.clip_folder import ClipFolder
from audio.guides import lines_of
from audio.repertoire import every_line
from audio.voices.voice import Voice
from skill.coach.reply import Line
from tests.audio.quiet_clips import guide_of
from tests.coach.listener import the_catalogue, the_words

LOCALE = "en-US"
SET = "set-glute_bridge-8"
BREAK = "sitting-break"


@cache
def the_lines() -> tuple[Line, ...]:
    """All lines worth having as clips; working them out takes a second."""
    return every_line(the_catalogue(), the_words())


def kind_of(line: Line) -> str:
    """Return what a line is for, whichever exercise, move and number: ``step``, ``pacing-rest``."""
    if line.id.startswith(("pacing-", "safety-")):
        return line.id
    return re.sub(r"-\d+$", "", line.id).rpartition("-")[2]


@cache
def spread(count: int) -> tuple[Line, ...]:
    """Return so many lines, always the same: of every kind one, then of each one more, and so on.

    Within a kind they are spread from its first line to its last.
    """
    kinds: dict[str, list[Line]] = {}
    for line in the_lines():
        kinds.setdefault(kind_of(line), []).append(line)
    each = [_halved(lines) for lines in kinds.values()]
    in_turn = [line for row in zip_longest(*each) for line in row if line is not None]
    return tuple(in_turn[:count])


def _halved(lines: list[Line]) -> list[Line]:
    """Return lines in another order: any number of the first ones are far apart."""
    golden = 0.618_033_988_75  # its multiples fall, within one, as far apart as can be
    return sorted(lines, key=lambda line: ((lines.index(line) + 1) * golden) % 1)


def said_in(*guides: str) -> tuple[Line, ...]:
    """Return the lines of some guides."""
    return tuple(line for id_ in guides for line in lines_of(guide_of(id_).script))


def rendered(
    voice: Voice, lines: Iterable[Line], factory: pytest.TempPathFactory
) -> tuple[ClipFolder, tuple[Line, ...]]:
    """Render lines, of which each text is there once, in a folder that all test processes share.

    Processes begin at different places, and each finds what the others have made.
    """
    process = os.environ.get("PYTEST_XDIST_WORKER", "")
    base = factory.getbasetemp().parent if process else factory.getbasetemp()
    clips = ClipFolder(base / "english" / voice.name, voice, the_words(), LOCALE)
    wanted = tuple({clips.text_of(line): line for line in lines}.values())
    number, count = (
        int(process.lstrip("gw") or 0),
        int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")),
    )
    begin = len(wanted) * number // count
    for line in (*wanted[begin:], *wanted[:begin]):
        clips.of(line)
    clips.texts.note({})  # also what another process has made and not noted yet
    return clips, wanted
