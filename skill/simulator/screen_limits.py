"""What Amazon refuses about screens, and what a device could not draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from skill.simulator.audio_limits import PLAY

APL = "Alexa.Presentation.APL"
RENDER_DOCUMENT = f"{APL}.RenderDocument"

Json = Mapping[str, Any]


def screen_faults(directives: Sequence[Json], interfaces: Json) -> Iterator[str]:
    """Say what is wrong with the directives for a screen in one response."""
    kinds = [str(directive["type"]) for directive in directives]
    for kind in kinds:
        if kind.rpartition(".")[0] == APL and APL not in interfaces:
            yield f"{kind} was sent to a device without a screen"
    if RENDER_DOCUMENT in kinds and PLAY in kinds:
        yield f"{RENDER_DOCUMENT} stands beside {PLAY}, which takes the screen"
    if kinds.count(RENDER_DOCUMENT) > 1:
        yield f"there is more than one {RENDER_DOCUMENT}"
    runtime = (interfaces.get(APL) or {}).get("runtime") or {}
    for directive in directives:
        if directive["type"] == RENDER_DOCUMENT:
            yield from _document_faults(directive, _version(runtime.get("maxVersion")))


def _document_faults(directive: Json, supported: tuple[int, ...]) -> Iterator[str]:
    document = directive.get("document")
    if not directive.get("token"):
        yield f"{RENDER_DOCUMENT} has no token"
    if not isinstance(document, Mapping) or document.get("type") not in ("APL", "Link"):
        yield f"{RENDER_DOCUMENT} has no document"
        return
    version = _version(document.get("version"))
    if document["type"] == "APL" and not version:
        yield "the document on the screen says no version"
    if supported and version > supported:
        yield f"the document needs APL {document['version']}, which this device does not know"
    sources = directive.get("datasources")
    if not isinstance(sources or {}, Mapping):
        yield f"the datasources of {RENDER_DOCUMENT} are not an object"


def _version(text: object) -> tuple[int, ...]:
    parts = text.split(".") if isinstance(text, str) else []
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
