"""Build the package of the function: our code, the locked packages it needs, and nothing else.

``.venv/bin/python deploy/aws/build.py [dist/hip-workout-lambda.zip] [--architecture x86_64]``

The same sources and the same Python make the same bytes. Everything is compiled here, because
Lambda cannot write what it compiles and would do so again in every new instance: so the function
must run by the very version of Python that built its package.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

HOUSE = Path(__file__).parents[2]
PACKAGES = Path(__file__).with_name("packages.txt")
LOCK = HOUSE / "requirements.lock"

PLATFORMS = {"arm64": "aarch64-manylinux2014", "x86_64": "x86_64-manylinux2014"}
"""Lambda's names of processors, and what wheels for them are called that run on its Linux: up to
Python 3.11 that is Amazon Linux 2, whose C library is of 2018 (glibc 2.26)."""

OURS = (
    "LICENSE",
    "interaction_model/__init__.py",
    "interaction_model/contract.py",
    "interaction_model/contract.yaml",
    "interaction_model/plain_yaml.py",
    "skill/__init__.py",
    "skill/alexa/**/*",
    "skill/catalogue/**/*",
    "skill/coach/**/*",
    "skill/coach_skill.py",
    "skill/data_folder.py",
    "skill/log.py",
    "skill/on_lambda.py",
    "skill/render/**/*",
    "skill/secret_at_amazon.py",
    "skill/settings.py",
    "skill/sound.py",
    "skill/store/**/*",
)
"""Which files of ours the function needs, with the rooms that it needs whole."""

SERVICES = ("dynamodb", "secretsmanager")
"""What is asked of AWS; botocore describes some four hundred services more, in 20 MB."""

LEFT_OUT = (
    "bin/*",
    "boto3/data/*",
    "boto3/examples/*",
    "botocore/data/*/*/examples-1.json*",
    "*.dist-info/RECORD",
    "*.dist-info/INSTALLER",
    "*.dist-info/REQUESTED",
    "*.dist-info/uv_*",
    "*.dist-info/direct_url.json",
    "*.lock",
    "**/__pycache__/*",
)
"""What packages bring that nobody needs there, or that differs from one build to the next."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip file can tell: every file is of then."""

LARGEST = 250 * 1024 * 1024
"""Bytes of a package once it is unpacked; Lambda takes no more."""


def main() -> None:
    """Build the package that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("target", type=Path, nargs="?", default="dist/hip-workout-lambda.zip")
    parser.add_argument("--architecture", choices=PLATFORMS, default="arm64")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        install(folder, asked.architecture)
        take_ours(folder)
        take_out(folder)
        compiled(folder)
        size = sum(path.stat().st_size for path in files_in(folder))
        if size > LARGEST:
            sys.exit(f"the package has {size} bytes unpacked; Lambda takes {LARGEST}")
        asked.target.parent.mkdir(parents=True, exist_ok=True)
        write_zip(folder, asked.target)
    packed = asked.target.stat().st_size
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    sys.stdout.write(
        f"{asked.target}: {packed / 1e6:.1f} MB, unpacked {size / 1e6:.1f} MB, "
        f"for {version} on {asked.architecture}\n"
    )


def install(folder: Path, architecture: str) -> None:
    """Put the locked packages into a folder, each checked by its hash."""
    wanted = folder / "requirements.lock"
    wanted.write_text("".join(locked(needed())), "utf-8")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "uv", "pip", "install", "--quiet", "--no-config"),
            *("--target", str(folder), "--requirements", str(wanted)),
            *("--require-hashes", "--no-deps", "--only-binary", ":all:", "--link-mode", "copy"),
            *("--python-platform", PLATFORMS[architecture], "--python-version", version),
        ],
        check=True,
    )
    wanted.unlink()


def needed() -> list[str]:
    """Return the names of the packages that the function needs."""
    lines = (line.partition("#")[0].strip() for line in PACKAGES.read_text("utf-8").splitlines())
    return [line for line in lines if line]


def locked(names: Iterable[str]) -> Iterator[str]:
    """Yield what the lock file says of each package, hashes included. Raises KeyError."""
    entries = re.findall(r"^[a-z0-9].*(?:\n .*)*\n", LOCK.read_text("utf-8"), re.MULTILINE)
    by_name = {re.split(r"[=\s\[]", entry, maxsplit=1)[0]: entry for entry in entries}
    for name in names:
        yield by_name[name]


def take_ours(folder: Path) -> None:
    """Copy our own files there."""
    for path in ours():
        target = folder / path.relative_to(HOUSE)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def ours() -> list[Path]:
    """Return our own files that the function needs."""
    found = (path for pattern in OURS for path in HOUSE.glob(pattern))
    return sorted(path for path in found if path.is_file() and path.parent.name != "__pycache__")


def take_out(folder: Path) -> None:
    """Remove what nobody needs there."""
    for pattern in LEFT_OUT:
        for path in list(folder.glob(pattern)):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in (folder / "botocore" / "data").iterdir():
        if path.is_dir() and path.name not in SERVICES:
            shutil.rmtree(path)
    spoken = {"root", *(path.stem for path in (HOUSE / "skill/catalogue/words").glob("*.ftl"))}
    for path in (folder / "babel" / "locale-data").glob("*.dat"):
        if path.stem.partition("_")[0] not in spoken:
            path.unlink()


def compiled(folder: Path) -> None:
    """Compile every module, so that its bytes and its source's time are never compared."""
    subprocess.run(  # noqa: S603 - our own command
        [
            *(sys.executable, "-m", "compileall", "-q", "-j", "1"),
            *("--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", "/var/task"),
            str(folder),
        ],
        env=os.environ | {"PYTHONHASHSEED": "0"},  # or sets of constants come in any order
        check=True,
    )


def files_in(folder: Path) -> list[Path]:
    """Return every file in a folder, in the order of their names."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def write_zip(folder: Path, target: Path) -> None:
    """Write a folder as a zip file that tells nothing of when or by whom it was made."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for path in files_in(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), EPOCH)
            entry.external_attr = (0o100755 if path.suffix == ".so" else 0o100644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    main()
