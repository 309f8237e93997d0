"""A reply of the coach in every situation that has a screen of its own, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from skill.alexa.display import Display
from skill.coach import guidance, pacing, reminding, reviewing, starting
from skill.coach.exercise import Block, Plan
from skill.coach.history import Week
from skill.coach.reply import Reply
from skill.coach.session import Felt, Phase, Place, Preferences, Session
from skill.coach.turn import Turn
from skill.render.apl import Documents, Json, load_documents
from skill.render.figure_graphic import Drawing, drawings
from skill.render.figures import load_figures
from skill.render.scene import Scenes
from skill.render.screen import Chips, Screen, Screens
from tests.coach.listener import MONDAY_MS, the_catalogue, the_words

PLAN = Plan(
    minutes=20,
    warm_up=("march", "hip_circles", "chair_squats"),
    blocks=(
        Block("glute_bridge", 3, 12),
        Block("prone_ball_extension", 3, 15),
        Block("hip_thrust", 2, 10),
    ),
    cool_down=("kneeling_flexor_stretch", "lying_breathing"),
)
_SHORT = Plan(minutes=10, blocks=(Block("glute_bridge", 1, 10),))
HERE = Session(plan=PLAN, cleared=True, preferences=Preferences(place=Place.FLOOR))
NOBODY = Session(cleared=True)


def at(phase: Phase, **place: Any) -> Session:
    return replace(HERE.at(phase), **place)


def turn(session: Session) -> Turn:
    return Turn.begin(session, MONDAY_MS, the_catalogue(), the_words().length_ms)


def _playing(session: Session) -> Reply:
    return turn(HERE).play(session)


def _asking(session: Session) -> Reply:
    return turn(HERE).ask(session)


def _how_to(exercise: str, step: int = 0) -> Reply:
    reply = guidance.how_to(turn(NOBODY), the_catalogue().exercises[exercise])
    for _ in range(step):
        reply = guidance.next_step(turn(reply.session))
    return reply


SITUATIONS: dict[str, tuple[str, Callable[[], Reply]]] = {
    "welcome": ("welcome", lambda: starting.launch(turn(NOBODY))),
    "first time": ("welcome", lambda: starting.launch(turn(Session()))),
    "plan offered": ("plan", lambda: starting.offer_again(turn(at(Phase.WARM_UP)))),
    "warm-up": ("moving", lambda: _playing(at(Phase.WARM_UP))),
    "position": ("steps", lambda: _playing(at(Phase.SET_UP))),
    "movement": ("steps", lambda: _playing(at(Phase.TEACHING))),
    "set": ("moving", lambda: _playing(at(Phase.SET))),
    "set from rep five": ("moving", lambda: _playing(at(Phase.SET, rep=5))),
    "last set": ("moving", lambda: _playing(at(Phase.SET, set=3))),
    "set with a ball": ("moving", lambda: _playing(at(Phase.SET, block=1))),
    "cool-down": ("moving", lambda: _playing(at(Phase.COOL_DOWN))),
    "about to begin": ("waiting", lambda: _asking(at(Phase.SET_UP, told=True))),
    "rest": ("waiting", lambda: _asking(at(Phase.REST, seconds=30))),
    "how was it": ("waiting", lambda: _asking(at(Phase.FEEDBACK, set=3))),
    "paused": ("waiting", lambda: pacing.pause(turn(at(Phase.SET, rep=4)))),
    "welcome back": ("waiting", lambda: starting.launch(turn(at(Phase.SET, rep=4)))),
    "list": ("exercises", lambda: guidance.list_exercises(turn(NOBODY), None, None, None)),
    "which one": ("exercises", lambda: guidance.which_of(turn(NOBODY), ("hip_thrust", "step_up"))),
    "how to": ("steps", lambda: _how_to("step_up")),
    "how to, moving": ("steps", lambda: _how_to("glute_bridge", 5)),
    "progress": ("progress", lambda: reviewing.progress(turn(NOBODY))),
    "good weeks": (
        "progress",
        lambda: replace(
            reviewing.progress(turn(NOBODY)),
            week=Week((True, False, True, False, False, False, False), 2, 2, 4),
        ),
    ),
    "finished": (
        "finished",
        lambda: pacing.feedback(turn(at(Phase.FEEDBACK, plan=_SHORT, set=1)), Felt.EASY),
    ),
    "reminders": ("welcome", lambda: reminding.remind_workout(turn(NOBODY), (), None)),
}
"""By a name: the document, and what the coach says."""


@cache
def the_documents() -> Documents:
    return load_documents()


@cache
def the_drawings() -> Mapping[str, Drawing]:
    return drawings(load_figures())


@cache
def the_display() -> Display:
    """What a skill shows, read once."""
    return Display(the_words())


def screens() -> Screens:
    """Return what makes screens, with the real figures."""
    return Screens(Scenes(turn(HERE).room, the_words()), the_drawings())


def screen_of(name: str) -> Screen:
    """Return the screen of a situation, without chips."""
    reply = SITUATIONS[name][1]()
    return screens().of(reply, the_words().length_ms, Chips())


def shown(names: Iterable[str] = SITUATIONS) -> dict[str, Json]:
    """Return the document and the data of situations, as a device would get them."""
    return {name: _shown(name) for name in names}


@cache
def _shown(name: str) -> Json:
    reply = SITUATIONS[name][1]()
    display = the_display()
    chips = display.chips(reply.session, turn(HERE).room)
    screen = screens().of(reply, the_words().length_ms, chips)
    return the_documents().render(screen, screens())
