from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Iterator
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.aws.instance import instance
from tests.aws.package import HOUSE, build, linked_package
from tests.aws.stack import Stack, template

Recorded = Callable[..., dict[str, Any]]

BUILD = build()


def with_all_they_need(names: set[str]) -> set[str]:
    """Return packages with all that they need, as their metadata say."""
    found: set[str] = set()
    while names:
        name = names.pop()
        found.add(name)
        for line in requires(name) or ():
            need = Requirement(line)
            if need.marker is None or need.marker.evaluate({"extra": ""}):
                names |= {canonicalize_name(need.name)} - found
    return found


def at_run_time() -> set[str]:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + project["optional-dependencies"]["aws"]
    return with_all_they_need({canonicalize_name(Requirement(line).name) for line in lines})


def test_the_package_holds_all_that_a_conversation_needs(
    stack: Stack, recorded: Recorded, tmp_path: Path
) -> None:
    package = linked_package(tmp_path / "package")
    environment = stack.environment | {
        "AWS_ENDPOINT_URL": stack.endpoint,
        "HIP_WORKOUT_AUDIO_URL": "https://coach.example/audio",
    }
    with instance(environment, package) as coach:
        for name in ("echo_dot_launch", "echo_show_intent"):
            assert "outputSpeech" in coach.invoke(recorded(name))["response"]
        assert coach.invoke(recorded("skill_disabled"))["response"] == {}
        log = coach.end()
    assert '"level": "error"' not in log


def test_the_package_holds_nothing_that_only_developers_need() -> None:
    assert set(BUILD.needed()) <= at_run_time()
    assert not set(BUILD.needed()) & {"flask", "werkzeug", "granian", "numpy", "sqlalchemy"}
    for path in BUILD.ours():
        assert "tests" not in path.parts
        assert not path.name.endswith((".pyc", ".db", ".mp3"))


def test_every_package_is_locked_with_a_hash() -> None:
    for name, entry in zip(BUILD.needed(), BUILD.locked(BUILD.needed()), strict=True):
        assert entry.startswith(f"{name}==")
        assert "--hash=sha256:" in entry


def test_every_pattern_of_ours_finds_something() -> None:
    assert [pattern for pattern in BUILD.OURS if not list(HOUSE.glob(pattern))] == []


def test_the_services_that_are_kept_are_those_of_the_role() -> None:
    role = template()["Resources"]["Role"]["Properties"]["Policies"]
    [policy] = [each["PolicyDocument"]["Statement"] for each in role]
    services = {
        action.partition(":")[0]
        for each in policy
        for action in ([each["Action"]] if isinstance(each["Action"], str) else each["Action"])
    }
    assert services - {"logs"} == set(BUILD.SERVICES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder like a package, small."""
    made = tmp_path / "folder"
    for name in ("made/a.py", "made/b/c.py", "made/data.yaml", "_native.so"):
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def one() -> bool:\n    return 1 in {1, 'two', 'three', None}\n", "utf-8")
    return made


def zips(folder: Path, where: Path) -> Iterator[bytes]:
    for number in (1, 2):
        BUILD.compiled(folder)
        BUILD.write_zip(folder, where / f"{number}.zip")
        yield (where / f"{number}.zip").read_bytes()
        for path in folder.rglob("*.py"):
            path.touch()
        for path in folder.rglob("*.pyc"):
            path.unlink()


def test_the_same_sources_make_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first, second = zips(folder, tmp_path)
    assert first == second


def test_everything_is_compiled_and_python_believes_it(folder: Path, tmp_path: Path) -> None:
    BUILD.compiled(folder)
    BUILD.write_zip(folder, tmp_path / "package.zip")
    with zipfile.ZipFile(tmp_path / "package.zip") as package:
        names = package.namelist()
        package.extractall(tmp_path / "task")
    assert sum(name.endswith(".pyc") for name in names) == 2
    source = tmp_path / "task" / "made" / "a.py"
    source.write_text("raise AssertionError('compiled again')\n", "utf-8")
    subprocess.run(
        [sys.executable, "-c", "import made.a"],
        cwd=tmp_path / "task",
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
