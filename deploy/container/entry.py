"""Reads secrets from files, as containers are given them, and becomes the ``hip-workout`` command.

``HIP_WORKOUT_SECRET_FILE=/run/secrets/secret`` sets ``HIP_WORKOUT_SECRET`` to what is in that file;
so with every other setting, and with ``PGPASSWORD_FILE``.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

FROM_FILE = "_FILE"


def from_files(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with what the files say in place of their names.

    Raises SystemExit with what is wrong: a file that cannot be read, or a value given twice.
    """
    read = dict(environ)
    for name, path in environ.items():
        wanted = name.removesuffix(FROM_FILE)
        if wanted == name or not (wanted.startswith("HIP_WORKOUT_") or wanted == "PGPASSWORD"):
            continue
        del read[name]
        if not path:
            continue
        if environ.get(wanted):
            raise SystemExit(f"{wanted} and {name} are both set: leave one of them out")
        try:
            read[wanted] = Path(path).read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as fault:
            raise SystemExit(f"{name}: {path} cannot be read: {fault}") from None
    return read


def main() -> None:
    """Become the command, in the same process: it is the one that is told to stop."""
    command = str(Path(sys.executable).with_name("hip-workout"))
    os.execve(command, [command, *sys.argv[1:]], from_files(os.environ))  # noqa: S606 - no shell


if __name__ == "__main__":
    main()
