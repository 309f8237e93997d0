"""What a listener said in the slots of an intent, resolved to our own ids and numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from ask_sdk_model import Slot
from ask_sdk_model.slu.entityresolution import StatusCode

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
_PARTS_OF_DAY = {"MO": 8 * 60, "AF": 15 * 60, "EV": 19 * 60, "NI": 21 * 60}
_E = TypeVar("_E", bound=StrEnum)


class Slots:
    """The slots of one intent. Values nobody filled, or that make no sense, read as None."""

    def __init__(self, slots: Mapping[str, Slot] | None) -> None:
        """Take the slots as Amazon's model carries them; an intent without slots has None."""
        self._slots = slots or {}

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the ids that entity resolution found, best first; several when it is unsure."""
        slot = self._slots.get(name)
        if slot is None or slot.resolutions is None:
            return ()
        found: dict[str, None] = {}
        for authority in slot.resolutions.resolutions_per_authority or ():
            if authority.status is None or authority.status.code != StatusCode.ER_SUCCESS_MATCH:
                continue
            for wrapper in authority.values or ():
                if wrapper.value is not None and wrapper.value.id:
                    found[wrapper.value.id] = None
        return tuple(found)

    def id(self, name: str) -> str | None:
        """Return the id that fits best."""
        found = self.ids(name)
        return found[0] if found else None

    def one_of(self, name: str, kind: type[_E]) -> _E | None:
        """Return the id as one of an enumeration's words."""
        found = self.id(name)
        return kind(found) if found in [member.value for member in kind] else None

    def number(self, name: str) -> int | None:
        """Return a whole number from 0 to 999; Amazon sends digits, or "?" for what it missed."""
        slot = self._slots.get(name)
        text = (slot.value or "") if slot is not None else ""
        if not (text.isascii() and text.isdigit() and len(text) <= 3):
            return None
        return int(text)

    def minute_of_day(self, name: str) -> int | None:
        """Return a time as minutes since midnight; of a part of the day, our reading of it.

        Amazon sends "07:30", or "MO", "AF", "EV" or "NI" where only a part of the day was named.
        """
        slot = self._slots.get(name)
        text = (slot.value or "") if slot is not None else ""
        clock = _CLOCK.fullmatch(text)
        if clock is None:
            return _PARTS_OF_DAY.get(text)
        return int(clock[1]) * 60 + int(clock[2])

    def filled(self, name: str) -> bool:
        """Say whether the listener said something in this slot, known to us or not."""
        slot = self._slots.get(name)
        return slot is not None and bool(slot.value)
