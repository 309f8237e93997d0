"""The house keeps its own rules: what the coach may know, what names say, what importing does."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
PACKAGES = ("skill", "interaction_model", "audio")
MODULES = sorted(path for package in PACKAGES for path in (HOUSE / package).rglob("*.py"))
COACH = [path for path in MODULES if path.parent == HOUSE / "skill" / "coach"]
NAMELESS = {"core", "utils", "util", "helpers", "helper", "common", "services", "manager", "misc"}

PLAIN_PYTHON = {
    "__future__",
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "functools",
    "itertools",
    "math",
    "typing",
}
"""What the coach may import besides itself: nothing here knows of files, time or chance."""

WORLDLY = {
    "open",
    "print",
    "input",
    "now",
    "utcnow",
    "today",
    "time",
    "random",
    "choice",
    "sleep",
    "read_text",
    "write_text",
    "getenv",
    "exec",
    "eval",
    "__import__",
}


def named(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def imports(tree: ast.Module) -> set[str]:
    """Return what a module imports, wherever in it."""
    found = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    return found | {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}


def calls(tree: ast.Module) -> set[str]:
    """Return the last names of everything that a module calls."""
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = {func.id for func in called if isinstance(func, ast.Name)}
    return names | {func.attr for func in called if isinstance(func, ast.Attribute)}


@pytest.mark.parametrize("path", COACH, ids=named)
def test_the_coach_knows_only_itself_and_plain_python(path: Path) -> None:
    for name in imports(ast.parse(path.read_text("utf-8"))):
        ours = name == "skill.coach" or name.startswith("skill.coach.")
        assert ours or name.partition(".")[0] in PLAIN_PYTHON, name


@pytest.mark.parametrize("path", COACH, ids=named)
def test_the_coach_reads_no_file_no_clock_and_throws_no_dice(path: Path) -> None:
    assert not calls(ast.parse(path.read_text("utf-8"))) & WORLDLY


def test_the_check_for_the_coach_would_see_what_it_looks_for() -> None:
    tree = ast.parse("import time\nfrom random import choice\ntime.time()\nopen('x')\nchoice([1])")
    assert imports(tree) == {"time", "random"}
    assert calls(tree) & WORLDLY == {"time", "open", "choice"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_in_its_first_lines_what_is_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_name_of_a_module_says_nothing(path: Path) -> None:
    assert not NAMELESS & {part.removesuffix(".py") for part in path.relative_to(HOUSE).parts}


WATCHED = """
import importlib, os, sys, time

house, touched = sys.argv[1], []

def watch(event, args):
    if event == "open" and isinstance(args[0], str):
        path = os.path.abspath(args[0])
        ours = path.startswith(house) and ".venv" not in path
        if ours and "__pycache__" not in path and not path.endswith(".py"):
            touched.append(path)
    elif event in ("socket.connect", "subprocess.Popen", "os.system"):
        touched.append(event)

def clock():
    caller = sys._getframe(1).f_globals.get("__name__", "")
    if caller.partition(".")[0] in ("skill", "interaction_model", "audio", "careless"):
        touched.append("a clock in " + caller)
    return 0.0

sys.addaudithook(watch)
time.time = time.perf_counter = time.monotonic = clock
for name in sys.argv[2:]:
    importlib.import_module(name)
print(touched)
"""


def touched_by_importing(*names: str, path: Path = HOUSE) -> list[str]:
    """Import modules in a fresh Python; return the files of ours and the clocks they touched."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(HOUSE), *names],
        cwd=HOUSE,
        env={"PYTHONPATH": str(path)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    touched: list[str] = ast.literal_eval(done.stdout)
    return touched


def test_importing_a_module_opens_no_file_of_ours_and_reads_no_clock() -> None:
    names = [
        ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        for path in MODULES
    ]
    assert "skill.app" in names
    assert touched_by_importing(*names) == []


def test_the_check_for_imports_would_see_a_careless_module(tmp_path: Path) -> None:
    module = f"import time\ntime.time()\nopen({str(HOUSE / 'pyproject.toml')!r}).close()\n"
    (tmp_path / "careless.py").write_text(module, "utf-8")
    touched = touched_by_importing("careless", path=tmp_path)
    assert touched == ["a clock in careless", str(HOUSE / "pyproject.toml")]
