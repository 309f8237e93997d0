"""The scripts of a conversation made fit for ears that nobody waits for: longer ways, things named.

A listener who is asked "are you ready?" takes the time that they need; a track cannot hear them. So
time is added to fetch things and to change posture, and what a workout needs is named before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from skill.coach.course import moves_of
from skill.coach.exercise import Block, Catalogue, Plan, Posture
from skill.coach.part import Room, exercise_now, talk_level
from skill.coach.planning import AT_HAND
from skill.coach.reply import Element, Line, Mark, Names, Pause, Script, line
from skill.coach.session import Phase, Place, Session, TalkLevel

SET_OUT_MS = 20_000
"""To set out what a whole workout needs, before it begins. Ours, like the three below: whoever is
asked can take the time they need before they say "ready", and a track cannot hear them."""

FETCH_MS = 12_000
"""To fetch or to move what an exercise or a move needs."""

CHANGE_POSTURE_MS = 15_000
"""To get down to the floor, or from one position of the body into another."""

GET_OUT_MS = 12_000
"""To come out of an exercise that was done on the floor, or in another position."""

THINGS: Mapping[str, tuple[str, ...]] = {
    "march": ("chair",),
    "chair_squats": ("chair", "wall"),
    "step_backs": ("chair",),
    "leg_swings": ("chair",),
    "seated_march": ("chair",),
    "seated_kicks": ("chair",),
    "seated_bows": ("chair",),
    "standing_kickback": ("wall",),
    "step_up": ("wall",),
    "kneeling_flexor_stretch": ("padding", "chair"),
    "standing_flexor_stretch": ("chair",),
    "seated_hamstring_stretch": ("chair",),
    "seated_breathing": ("chair",),
}
"""Equipment ids of what the words of a move or an exercise speak of, by its id; homes have it."""

_FLOOR = (Posture.LYING, Posture.ALL_FOURS, Posture.KNEELING)


def unhurried(here: Session, script: Script, room: Room) -> Iterator[Element]:
    """Return a script with the time and the words that a listener needs who is asked nothing."""
    match here.phase:
        case Phase.WARM_UP | Phase.COOL_DOWN:
            yield from _set_out(here, room.catalogue)
            yield from _unhurried_moves(here, script, room.catalogue)
        case Phase.SET_UP:
            yield from _unhurried_set_up(here, script, room.catalogue)
        case Phase.SET:
            yield from _number_explained(here, script, room.catalogue)
        case _:
            yield from script


def at_first_move(here: Session) -> bool:
    """Say whether the warm-up or cool-down begins here."""
    return not (here.move or here.side or here.seconds)


def _set_out(here: Session, catalogue: Catalogue) -> Script:
    """Name what a whole workout needs, before it begins, and give the time to set it out."""
    if here.phase is not Phase.WARM_UP or not at_first_move(here):
        return ()
    needed = _needed(here.plan, catalogue)
    if not needed.ids:
        return ()
    named = line("planning-needs", here.said, needs=needed)
    if here.preferences.talk in (TalkLevel.SHORT, TalkLevel.COUNTS):
        return (named, Pause(SET_OUT_MS // 2))  # who wishes for few words knows the way
    return (named, line("stream-set-out", here.said), Pause(SET_OUT_MS))


def _needed(plan: Plan, catalogue: Catalogue) -> Names:
    """Return what a workout needs: of each choice what is at hand, else all of it."""
    exercises = [catalogue.exercises[block.exercise] for block in plan.blocks]
    moves = (*plan.warm_up, *plan.cool_down)
    items: dict[str | Line, None] = {}
    for id_ in (*plan.warm_up, *(each.id for each in exercises), *plan.cool_down):
        items |= dict.fromkeys(f"equipment-{item}" for item in THINGS.get(id_, ()))
    on_floor = any(catalogue.moves[id_].posture in _FLOOR for id_ in moves)
    if on_floor or any(each.on_floor for each in exercises):
        items["equipment-chair"] = None
    for choice in (choice for each in exercises for choice in each.needs):
        items[_of_choice(choice)] = None
    return Names(tuple(items))


def _of_choice(choice: tuple[str, ...]) -> str | Line:
    at_hand = next((item for item in choice if item in AT_HAND), None)
    if at_hand or len(choice) == 1:
        return f"equipment-{at_hand or choice[0]}"
    one, other = (Names((f"equipment-{item}",)) for item in choice[:2])
    return line("stream-either", one=one, other=other)


def _unhurried_moves(here: Session, script: Script, catalogue: Catalogue) -> Iterator[Element]:
    """Give time behind the first words about a move, which say where to be and what to hold."""
    ids = moves_of(here)
    behind = here.plan.blocks if here.phase is Phase.COOL_DOWN else ()
    last = catalogue.exercises[behind[-1].exercise] if behind else None
    leaves_floor = last is not None and last.on_floor and at_first_move(here)
    wanted_ms = GET_OUT_MS if leaves_floor else 0
    for element in script:
        if isinstance(element, Pause) and wanted_ms:
            yield Pause(max(element.ms, wanted_ms))
            wanted_ms = 0
            continue
        yield element
        if isinstance(element, Mark) and element.phase == "set_up":
            move = catalogue.moves[ids[element.block]]
            if element.side is not move.sides[0]:
                continue
            wanted_ms = _there_ms(here, element.block, catalogue)
            before = ids[: element.block]
            if not (here.seconds and element.block == here.move):
                yield from _up_from(before, move.posture, catalogue)
            if move.posture in _FLOOR and not _was_on_floor(behind, before, catalogue):
                yield line("stream-before-floor", here.said)


def _up_from(before: tuple[str, ...], to: Posture, catalogue: Catalogue) -> Script:
    """Help up from lying, where the next move is not done lying."""
    lay = bool(before) and catalogue.moves[before[-1]].posture is Posture.LYING
    if not lay or to is Posture.LYING:
        return ()
    return (line(f"{before[-1]}-out"), Pause(GET_OUT_MS))


def _there_ms(here: Session, index: int, catalogue: Catalogue) -> int:
    """Return how long it takes to be where a move begins, from where the one before ended."""
    ids, blocks = moves_of(here), here.plan.blocks
    move = catalogue.moves[ids[index]]
    if not index and here.phase is Phase.WARM_UP:
        return 0
    before: Posture | None = None
    if index:
        before = catalogue.moves[ids[index - 1]].posture
    elif blocks:
        before = catalogue.exercises[blocks[-1].exercise].posture
    if before is not move.posture:
        return CHANGE_POSTURE_MS
    return FETCH_MS if move.id in THINGS and move.posture is not Posture.SEATED else 0


def _was_on_floor(blocks: tuple[Block, ...], moves: tuple[str, ...], catalogue: Catalogue) -> bool:
    return any(catalogue.exercises[block.exercise].on_floor for block in blocks) or any(
        catalogue.moves[id_].posture in _FLOOR for id_ in moves
    )


def _unhurried_set_up(here: Session, script: Script, catalogue: Catalogue) -> Iterator[Element]:
    """Give time to leave the last position, to fetch and to get down, and say how to pause."""
    exercise, blocks = exercise_now(here, catalogue), here.plan.blocks[: here.block]
    waits = {f"{exercise.id}-needs": FETCH_MS, "pacing-get-down": CHANGE_POSTURE_MS}
    if blocks:
        waits[f"{blocks[-1].exercise}-out"] = GET_OUT_MS
    on_bed = here.preferences.place is Place.BED
    down = exercise.on_floor and not on_bed and not _was_on_floor(blocks, (), catalogue)
    wanted_ms = 0
    for element in script:
        if isinstance(element, Pause) and wanted_ms:
            yield Pause(max(element.ms, wanted_ms))
            wanted_ms = 0
            continue
        yield element
        if isinstance(element, Line):
            wanted_ms = waits.get(element.id, wanted_ms)
            if down and element.id == "pacing-exercise":
                yield line("stream-before-floor", here.said)


def _number_explained(here: Session, script: Script, catalogue: Catalogue) -> Iterator[Element]:
    """Say before the second set, which is led by numbers, at what moment they come."""
    exercise = exercise_now(here, catalogue)
    begins = (here.set, here.side, here.rep, here.told) == (2, 0, 1, False)
    wanted = begins and talk_level(here, exercise.id) is not TalkLevel.COUNTS
    for element in script:
        if wanted and isinstance(element, Pause):
            yield line("stream-number-at-top", here.said)
            wanted = False
        yield element
