"""The fixed guides: how each exercise is done, sets, warm-up, cool-down and whole workouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from skill.coach.exercise import Block, Catalogue, Exercise, Level, Plan
from skill.coach.part import Room
from skill.coach.planning import (
    AT_HAND,
    LONGEST_MINUTES,
    SHORTEST_MINUTES,
    plan_seconds,
    plan_workout,
)
from skill.coach.reply import (
    Beat,
    Element,
    Line,
    Mark,
    Names,
    Pause,
    Script,
    line,
    name_of,
    names_of,
)
from skill.coach.session import Phase, Place, Preferences, Session, TalkLevel
from skill.coach.teaching import POSITION_PAUSE_MS, STEP_PAUSE_MS, position_lines, step_lines
from skill.coach.timeline import LengthOf, length_ms
from skill.coach.tracks import Leg, track, tracks
from skill.coach.turn import part_of
from skill.coach.unhurried import THINGS

WORKOUT_MINUTES = (10, 20, 30)
BREAK_MINUTES = 5

NEARBY = 8
"""How many plans are written out to find the nearest: the estimate knows no waits between parts."""

_OUR_LISTENER = Preferences(place=Place.FLOOR, equipment=(), level=Level.BEGINNER)
"""Nobody is known: so a beginner, with nothing but a floor, to whom everything is explained."""

_AT_WORK = Preferences(place=Place.STANDING, equipment=(), talk=TalkLevel.SHORT)
"""A break is short, so it is short of words too; the guides of the exercises explain."""

ELSEWHERE = ("lying_breathing",)
"""A cool-down that follows, so that a set by itself does not end with a goodbye."""


@dataclass(frozen=True)
class Chapter:
    """A place in a guide that a player may jump to."""

    mark: int
    """Index among the marks of the guide's script, 0 for the first."""

    title: Line


class Kind(StrEnum):
    """What a guide is for."""

    WORKOUT = "workout"
    BREAK = "break"
    WARM_UP = "warm_up"
    COOL_DOWN = "cool_down"
    HOW_TO = "how_to"
    SET = "set"


@dataclass(frozen=True)
class Guide:
    """A whole script that is played as one file."""

    id: str
    """Also the name of its file, such as ``set-glute_bridge-8``. Never changed."""

    kind: Kind

    title: Line
    script: Script
    """Its first element is a mark."""

    chapters: tuple[Chapter, ...]
    """In order; the first begins with the guide."""

    minutes: int
    """How long it lasts under the estimated voice, 1 or more."""

    exercise: str = ""
    """The exercise that it is about, whose figure belongs to it; empty for several."""

    level: Level = Level.BEGINNER
    equipment: tuple[str, ...] = ()
    """Ids of what it needs, a chair or a wall too; of alternatives what is most often at hand."""


@dataclass
class _Writing:
    """A script that is being put together, with its chapters."""

    script: list[Element] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)

    def chapter(self, title: Line) -> None:
        self._note(title)
        self.script.append(Mark("set_up"))

    def say(self, *elements: Element) -> None:
        self.script += elements

    def say_slowly(self, lines: Iterable[Line], pause_ms: int) -> None:
        for each in lines:
            self.script += [each, Pause(pause_ms)]

    def say_moves(self, script: Script, ids: tuple[str, ...]) -> None:
        """Add moves, each of which is a chapter."""
        before = -1
        for element in script:
            if isinstance(element, Mark) and element.block != before:
                before = element.block
                self._note(line(f"{ids[before]}-name"))
            self.script.append(element)

    def say_leg(self, leg: Leg) -> None:
        title = _title_of(leg)
        if title is not None and title not in (chapter.title for chapter in self.chapters):
            self.chapter(title)
        self.script += leg.script

    def _note(self, title: Line) -> None:
        marks = sum(isinstance(element, Mark) for element in self.script)
        self.chapters.append(Chapter(marks if self.chapters else 0, title))


def guides(catalogue: Catalogue, length_of: LengthOf) -> tuple[Guide, ...]:
    """Return all guides: whole workouts first, then their pieces, then exercise by exercise.

    ``length_of`` tells how long lines last, in milliseconds: estimated, so that every voice says
    the same. The words are those of the language that it knows.
    """
    room = Room(catalogue, length_of)
    whole = [_workout(minutes, room) for minutes in WORKOUT_MINUTES]
    exercises = catalogue.exercises.values()
    return (
        *whole,
        _sitting_break(room),
        _moves("warm-up", Kind.WARM_UP, Phase.WARM_UP, room),
        _moves("cool-down", Kind.COOL_DOWN, Phase.COOL_DOWN, room),
        *(_how_to(exercise, room) for exercise in exercises),
        *(_set(each, reps, room) for each in exercises for reps in _reps_of(each)),
    )


