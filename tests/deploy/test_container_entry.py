"""What runs in the container: secrets from files, then the command itself, and its health."""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.amazon import SKILL_ID
from tests.deploy.caddy import DEPLOY
from tests.serving import free_port

ENTRY = DEPLOY / "container" / "entry.py"
PATIENCE_S = 30.0


@pytest.fixture
def from_files() -> Callable[[Mapping[str, str]], dict[str, str]]:
    return runpy.run_path(str(ENTRY))["from_files"]  # type: ignore[no-any-return]


def test_what_is_in_a_file_is_set(
    from_files: Callable[[Mapping[str, str]], dict[str, str]], tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret of some length\n")
    given = {
        "HIP_WORKOUT_SECRET_FILE": str(secret),
        "PGPASSWORD_FILE": str(secret),
        "HIP_WORKOUT_PORT": "80",
        "SSL_CERT_FILE": "/its/own/matter",
        "HIP_WORKOUT_CONTACT_FILE": "",
    }
    assert from_files(given) == {
        "HIP_WORKOUT_SECRET": "a secret of some length",
        "PGPASSWORD": "a secret of some length",
        "HIP_WORKOUT_PORT": "80",
        "SSL_CERT_FILE": "/its/own/matter",
    }


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"HIP_WORKOUT_SECRET_FILE": "/nowhere/secret"}, "cannot be read"),
        ({"HIP_WORKOUT_SECRET_FILE": "/", "HIP_WORKOUT_SECRET": "set"}, "both set"),
        ({"PGPASSWORD_FILE": "/proc/self/exe"}, "cannot be read"),
    ],
)
def test_a_secret_that_cannot_be_had_is_said_and_nothing_starts(
    environ: dict[str, str], says: str
) -> None:
    command = [sys.executable, str(ENTRY), "--version"]
    entered = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert entered.returncode == 1
    assert says in entered.stderr
    assert entered.stdout == ""


def test_the_coach_serves_is_healthy_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret of some length\n")
    environ = {
        "PATH": os.environ["PATH"],
        "HIP_WORKOUT_SKILL_ID": SKILL_ID,
        "HIP_WORKOUT_SECRET_FILE": str(secret),
        "HIP_WORKOUT_DATA_FOLDER": str(tmp_path / "data"),
        "HIP_WORKOUT_PORT": str(free_port()),
    }
    with subprocess.Popen(
        [sys.executable, str(ENTRY), "serve"], env=environ, stdout=subprocess.DEVNULL
    ) as serving:
        try:
            assert becomes_healthy(environ, serving)
        finally:
            serving.send_signal(signal.SIGTERM)
            assert serving.wait(PATIENCE_S) == 0
    assert not healthy(environ)
    assert not (tmp_path / "data" / "secret").exists()


def becomes_healthy(environ: dict[str, str], serving: subprocess.Popen[bytes]) -> bool:
    """Ask as the engine does, until the health check passes or there is no server any more."""
    ends = time.monotonic() + PATIENCE_S
    while time.monotonic() < ends and serving.poll() is None:
        if healthy(environ):
            return True
        time.sleep(0.05)
    return False


def healthy(environ: dict[str, str]) -> bool:
    """Run the image's health check, which sees the environment as it was given."""
    check = [sys.executable, "-m", "skill.watchdog"]
    return subprocess.run(check, env=environ, check=False).returncode == 0
