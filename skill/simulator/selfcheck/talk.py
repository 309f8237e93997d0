"""How long the coach talks at a stretch, and whether anything is heard twice in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator

from skill.coach.session import Phase
from skill.simulator.selfcheck.phrases import Said
from skill.simulator.selfcheck.visit import Visit

LONGEST_TALK_MS = 30_000
"""Before a rep, a step, a move or a question: longer than this nobody follows."""

TO_MOVE_MS = 1_500
"""Silence in which a listener does something."""

WORDS_OF_A_CUE = 4
"""Shorter lines are cues, such as "and stop", which are right to be the same every time."""

LONGER = {
    "FaultsIntent": (40_000, "a list that was asked for, each mistake with its cure"),
}
"""Intents that may be answered with more talk in a row: milliseconds, and the reason."""

SAID_AGAIN = {
    "AMAZON.RepeatIntent": "it was asked for",
    "AMAZON.PreviousIntent": "it goes back to what was said",
    "AMAZON.StartOverIntent": "it begins again what was said",
    "WhyIntent": "what an exercise is good for was asked, which its explanation begins with",
    "AllOfItIntent": "all the steps were asked for, those that were heard before too",
}
"""Intents to which what was just said may be said again, with the reason."""

LEADS_THROUGH = {"HowToIntent", "StartExerciseIntent", "BreathingIntent", "SelfCheckIntent"}
"""Intents that ask how something is done: what was heard of it in passing belongs to the answer."""

STEP = re.compile(r"-(step|position|bed)-\d+$|-(breath|check|out)$")
"""Ids of lines that each tell one thing to do. Whoever cut in on them, or comes back to the workout
from an explanation, is led through them again."""


def talk(visit: Visit) -> Iterator[str]:
    """Nobody is talked at for long before something is to be done or answered."""
    for ms, line in stretches(visit):
        most_ms, _ = LONGER.get(visit.intent, (LONGEST_TALK_MS, ""))
        if ms > most_ms:
            yield f"more than {most_ms // 1000} s of talk, beginning with {line}"


def stretches(visit: Visit) -> Iterator[tuple[int, str]]:
    """Give the stretches of talk in a turn: milliseconds, and the id of the first line."""
    if visit.turn is None:
        return
    lines = {said.at: min(said.phrases) for said in visit.said}
    steps = {said.at for said in visit.said if _is_step(said)}
    began: int | None = None
    first, ended, words = "", 0, 0
    for sound in visit.turn.playback.sounds:
        rests = bool(sound.source) or sound.at_ms - ended >= TO_MOVE_MS or words in steps
        if began is not None and rests:
            yield ended - began, first
            began = None
        if sound.text and began is None:
            began, first = sound.at_ms, lines.get(words, sound.text)
        ended, words = sound.end_ms, words + len(sound.text.split())
    if began is not None:
        yield ended - began, first


def repetition(visit: Visit) -> Iterator[str]:
    """No line is heard word for word in two turns that follow each other.

    Whoever says the same twice may hear the same twice, but for the question at its end.
    """
    if visit.intent in SAID_AGAIN or visit.turn is None:
        return
    before = {said.text for said in visit.heard_before}
    led = (
        visit.step.at_ms is not None
        or visit.intent in LEADS_THROUGH
        or visit.before.session.phase is Phase.HOW_TO
    )
    for said in visit.said:
        if len(said.text.split()) <= WORDS_OF_A_CUE or (led and _is_step(said)):
            continue
        if said.text in before and (said.text.endswith("?") or not visit.is_said_again):
            yield f"{min(said.phrases)} is heard twice in a row, in the same words"


def _is_step(said: Said) -> bool:
    return any(STEP.search(phrase) for phrase in said.phrases)
