"""The contract of intents: what can be meant, with which slots."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from interaction_model.plain_yaml import read_yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class IntentContract:
    """One thing a listener can mean."""

    name: str
    meaning: str
    """One sentence."""

    slots: Mapping[str, str]
    """Slot name to slot type."""

    required: frozenset[str]
    """Slots without which the intent means nothing. Even these can come empty from Alexa."""

    example: str | None
    """An utterance with slot values; none where nothing can be said for it."""

    @property
    def built_in(self) -> bool:
        """Whether the intent is one of Amazon's own."""
        return self.name.startswith("AMAZON.")


@dataclass(frozen=True)
class Contract:
    """Everything that can be meant, and how the skill is called."""

    invocation: str
    fallback_sensitivity: str
    """LOW, MEDIUM or HIGH: how readily Amazon decides that nothing was understood."""

    locales: tuple[str, ...]
    intents: Mapping[str, IntentContract]

    @property
    def slots(self) -> dict[str, str]:
        """Every slot name with its type."""
        return {
            slot: kind for intent in self.intents.values() for slot, kind in intent.slots.items()
        }


@cache
def load_contract() -> Contract:
    """Read the contract; the file is read once in the life of the process."""
    raw = read_yaml(FOLDER / "contract.yaml")
    intents = {
        name: IntentContract(
            name=name,
            meaning=body["meaning"],
            slots=body.get("slots", {}),
            required=frozenset(body.get("required", ())),
            example=body.get("example"),
        )
        for name, body in raw["intents"].items()
    }
    return Contract(raw["invocation"], raw["fallback_sensitivity"], tuple(raw["locales"]), intents)
