"""A release is put to use, and taken back, by a link; with a systemd that does as the test says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.deploy.caddy import DEPLOY

RELEASE = DEPLOY / "host" / "hip-workout-release"

SYSTEMCTL = """#!/bin/sh
# Notes what it is asked for, and which release is in use then; some releases do not start.
echo "$* $(readlink "$HIP_WORKOUT_RELEASES/current")" >> "$HIP_WORKOUT_RELEASES/asked"
case "$1 $(readlink "$HIP_WORKOUT_RELEASES/current")" in
"restart releases/"*broken) exit 1 ;;
"start "*) exit "${BACKUP_FAILS:-0}" ;;
esac
"""


class Machine:
    """Where releases are, with the versions that a test wants."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        programs = folder / "bin"
        programs.mkdir()
        systemctl = programs / "systemctl"
        systemctl.write_text(SYSTEMCTL)
        systemctl.chmod(0o755)
        self.environ = {
            "PATH": f"{programs}:{os.environ['PATH']}",
            "HIP_WORKOUT_RELEASES": str(folder),
        }

    def has(self, *versions: str) -> None:
        for version in versions:
            (self.folder / "releases" / version).mkdir(parents=True)
            (self.folder / "releases" / version / ".whole").touch()

    def run(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        command = ["sh", str(RELEASE), *words]
        environ = self.environ | environ
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)

    def uses(self) -> str:
        return (self.folder / "current").resolve().name

    def asked(self) -> list[str]:
        return (self.folder / "asked").read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_release_is_put_to_use_after_a_backup_and_taken_back(machine: Machine) -> None:
    machine.has("1.0", "1.1")
    assert machine.run("use", "1.0").returncode == 0
    assert machine.run("use", "1.1").returncode == 0
    assert machine.uses() == "1.1"
    assert machine.run("back").returncode == 0
    assert machine.uses() == "1.0"
    assert machine.asked() == [
        "restart hip-workout.service releases/1.0",
        "start hip-workout-backup.service releases/1.0",
        "restart hip-workout.service releases/1.1",
        "start hip-workout-backup.service releases/1.1",
        "restart hip-workout.service releases/1.0",
    ]


def test_a_release_that_does_not_start_gives_way_to_the_one_before(machine: Machine) -> None:
    machine.has("0.9", "1.0", "1.1-broken")
    machine.run("use", "0.9")
    machine.run("use", "1.0")
    failed = machine.run("use", "1.1-broken")
    assert failed.returncode == 1
    assert "in use: 1.0" in failed.stderr
    assert machine.uses() == "1.0"
    assert machine.asked()[-1] == "restart hip-workout.service releases/1.0"
    machine.run("back")
    assert machine.uses() == "0.9"


def test_without_a_backup_nothing_is_put_to_use(machine: Machine) -> None:
    machine.has("1.0", "1.1")
    machine.run("use", "1.0")
    assert machine.run("use", "1.1", BACKUP_FAILS="1").returncode == 1
    assert machine.uses() == "1.0"


def test_a_release_that_was_not_installed_whole_is_none(machine: Machine) -> None:
    machine.has("1.0")
    (machine.folder / "releases" / "1.1").mkdir()
    refused = machine.run("use", "1.1")
    assert refused.returncode == 1
    assert "there are: 1.0" in refused.stderr
    assert machine.run("list").stdout == "1.0\n"


def test_the_list_says_which_one_is_in_use_and_which_was_before(machine: Machine) -> None:
    machine.has("1.9", "1.10", "1.11")
    machine.run("use", "1.9")
    machine.run("use", "1.10")
    assert machine.run("list").stdout == "1.9 in use before\n1.10 in use\n1.11\n"


def test_what_is_in_use_is_neither_removed_nor_installed_over(machine: Machine) -> None:
    machine.has("1.0", "1.1")
    machine.run("use", "1.0")
    assert machine.run("remove", "1.0").returncode == 1
    assert machine.run("install", "hip_workout-1.0-py3-none-any.whl", "none.txt").returncode == 1
    assert machine.run("use", "1.0").returncode == 1
    assert machine.run("remove", "1.1").returncode == 0
    assert machine.run("list").stdout == "1.0 in use\n"


@pytest.mark.parametrize(
    "words", [(), ("use",), ("back", "1.0"), ("install", "one"), ("remove",), ("whatever", "1")]
)
def test_what_is_not_understood_changes_nothing(machine: Machine, words: tuple[str, ...]) -> None:
    machine.has("1.0")
    helped = machine.run(*words)
    assert helped.returncode == 2
    assert "hip-workout-release use VERSION" in helped.stderr
    assert not (machine.folder / "current").exists()


def test_only_a_wheel_of_ours_is_installed(machine: Machine) -> None:
    refused = machine.run("install", "flask-3.1-py3-none-any.whl", "none.txt")
    assert refused.returncode == 1
    assert not (machine.folder / "releases").exists()
