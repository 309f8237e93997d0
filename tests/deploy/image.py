"""``python -m tests.deploy.image``: the steps of the Containerfile, and its server, with no engine.

What the build stage runs is run in a folder, twice as far as the wheel goes; then the server is
started as in the container: as nobody in particular, and nothing but its data to be written to.
Needs root, a Python in a folder that everybody may enter, and the package index.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tests.amazon import SKILL_ID
from tests.deploy.test_container import CONTAINERFILE, HOUSE, copied, ignored
from tests.serving import free_port
from tests.stores.postgresql_server import postgresql_server

NOBODY = 64000
PYTHON = "/usr/bin/python3"
STARTS_WITHIN_S = 60.0

SHUT_IN = """
set -eu
mount --make-rprivate /
mount --bind "$DATA" "$DATA"
mount -o remount,bind,ro /
mount -t tmpfs -o size=16m,mode=1777,noexec,nosuid,nodev tmpfs /tmp
cd "$DATA"
exec setpriv --reuid 64000 --regid 64000 --clear-groups --no-new-privs --bounding-set=-all \
    --inh-caps=-all "$@"
"""
"""A read-only tree but for the data and /tmp, no capabilities, and a user of no name."""


def main() -> int:
    """Build and serve; return 0 if all of it went well."""
    os.umask(0o022)
    with tempfile.TemporaryDirectory(dir="/var/tmp", prefix="image-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for source in copied():
            copy(HOUSE / source, folder / "source" / source)
        first, second = (built(folder / each) for each in ("first", "second"))
        if first != second:
            click.echo(f"the wheel is another one each time: {first}, {second}")
            return 1
        click.echo(f"the wheel is the same twice: sha256:{first}")
        image = folder / "first" / "opt" / "hip-workout"
        shutil.copy(HOUSE / "deploy/container/entry.py", image / "entry.py")
        size = sum(path.lstat().st_size for path in image.rglob("*"))
        click.echo(f"{size / 1e6:.0f} MB in /opt/hip-workout")
        with postgresql_server() as postgres:
            if code := reaches(image, postgres.get_uri()):
                return code
        return served(image, folder)


def built(root: Path) -> str:
    """Run the build stage; return the hash of the wheel. Only the first is installed whole."""
    shutil.copytree(root.parent / "source", root / "source")
    (root / "locks").mkdir()
    for lock in (HOUSE / "deploy/container").glob("requirements*.txt"):
        shutil.copy(lock, root / "locks")
    subprocess.run([PYTHON, "-m", "venv", root / "python"], check=True)
    epoch = re.search(r"SOURCE_DATE_EPOCH=(\d+)", CONTAINERFILE.read_text("utf-8"))
    assert epoch is not None
    environ = {
        **{n: v for n, v in os.environ.items() if not n.startswith(("PYTHON", "VIRTUAL_ENV"))},
        "PATH": f"{root / 'python' / 'bin'}:{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": epoch[1],
        "PIP_NO_CACHE_DIR": "1",
    }
    for command in commands(root):
        click.echo(f"$ {command}")
        subprocess.run(["sh", "-euc", command], cwd=root / "source", env=environ, check=True)
    (wheel,) = (root / "wheels").glob("*.whl")
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def commands(root: Path) -> Iterator[str]:
    """Give what the build stage runs, with this folder for the image's root."""
    text = CONTAINERFILE.read_text("utf-8").replace("\\\n", " ").split("\nFROM ")[1]
    for line in re.findall(r"^RUN (.*)$", text, re.MULTILINE):
        for command in re.split(r"\s+&&\s+", line):
            if root.name == "first" or not re.search(r"/opt/hip-workout", command):
                yield re.sub(r"(?<=\s)/(opt|locks|wheels)\b", rf"{root}/\1", " " + command).strip()


def copy(source: Path, target: Path) -> None:
    """Copy as the engine does, without what is ignored."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_file():
        shutil.copy(source, target)
        return

    def out(folder: str, names: list[str]) -> set[str]:
        place = Path(folder).relative_to(HOUSE)
        return {name for name in names if ignored(place / name)}

    shutil.copytree(source, target, ignore=out)


def reaches(image: Path, database: str) -> int:
    """See that PostgreSQL's driver is there and works; return the exit code."""
    command = [str(image / "bin" / "hip-workout"), "store", "check"]
    environ = {"HIP_WORKOUT_DATABASE_URL": database}
    return subprocess.run(command, env=environ, check=False, cwd="/").returncode


def served(image: Path, folder: Path) -> int:
    """Serve from the image, shut in; see that it is healthy, answers, and ends when it should."""
    data, secret = folder / "data", folder / "secret"
    data.mkdir(mode=0o700)
    os.chown(data, NOBODY, NOBODY)
    secret.write_text("a secret of some length")
    port = free_port()
    environ = {
        "PATH": f"{image / 'bin'}:/usr/sbin:/usr/bin:/sbin:/bin",
        "DATA": str(data),
        "HIP_WORKOUT_SKILL_ID": SKILL_ID,
        "HIP_WORKOUT_SECRET_FILE": str(secret),
        "HIP_WORKOUT_DATA_FOLDER": str(data),
        "HIP_WORKOUT_PORT": str(port),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    with shut_in(image, environ, "serve") as serving:
        if not becomes_healthy(image, environ, serving):
            click.echo("it does not become healthy")
            return 1
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/privacy", timeout=10) as answer:
            click.echo(f"it is healthy, and says {answer.status} for /privacy")
    if serving.returncode:
        click.echo(f"it ends with {serving.returncode}")
        return 1
    click.echo(f"it ended by itself; written to its data: {sorted(p.name for p in data.iterdir())}")
    return 0


@contextmanager
def shut_in(image: Path, environ: dict[str, str], *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the entry point, shut in, and end it afterwards."""
    shut = ["unshare", "--mount", "sh", "-c", SHUT_IN, "sh"]
    command = [*shut, str(image / "bin" / "python"), str(image / "entry.py"), *words]
    with subprocess.Popen(command, env=environ) as process:
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def becomes_healthy(image: Path, environ: dict[str, str], serving: subprocess.Popen[bytes]) -> bool:
    """Ask as the engine does, until the health check passes or there is no server any more."""
    check = [str(image / "bin" / "python"), "-m", "skill.watchdog"]
    ends = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < ends and serving.poll() is None:
        if subprocess.run(check, env=environ, check=False, cwd="/").returncode == 0:
            return True
        time.sleep(0.2)
    return False


if __name__ == "__main__":
    sys.exit(main())
