"""How a workout begins: the welcome, the first-time safety check, the plan and what it needs."""

from __future__ import annotations

from skill.coach.course import AT_START
from skill.coach.exercise import Block, Exercise, Plan
from skill.coach.planning import (
    AT_HAND,
    LONGEST_MINUTES,
    MOST_REPS_ASKED,
    SHORTEST_MINUTES,
    USUAL_MINUTES,
    Wish,
    fits_place,
    plan_one,
    plan_seconds,
    plan_workout,
)
from skill.coach.progress import Dose, advice, next_doses, reasons
from skill.coach.replace import replace
from skill.coach.reply import Card, Line, Names, Reply, line, names_of
from skill.coach.session import IN_BLOCK, MOST_BLOCKS, MOST_SETS, Phase, Place, Preferences, Session
from skill.coach.timeline import length_ms
from skill.coach.tracks import tracks
from skill.coach.turn import Turn
from skill.coach.whereabouts import where

REST_HOURS = 12
"""Two to three days a week with a day between is the aim; the same day again is advised against.
Whoever was told to stop today hears the same, so nothing need be kept of why."""

SHORT_WARM_UP_MINUTES = 15
"""A workout under this has less than the five minutes of warm-up usually advised; it says so."""


LONGEST_OFFER_MS = 26_000
"""Of what is planned, before the question: after half a minute nobody listens any more."""


def launch(turn: Turn) -> Reply:
    """Greet: offer to carry on an unfinished workout, and tell newcomers what this is, once."""
    session = turn.session
    if session.workout_phase is not None:
        failed = (line("stream-failed"),) if session.stream_failures > 1 else ()
        if failed:
            session = step_by_step(turn).session
        paused = paused_from(session, welcomed_back=True)
        back = line("welcome-back", session.said)
        return turn.ask(paused, back, *failed, *where(paused, turn.catalogue))
    if not session.cleared:
        first = session.at(Phase.SAFETY, cleared=True, plan=Plan())
        return turn.ask(first, line("welcome-first"), line("safety-not-medical"))
    return turn.ask(session.at(Phase.IDLE), line("welcome", session.said))


def step_by_step(turn: Turn) -> Turn:
    """Return the turn of somebody who wants a conversation, and no stream."""
    return replace(turn, session=replace(turn.session, hands_free=False, stream_failures=0))


def start_workout(turn: Turn, wish: Wish) -> Reply:
    """Plan a workout and offer it; ask about the floor first where that is not known yet."""
    session = _with_wish(turn, wish)
    if session.workout_phase is None and not session.told and _ended_today(turn):
        advised = session.at(Phase.IDLE, told=True)
        return turn.ask(
            advised, line("rest-today", session.said), asking=line("ask-anyway", session.said)
        )
    place = wish.place or session.preferences.place
    if session.workout_phase is not None and not session.welcomed_back and wish == Wish():
        paused = paused_from(session, welcomed_back=True)
        return turn.ask(paused, line("planning-under-way"), *where(paused, turn.catalogue))
    minutes = wish.minutes or session.preferences.minutes or USUAL_MINUTES
    if place is None:
        asking = session.at(Phase.SAFETY, cleared=True, plan=Plan(minutes=min(minutes, 120)))
        told = () if session.cleared else (line("safety-not-medical"),)
        return turn.ask(asking, *told, line("safety-before-we-start", session.said))
    return offer_plan(turn, session, minutes, place=place)


def _ended_today(turn: Turn) -> bool:
    """Say whether a workout ended so lately that it is better to wait until tomorrow."""
    return bool(turn.session.ended) and turn.now_ms - turn.session.ended < REST_HOURS * 3_600_000


def answer_floor(turn: Turn, place: Place) -> Reply:
    """Take the answer to "can you get down to the floor and up again?" and offer a plan."""
    session = turn.session.with_preferences(place=place)
    named = session.plan.blocks[0] if session.plan.blocks else None
    if named is not None and fits_place(turn.catalogue.exercises[named.exercise], place):
        begun = session.at(Phase.SET_UP, **AT_START, done=(), felt=())
        return turn.play(begun, line("planning-cold", session.said))
    return offer_plan(turn, session, session.plan.minutes or USUAL_MINUTES, line(f"place-{place}"))


def start_exercise(turn: Turn, exercise: Exercise, sets: int | None, reps: int | None) -> Reply:
    """Start one exercise: on its own, or put in front of what is left of the workout."""
    session, plan = turn.session, plan_one(exercise, sets, reps)
    told: list[Line] = []
    if not session.cleared:
        told.append(line("safety-not-medical"))
    if (sets or 1) > MOST_SETS or (reps or 1) > MOST_REPS_ASKED:
        told.append(line("planning-most", sets=MOST_SETS, reps=MOST_REPS_ASKED))
    if exercise.on_floor and session.preferences.place is None:
        asking = session.at(Phase.SAFETY, cleared=True, plan=plan)
        return turn.ask(asking, *told, line("safety-before-we-start", session.said))
    if session.workout_phase in IN_BLOCK:
        begun = _insert(session, plan.blocks[0])
    else:
        told.append(line("planning-cold", session.said))
        started = max(0, turn.now_ms)
        begun = session.at(Phase.SET_UP, **AT_START, plan=plan, done=(), felt=(), started=started)
    dose = {"sets": begun.now.sets, "reps": begun.now.reps}
    told.append(line("planning-one", session.said, exercise=names_of(exercise.id), **dose))
    return turn.play(replace(begun, cleared=True), *told)


