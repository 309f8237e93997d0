"""What the coach promises: that a device can do it, and that what it suggests is understood."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from skill.simulator.audio_limits import PLAY
from skill.simulator.selfcheck.visit import Visit

PLAYS = frozenset({"stream-begins", "stream-on", "stream-fixed", "stream-guide"})
"""Lines after which a stream must play."""

SHOWS = "screen-"
"""What the ids of lines begin with that speak of a screen."""

DECLINES = frozenset(
    {
        "not-understood",
        "nothing-to-pause",
        "nothing-to-resume",
        "nothing-to-skip",
        "nothing-before",
        "no-rest-now",
        "left-nothing",
        "reminder-of-what",
        "reminder-not-here",
        "stream-not-here",
        "unknown-exercise",
        "broken",
    }
)
"""Lines that say that what was said is no use here: the coach must not have suggested it."""


def abilities(visit: Visit) -> Iterator[str]:
    """Nothing is promised that the device cannot do, or that does not happen."""
    profile = visit.device.profile
    directives = visit.response.get("directives") or ()
    plays = any(directive.get("type") == PLAY for directive in directives)
    for phrase in sorted(visit.phrases & PLAYS):
        if "AudioPlayer" not in profile.interfaces:
            yield f"{phrase} promises a stream, and the device plays none"
        elif not plays:
            yield f"{phrase} promises a stream, and none begins"
    if not profile.has_screen:
        for phrase in sorted(each for each in visit.phrases if each.startswith(SHOWS)):
            yield f"{phrase} speaks of a screen, and there is none"
    if "reminder-card" in visit.phrases and not visit.response.get("card"):
        yield "reminder-card promises a card, and none is sent"


@dataclass(frozen=True)
class Suggestion:
    """Words that a line suggested, and what came of saying them."""

    phrase: str
    words: str
    promised: str
    """The intent that they must be heard as."""

    visit: Visit


def suggested(suggestion: Suggestion) -> Iterator[str]:
    """What the coach suggests is understood as what it promises, and is of use."""
    visit, words = suggestion.visit, f"{suggestion.phrase} suggests {suggestion.words!r}"
    if visit.refused:
        yield f"{words}, and Amazon refuses the answer: {visit.refused}"
    elif visit.move != suggestion.promised:
        yield f"{words}, which is heard as {visit.move}, not as {suggestion.promised}"
    elif declined := sorted(visit.phrases & DECLINES):
        yield f"{words}, and is answered with {declined[0]}"
