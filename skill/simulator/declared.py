"""The slots of each intent with their types, read from the built interaction model."""

from __future__ import annotations

import json
from importlib.resources import files


class NoModel(ValueError):
    """There is no interaction model for a locale; the message says for which there is one."""


def declared_slots(locale: str) -> dict[str, dict[str, str]]:
    """Return the slots of each intent with their types; nothing where no model was built yet.

    Raises NoModel.
    """
    built = {
        file.name.removesuffix(".json"): file
        for file in files("interaction_model").iterdir()
        if file.name.endswith(".json")
    }
    if not built:
        return {}  # slots that are not filled are then not sent
    if locale not in built:
        known = ", ".join(sorted(built))
        raise NoModel(f"There is no interaction model for {locale!r}. There are: {known}")
    language_model = json.loads(built[locale].read_bytes())["interactionModel"]["languageModel"]
    return {
        intent["name"]: {slot["name"]: slot["type"] for slot in intent.get("slots", ())}
        for intent in language_model["intents"]
    }
