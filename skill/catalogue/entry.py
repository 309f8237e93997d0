"""Reads single values out of YAML, noting every fault instead of stopping at the first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from skill.coach.exercise import Span, Tempo

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Sequence
    from enum import StrEnum

    Choice = TypeVar("Choice", bound=StrEnum)

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is not everywhere


class StrictLoader(Loader):  # type: ignore[misc]  # the base is chosen at run time
    """A safe loader that notes keys which are given twice; plain YAML keeps the last in silence."""

    doubled: list[str]
    """Where a key was repeated, one message each."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Build a mapping as every safe loader does, and note repeated keys."""
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # the base class refuses what cannot be a key
            if key.value in seen:
                self.doubled.append(f"line {key.start_mark.line + 1}: {key.value!r} is there twice")
            seen.add(key.value)
        built: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return built


def read_yaml(file: str, text: str, faults: list[str]) -> dict[str, Any]:
    """Return the mapping a YAML text holds, empty if it holds none; add to ``faults``."""
    loader = StrictLoader(text)
    loader.doubled = []
    try:
        data = loader.get_single_data()
    except yaml.YAMLError as error:
        faults.append(f"{file}: not YAML: {' '.join(str(error).split())}")
        return {}
    finally:
        loader.dispose()
    faults += [f"{file}: {double}" for double in loader.doubled]
    if not isinstance(data, dict) or not all(isinstance(key, str) for key in data):
        faults.append(f"{file}: must be a mapping from ids")
        return {}
    return data


class Entry:
    """One mapping of the data, asked for its values key by key.

    A faulty value is noted and replaced by a harmless one, so that reading can go on.
    """

    def __init__(self, where: str, data: object, faults: list[str]) -> None:
        self.where = where
        self.faults = faults
        self.asked: set[str] = set()
        self.broken = not isinstance(data, dict)
        self.data: dict[Any, Any] = data if isinstance(data, dict) else {}
        if self.broken:
            self.fault(f"must be a mapping, not {data!r}")

    def fault(self, what: str) -> None:
        """Note a fault of this entry."""
        self.faults.append(f"{self.where}: {what}")

    def value(self, key: str) -> object:
        """Return the raw value of a key; note if it is missing."""
        self.asked.add(key)
        if key not in self.data and not self.broken:
            self.fault(f"{key} is missing")
        return self.data.get(key)

    def wrong(self, key: str, expected: str) -> None:
        """Note that the value of a key, if there is one, is not what it must be."""
        if key in self.data:
            self.fault(f"{key} must be {expected}, not {self.data[key]!r}")

    def finish(self) -> None:
        """Note the keys that nobody asked for."""
        for key in self.data:
            if key not in self.asked:
                self.fault(f"unknown key {key!r}")

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a whole number between ``low`` and ``high``, both included."""
        value = self.value(key)
        if type(value) is int and low <= value <= high:
            return value
        self.wrong(key, f"a whole number from {low} to {high}")
        return low

    def flag(self, key: str) -> bool:
        """Return a truth value."""
        value = self.value(key)
        if not isinstance(value, bool):
            self.wrong(key, "true or false")
        return value is True

    def choice(self, key: str, kind: type[Choice]) -> Choice:
        """Return a member of an enumeration, the first one where the value is none of them."""
        value = self.value(key)
        for member in kind:
            if value == member.value:
                return member
        self.wrong(key, "one of " + ", ".join(member.value for member in kind))
        return next(iter(kind))

    def names(self, key: str, known: Collection[str]) -> tuple[str, ...]:
        """Return a list of ids, all of them different and known."""
        return self._names(key, self.value(key), known)

    def alternatives(self, key: str, known: Collection[str]) -> tuple[tuple[str, ...], ...]:
        """Return a list of lists of ids."""
        value = self.value(key)
        if not isinstance(value, list) or not all(isinstance(one, list) and one for one in value):
            self.wrong(key, "a list of lists that are not empty")
            return ()
        return tuple(self._names(key, one, known) for one in value)

    def span(self, key: str, most: int) -> Span:
        """Return a range, written as ``[low, high]``, within 1 and ``most``."""
        value = self.value(key)
        if (
            isinstance(value, list)
            and [type(number) for number in value] == [int, int]
            and 1 <= value[0] <= value[1] <= most
        ):
            return Span(value[0], value[1])
        self.wrong(key, f"[low, high] with 1 <= low <= high <= {most}")
        return Span(1, 1)

    def tempo(self, key: str) -> Tempo:
        """Return the milliseconds of a rep; only the hold may be 0, and the whole is at most 8 s.

        Past 8 to 10 s a rep is worse for training (doi 10.1007/s40279-015-0304-0).
        """
        value = self.value(key)
        if key not in self.data:
            return Tempo(1, 0, 1)
        inner = Entry(f"{self.where}: {key}", value, self.faults)
        tempo = Tempo(
            inner.whole("lift_ms", 500, 8000),
            inner.whole("hold_ms", 0, 8000),
            inner.whole("lower_ms", 500, 8000),
        )
        inner.finish()
        if tempo.rep_ms > 8000:
            self.fault(f"{key} makes a rep of {tempo.rep_ms} ms, more than 8000")
        return tempo

    def _names(self, key: str, value: object, known: Collection[str]) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            self.wrong(key, "a list of ids")
            return ()
        for name in repeated(value):
            self.fault(f"{key} has {name!r} twice")
        for name in value:
            if name not in known:
                self.fault(f"{key} has an unknown {name!r}")
        return tuple(value)


def repeated(names: Sequence[str]) -> list[str]:
    """Return the names that occur more than once, each once, in alphabetical order."""
    return sorted({name for name in names if names.count(name) > 1})
