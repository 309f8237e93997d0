"""One set as a script: get into position, a get-ready count, paced reps, change of side, rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from skill.coach.course import set_finished
from skill.coach.exercise import Exercise, Plan, Side, Tempo
from skill.coach.part import BUDGET_MS, CLOSING_MS, Part, Room, exercise_now, talk_level
from skill.coach.replace import replace
from skill.coach.reply import Beat, Element, Line, Mark, Pause, Script, line, name_of, names_of
from skill.coach.session import Counting, Phase, Preferences, Session, TalkLevel
from skill.coach.timeline import length_ms, measure

SIDE_CHANGE_MS = 8_000
"""Time to change sides. Ours: users ask for one side, a change-over, the other."""

COUNT_IN_MS = 3_000
SAME_PLACE_MS = 5_000
"""To get ready again between two sets: the position is known and mostly still held."""

WORDS_MS = 45_000
"""About what the words, the counts and the change of side take of a set with two sides."""


def set_part(session: Session, room: Room) -> Part:
    """Return the set from the session's rep and side on, as much of it as fits in one turn."""
    played = _play(_alike(session), room)
    first_side = session.now.reps if played.side > session.side else session.first_side_reps
    if played.rep:
        phase = Phase.SET if played.rep > 1 else Phase.SIDE_CHANGE
        place = {"side": played.side, "rep": played.rep, "first_side_reps": first_side}
        after = session.at(phase, told=phase is Phase.SIDE_CHANGE, **place)
    else:
        here = replace(session, side=played.side, first_side_reps=first_side)
        after = set_finished(here, session.now.reps)
    return Part(played.script, after, played.total_ms, played.free_ms)


@dataclass(frozen=True)
class _Played:
    """The script of a set, and where it leads."""

    script: Script
    side: int
    rep: int
    """The rep that the next turn begins with; 0 when the set is done."""

    total_ms: int
    free_ms: int


def _alike(session: Session) -> Session:
    """Return a session with nothing in it but what the script of a set depends on.

    Sets of one exercise are alike for many listeners, so their scripts are built once.
    """
    wish = session.preferences
    return Session(
        phase=Phase.SET,
        told=session.told,
        said=session.said,
        plan=Plan(blocks=(session.now,)),
        set=session.set,
        side=session.side,
        rep=session.rep,
        preferences=Preferences(
            talk=talk_level(session, session.now.exercise),
            counting=wish.counting,
            pace=wish.pace,
            rest=wish.rest,
        ),
    )


@lru_cache(maxsize=1024)
def _play(session: Session, room: Room) -> _Played:
    script, side, rep = _scripted(session, room)
    total_ms, free_ms, _ = measure(script, room.length_of)
    return _Played(script, side, rep, total_ms, free_ms)


