"""What goes on on a screen while something is heard, stretch by stretch, as data for APL."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise
from typing import Any

from skill.coach.replace import replace
from skill.coach.reply import Line, line
from skill.coach.timeline import Spoken
from skill.render.figure_graphic import Drawing
from skill.render.scene import Moment, Scene
from skill.render.words import Words

Json = dict[str, Any]

DEMONSTRATED_MS = 2_500
"""How long a movement that is only shown takes each way, where its figure does not say."""

_WAY = {"lift": (0, 1), "hold": (1, 1), "lower": (1, 0)}
"""Of the phases of a rep: at which share of the way they begin and end."""

_OF_A_REP = tuple(_WAY)
_TIMED = ("ready", "rest", "side_change", "move")
"""Stretches whose time left is counted down, in a number and on the ring."""

_STEP = ("-position-", "-bed-", "-step-")


@dataclass(frozen=True)
class Stretch:
    """One thing that is to be seen for a while. Texts are empty where there is none."""

    at: int
    until: int
    """Milliseconds from the start of the sound; ``until`` is later than ``at``."""

    title: str
    figure: str = ""
    """Id of the exercise or move."""

    note: str = ""
    count: str = ""
    of: str = ""
    cue: str = ""

    start: float = 0
    end: float = 0
    """The share of the way at which the figure is when it begins and when it ends."""

    way_ms: int = 0
    """Not 0: the figure goes to and fro meanwhile, each way in so long."""

    stays: bool = False
    """Whether it goes there and stays, instead."""

    ring: float = 0
    ring_end: float = 0
    """How much of the ring is full when it begins and when it ends."""

    counts_down: bool = False
    """Whether the seconds left stand in the place of the count."""


@dataclass(frozen=True)
class _Reps:
    """What is the same at every rep of a set, worked out once."""

    count: int
    of: str
    cues: Mapping[str, str]
    """By the phase of a rep."""

    times: Mapping[object, tuple[int, int]]
    """When each rep begins and ends."""


@dataclass(frozen=True)
class Stretches:
    """Makes stretches of what a scene and its moments tell."""

    words: Words
    drawings: Mapping[str, Drawing]

    def working(
        self, scene: Scene, moments: Iterable[Moment], question: str
    ) -> tuple[Stretch, ...]:
        """Return the stretches of sets, rests and moves; the question is shown when it is asked."""
        there = tuple(each for each in moments if each.until_ms > each.at_ms)
        reps = self._reps(scene, there)
        place = lru_cache(partial(self.place, scene))  # the same at every rep of a side
        found: list[Stretch] = []
        for each in there:
            if each.phase == "ask" and found:
                found.append(_asking(each, found[-1], scene, question))
            else:
                found.append(self._working(scene, each, reps, place))
        return tuple(found)

    def _working(
        self,
        scene: Scene,
        now: Moment,
        reps: _Reps,
        place: Callable[[int, str], str],
    ) -> Stretch:
        title, figure = now.title or scene.title, now.figure or scene.figure
        note = place(now.set, now.side)
        seen = Stretch(now.at_ms, now.until_ms, title, figure, note)
        if now.phase in _OF_A_REP:
            return self._rep(seen, now, reps)
        if now.phase == "rest":
            return self._resting(replace(seen, note=""), scene, now)
        way = self.way(seen.figure) if self._is_move(seen.figure) else {}
        cue = self.say(f"screen-cue-{now.phase.replace('_', '-')}")
        timed = _COUNTED_DOWN if now.phase in _TIMED else {}
        return replace(seen, cue=cue, **way, **timed)

    def _resting(self, seen: Stretch, scene: Scene, now: Moment) -> Stretch:
        rests = replace(seen, cue=self.next(scene))
        if now.set >= scene.sets:
            return rests
        return replace(rests, title=self.say("screen-heading-rest"), **_COUNTED_DOWN)

    def _reps(self, scene: Scene, moments: Iterable[Moment]) -> _Reps:
        of = self.words.say(line("screen-rep-of", reps=scene.reps))
        cues = {phase: self.say(f"screen-cue-{phase}") for phase in _OF_A_REP}
        return _Reps(scene.reps, of, cues, _rep_times(moments))

    def _rep(self, seen: Stretch, now: Moment, reps: _Reps) -> Stretch:
        began, ended = reps.times[_rep_of(now)]
        whole = (ended - began) * max(1, reps.count)
        done_ms = (now.rep - 1) * (ended - began) - began
        start, end = _WAY[now.phase]
        return replace(
            seen,
            count=str(now.rep),
            of=reps.of,
            cue=reps.cues[now.phase],
            start=start,
            end=end,
            ring=round((done_ms + now.at_ms) / whole, 3),
            ring_end=round((done_ms + now.until_ms) / whole, 3),
        )

    def steps(
        self, scene: Scene, spoken: Iterable[Spoken], until_ms: int, note: str
    ) -> tuple[Stretch, ...]:
        """Return one stretch for each sentence that is spoken; steps are counted."""
        lines = [each for each in spoken if each.start_ms < until_ms]
        total = sum(map(_is_step, lines))
        ends = [*(each.start_ms for each in lines), until_ms]
        found, step = [], 0
        for each, (at, until) in zip(lines, pairwise(ends), strict=True):
            if until <= at:
                continue
            step += _is_step(each)
            counted = self.say("screen-step", step=step, steps=total) if _is_step(each) else note
            moves = self.way(scene.figure) if "-step-" in each.line.id else {}
            said = self.words.sentence(each.line)
            ring = step / total if total else 0
            rings: Json = {"ring": round(ring, 3), "ring_end": round(ring, 3)}
            seen = Stretch(at, until, scene.title, scene.figure, note=counted, cue=said)
            found.append(replace(seen, **moves, **rings))
        return tuple(found)

    def place(self, scene: Scene, set_: int, side: str) -> str:
        """Return where in an exercise one is: the set and the side, as far as there are any."""
        parts = []
        if scene.sets:
            parts.append(self.say("screen-set", set=max(1, set_), sets=scene.sets))
        if side in ("left", "right"):
            parts.append(self.say(f"screen-side-{side}"))
        return " · ".join(parts)

    def next(self, scene: Scene) -> str:
        """Return what comes next, as a line on the screen."""
        return self.say("screen-next", next=scene.next) if scene.next else ""

    def way(self, figure: str) -> Json:
        """Return how a figure goes to and fro where no tempo is given."""
        known = self.drawings.get(figure)
        if known is None:
            return {}
        return {"way_ms": known["way_ms"] or DEMONSTRATED_MS, "stays": known["stays"]}

    def say(self, phrase: str, **values: str | int) -> str:
        """Return the words of a phrase, with a capital."""
        return self.words.sentence(line(phrase, **values))

    def _is_move(self, figure: str) -> bool:
        return figure in self.drawings and bool(self.drawings[figure]["way_ms"])


_COUNTED_DOWN: Json = {"counts_down": True, "ring": 1, "ring_end": 0}


def plain(stretches: Iterable[Stretch], figures: Sequence[str]) -> Json:
    """Return stretches as data, column by column, for a set has a hundred of them.

    Texts and figures are places in ``texts`` and in the ids given.
    """
    rows = [vars(row) for row in stretches]
    places: dict[str, int] = {}
    columns: Json = {name: [row[name] for row in rows] for name in _NUMBERS}
    columns |= {name: [int(row[name]) for row in rows] for name in _FLAGS}
    for name in _TEXTS:
        columns[name] = [places.setdefault(row[name], len(places)) for row in rows]
    columns["figure"] = [figures.index(row["figure"]) if row["figure"] else 0 for row in rows]
    return {"texts": list(places), **columns}


_TEXTS = ("title", "note", "count", "of", "cue")
_NUMBERS = ("at", "until", "start", "end", "way_ms", "ring", "ring_end")
_FLAGS = ("stays", "counts_down")


def _asking(now: Moment, before: Stretch, scene: Scene, question: str) -> Stretch:
    """Return the question after a stretch: what was to be seen stays, and holds still."""
    title = before.title if before.figure != scene.figure else scene.title
    return Stretch(now.at_ms, now.until_ms, title, before.figure, cue=question)


def _rep_of(moment: Moment) -> object:
    return moment.set, moment.side, moment.rep


def _rep_times(moments: Iterable[Moment]) -> dict[object, tuple[int, int]]:
    """Return when each rep begins and when it ends."""
    times: dict[object, tuple[int, int]] = {}
    for each in moments:
        if each.phase in _OF_A_REP:
            began, _ = times.get(_rep_of(each), (each.at_ms, 0))
            times[_rep_of(each)] = began, each.until_ms
    return times


def _is_step(spoken: Spoken) -> bool:
    return any(part in spoken.line.id for part in _STEP)


def figures_of(stretches: Iterable[Stretch]) -> tuple[str, ...]:
    """Return the ids of the figures that are seen, each once, in their order."""
    return tuple(dict.fromkeys(each.figure for each in stretches if each.figure))


def last_line(script: Iterable[object]) -> Line | None:
    """Return the last line of a script that stands on its own, which is its question."""
    return next((each for each in reversed(tuple(script)) if isinstance(each, Line)), None)