def lines_of(script: Iterable[Element]) -> Iterator[Line]:
    """Return the lines of a script in order, those in beats too."""
    for element in script:
        said = element.line if isinstance(element, Beat) else element
        if isinstance(said, Line):
            yield said


def _reps_of(exercise: Exercise) -> tuple[int, ...]:
    return tuple(dict.fromkeys((exercise.reps.low, exercise.reps.high)))


def _minutes(script: Iterable[Element], room: Room) -> int:
    return max(1, round(length_ms(script, room.length_of) / 60_000))


def _needed(*exercises: Exercise) -> tuple[str, ...]:
    choices = (choice for exercise in exercises for choice in exercise.needs)
    at_hand = (next((item for item in choice if item in AT_HAND), choice[0]) for choice in choices)
    return tuple(dict.fromkeys(at_hand))


def _set_out(script: Iterable[Element]) -> Iterator[str]:
    """Return the equipment ids of what a workout asks to set out before it begins."""
    asked = (dict(each.values)["needs"] for each in lines_of(script) if each.id == "planning-needs")
    for needs in asked:
        named = needs.ids if isinstance(needs, Names) else ()
        yield from (id_.removeprefix("equipment-") for id_ in named if isinstance(id_, str))


def _how_to(exercise: Exercise, room: Room) -> Guide:
    """Return everything that explains an exercise, at the pace of the coach."""
    id_, writing = exercise.id, _Writing()
    writing.chapter(line("card-how-to", exercise=name_of(id_)))
    writing.say_slowly((line(f"{id_}-good"), line(f"{id_}-needs")), STEP_PAUSE_MS)
    if exercise.safety:
        writing.say(line(f"{id_}-safety"), Pause(STEP_PAUSE_MS))
    writing.chapter(line("guide-position"))
    writing.say_slowly(position_lines(exercise, None), POSITION_PAUSE_MS)
    writing.chapter(line("guide-movement"))
    steps = (*step_lines(exercise), line(f"{id_}-breath"), line(f"{id_}-check"))
    writing.say_slowly(steps, STEP_PAUSE_MS)
    writing.chapter(line("guide-faults"))
    faults = (line(f"{id_}-fault-{n}") for n in range(1, exercise.fault_lines + 1))
    writing.say_slowly((*faults, line(f"{id_}-easier")), STEP_PAUSE_MS)
    writing.say(line(f"{id_}-out"))
    title = writing.chapters[0].title
    return _one_exercise(f"how-to-{id_}", Kind.HOW_TO, title, writing, exercise, room)


def _set(exercise: Exercise, reps: int, room: Room) -> Guide:
    """Return one set for somebody who knows the exercise: into position, the set, out of it."""
    plan = Plan(blocks=(Block(exercise.id, 1, reps),), cool_down=ELSEWHERE)
    session = Session(phase=Phase.SET_UP, plan=plan).with_preferences(talk=TalkLevel.SHORT)
    title = line("guide-set", exercise=names_of(exercise.id), reps=reps)
    writing = _Writing()
    set_up, *rest = track(session, room).legs
    writing.chapter(line("guide-position"))
    writing.say(*set_up.script)
    for leg in rest:
        writing.say_leg(leg)
    writing.say(line(f"{exercise.id}-out"))
    return _one_exercise(f"set-{exercise.id}-{reps}", Kind.SET, title, writing, exercise, room)


def _one_exercise(
    id_: str, kind: Kind, title: Line, writing: _Writing, exercise: Exercise, room: Room
) -> Guide:
    return Guide(
        id=id_,
        kind=kind,
        title=title,
        script=tuple(writing.script),
        chapters=tuple(writing.chapters),
        minutes=_minutes(writing.script, room),
        exercise=exercise.id,
        level=exercise.level,
        equipment=_needed(exercise),
    )


