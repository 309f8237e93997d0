"""What a screen shows of a workout: the exercise, set and rep, what comes next, and when."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from skill.coach.course import back_to_workout, moves_of
from skill.coach.part import Room, exercise_now
from skill.coach.replace import replace
from skill.coach.reply import Line, Mark, Script, line, name_of
from skill.coach.session import IN_BLOCK, Phase, Session
from skill.coach.teaching import position_lines, step_lines
from skill.coach.timeline import LengthOf, Spoken, Timeline, lay_out
from skill.coach.tracks import Track
from skill.render.words import Words

_MOVING = (Phase.WARM_UP, Phase.COOL_DOWN)


@dataclass(frozen=True)
class Moment:
    """A stretch of a sound in which one thing goes on. Times in milliseconds from its start."""

    at_ms: int
    until_ms: int
    phase: str
    """As in ``Mark``: set_up, ready, lift, hold, lower, side_change, rest, move or ask."""

    set: int
    side: str
    """``left``, ``right`` or ``both``; empty where no side is meant."""

    rep: int
    """0 outside of a rep."""

    title: str
    figure: str
    """Id of the exercise or move."""


@dataclass(frozen=True)
class Scene:
    """What is to be seen while nothing moves; numbers are 0 and texts empty where none fit."""

    phase: str
    title: str = ""
    figure: str = ""
    """Id of the exercise or move that is drawn."""

    steps: tuple[str, ...] = ()
    muscles: tuple[tuple[str, str], ...] = ()
    """Ids and names, the main one first."""

    block: int = 0
    """1 for the first exercise of the workout."""

    blocks: int = 0
    set: int = 0
    sets: int = 0
    rep: int = 0
    """The next rep to do, 1 for the first."""

    reps: int = 0
    side: str = ""
    next: str = ""
    """What comes after this."""


@dataclass(frozen=True)
class Scenes:
    """Makes scenes and moments of sessions."""

    room: Room
    words: Words

    def of(self, session: Session) -> Scene:
        """Return the scene of a situation."""
        here = back_to_workout(session)
        phase = session.phase.value
        if session.phase is Phase.HOW_TO:
            return self._exercise(phase, session.how_to, session)
        if here.phase in IN_BLOCK:
            return self._block(phase, here)
        if here.phase in _MOVING:
            return self._moves(phase, here)
        return Scene(phase)

    def guide(self, title: Line, exercise: str) -> Scene:
        """Return the scene of a fixed guide about one exercise; empty for several."""
        phase = Phase.HOW_TO.value
        if exercise:
            return self._exercise(phase, exercise, Session())
        return Scene(phase, self.words.sentence(title))

    def moments(self, session: Session, script: Script, length_of: LengthOf) -> tuple[Moment, ...]:
        """Return what goes on in the script of a session's part, stretch by stretch."""
        return self.moments_in(session, lay_out(script, length_of))

    def moments_in(self, session: Session, timeline: Timeline) -> tuple[Moment, ...]:
        """Return the same of a script that is laid out in time already."""
        ends = [*(at for at, _ in timeline.marks), timeline.total_ms]
        title = lru_cache(self._name)  # the same in most moments, of which a set has thirty
        return tuple(
            self._moment(session, mark, at, until, title)
            for (at, until), (_, mark) in zip(pairwise(ends), timeline.marks, strict=True)
        )

    def track(self, track: Track, length_of: LengthOf) -> tuple[Moment, ...]:
        """Return what goes on in a track, leg by leg."""
        found: list[Moment] = []
        start_ms = 0
        for leg in track.legs:
            moments = self.moments(leg.at, leg.script, length_of)
            found += (_later(moment, start_ms) for moment in moments)
            start_ms += lay_out(leg.script, length_of).total_ms
        return tuple(found)

    def captions(self, script: Script, length_of: LengthOf) -> tuple[Spoken, ...]:
        """Return the lines of a script at their times."""
        return lay_out(script, length_of).spoken

    def _block(self, phase: str, here: Session) -> Scene:
        exercise = exercise_now(here, self.room.catalogue)
        return replace(
            self._exercise(phase, exercise.id, here),
            block=here.block + 1,
            blocks=len(here.plan.blocks),
            set=here.set,
            sets=here.now.sets,
            rep=here.rep,
            reps=here.now.reps,
            side=exercise.sides[here.side].value if exercise.one_sided else "",
            next=self._after_set(here),
        )

    def _exercise(self, phase: str, id_: str, session: Session) -> Scene:
        exercise = self.room.catalogue.exercises[id_]
        cues = (*position_lines(exercise, session.preferences.place), *step_lines(exercise))
        return Scene(
            phase,
            self._name(id_),
            id_,
            steps=self._said(cues),
            muscles=tuple((one, self.words.say(line(f"muscle-{one}"))) for one in exercise.muscles),
        )

    def _moves(self, phase: str, here: Session) -> Scene:
        ids = moves_of(here)
        move = self.room.catalogue.moves[ids[here.move]]
        steps = tuple(line(f"{move.id}-step-{n}") for n in range(1, move.step_lines + 1))
        side = move.sides[here.side].value if len(move.sides) > 1 else ""
        following = self._after_moves(here)
        return Scene(
            phase, self._name(move.id), move.id, self._said(steps), side=side, next=following
        )

    def _after_moves(self, here: Session) -> str:
        ids, blocks = moves_of(here), here.plan.blocks
        if here.move + 1 < len(ids):
            return self._name(ids[here.move + 1])
        return self._coming(here, 0) if here.phase is Phase.WARM_UP and blocks else ""

    def _after_set(self, here: Session) -> str:
        if here.set < here.now.sets:
            return self.words.sentence(line("screen-set", set=here.set + 1, sets=here.now.sets))
        if here.block + 1 < len(here.plan.blocks):
            return self._coming(here, here.block + 1)
        return self._name(here.plan.cool_down[0]) if here.plan.cool_down else ""

    def _coming(self, here: Session, block: int) -> str:
        now = here.plan.blocks[block]
        exercise = name_of(now.exercise)
        return self.words.sentence(
            line("screen-exercise", exercise=exercise, sets=now.sets, reps=now.reps)
        )

    def _moment(
        self, session: Session, mark: Mark, at: int, until: int, title: Callable[[str], str]
    ) -> Moment:
        id_ = self._drawn(session, mark)
        side = mark.side.value if mark.side is not None else ""
        named = title(id_) if id_ else ""
        return Moment(at, until, mark.phase, mark.set, side, mark.rep, named, id_)

    def _drawn(self, session: Session, mark: Mark) -> str:
        """Return which exercise or move a mark belongs to; empty for none."""
        if session.phase in _MOVING:
            ids = moves_of(session)
            return ids[mark.block] if mark.block < len(ids) else ""
        return session.now.exercise if session.phase in IN_BLOCK else ""

    def _name(self, id_: str) -> str:
        return self.words.sentence(line(f"{id_}-name"))

    def _said(self, lines: Iterable[Line]) -> tuple[str, ...]:
        return tuple(self.words.sentence(each) for each in lines)


def _later(moment: Moment, ms: int) -> Moment:
    return replace(moment, at_ms=moment.at_ms + ms, until_ms=moment.until_ms + ms)
