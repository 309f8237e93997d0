"""How the listener wants to be coached: talk level, counting, pace, rest, place, equipment."""

from __future__ import annotations

from collections.abc import Iterable

from skill.coach.course import AT_START, back_to_workout
from skill.coach.exercise import Block, Exercise
from skill.coach.guidance import about
from skill.coach.planning import AT_HAND, USUAL_MINUTES, fits_place
from skill.coach.replace import replace
from skill.coach.reply import Names, Pause, Reply, line, name_of, names_of
from skill.coach.session import MOST_BLOCKS, Counting, Phase, Place, Session, TalkLevel
from skill.coach.starting import answer_floor, offer_plan
from skill.coach.turn import Turn
from skill.coach.whereabouts import not_begun

_LEVELS = (TalkLevel.COUNTS, TalkLevel.SHORT, TalkLevel.FULL)
PACE_STEP = 15
"""Percent by which one "slower" stretches the tempo. Ours; two steps are clearly felt."""

FASTEST, SLOWEST = 75, 145
"""Percent of the prescribed tempo. 145 keeps a rep of 5 to 7 s near the 8 s up to which reps work
as well as any (see the pooled trials on rep length; past 10 s is worse)."""

MOST_NAMED = 5
"""A list longer than this is not read back."""

REST_STEP = 50
"""Percent of the prescribed rest: 60 s become 90 s, then 120 s."""


def talk(turn: Turn, level: TalkLevel) -> Reply:
    """Set how much the coach says."""
    changed = turn.session.with_preferences(talk=level)
    return turn.aside(changed, line(f"talk-{level}", turn.session.said))


def talk_less(turn: Turn) -> Reply:
    """One step quieter."""
    now = turn.session.preferences.talk or TalkLevel.FULL
    return talk(turn, _LEVELS[max(0, _LEVELS.index(now) - 1)])


def talk_more(turn: Turn) -> Reply:
    """One step more talkative."""
    now = turn.session.preferences.talk or TalkLevel.SHORT
    return talk(turn, _LEVELS[min(len(_LEVELS) - 1, _LEVELS.index(now) + 1)])


def count(turn: Turn, counting: Counting) -> Reply:
    """Set how the reps are counted."""
    changed = turn.session.with_preferences(counting=counting)
    return turn.aside(changed, line(f"counting-{counting}", turn.session.said))


def pace(turn: Turn, wish: str) -> Reply:
    """Make the reps slower, faster or as prescribed."""
    now = turn.session.preferences.pace
    wanted = {"slower": now + PACE_STEP, "faster": now - PACE_STEP}.get(wish, 100)
    new = min(max(wanted, FASTEST), SLOWEST)
    phrase = f"pace-{wish}-limit" if new == now and wish != "normal" else f"pace-{wish}"
    return turn.aside(turn.session.with_preferences(pace=new), line(phrase, turn.session.said))


def rest(turn: Turn, step: int) -> Reply:
    """Make the rests longer (1) or shorter (-1)."""
    session = turn.session
    now = session.preferences.rest
    new = min(max(now + step * REST_STEP, 50), 300)
    wish = "more" if step > 0 else "less"
    phrase = f"rest-{wish}-limit" if new == now else f"rest-{wish}"
    changed = session.with_preferences(rest=new)
    if step > 0 and session.phase is Phase.REST:
        return turn.ask(changed, line("rest-more-now", session.said))
    return turn.aside(changed, line(phrase, session.said))


def turn_at(turn: Turn, place: Place | None) -> Turn:
    """Return the turn with where the listener exercises taken in, if that was said."""
    if place is None:
        return turn
    return replace(turn, session=turn.session.with_preferences(place=place))


def exercise_at(turn: Turn, place: Place) -> Reply:
    """Take where the listener can exercise; an exercise that does not suit it is exchanged."""
    session = turn.session
    if session.phase is Phase.SAFETY:
        return answer_floor(turn, place)
    changed = session.with_preferences(place=place)
    if session.workout_phase is None:
        return turn.ask(changed, line(f"place-{place}", session.said))
    said = line(f"place-{place}", session.said)
    suits = all(
        fits_place(turn.catalogue.exercises[block.exercise], place)
        for block in session.plan.blocks[session.block :]
    )
    if suits and not not_begun(session):
        return turn.aside(changed, said)
    return offer_plan(turn, changed, session.plan.minutes or USUAL_MINUTES, said)


