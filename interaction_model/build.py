"""Build Amazon's interaction model of every locale from the contract and the sentences.

``python -m interaction_model.build`` writes the models; with ``--check`` it says which of them are
not what the sentences would give, and ends with 1.
"""

from __future__ import annotations

import argparse
import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from interaction_model.contract import FOLDER, Contract, IntentContract, load_contract
from interaction_model.templates import Sentences, load_sentences, spread, written_out

COMMAND = "python -m interaction_model.build"

MOST_OF_A_TEMPLATE = 20
"""How many utterances one template may give, so that no way of speaking crowds out the others."""

MOST_OF_AN_INTENT = 400
"""Enough variety to learn from; every further one only makes the build at Amazon slower."""


def path_of(locale: str) -> Path:
    """Return where the model of ``locale`` is kept."""
    return FOLDER / f"{locale}.json"


def utterances(intent: str, locale: str) -> list[str]:
    """Return the samples of ``intent`` in ``locale``, in the order of the templates, each once."""
    sentences = load_sentences(locale.partition("-")[0])
    found: dict[str, None] = {}
    for words in sentences.intents[intent]:
        if words.said_in(locale):
            spelled = (
                sentences.spell(text, locale)
                for text in spread(written_out(words.template), MOST_OF_A_TEMPLATE)
            )
            found.update(dict.fromkeys(text.casefold() for text in spelled))
    return spread(tuple(found), MOST_OF_AN_INTENT)


def _intent(intent: IntentContract, locale: str) -> dict[str, Any]:
    built: dict[str, Any] = {"name": intent.name}
    if not intent.built_in:
        built["slots"] = [{"name": name, "type": kind} for name, kind in intent.slots.items()]
    built["samples"] = utterances(intent.name, locale)
    return built


def _type(kind: str, sentences: Sentences, locale: str) -> dict[str, Any]:
    values = []
    for value in sentences.types[kind]:
        name, *synonyms = (sentences.spell(text, locale) for text in value.names(locale))
        values.append({"id": value.id, "name": {"value": name, "synonyms": synonyms}})
    return {"name": kind, "values": values}


@cache
def build(locale: str) -> dict[str, Any]:
    """Return the interaction model of ``locale`` (such as ``en-GB``) as plain JSON data.

    Raises KeyError for an intent of the contract without sentences, or a slot type without values.
    """
    contract: Contract = load_contract()
    sentences = load_sentences(locale.partition("-")[0])
    kinds = dict.fromkeys(k for k in contract.slots.values() if not k.startswith("AMAZON."))
    return {
        "interactionModel": {
            "languageModel": {
                "invocationName": contract.invocation,
                "modelConfiguration": {
                    "fallbackIntentSensitivity": {"level": contract.fallback_sensitivity}
                },
                "intents": [_intent(intent, locale) for intent in contract.intents.values()],
                "types": [_type(kind, sentences, locale) for kind in kinds],
            },
            "dialog": {"delegationStrategy": "SKILL_RESPONSE", "intents": []},
            "prompts": [],
        }
    }


def text_of(locale: str) -> str:
    """Return the file of ``locale`` as it should stand, byte for byte."""
    return json.dumps(build(locale), indent=1, ensure_ascii=False) + "\n"


def check() -> list[str]:
    """Return one sentence for each built model that is missing or stale."""
    faults = []
    for locale in load_contract().locales:
        path = path_of(locale)
        if not path.is_file():
            faults.append(f"{path.name} is missing: run `{COMMAND}`")
        elif path.read_text("utf-8") != text_of(locale):
            faults.append(f"{path.name} is not what the sentences give: run `{COMMAND}`")
    return faults


def write() -> list[Path]:
    """Write the model of every locale and return the files."""
    written = []
    for locale in load_contract().locales:
        path = path_of(locale)
        path.write_text(text_of(locale), "utf-8")
        written.append(path)
    return written


def main(arguments: list[str] | None = None) -> int:
    """Run from the command line; the result is the exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    if parser.parse_args(arguments).check:
        faults = check()
        sys.stderr.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    sys.stdout.writelines(f"{path.name}\n" for path in write())
    return 0


if __name__ == "__main__":
    sys.exit(main())
