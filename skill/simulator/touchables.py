"""What can be touched on a screen, read from the APL document and the data that came with it.

Documents are read for what they may show on any screen: where a condition depends on the device,
what is behind it counts as shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any, TypeGuard

Json = Mapping[str, Any]

TOUCHES = ("onPress", "onDown", "onUp", "gestures", "actions")
"""Properties of a component whose commands are run when it is touched."""

_NOT_SEEN = ("none", "invisible")
_CHILDREN = ("firstItem", "item", "items", "lastItem")

NOW = "now"
"""Under which name a document keeps how many milliseconds of the sound were heard."""

_PATH = r"(\w+(?:\.\w+)*)"
_NAME = re.compile(rf"\$\{{(!?){_PATH}\}}")
"""A value that is named, ``${chip.text}``, or its opposite, ``${!data.touches}``."""
_REACHED = re.compile(rf"\$\{{{_PATH} >= {_PATH}\}}")
_EITHER = re.compile(rf"\$\{{{_PATH} \? '(\w*)' : '(\w*)'\}}")


class _Unknown:
    """What only a device can tell, such as ``${viewport.width > 600}``."""


UNKNOWN = _Unknown()


@dataclass(frozen=True)
class Touchable:
    """One thing that can be touched."""

    words: str
    """What it is called, as it is read to somebody who cannot see it; empty if it has no name."""

    arguments: tuple[object, ...] | None
    """What the device sends of it; None where that cannot be told from the document."""


def touchables(shown: Json, now_ms: float = inf) -> tuple[Touchable, ...]:
    """Return what can be touched on the screen that a RenderDocument directive shows.

    ``now_ms`` is how much of the sound that came with it was heard: all of it, if nothing is said.
    """
    document = shown["document"]
    reader = _Reader(document.get("layouts") or {}, now_ms)
    template = document.get("mainTemplate") or {}
    names = template.get("parameters") or ()
    given = dict.fromkeys(names, shown.get("datasources") or {})
    found = reader.among(_children(template), given)
    unlike = {repr(each): each for each in found}  # arguments hold objects, which have no hash
    return tuple(unlike.values())


class _Reader:
    """Goes through the components of one document."""

    def __init__(self, layouts: Json, now_ms: float) -> None:
        self._layouts = layouts
        self._now_ms = now_ms

    def among(self, components: Iterator[Json], named: Json) -> Iterator[Touchable]:
        """Give what can be touched in components, under whose names there are these values."""
        for component in components:
            named_here = {**named, **self._bound(component, named)}
            is_there = _value(component.get("when", True), named_here) is not False
            if is_there and _value(component.get("display"), named_here) not in _NOT_SEEN:
                yield from self._in(component, named_here)

    def _in(self, component: Json, named: Json) -> Iterator[Touchable]:
        layout = self._layouts.get(component.get("type", ""))
        if layout is not None:
            given = {name: _value(component.get(name), named) for name in _parameters(layout)}
            yield from self.among(_children(layout), {**named, **given})
            return
        if _value(component.get("disabled", False), named) is not True:
            yield from _touchable(component, named)
        rows = _value(component.get("data", [None]), named)
        for index, row in enumerate(rows if isinstance(rows, list) else [UNKNOWN]):
            yield from self.among(_children(component), {**named, "data": row, "index": index})

    def _bound(self, component: Json, named: Json) -> dict[str, object]:
        bound: dict[str, object] = {}
        for each in component.get("bind", ()):
            name = each["name"]
            value = _value(each["value"], {**named, **bound})
            bound[name] = self._now_ms if name == NOW else value
        return bound


def _children(component: Json) -> Iterator[Json]:
    for name in _CHILDREN:
        found = component.get(name, ())
        yield from (found,) if isinstance(found, Mapping) else found


def _parameters(layout: Json) -> Iterator[str]:
    for each in layout.get("parameters", ()):
        yield each if isinstance(each, str) else each["name"]


def _touchable(component: Json, named: Json) -> Iterator[Touchable]:
    label = _value(component.get("accessibilityLabel", ""), named)
    words = label if isinstance(label, str) else ""
    for name in TOUCHES:
        for command in _events(component.get(name)):
            sent = _value(command.get("arguments", []), named)
            yield Touchable(words, tuple(sent) if isinstance(sent, list) else None)


def _events(commands: object) -> Iterator[Json]:
    """Give the commands by which something is sent to the skill, however deep they are."""
    if isinstance(commands, list):
        for each in commands:
            yield from _events(each)
    elif isinstance(commands, Mapping):
        if commands.get("type") == "SendEvent":
            yield commands
        else:
            yield from _events(list(commands.values()))


def _value(given: object, named: Json) -> object:
    """Return what a property comes to; UNKNOWN where it takes a device to tell."""
    if isinstance(given, list):
        values = [_value(each, named) for each in given]
        return UNKNOWN if UNKNOWN in values else values
    if not isinstance(given, str) or ("${" not in given and not given.startswith("@")):
        return given
    return _told(given, named)


def _told(expression: str, named: Json) -> object:
    """Return what an expression comes to, if it is one of the three kinds that need no device."""
    if found := _NAME.fullmatch(expression):
        value = _named(found[2], named)
        return not value if found[1] and value is not UNKNOWN else value
    if found := _REACHED.fullmatch(expression):
        left, right = (_named(path, named) for path in found.groups())
        return left >= right if _is_number(left) and _is_number(right) else UNKNOWN
    if found := _EITHER.fullmatch(expression):
        value = _named(found[1], named)
        return UNKNOWN if value is UNKNOWN else found[2] if value else found[3]
    return UNKNOWN


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float)


def _named(path: str, named: Json) -> object:
    first, *rest = path.split(".")
    found = named.get(first, UNKNOWN)
    for step in rest:
        found = found.get(step) if isinstance(found, Mapping) else UNKNOWN
    return found