def have(turn: Turn, items: Iterable[str]) -> Reply:
    """Take what equipment the listener has; ``none`` means that there is nothing."""
    session = turn.session
    named = set(items)
    if not named:
        return turn.ask(session, asking=line("ask-what-you-have", session.said))
    known = set() if "none" in named else set(session.preferences.equipment or ())
    owned = tuple(sorted((known | named) - {"none"}))
    changed = session.with_preferences(equipment=owned)
    said = line("have-nothing", session.said)
    if len(named) > MOST_NAMED:
        said = line("have-all", session.said)
    elif named - {"none"}:
        names = Names(tuple(f"equipment-{item}" for item in sorted(named - {"none"})))
        said = line("have", session.said, items=names)
    if not_begun(session):
        return offer_plan(turn, changed, session.plan.minutes, said)
    return turn.aside(changed, said)


def easier(turn: Turn, named: Exercise | None) -> Reply:
    """Change to the easier neighbour, or take two reps off where there is none."""
    return _swap(turn, named, "easier")


def harder(turn: Turn, named: Exercise | None) -> Reply:
    """Change to the harder neighbour, where place and equipment allow it."""
    return _swap(turn, named, "harder")


def _swap(turn: Turn, named: Exercise | None, way: str) -> Reply:
    session = turn.session
    doing, meant = _doing(turn), about(turn, named)
    if meant is None:
        return turn.ask(session, line(f"{way}-when"))
    neighbour_id = meant.easier if way == "easier" else meant.harder
    neighbour = turn.catalogue.exercises.get(neighbour_id or "")
    if meant is not doing or neighbour is None or not _can_change_to(session, turn, neighbour):
        here = session if session.phase is Phase.HOW_TO else back_to_workout(session)
        return turn.aside(here, line(f"{meant.id}-{way}"))
    said = line(f"{way}-swap", session.said, exercise=names_of(neighbour.id), old=name_of(doing.id))
    in_it = session.workout_phase not in (Phase.SET_UP, None) or session.told
    out = (line(f"{doing.id}-out"), Pause(3_000)) if in_it and doing.on_floor else ()
    return turn.ask(_exchange(session, neighbour), *out, said)


def _can_change_to(session: Session, turn: Turn, neighbour: Exercise) -> bool:
    """Say whether place and equipment allow it, sets are left to do, and the plan has room."""
    here = back_to_workout(session)
    finished = sum(1 for done in here.done if done.block == here.block)
    owned = turn.catalogue.with_implied(AT_HAND | frozenset(session.preferences.equipment or ()))
    return (
        fits_place(neighbour, session.preferences.place)
        and neighbour.can_be_done_with(owned)
        and finished < here.now.sets
        and len(here.plan.blocks) < MOST_BLOCKS
    )


def _doing(turn: Turn) -> Exercise | None:
    session = back_to_workout(turn.session)
    if session.workout_phase in (None, Phase.WARM_UP, Phase.COOL_DOWN):
        return None
    return turn.catalogue.exercises[session.now.exercise]


def _exchange(session: Session, neighbour: Exercise) -> Session:
    """Put the neighbour in for the sets still to do; what was done stays done."""
    here = back_to_workout(session)
    finished = sum(1 for done in here.done if done.block == here.block)
    new = Block(neighbour.id, here.now.sets - finished, neighbour.reps.clamp(here.now.reps))
    kept = (replace(here.now, sets=finished),) if finished else ()
    blocks = (*here.plan.blocks[: here.block], *kept, new, *here.plan.blocks[here.block + 1 :])
    at = AT_START | {"block": here.block + len(kept)}
    return here.at(Phase.SET_UP, **at, plan=replace(here.plan, blocks=blocks))
