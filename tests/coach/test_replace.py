"""A dataclass with some fields changed is what the standard library would make of it."""

from __future__ import annotations

import dataclasses
from functools import cached_property
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.replace import replace
from skill.coach.session import Phase, Session

CHANGES = st.fixed_dictionaries(
    {}, optional={"phase": st.sampled_from(Phase), "said": st.integers(), "how_to": st.text()}
)


@given(CHANGES, CHANGES)
def test_it_is_what_the_standard_library_makes(first: dict[str, Any], then: dict[str, Any]) -> None:
    before = dataclasses.replace(Session(), **first)
    after = replace(before, **then)
    assert after == dataclasses.replace(before, **then)
    assert before == dataclasses.replace(Session(), **first)


@dataclasses.dataclass(frozen=True)
class Square:
    side: int

    @cached_property
    def area(self) -> int:
        return self.side**2


def test_what_was_worked_out_from_the_fields_is_worked_out_anew() -> None:
    three = Square(3)
    assert three.area == 9
    assert replace(three, side=4).area == 16


def test_what_is_no_field_is_refused() -> None:
    wrong: dict[str, Any] = {"fase": Phase.SET}
    with pytest.raises(TypeError, match="Session has no"):
        replace(Session(), **wrong)


def test_the_fields_cannot_be_changed_afterwards() -> None:
    session = replace(Session(), said=3)
    with pytest.raises(dataclasses.FrozenInstanceError):
        session.said = 4  # type: ignore[misc]