def offer_plan(
    turn: Turn, session: Session, minutes: int, *before: Line, place: Place | None = None
) -> Reply:
    """Plan a workout, say what is in it and what it needs, and ask whether to begin.

    A ``place`` is for this workout; without it, where the listener exercises as a rule.
    """
    wanted = session.preferences if place is None else replace(session.preferences, place=place)
    doses = doses_of(turn, wanted)
    plan = plan_workout(
        turn.catalogue,
        minutes,
        wanted,
        lately=session.lately,
        met=session.met,
        doses={id_: dose.block for id_, dose in doses.items()},
    )
    fresh = {"done": (), "felt": (), "cleared": True, "started": max(0, turn.now_ms)}
    begun = session.at(Phase.WARM_UP, **AT_START, **fresh, plan=plan)
    rest = advice(turn.past.recall(), turn.past.today, session.said)
    said = [*before, *_overview(turn, begun, minutes), *reasons(doses, plan), *rest]
    said = _not_too_long(turn, said)
    card = Card(line("card-plan", minutes=plan.minutes), tuple(said[len(before) :]))
    return turn.ask(begun, *said, card=card)


def doses_of(turn: Turn, wanted: Preferences) -> dict[str, Dose]:
    """Return what progress says of the exercises that were done before."""
    past, session = turn.past, turn.session
    history, since_ms = past.recall(), session.level_since
    return next_doses(history, turn.catalogue, wanted, past.today, session.said, since_ms)


def _not_too_long(turn: Turn, said: list[Line]) -> list[Line]:
    """Leave out hints that can wait until another day, as far as it takes."""
    for hint in ("planning-step", "planning-longer", "planning-shortest"):
        if length_ms(said, turn.room.length_of) <= LONGEST_OFFER_MS:
            break
        said = [each for each in said if each.id != hint]
    return said


def offer_again(turn: Turn) -> Reply:
    """Say once more what was planned."""
    session = turn.session
    return turn.ask(session, *_overview(turn, session, session.plan.minutes))


def paused_from(session: Session, *, welcomed_back: bool = False) -> Session:
    """Return the session paused where it is, to be carried on there."""
    return session.at(Phase.PAUSED, returns_to=session.workout_phase, welcomed_back=welcomed_back)


def _overview(turn: Turn, session: Session, asked: int) -> list[Line]:
    plan = session.plan
    about = round(_seconds(turn, session) / 60)
    exercises = [block.exercise for block in plan.blocks]
    said = [line("planning-overview", session.said, minutes=about, exercises=names_of(*exercises))]
    if asked < SHORTEST_MINUTES:
        said.append(line("planning-shortest", session.said))
    elif asked > LONGEST_MINUTES:
        said.append(line("planning-no-longer", session.said))
    elif about > asked * 6 // 5:
        said.append(line("planning-longer", session.said))
    if len(exercises) == 1 and session.preferences.equipment is None:
        said.append(line("planning-step", session.said))
    if plan.minutes < SHORT_WARM_UP_MINUTES:
        said.append(line("planning-short-warm-up", session.said))
    needed = _needed(turn, exercises, session.preferences.equipment or ())
    if needed.ids:
        said.append(line("planning-needs", needs=needed))
    return said


def _seconds(turn: Turn, session: Session) -> int:
    """Return about how long a workout lasts: hands free, with the time that answers would take."""
    if session.hands_free and turn.streams:
        length_of = turn.room.recorded_of or turn.room.length_of
        whole = tracks(session, turn.room)
        return sum(length_ms(each.script, length_of) for each in whole) // 1000
    return plan_seconds(session.plan, turn.catalogue, session.preferences, session.met)


def _needed(turn: Turn, exercises: list[str], has: tuple[str, ...]) -> Names:
    """Return what the exercises need: of each choice what the listener has, else the first."""
    items: dict[str, None] = {}
    for exercise in exercises:
        for choice in turn.catalogue.exercises[exercise].needs:
            there = next((item for item in choice if item in has), None)
            at_hand = next((item for item in choice if item in AT_HAND), choice[0])
            items[there or at_hand] = None
    return Names(tuple(f"equipment-{item}" for item in items))


def _with_wish(turn: Turn, wish: Wish) -> Session:
    session, changes = turn.session, dict[str, object]()
    if wish.place is not None and session.preferences.place is None:
        changes["place"] = wish.place
    if wish.level is not None:
        changes["level"] = wish.level
        session = replace(session, level_since=max(0, turn.now_ms))
    if wish.minutes:
        changes["minutes"] = min(wish.minutes, LONGEST_MINUTES)
    if wish.equipment == "none":
        changes["equipment"] = ()
    elif wish.equipment is not None:
        known = session.preferences.equipment or ()
        changes["equipment"] = tuple(sorted({*known, wish.equipment}))
    return session.with_preferences(**changes) if changes else session


def _insert(session: Session, new: Block) -> Session:
    """Put a block before what is left of the current one, which keeps its finished sets."""
    blocks, now = session.plan.blocks, session.now
    finished = min(now.sets, sum(1 for done in session.done if done.block == session.block))
    if new.exercise == now.exercise and not finished:
        blocks = (*blocks[: session.block], new, *blocks[session.block + 1 :])
        plan = replace(session.plan, blocks=blocks)
        return session.at(Phase.SET_UP, **(AT_START | {"block": session.block}), plan=plan)
    kept = (replace(now, sets=finished),) if finished else ()
    left = (replace(now, sets=now.sets - finished),) if finished < now.sets else ()
    at = min(session.block + len(kept), MOST_BLOCKS - 1)
    whole = (*blocks[: session.block], *kept, *left, *blocks[session.block + 1 :])
    plan = replace(session.plan, blocks=(*whole[:at], new, *whole[at:])[:MOST_BLOCKS])
    return session.at(Phase.SET_UP, **(AT_START | {"block": at}), plan=plan)
