"""What is spoken without a tempo: escaped once, silences within Amazon's bounds, never too long."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.reply import Beat, Mark, Pause, Script, line
from skill.render.ssml import LONGEST_BREAKS_MS, MOST_CHARACTERS, ssml
from skill.render.words import Words

ECHO = Words("en", "echo = You said { $what }, I think.\n")
SPEAKABLE = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=40)
"""What anybody can say: no control characters, which no XML document may hold."""


def spoken(document: str) -> str:
    return "".join(ET.fromstring(document).itertext())  # noqa: S314 - our own document


@given(SPEAKABLE)
def test_whatever_is_said_back_is_spoken_as_it_is_and_never_as_markup(what: str) -> None:
    heard = spoken(ssml((line("echo", what=what),), ECHO))
    assert heard == ECHO.sentence(line("echo", what=what))


@pytest.mark.parametrize("what", ['rock & "roll"', "<break time='9s'/>", "a > b", "&lt;", "it's"])
def test_markup_in_a_value_is_heard_and_not_obeyed(what: str) -> None:
    document = ssml((line("echo", what=what),), ECHO)
    assert what in spoken(document)
    assert not list(ET.fromstring(document))  # noqa: S314 - our own document


SCRIPTS = st.lists(
    st.integers(0, 9_000).map(Pause) | SPEAKABLE.map(lambda what: line("echo", what=what)),
    max_size=20,
).map(tuple)


@given(SCRIPTS)
def test_all_breaks_together_stay_within_ten_seconds(script: Script) -> None:
    root = ET.fromstring(ssml(script, ECHO))  # noqa: S314 - our own document
    breaks = [int(each.attrib["time"].removesuffix("ms")) for each in root.iter("break")]
    assert sum(breaks) == min(LONGEST_BREAKS_MS, sum(e.ms for e in script if isinstance(e, Pause)))
    assert all(ms > 0 for ms in breaks)


def test_a_line_in_a_beat_is_spoken_and_marks_are_silent() -> None:
    script = (Mark("lift"), Beat(1_000, line("echo", what="one")), Beat(500))
    assert ssml(script, ECHO) == "<speak>You said one, I think.</speak>"


def test_what_is_too_long_for_amazon_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match=str(MOST_CHARACTERS)):
        ssml((line("echo", what="a" * 900),) * 9, ECHO)
