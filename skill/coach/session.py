"""What is remembered between two sentences: one listener's place in one workout."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from skill.coach.exercise import Block, Level, Plan
from skill.coach.reminder import MOST_REMINDERS, ReminderWish
from skill.coach.replace import replace

MOST_BLOCKS = 8
MOST_SETS = 5
MOST_REPS = 30
MOST_MOVES = 12
MOST_EQUIPMENT = 20
LONGEST_ID = 32
MOST_SAID = 12
"""Lines have two, three or four variants; counted to twelve, all of them take turns for ever."""


class Phase(StrEnum):
    """What the listener is doing now."""

    IDLE = "idle"
    SAFETY = "safety"
    WARM_UP = "warm_up"
    SET_UP = "set_up"
    TEACHING = "teaching"
    SET = "set"
    SIDE_CHANGE = "side_change"
    REST = "rest"
    FEEDBACK = "feedback"
    COOL_DOWN = "cool_down"
    DONE = "done"
    PAUSED = "paused"
    HOW_TO = "how_to"


IN_WORKOUT = frozenset(
    {
        Phase.WARM_UP,
        Phase.SET_UP,
        Phase.TEACHING,
        Phase.SET,
        Phase.SIDE_CHANGE,
        Phase.REST,
        Phase.FEEDBACK,
        Phase.COOL_DOWN,
    }
)
"""Phases with a workout under way; PAUSED and HOW_TO return to one of them."""

IN_BLOCK = IN_WORKOUT - {Phase.WARM_UP, Phase.COOL_DOWN}
"""Phases that belong to one exercise of the plan."""


PLAYING = frozenset({Phase.WARM_UP, Phase.SET_UP, Phase.TEACHING, Phase.SET, Phase.COOL_DOWN})
"""Phases that have a script to play."""


class Place(StrEnum):
    """Where the listener can exercise."""

    FLOOR = "floor"
    BED = "bed"
    STANDING = "standing"


class TalkLevel(StrEnum):
    """How much the coach says."""

    FULL = "full"
    SHORT = "short"
    COUNTS = "counts"


class Counting(StrEnum):
    """How the reps are counted."""

    UP = "up"
    DOWN = "down"
    LAST_THREE = "last_three"


class Felt(StrEnum):
    """How an exercise was, in the listener's word."""

    EASY = "easy"
    RIGHT = "right"
    HARD = "hard"


@dataclass(frozen=True)
class Preferences:
    """How this listener wants to be coached."""

    talk: TalkLevel | None = None
    """None: full the first time an exercise is met, short afterwards."""

    counting: Counting = Counting.UP

    pace: int = 100
    """Percent of the prescribed tempo's length, 75 to 160; more is slower."""

    rest: int = 100
    """Percent of the prescribed rest, 25 to 300."""

    place: Place | None = None
    """None: not asked yet."""

    equipment: tuple[str, ...] | None = None
    """Equipment ids, sorted; None: the listener never said."""

    level: Level | None = None

    minutes: int | None = None
    """How long a workout is as a rule, in minutes; None: the listener never said."""


@dataclass(frozen=True)
class SetDone:
    """One finished set."""

    block: int
    """Index into the plan's blocks."""

    reps: int
    """Reps done; of the weaker side where there are two."""


