"""What a listener may say or do in a situation, as steps of a conversation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from interaction_model.contract import load_contract
from skill.simulator.conversation import Step
from skill.simulator.deeds import Deed
from skill.simulator.selfcheck.trial import Moment

FOLDER = Path(__file__).parent

INTO_A_STREAM_MS = 20_000
"""How far into a stream something is said."""

NEXT_DAY = Step(deed=Deed("wait", ms=20 * 3_600_000))
TO_THE_END = Step(deed=Deed("wait", ms=2 * 3_600_000))
"""Longer than any workout plays by itself."""

SILENCE = Step()


@dataclass(frozen=True)
class Spoken:
    """What there is to say in a language."""

    launch: str
    stop: str
    cancel: str
    exit: str
    help: str

    off_topic: str
    """Means nothing here."""

    examples: tuple[str, ...]
    """One for everything that can be meant."""

    otherwise: tuple[str, ...]
    """The same with slots filled otherwise."""

    odd: tuple[str, ...]
    """With slots that are wrong, missing or out of range."""

    ways: tuple[str, ...]
    """What leads on from almost everywhere."""

    @property
    def plain(self) -> tuple[str, ...]:
        """What is said in every situation."""
        own = (self.launch, self.help, self.stop, self.cancel, self.exit, self.off_topic)
        return tuple(dict.fromkeys((*own, *self.examples)))

    @property
    def everything(self) -> tuple[str, ...]:
        """What is said in every situation when there is time."""
        return tuple(dict.fromkeys((*self.plain, *self.otherwise, *self.odd)))


@cache
def load_spoken(language: str = "en") -> Spoken:
    """Read what there is to say; the file is read once in the life of the process."""
    raw: Mapping[str, Any] = yaml.safe_load((FOLDER / f"spoken.{language}.yaml").read_text("utf-8"))
    examples = tuple(each.example for each in load_contract().intents.values() if each.example)
    lists: dict[str, Any] = {name: tuple(raw[name]) for name in ("otherwise", "odd", "ways")}
    words: dict[str, Any] = {name: str(raw[name]) for name in raw if name not in lists}
    return Spoken(**words, **lists, examples=examples)


def moments(moment: Moment, shares: tuple[float, ...]) -> Iterator[int | None]:
    """Give the times at which something else may come of the same words, for ``Step.at_ms``.

    ``shares`` are parts of the sound, 0 to 1, at which a coach who counts is cut off.
    """
    device = moment.device
    if device.audio.goes_on and not device.in_session:
        yield device.playing.ms + INTO_A_STREAM_MS
        return
    if _is_paced(moment):
        yield from (round(device.playing.ms * share) for share in shares)
    yield None


def silent_moves(moment: Moment) -> Iterator[Step]:
    """Give what may be done without a word."""
    device = moment.device
    if device.asks_permission:
        for answer in ("ACCEPTED", "DENIED", "NOT_ANSWERED"):
            yield Step(deed=Deed("permit", answer))
    if device.in_session:
        return
    yield TO_THE_END if device.audio.goes_on else NEXT_DAY
    if device.audio.stream is not None:
        at_ms = next(moments(moment, ()))
        for key in ("Play", "Pause", "Next", "Previous"):
            yield Step(at_ms=at_ms, deed=Deed("press", key))


def _is_paced(moment: Moment) -> bool:
    session = moment.device.attributes.get("session")
    return isinstance(session, Mapping) and bool(session.get("since"))
