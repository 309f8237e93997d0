"""What an exercise, a prescription and a plan are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """How much an exercise asks of the one who does it."""

    BEGINNER = "beginner"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class Side(StrEnum):
    """Which leg works."""

    BOTH = "both"
    LEFT = "left"
    RIGHT = "right"


class Posture(StrEnum):
    """How the body is placed while the exercise is done."""

    LYING = "lying"
    ALL_FOURS = "all_fours"
    KNEELING = "kneeling"
    STANDING = "standing"
    SEATED = "seated"


class Kind(StrEnum):
    """Which part of a workout a timed move belongs to."""

    WARM_UP = "warm_up"
    COOL_DOWN = "cool_down"


@dataclass(frozen=True)
class Span:
    """A range with both ends in it, for sets and reps."""

    low: int
    """At least this many; 1 or more."""

    high: int
    """At most this many; not below ``low``."""

    def clamp(self, wanted: int) -> int:
        """Return the number within the range that is nearest to ``wanted``."""
        return min(max(wanted, self.low), self.high)


@dataclass(frozen=True)
class Tempo:
    """How long each phase of one rep lasts, in milliseconds."""

    lift_ms: int
    hold_ms: int
    lower_ms: int

    @property
    def rep_ms(self) -> int:
        """Milliseconds from the start of one rep to the start of the next."""
        return self.lift_ms + self.hold_ms + self.lower_ms

    def at(self, percent: int) -> Tempo:
        """Return this tempo at a pace: 100 is as prescribed, 125 a quarter slower."""
        return Tempo(
            self.lift_ms * percent // 100,
            self.hold_ms * percent // 100,
            self.lower_ms * percent // 100,
        )


@dataclass(frozen=True)
class Exercise:
    """The facts of one hip-extension exercise. Its words live in the Fluent files under its id."""

    id: str
    """Never spoken and never changed, such as ``glute_bridge``."""

    level: Level
    posture: Posture

    needs: tuple[tuple[str, ...], ...]
    """Equipment that must be there: each inner tuple lists alternatives, one of which will do."""

    optional: tuple[str, ...]
    """Equipment that makes it harder or softer but is not needed."""

    sets: Span
    reps: Span
    """Reps a set; for a one-sided exercise, reps for each side."""

    one_sided: bool
    """Whether one leg works at a time, so that every set has two sides."""

    tempo: Tempo
    rest_s: int
    """Rest after a set, in seconds."""

    set_up_s: int
    """Seconds to get into position, before the get-ready count."""

    easier: str | None
    """Id of the neighbour one step down the ladder."""

    harder: str | None
    """Id of the neighbour one step up the ladder."""

    muscles: tuple[str, ...]
    """Muscle ids, the main one first."""

    position_lines: int
    """How many ``<id>-position-<n>`` lines lead into the starting position."""

    step_lines: int
    """How many ``<id>-step-<n>`` lines teach the movement, one cue each."""

    bed_lines: int
    """How many ``<id>-bed-<n>`` lines lead into position on a firm bed; 0: not for a bed."""

    tip_lines: int
    fault_lines: int

    safety: bool
    """Whether a ``<id>-safety`` line must be said before the first set."""

    @property
    def on_floor(self) -> bool:
        """Whether the listener has to get down to the floor for it."""
        return self.posture in (Posture.LYING, Posture.ALL_FOURS, Posture.KNEELING)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides of one set, in the order they are done."""
        return (Side.RIGHT, Side.LEFT) if self.one_sided else (Side.BOTH,)

    def can_be_done_with(self, equipment: frozenset[str]) -> bool:
        """Say whether somebody who has ``equipment`` has what it needs."""
        return all(any(item in equipment for item in choice) for choice in self.needs)


@dataclass(frozen=True)
class Move:
    """One timed movement of the warm-up or the cool-down."""

    id: str
    kind: Kind
    posture: Posture
    seconds: int
    """How long it lasts, for each side where it is one-sided."""

    one_sided: bool

    step_lines: int
    """How many ``<id>-step-<n>`` lines teach it."""

    cue_lines: int
    """How many ``<id>-cue-<n>`` lines are said while it goes on."""

    bed_or_chair: bool
    """Whether it suits those who do not get down to the floor."""

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides of the movement, in the order they are done."""
        return (Side.RIGHT, Side.LEFT) if self.one_sided else (Side.BOTH,)

    @property
    def total_s(self) -> int:
        """Seconds for all its sides, without the words around them."""
        return self.seconds * len(self.sides)


@dataclass(frozen=True, eq=False)
class Catalogue:
    """Everything the coach can teach. Loaded once, checked whole, never written to."""

    exercises: Mapping[str, Exercise]
    """By id, in the order in which they are listed to people."""

    moves: Mapping[str, Move]
    """Warm-up and cool-down moves by id, in the order in which they are done."""

    equipment: tuple[str, ...]
    """Every equipment id."""

    implied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What a thing can stand in for: a bench is also a box to step on."""

    muscles: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    """What the coach can explain: ``<topic>`` is the id of a knowledge line."""

    def moves_of(self, kind: Kind) -> tuple[Move, ...]:
        """Return the moves of one part of the workout, in order."""
        return tuple(move for move in self.moves.values() if move.kind is kind)

    def with_implied(self, equipment: frozenset[str]) -> frozenset[str]:
        """Return the equipment together with what it can stand in for."""
        extra = {also for item in equipment for also in self.implied.get(item, ())}
        return equipment | extra


@dataclass(frozen=True)
class Block:
    """One exercise of a plan, with the dose to do."""

    exercise: str
    """Exercise id."""

    sets: int
    """1 to 5."""

    reps: int
    """Reps a set and side; 1 to 30."""


@dataclass(frozen=True)
class Plan:
    """One workout: warm-up moves, blocks, cool-down moves, in the order they are done."""

    warm_up: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()
    cool_down: tuple[str, ...] = ()

    moves_percent: int = 100
    """How much of the moves' time is kept, in percent: less in a short workout."""

    minutes: int = 0
    """What was asked for; 0 when the listener chose exercises and not a length."""