@dataclass(frozen=True)
class Session:
    """One listener's place in one workout."""

    phase: Phase = Phase.IDLE

    returns_to: Phase | None = None
    """The phase that a pause or a how-to goes back to; None outside a workout."""

    told: bool = False
    """Whether what belongs to this phase has been said, so that "ready" moves on."""

    since: int = 0
    """When the script of this phase began to play, in epoch milliseconds; 0: it does not play."""

    said: int = 0
    """Counts the replies, so that repeated lines take turns with their variants."""

    plan: Plan = Plan()
    block: int = 0
    """Index into the plan's blocks."""

    set: int = 1
    """The set going on or next, 1 for the first."""

    side: int = 0
    """Index into the exercise's sides."""

    rep: int = 1
    """The next rep to do, 1 for the first."""

    move: int = 0
    """Index into the warm-up's or cool-down's moves."""

    seconds: int = 0
    """Seconds already done of that move's side; in a rest that was broken off, those left of it."""

    first_side_reps: int = 0
    """Reps done on the first side of this set; 0 while it is not over."""

    done: tuple[SetDone, ...] = ()
    felt: tuple[tuple[int, Felt], ...] = ()
    """How a block was, as pairs of block index and word."""

    how_to: str = ""
    """Exercise being explained; empty outside a how-to."""

    how_step: int = 0
    """Index into the lines of that explanation."""

    met: tuple[str, ...] = ()
    """Exercises and moves that were explained once and need fewer words now."""

    lately: tuple[str, ...] = ()
    """Exercises of the last finished workouts, newest first, at most eight."""

    cleared: bool = False
    """Whether the listener was told once that this is no medical advice."""

    welcomed_back: bool = False
    """Whether the question open now is "carry on, or start over?"."""

    hands_free: bool = False
    """Whether this workout is wanted as a stream, so that nothing is asked in it."""

    streaming: bool = False
    """Whether the stream plays, as far as is known. The place is then the start of its track."""

    stream_failures: int = 0
    """How often in a row the stream of this workout could not be played, 0 to 9."""

    choosing: bool = False
    """Whether the question open now is "skip, easier, or carry on?". Of this conversation only:
    whoever stores a session leaves it out, because it follows on pain."""

    started: int = 0
    """When this workout was begun, in epoch milliseconds; 0: none was."""

    ended: int = 0
    """When the last workout ended, in epoch milliseconds; 0: none did."""

    level_since: int = 0
    """When the listener named a level, in epoch milliseconds; 0: never."""

    forgetting: bool = False
    """Whether the question open now is "really forget everything?"."""

    reminding: ReminderWish | None = None
    """The reminders that the question open now is about: when, shall I set them, or cancel them."""

    declined: int = 0
    """When the listener last declined to allow reminders, in epoch milliseconds; 0: never."""

    subject: str = ""
    """Exercise explained last, which "it" means outside a workout."""

    preferences: Preferences = Preferences()

    @property
    def workout_phase(self) -> Phase | None:
        """The phase of the workout, also when it is paused or a how-to stands in front of it."""
        phase = self.returns_to if self.phase in (Phase.PAUSED, Phase.HOW_TO) else self.phase
        return phase if phase in IN_WORKOUT else None

    @property
    def now(self) -> Block:
        """The block going on. Only for phases in a block."""
        return self.plan.blocks[self.block]

    def at(self, phase: Phase, **changes: Any) -> Session:
        """Return this session in another phase, nothing said or playing yet."""
        fresh: dict[str, Any] = {
            "phase": phase,
            "returns_to": None,
            "told": False,
            "since": 0,
            "how_to": "",
            "how_step": 0,
            "welcomed_back": False,
            "choosing": False,
            "forgetting": False,
            "reminding": None,
            "streaming": False,
        }
        return replace(self, **(fresh | changes))

    def settled(self) -> Session:
        """Return this session without any question beside that of its situation."""
        if not (self.welcomed_back or self.choosing or self.forgetting or self.reminding):
            return self
        return replace(self, welcomed_back=False, choosing=False, forgetting=False, reminding=None)

    def with_preferences(self, **changes: Any) -> Session:
        """Return this session with some preferences changed."""
        return replace(self, preferences=replace(self.preferences, **changes))


def _require(condition: bool, what: str) -> None:
    if not condition:
        raise ValueError(what)


