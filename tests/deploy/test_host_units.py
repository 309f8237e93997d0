"""systemd's own opinion of the units, and what they and the programs they start agree on."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from skill.settings import Settings
from skill.web_server import STOPS_WITHIN_S
from tests.deploy.caddy import DEPLOY
from tests.programs import program

HOST = DEPLOY / "host"
UNITS = ("hip-workout.service", "hip-workout-backup.service", "hip-workout-backup.timer")

EXPOSURE = {"hip-workout.service": 1.1, "hip-workout-backup.service": 0.2, "caddy.service": 1.7}
"""At most, from 0 to 10. What is left of the first is the network, and what the voice needs."""

CADDY_SERVICE = """[Unit]
Description=Caddy

[Service]
Type=notify
User=caddy
Group=caddy
ExecStart=/usr/bin/true run --environ --config /etc/caddy/Caddyfile
ExecReload=/usr/bin/true reload --config /etc/caddy/Caddyfile --force
TimeoutStopSec=5s
LimitNOFILE=1048576
LimitNPROC=512
PrivateTmp=true
ProtectSystem=full
AmbientCapabilities=CAP_NET_BIND_SERVICE

[Install]
WantedBy=multi-user.target
"""
"""As in Debian 12 and 13, but for the program."""


@pytest.fixture
def units(tmp_path: Path) -> Path:
    """The units as they are shipped, but for where the programs are on this machine."""
    here = str(Path(sys.executable).parent)
    for name in UNITS:
        text = (HOST / name).read_text("utf-8").replace("/opt/hip-workout/current/bin", here)
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "caddy.service").write_text(CADDY_SERVICE, "utf-8")
    (tmp_path / "caddy.service.d").mkdir()
    shutil.copy(HOST / "caddy.conf", tmp_path / "caddy.service.d" / "hip-workout.conf")
    return tmp_path


def analyze(units: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(program("systemd-analyze")), "--no-pager", *words]
    environ = {"SYSTEMD_UNIT_PATH": f"{units}:", "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        command,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def test_systemd_has_no_objection(units: Path) -> None:
    paths = [str(units / name) for name in (*UNITS, "caddy.service")]
    verified = analyze(units, "--man=no", "verify", *paths)
    assert verified.stdout == ""
    assert verified.returncode == 0


def test_systemd_would_object_to_a_word_it_does_not_know(units: Path) -> None:
    with (units / "hip-workout.service").open("a") as unit:
        unit.write("\n[Service]\nProtectEverything=yes\n")
    verified = analyze(units, "--man=no", "verify", str(units / "hip-workout.service"))
    assert "ProtectEverything" in verified.stdout


@pytest.mark.parametrize("name", EXPOSURE)
def test_little_of_the_machine_is_exposed(units: Path, name: str) -> None:
    threshold = f"--threshold={EXPOSURE[name] * 10:.0f}"
    found = analyze(units, "security", "--offline=yes", threshold, str(units / name))
    assert found.returncode == 0, found.stdout


def setting(unit: str, name: str) -> str:
    found = re.findall(rf"^{name}=(.*)$", (HOST / unit).read_text("utf-8"), re.MULTILINE)
    assert len(found) == 1, name
    return str(found[0])


def test_systemd_waits_longer_than_running_turns_may_take() -> None:
    wait = setting("hip-workout.service", "TimeoutStopSec")
    assert int(wait.removesuffix("s")) > STOPS_WITHIN_S


def test_the_settings_that_are_shipped_can_be_read() -> None:
    lines = (HOST / "settings.env").read_text("utf-8").splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    settings = Settings.from_environment({name: value for name, _, value in pairs})
    assert settings.admin == ("127.0.0.1", 9108)
    for unit in UNITS[:2]:
        assert setting(unit, "EnvironmentFile") == "/etc/hip-workout/settings.env"


def test_the_backup_and_the_server_are_of_one_mind_where_the_memory_is() -> None:
    server, backup = UNITS[:2]
    for name in ("User", "UMask"):
        assert setting(server, name) == setting(backup, name)
    folder = setting(server, "StateDirectory")
    assert f"HIP_WORKOUT_DATA_FOLDER=%S/{folder}" in setting(server, "Environment")
    assert setting(backup, "Environment") == f"HIP_WORKOUT_DATA_FOLDER=%S/{folder}"
    assert folder in setting(backup, "StateDirectory").split()
    assert f"/var/lib/{folder}" in (HOST / "hip-workout.sysusers").read_text("utf-8")
