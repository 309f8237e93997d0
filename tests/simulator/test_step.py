from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.simulator.step import LONGEST_WAIT_MS, LONGEST_WORDS, BadStep, Step, read_step
from tests.strategies import JSON

GOOD: dict[str, Any] = {"number": 3, "after_ms": 1234, "do": "say", "words": "hang on"}

BAD: list[tuple[str, object]] = [
    ("not an object", [GOOD]),
    ("nothing", None),
    ("no number", {"after_ms": 0, "do": "wait"}),
    ("number below 0", GOOD | {"number": -1}),
    ("number as text", GOOD | {"number": "3"}),
    ("number as a boolean", GOOD | {"number": True}),
    ("number as a fraction", GOOD | {"number": 3.0}),
    ("number beyond all steps", GOOD | {"number": 10**30}),
    ("time as a boolean", GOOD | {"after_ms": False}),
    ("time backwards", GOOD | {"after_ms": -1}),
    ("time not a number", GOOD | {"after_ms": float("nan")}),
    ("time without end", GOOD | {"after_ms": float("inf")}),
    ("more than a day", GOOD | {"after_ms": LONGEST_WAIT_MS + 1}),
    ("nothing to do", GOOD | {"do": ""}),
    ("unknown to do", GOOD | {"do": "shout"}),
    ("a list to do", GOOD | {"do": ["say"]}),
    ("no words", GOOD | {"words": ""}),
    ("words of spaces", GOOD | {"words": " \t\n "}),
    ("words of what nobody sees", GOOD | {"words": "\x00\x1b\u200b\ud800"}),
    ("words as a number", GOOD | {"words": 7}),
    ("too many words", GOOD | {"words": "a" * (LONGEST_WORDS + 1)}),
    ("no key", {"number": 0, "after_ms": 0, "do": "press"}),
    ("unknown key", {"number": 0, "after_ms": 0, "do": "press", "key": "play"}),
    ("a touch of nothing", GOOD | {"do": "touch"}),
    ("a touch that sends nothing", GOOD | {"do": "touch", "arguments": []}),
    ("a touch that sends a word", GOOD | {"do": "touch", "arguments": "yes"}),
    ("a touch that sends too much", GOOD | {"do": "touch", "arguments": [1] * 9}),
    ("a touch without a name", {"number": 0, "after_ms": 0, "do": "touch", "arguments": [1]}),
    ("unknown consent", {"number": 0, "after_ms": 0, "do": "permit", "consent": "YES"}),
]


@pytest.mark.parametrize("raw", [raw for _, raw in BAD], ids=[name for name, _ in BAD])
def test_a_step_that_cannot_be_is_refused(raw: object) -> None:
    with pytest.raises(BadStep):
        read_step(raw)


def test_a_good_step_is_read() -> None:
    assert read_step(GOOD) == Step(3, 1234, "say", words="hang on")
    assert read_step({"number": 0, "after_ms": 0, "do": "press", "key": "Next"}).key == "Next"
    touch = GOOD | {"do": "touch", "arguments": ["ReadyIntent", {}]}
    assert read_step(touch) == Step(3, 1234, "touch", "hang on", ("ReadyIntent", {}))
    permit = {"number": 0, "after_ms": 0, "do": "permit", "consent": "DENIED"}
    assert read_step(permit).consent == "DENIED"


def test_words_at_the_limit_are_taken() -> None:
    assert read_step(GOOD | {"words": "a" * LONGEST_WORDS}).words == "a" * LONGEST_WORDS


def test_what_nobody_sees_is_no_part_of_the_words() -> None:
    words = " hang\x1b[2J \ud800 on\u202e\n"
    assert read_step(GOOD | {"words": words}).words == "hang [2J on"


def test_words_are_read_only_where_something_is_said() -> None:
    assert read_step(GOOD | {"do": "wait", "words": 7}).words == ""


def test_why_a_step_is_refused_holds_nothing_of_what_was_sent() -> None:
    with pytest.raises(BadStep) as bad:
        read_step(GOOD | {"do": "my secret"})
    assert "secret" not in str(bad.value)


_FIELDS = {
    "number": JSON | st.integers(0, 9),
    "after_ms": JSON | st.integers(0, 9),
    "do": JSON | st.sampled_from(["say", "press", "permit", "wait"]),
    "words": JSON | st.text(max_size=LONGEST_WORDS + 5),
    "key": JSON | st.sampled_from(["Play", "Pause"]),
    "consent": JSON | st.sampled_from(["ACCEPTED"]),
}


@given(JSON | st.fixed_dictionaries({}, optional=_FIELDS))
def test_any_json_is_a_step_or_refused(raw: object) -> None:
    try:
        step = read_step(raw)
    except BadStep:
        return
    assert 0 <= step.after_ms <= LONGEST_WAIT_MS
    assert json.dumps(step.words, ensure_ascii=False).encode()
    assert bool(step.words) == (step.do == "say")