def check(session: Session) -> None:
    """Refuse a session that no conversation can lead to, or that would not fit in 4 KB.

    For sessions from outside; those that the coach makes of good ones are good, which tests prove.

    Raises:
        ValueError: names what is wrong.
    """
    plan, phase = session.plan, session.phase
    _require(len(plan.blocks) <= MOST_BLOCKS, "too many blocks")
    _require(len(plan.warm_up) <= MOST_MOVES and len(plan.cool_down) <= MOST_MOVES, "moves")
    _require(all(1 <= b.sets <= MOST_SETS for b in plan.blocks), "sets")
    _require(all(1 <= b.reps <= MOST_REPS for b in plan.blocks), "reps")
    _require(0 <= plan.minutes <= 120 and 25 <= plan.moves_percent <= 200, "minutes")
    _require(phase not in IN_WORKOUT or session.returns_to is None, "a phase in a phase")
    _require(session.returns_to is None or session.returns_to in IN_WORKOUT, "returns nowhere")
    _require(phase is not Phase.PAUSED or session.returns_to is not None, "paused nothing")
    _require((phase is Phase.HOW_TO) == bool(session.how_to), "how-to of nothing")
    _require(not session.streaming or phase in IN_WORKOUT, "a stream of nothing")
    _require(not session.since or phase in PLAYING, "nothing plays in this phase")
    _require(75 <= session.preferences.pace <= 160, "pace")
    _require(25 <= session.preferences.rest <= 300, "rest")
    _require(1 <= (session.preferences.minutes or 1) <= 120, "length")
    _check_reminding(session.reminding)
    _check_ranges(session)
    _check_ids(session)
    _check_place(session)


def _check_reminding(wish: ReminderWish | None) -> None:
    if wish is not None:
        _require(len(wish.days) <= 7 and len(wish.minutes) <= MOST_REMINDERS, "reminders")
        _require(all(0 <= day <= 6 for day in wish.days), "no day of the week")
        _require(all(0 <= minute < 24 * 60 for minute in wish.minutes), "no time of the day")


def _check_ranges(session: Session) -> None:
    within = {
        "since": 2**53,
        "started": 2**53,
        "ended": 2**53,
        "level_since": 2**53,
        "declined": 2**53,
        "said": MOST_SAID - 1,
        "block": MOST_BLOCKS - 1,
        "set": MOST_SETS,
        "side": 1,
        "rep": MOST_REPS,
        "move": MOST_MOVES - 1,
        "seconds": 600,
        "first_side_reps": MOST_REPS,
        "how_step": 60,
        "stream_failures": 9,
    }
    for name, most in within.items():
        _require(0 <= getattr(session, name) <= most, name)
    _require(len(session.done) <= MOST_BLOCKS * MOST_SETS, "too many sets done")
    _require(all(0 <= d.block < MOST_BLOCKS for d in session.done), "done nowhere")
    _require(all(0 <= d.reps <= MOST_REPS for d in session.done), "too many reps done")
    _require(len(session.felt) <= MOST_BLOCKS, "felt too much")
    _require(all(0 <= block < MOST_BLOCKS for block, _ in session.felt), "felt nowhere")


def _check_ids(session: Session) -> None:
    plan = session.plan
    equipment = session.preferences.equipment or ()
    _require(len(session.met) <= 40 and len(session.lately) <= 8, "too many met")
    _require(len(equipment) <= MOST_EQUIPMENT, "too much equipment")
    ids = [*plan.warm_up, *plan.cool_down, *(block.exercise for block in plan.blocks)]
    ids += [*session.met, *session.lately, *equipment, session.how_to, session.subject]
    _require(all(len(id_) <= LONGEST_ID and id_.isascii() for id_ in ids), "no id of ours")


def _check_place(session: Session) -> None:
    plan, phase = session.plan, session.workout_phase
    if phase in IN_BLOCK:
        _require(session.block < len(plan.blocks), "no such block")
        _require(1 <= session.set <= plan.blocks[session.block].sets, "no such set")
        _require(1 <= session.rep <= plan.blocks[session.block].reps, "no such rep")
    if phase is Phase.WARM_UP:
        _require(session.move < len(plan.warm_up), "no such move")
    if phase is Phase.COOL_DOWN:
        _require(session.move < len(plan.cool_down), "no such move")
