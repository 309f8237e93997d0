"""Where the files of deploy/host go, and that they find each other there."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from pathlib import Path

import pytest

from tests.deploy.caddy import DEPLOY

HOST = DEPLOY / "host"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    install(tmp_path)
    return tmp_path


def install(root: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "DESTDIR": str(root)}
    subprocess.run(["sh", str(HOST / "install")], env=environ, check=True)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_every_file_that_another_one_names_is_in_its_place(root: Path) -> None:
    installed = [path for path in root.rglob("*") if path.is_file()]
    text = "".join(path.read_text("utf-8") for path in installed)
    named = set(re.findall(r"/etc/(?:hip-workout|caddy)/[\w.-]+", text))
    assert {"/etc/hip-workout/settings.env", "/etc/caddy/hip-workout.env"} <= named
    for path in named:
        assert (root / path.removeprefix("/")).exists(), path
    for program in re.findall(r"/usr/local/sbin/[\w-]+", text):
        assert os.access(root / program.removeprefix("/"), os.X_OK)


def test_settings_can_be_read_by_root_only_and_units_by_all(root: Path) -> None:
    assert mode(root / "etc/hip-workout/settings.env") == 0o600
    assert mode(root / "etc/caddy/hip-workout.env") == 0o600
    assert mode(root / "etc/systemd/system/hip-workout.service") == 0o644
    assert mode(root / "etc/caddy/Caddyfile") == 0o644


def test_installing_again_leaves_the_settings_and_another_caddyfile_is_kept(root: Path) -> None:
    settings, caddyfile = root / "etc/hip-workout/settings.env", root / "etc/caddy/Caddyfile"
    settings.write_text("HIP_WORKOUT_LOG_LEVEL=debug\n")
    caddyfile.write_text(":80\n")
    for _ in range(2):
        install(root)
    assert settings.read_text() == "HIP_WORKOUT_LOG_LEVEL=debug\n"
    assert caddyfile.read_bytes() == (HOST / "Caddyfile").read_bytes()
    assert (root / "etc/caddy/Caddyfile.before-hip-workout").read_text() == ":80\n"


def test_what_the_readme_speaks_of_is_there(root: Path) -> None:
    readme = (HOST / "README.md").read_text("utf-8")
    for name in re.findall(r"`([\w.-]+\.(?:service|timer|conf|env|sysusers|txt))`", readme):
        shipped = (HOST / name).exists() or list(root.rglob(name))
        assert shipped, name