def _scripted(session: Session, room: Room) -> tuple[Script, int, int]:
    """Return the script, the side it ends at, and the rep to go on with (0: the set is done)."""
    exercise = exercise_now(session, room.catalogue)
    script = [*_opening(session, exercise)]
    reps, sides = session.now.reps, exercise.sides
    side, rep = session.side, session.rep
    while True:
        left_ms = BUDGET_MS - CLOSING_MS - length_ms(script, room.length_of)
        last = min(reps, rep - 1 + (left_ms - COUNT_IN_MS) // _tempo(session, exercise).rep_ms)
        script += _count_in(session, sides[side], rep)
        script += _reps(session, exercise, side, range(rep, last + 1), room)
        if last < reps:
            return (*script, line("pacing-split", session.said)), side, last + 1
        if side + 1 == len(sides):
            return (*script, *_closing(session, exercise, room, tuple(script))), side, 0
        side, rep = side + 1, 1
        if not _sides_together(session, exercise):
            return (*script, line("pacing-side-done", session.said)), side, 1
        script += _change_side(session, exercise, side)


def _tempo(session: Session, exercise: Exercise) -> Tempo:
    return exercise.tempo.at(session.preferences.pace)


def _opening(session: Session, exercise: Exercise) -> Script:
    """Say which set it is, and give the time to get into position."""
    level = talk_level(session, exercise.id)
    first = session.set == 1 and session.rep == 1 and session.side == 0
    mark = Mark("set_up", session.block, session.set, exercise.sides[session.side], session.rep)
    words: list[Element] = [mark]
    if session.told:
        return (mark, line("pacing-back-to", session.said, rep=session.rep), Pause(1_500))
    if session.rep > 1:
        words.append(line("pacing-pick-up", session.said, rep=session.rep, set=session.set))
    else:
        words.append(
            line(
                "pacing-set-short" if level is TalkLevel.COUNTS else "pacing-set",
                session.said,
                exercise=name_of(exercise.id),
                set=session.set,
                sets=session.now.sets,
                reps=session.now.reps,
            )
        )
    if exercise.one_sided:
        words.append(line(f"pacing-side-{exercise.sides[session.side]}", session.said))
    if first:
        return (*words, Pause(2_000))
    if level is not TalkLevel.COUNTS:
        words.append(line(f"{exercise.id}-remind", session.said))
        if not exercise.tempo.hold_ms:
            tip = 1 + session.set % exercise.tip_lines
            words.append(line(f"{exercise.id}-tip-{tip}", session.said))
    there = session.set > 1 and session.rep == 1 and session.side == 0
    return (*words, Pause(SAME_PLACE_MS if there else exercise.set_up_s * 1000))


def _count_in(session: Session, side: Side, rep: int) -> Script:
    mark = Mark("ready", session.block, session.set, side, rep)
    return (mark, *(Beat(1000, line("pacing-count", n=n)) for n in (3, 2, 1)))


def _change_side(session: Session, exercise: Exercise, side: int) -> Script:
    mark = Mark("side_change", session.block, session.set, exercise.sides[side], 1)
    words = line(f"pacing-change-{exercise.sides[side]}", session.said)
    return (mark, words, Pause(SIDE_CHANGE_MS))


def _sides_together(session: Session, exercise: Exercise) -> bool:
    """Say whether both sides and the whole rest fit in one turn; alike for all sets of a block."""
    working_ms = len(exercise.sides) * session.now.reps * _tempo(session, exercise).rep_ms
    rest_ms = _rest_wanted_ms(session, exercise)
    return working_ms + rest_ms + WORDS_MS <= BUDGET_MS - CLOSING_MS


def _rest_wanted_ms(session: Session, exercise: Exercise) -> int:
    return exercise.rest_s * session.preferences.rest * 10


def _reps(session: Session, exercise: Exercise, side: int, reps: range, room: Room) -> Script:
    """Pace each rep: a word for the lift, the number at the top, a word or a tip going down.

    Without a hold the number takes the way down, and the other words wait for the next lift.
    """
    tempo, script = _tempo(session, exercise), list[Element]()
    waiting: Line | None = None
    ran_over = False
    for rep in reps:
        words = _RepWords(session, exercise, rep, reps.start)
        place = (session.block, session.set, exercise.sides[side], rep)
        lift = waiting or (None if ran_over else words.lift())
        number, below, waiting = words.number(), words.below(), None
        tip = words.tip() if tempo.hold_ms else None
        ran_over = tip is not None and _fits(tip, tempo, room)
        if ran_over:
            below = tip
        script += [Mark("lift", *place), Beat(tempo.lift_ms, lift)]
        if tempo.hold_ms:
            script += [Mark("hold", *place), Beat(tempo.hold_ms, number)]
        elif number is not None:
            waiting, below = words.milestone(), number
        script += [Mark("lower", *place), Beat(tempo.lower_ms, below)]
    return tuple(script)


def _fits(tip: Line, tempo: Tempo, room: Room) -> bool:
    """Say whether a tip can be said on the way down and the next way up, before the number."""
    return room.length_of(tip) <= tempo.lower_ms + tempo.lift_ms


class _RepWords:
    """The words of one rep: what is said on the way up, at the top and on the way down."""

    def __init__(self, session: Session, exercise: Exercise, rep: int, first: int) -> None:
        self.session, self.exercise = session, exercise
        self.rep, self.of = rep, session.now.reps
        self.level = talk_level(session, exercise.id)
        self.led = self.level is TalkLevel.FULL or rep < first + 2
        self.variant = session.said + rep

    def lift(self) -> Line | None:
        """Return the word for the way up: always in full, for two reps when short."""
        if self.level is TalkLevel.COUNTS or not self.led:
            return None
        return line(f"{self.exercise.id}-lift", self.variant)

    def number(self) -> Line | None:
        """Return what is said at the top: the count, the way the listener likes to count."""
        left = self.of - self.rep + 1
        match self.session.preferences.counting:
            case Counting.UP:
                return line("pacing-count", n=self.rep)
            case Counting.DOWN:
                return line("pacing-count", n=left)
            case Counting.LAST_THREE:
                if left <= 3:
                    return line("pacing-count", n=left)
                return line(f"{self.exercise.id}-hold", self.variant) if self.led else None

    def milestone(self) -> Line | None:
        """Return the call that half the set or all but one rep is done."""
        if self.level is TalkLevel.COUNTS:
            return None
        if self.rep == self.of - 1:
            return line("pacing-last-one", self.variant)
        if self.of >= 6 and self.rep == (self.of + 1) // 2:
            return line("pacing-half-way", self.variant)
        return None

    def tip(self) -> Line | None:
        """Return the tip of this set, at its third rep."""
        if self.level is TalkLevel.COUNTS or self.rep != 3 or self.of < 8:
            return None
        tip = 1 + (self.session.set - 1 + self.session.side) % self.exercise.tip_lines
        return line(f"{self.exercise.id}-tip-{tip}", self.session.said)

    def below(self) -> Line | None:
        """Return what is said on the way down."""
        if self.level is TalkLevel.COUNTS or self.rep == self.of:
            return None
        word = line(f"{self.exercise.id}-lower", self.variant) if self.led else None
        return self.milestone() or word


def _closing(session: Session, exercise: Exercise, room: Room, played: Script) -> Script:
    """End the set: rest with a countdown and what comes next, or the end of the exercise."""
    if session.set == session.now.sets:
        mark = Mark("rest", session.block, session.set)
        return (mark, line("pacing-exercise-done", session.said, exercise=names_of(exercise.id)))
    mark = Mark("rest", session.block, session.set)
    rest_ms = _rest_wanted_ms(session, exercise)
    if length_ms(played, room.length_of) + rest_ms > BUDGET_MS - CLOSING_MS:
        return (mark, line("pacing-rest-freely", session.said, set=session.set))
    return (mark, *_rest(session, exercise, rest_ms))


def _rest(session: Session, exercise: Exercise, rest_ms: int) -> Script:
    seconds = rest_ms // 1000
    opening = line("pacing-rest", session.said, seconds=seconds, set=session.set)
    return rest_beats(session, exercise, seconds, opening)


def rest_beats(session: Session, exercise: Exercise, seconds: int, opening: Line) -> Script:
    """Return a rest of exactly that length, with half a minute, and what comes next, called out."""
    calls: list[tuple[int, Line]] = [(seconds, opening)]
    if talk_level(session, exercise.id) is not TalkLevel.COUNTS:
        if seconds >= 50:
            calls.append((30, line("pacing-rest-left", session.said, seconds=30)))
        if seconds >= 15:
            dose = {"set": session.set + 1, "reps": session.now.reps}
            coming = line("pacing-coming", session.said, exercise=name_of(exercise.id), **dose)
            calls.append((10, coming))
    ends = [at for at, _ in calls[1:]] + [0]
    return tuple(Beat((at - end) * 1000, said) for (at, said), end in zip(calls, ends, strict=True))
