"""The package of the function as ``deploy/aws/build.py`` fills it, made of what is installed here.

Linked instead of downloaded, so that it takes no network and no time.
"""

from __future__ import annotations

import importlib.util
from importlib.metadata import distribution
from pathlib import Path
from types import ModuleType

HOUSE = Path(__file__).parents[2]


def build() -> ModuleType:
    """Return the build script as a module."""
    path = HOUSE / "deploy" / "aws" / "build.py"
    spec = importlib.util.spec_from_file_location("build_of_the_package", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def linked_package(folder: Path) -> Path:
    """Fill a folder with our files and the packages on the list, and with no others."""
    script = build()
    for path in script.ours():
        target = folder / path.relative_to(HOUSE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.symlink_to(path)
    for name in script.needed():
        _link(name, folder)
    return folder


def _link(name: str, folder: Path) -> None:
    """Link what a package installed, whole folders at once.

    Of a folder that several packages share, such as ``fluent``, what is in it is linked.
    """
    for file in distribution(name).files or ():
        if ".." in file.parts or file.parts[0].endswith((".dist-info", "__pycache__")):
            continue
        site = Path(str(file.locate())).parents[len(file.parts) - 1]
        shared = len(file.parts) > 1 and not (site / file.parts[0] / "__init__.py").exists()
        part = Path(*file.parts[: 2 if shared else 1])
        target = folder / part
        target.parent.mkdir(exist_ok=True)
        if not target.is_symlink():
            target.symlink_to(site / part)
