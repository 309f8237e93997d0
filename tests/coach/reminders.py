"""Reminders kept in a list: they obey, or refuse as they are told to."""

from __future__ import annotations

from collections.abc import Sequence

from skill.coach.reminder import Refusal, Reminder


class ListedReminders:
    """The reminders of one listener, without anybody who rings them."""

    def __init__(self, *kept: Reminder, allowed: bool = True) -> None:
        self.kept = list(kept)
        self.allowed = allowed
        self.refuses: dict[Reminder | None, Refusal] = {}
        """Why a reminder is refused; under None, why all are."""

        self.hidden: Refusal | None = None
        """Why nobody can say which there are."""

    def add(self, wanted: Sequence[Reminder]) -> tuple[Refusal | None, ...]:
        """Keep what is not refused, once."""
        outcome = self._outcome(wanted)
        for reminder, refusal in zip(wanted, outcome, strict=True):
            if refusal is None and reminder not in self.kept:
                self.kept.append(reminder)
        return outcome

    def all(self) -> tuple[Reminder, ...] | Refusal:
        """Return what is kept."""
        return self.hidden or tuple(self.kept)

    def remove(self, unwanted: Sequence[Reminder]) -> tuple[Refusal | None, ...]:
        """Remove what is not refused."""
        outcome = self._outcome(unwanted)
        gone = {r for r, refusal in zip(unwanted, outcome, strict=True) if refusal is None}
        self.kept = [reminder for reminder in self.kept if reminder not in gone]
        return outcome

    def _outcome(self, these: Sequence[Reminder]) -> tuple[Refusal | None, ...]:
        return tuple(self.refuses.get(each, self.refuses.get(None)) for each in these)
