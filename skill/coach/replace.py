"""A dataclass with some fields changed, at a tenth of the price of ``dataclasses.replace``.

A turn changes a dozen sessions, and a third of its time went into their constructor, which has
thirty fields to go through (measured: 8 µs a session, and 0.5 µs here).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    # So that the type checker knows the fields and what belongs into them.
    from dataclasses import replace as replace  # noqa: PLC0414 - that is how a name is passed on
else:
    _T = TypeVar("_T")

    def replace(of: _T, /, **changes: Any) -> _T:
        """Return a dataclass like ``of`` with other values of some fields.

        It has no ``__post_init__`` and no slots, as none of the coach's has. Raises TypeError for a
        name that is no field.
        """
        kind = type(of)
        fields = kind.__dataclass_fields__
        if not fields.keys() >= changes.keys():
            raise TypeError(f"{kind.__name__} has no {changes.keys() - fields.keys()}")
        made = object.__new__(kind)
        values = vars(of)
        if len(values) > len(fields):  # beside them lies what was worked out from them
            values = {name: values[name] for name in fields}
        made.__dict__.update(values)
        made.__dict__.update(changes)
        return made
