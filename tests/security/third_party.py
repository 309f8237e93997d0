"""What others made and this project uses, with its licences: ``THIRD_PARTY.md`` is made of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

ROOT = Path(__file__).parents[2]
FILE = ROOT / "THIRD_PARTY.md"
OURS = "hip-workout"

STATED: dict[str, str] = {
    "axe-playwright-python": "MIT (its licence file)",
    "colorama": "BSD-3-Clause (its project; only on Windows)",
    "espeakng-loader": "not stated; holds eSpeak NG, GPL-3.0-or-later",
    "py-nanotts": "Apache-2.0 (its licence file)",
    "pywin32": "PSF-2.0 (its project; only on Windows)",
}
"""Licences of packages whose metadata tell none, or that are not installed everywhere."""

INTRODUCTION = """\
# What others made

The packages that `requirements.lock` pins, with the licences that their metadata state, made by
`python -m tests.security.third_party` out of `pip-licenses`. My Hip Workout itself is under the
Apache License 2.0, see [LICENSE](LICENSE).

A package may hold libraries of others: soundfile holds libsndfile, soxr holds libsoxr, both under
the LGPL; each has its licence files beside it where it is installed. Nothing of any of them is in
our own wheel.
"""

_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.MULTILINE)
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_OLD_PYTHON = re.compile(r"python_(?:full_)?version\s*<\s*['\"]3\.(?:\d|10|11)['\".]")

Wanted = tuple[str, str]
"""A package and one of its extras; an empty one is the package itself."""


def name_of(name: str) -> str:
    """Return the one spelling of a package's name (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked() -> dict[str, str]:
    """Return the versions that the lock pins, by package; several for several Pythons."""
    versions: dict[str, list[str]] = {}
    for name, version in _LOCKED.findall((ROOT / "requirements.lock").read_text("utf-8")):
        versions.setdefault(name_of(name), []).append(version)
    return {name: ", ".join(sorted(found)) for name, found in versions.items()}


def licences() -> dict[str, str]:
    """Return the licence of every locked package, as ``pip-licenses`` tells it or as stated here.

    Raises KeyError for a package of which neither knows.
    """
    command = [sys.executable, "-m", "piplicenses", "--from=mixed", "--format=json"]
    listed = subprocess.run([*command, "--with-system"], capture_output=True, check=True).stdout
    told = {name_of(each["Name"]): each["License"] for each in json.loads(listed)}
    known = {name: one for name, one in told.items() if one != "UNKNOWN"} | STATED
    return {name: known[name] for name in locked()}


def groups() -> dict[str, set[str]]:
    """Return the packages that are always needed, those of each extra alone, and the rest."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = set(locked())
    required = _closure(_wanted(project["dependencies"])) & names
    found = {"Always needed": required}
    optional: Mapping[str, list[str]] = project["optional-dependencies"]
    for extra in sorted(optional.keys() - {"dev"}):
        found[f"Only with the extra `{extra}`"] = (
            _closure(_wanted(optional[extra])) & names - required
        )
    found["Only for development and tests"] = names.difference(*found.values())
    return found


def _closure(first: Iterable[Wanted]) -> set[str]:
    """Return the packages that these need, whatever the platform, by what is installed here."""
    open_, seen = list(first), set[Wanted]()
    while open_:
        wanted = open_.pop()
        if wanted not in seen:
            seen.add(wanted)
            open_ += _needs(*wanted)
    return {name for name, _ in seen}


def _needs(name: str, extra: str) -> Iterator[Wanted]:
    try:
        lines = requires(name) or []
    except PackageNotFoundError:  # it belongs to another platform
        return
    for line in lines:
        conditions = _EXTRA.findall(line)
        is_wanted = not conditions or name_of(extra) in map(name_of, conditions)
        if is_wanted and not _OLD_PYTHON.search(line):
            yield from _wanted([line])


def _wanted(lines: Iterable[str]) -> Iterator[Wanted]:
    for line in lines:
        found = _REQUIREMENT.match(line)
        assert found is not None, line
        name = name_of(found[1])
        yield name, ""
        for extra in filter(None, (each.strip() for each in (found[2] or "").split(","))):
            yield name, extra


def text() -> str:
    """Return what the file is to say."""
    versions, known = locked(), licences()
    sections = [INTRODUCTION]
    for title, names in groups().items():
        rows = "".join(f"| {name} | {versions[name]} | {known[name]} |\n" for name in sorted(names))
        if rows:
            sections.append(f"## {title}\n\n| package | version | licence |\n|---|---|---|\n{rows}")
    return "\n".join(sections)


if __name__ == "__main__":
    FILE.write_text(text(), "utf-8")