def _moves(id_: str, kind: Kind, phase: Phase, room: Room) -> Guide:
    """Return the warm-up or cool-down of a workout of the usual length, by itself."""
    plan = plan_workout(room.catalogue, 20, _OUR_LISTENER)
    ids = plan.warm_up if phase is Phase.WARM_UP else plan.cool_down
    session = Session(phase=phase, plan=replace(plan, blocks=()), preferences=_OUR_LISTENER)
    script: Script = ()
    while session.phase is phase:
        part = part_of(session, room)
        script += part.script
        session = part.after
    writing = _Writing()
    writing.say(Mark("set_up"))
    writing.say_moves(script, ids)
    title = line(f"guide-{id_}")
    chapters = tuple(writing.chapters)
    things = tuple(dict.fromkeys(thing for move in ids for thing in THINGS.get(move, ())))
    return Guide(
        id_, kind, title, tuple(writing.script), chapters, _minutes(script, room), equipment=things
    )


def _workout(minutes: int, room: Room) -> Guide:
    """Return the workout that lasts nearest to so many minutes when it is played."""
    asked = range(SHORTEST_MINUTES, LONGEST_MINUTES + 1)
    plans = [plan_workout(room.catalogue, each, _OUR_LISTENER) for each in asked]
    writing, plan = _nearest(minutes, plans, _OUR_LISTENER, room)
    title = line("card-plan", minutes=minutes)
    return _of_plan(f"workout-{minutes}", Kind.WORKOUT, title, writing, plan, room)


def _sitting_break(room: Room) -> Guide:
    """Return a few minutes on the feet, for somebody who sat long and has nothing at hand."""
    plan = plan_workout(room.catalogue, BREAK_MINUTES, _AT_WORK)
    writing, plan = _nearest(BREAK_MINUTES, [plan], _AT_WORK, room)
    return _of_plan("sitting-break", Kind.BREAK, line("guide-break"), writing, plan, room)


def _nearest(
    minutes: int, plans: Iterable[Plan], preferences: Preferences, room: Room
) -> tuple[_Writing, Plan]:
    """Write the plan that lasts nearest to so many minutes, its moves made longer or shorter."""

    def off(written: tuple[_Writing, Plan]) -> int:
        return abs(length_ms(written[0].script, room.length_of) - minutes * 60_000)

    def roughly_off(plan: Plan) -> float:
        return abs(plan_seconds(plan, room.catalogue, preferences, ()) - minutes * 60)

    roughly = sorted(dict.fromkeys(plans), key=roughly_off)[:NEARBY]
    _, plan = min((_whole(plan, preferences, room) for plan in roughly), key=off)
    percents = (plan.moves_percent * percent // 100 for percent in range(50, 155, 5))
    adjusted = (replace(plan, moves_percent=min(200, percent)) for percent in percents)
    return min((_whole(each, preferences, room) for each in dict.fromkeys(adjusted)), key=off)


def _of_plan(id_: str, kind: Kind, title: Line, writing: _Writing, plan: Plan, room: Room) -> Guide:
    exercises = [room.catalogue.exercises[block.exercise] for block in plan.blocks]
    return Guide(
        id=id_,
        kind=kind,
        title=title,
        script=tuple(writing.script),
        chapters=tuple(writing.chapters),
        minutes=_minutes(writing.script, room),
        level=max((each.level for each in exercises), key=list(Level).index),
        equipment=tuple(dict.fromkeys((*_needed(*exercises), *_set_out(writing.script)))),
    )


def _whole(plan: Plan, preferences: Preferences, room: Room) -> tuple[_Writing, Plan]:
    """Write a whole workout, from the advice before it to the goodbye."""
    session = Session(phase=Phase.WARM_UP, plan=plan, preferences=preferences)
    writing = _Writing()
    writing.chapter(line("guide-warm-up"))
    writing.say_slowly((line("safety-not-medical"), line("safety-when-to-stop")), STEP_PAUSE_MS)
    for one in tracks(session, room):
        for leg in one.legs:
            writing.say_leg(leg)
    return writing, plan


def _title_of(leg: Leg) -> Line | None:
    """Return the title of the chapter that begins with a leg; None where none does."""
    at = leg.at
    if at.phase is Phase.WARM_UP and not at.move:
        return line("guide-warm-up")
    if at.phase is Phase.COOL_DOWN and not at.move:
        return line("guide-cool-down")
    if at.phase is Phase.SET_UP and not at.told:
        return _first_variant(leg, "pacing-exercise")
    if at.phase is Phase.SET and (at.side, at.rep) == (0, 1):
        return _first_variant(leg, "pacing-set")
    return None


def _first_variant(leg: Leg, phrase: str) -> Line | None:
    """Return the line of a leg with some phrase, in its first wording, which reads best."""
    return next((e._replace(variant=0) for e in lines_of(leg.script) if e.id == phrase), None)
