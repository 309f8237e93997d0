"""What can be touched on a screen: all of it can be said as well, and comes to the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import inf

from skill.simulator.replay import heard_of
from skill.simulator.request import Json
from skill.simulator.screen_limits import RENDER_DOCUMENT
from skill.simulator.selfcheck.promises import DECLINES
from skill.simulator.selfcheck.visit import Visit
from skill.simulator.touchables import Touchable, touchables
from skill.simulator.turn import Turn


@dataclass(frozen=True)
class Touch:
    """One thing touched, and the same said by its name at the same moment."""

    on: Touchable
    touched: Visit
    said: Visit


def on_the_screen(turn: Turn | None, at_ms: int | None) -> tuple[Touchable, ...]:
    """Return what can be touched on the screen that an answer shows; nothing where it shows none.

    ``at_ms`` is how far into its sound; None: after the end.

    While Alexa asks for a permission, the screen is hers.
    """
    if turn is None or turn.asks_permission:
        return ()
    directives = turn.response.get("response", {}).get("directives") or ()
    shown = [each for each in directives if each.get("type") == RENDER_DOCUMENT]
    return touchables(shown[-1], inf if at_ms is None else at_ms) if shown else ()


def unreadable(on: Touchable, others: tuple[Touchable, ...]) -> Iterator[str]:
    """Say why nobody could be told what something on a screen does."""
    if not on.words:
        yield f"what sends {on.arguments} has no name"
    elif on.arguments is None:
        yield f"what touching {on.words!r} sends cannot be told from the document"
    elif any(each.words == on.words and each != on for each in others):
        yield f"two things on one screen are called {on.words!r}, and send different things"


def as_by_voice(touch: Touch) -> Iterator[str]:
    """Whatever is touched is answered, is of use, and does what its name does when it is said."""
    name, touched, said = touch.on.words, touch.touched, touch.said
    if touched.turn is None:
        yield f"touching {name!r} does nothing{f': {touched.refused}' * bool(touched.refused)}"
    elif said.turn is None:
        yield f"{name!r} can be touched, and is not understood when it is said"
    elif _outcome(touched.turn) != _outcome(said.turn):
        yield (
            f"touching {name!r} is answered {heard_of(touched.turn)!r}, "
            f"and saying it {heard_of(said.turn)!r}"
        )
    elif declined := sorted(touched.phrases & DECLINES):
        yield f"{name!r} can be touched, and is answered with {declined[0]}"


def _outcome(turn: Turn) -> tuple[Json, Json | None]:
    """Return what is heard and seen, and what the coach remembers of it."""
    return turn.response["response"], turn.response.get("sessionAttributes")
