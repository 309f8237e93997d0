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

PLAIN_PYTHON = {"__future__", "collections", "dataclasses", "enum", "functools", "itertools", "typing"}
"""What the coach may import besides itself: nothing here knows of files, time or chance."""

WORLDLY = {"open", "print", "input", "now", "utcnow", "today", "time", "random", "choice", "sleep",
           "read_text", "write_text", "getenv", "exec", "eval", "__import__"}


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
import sys
touched = []
def watch(event, args):
    if event == "open" and isinstance(args[0], str) and not args[0].endswith((".py", ".pyc")):
        touched.append(args[0])
    elif event in ("socket.connect", "subprocess.Popen", "os.system"):
        touched.append(event)
sys.addaudithook(watch)
import time
def no_clock(*_):
    caller = sys._getframe(1).f_globals.get("__name__", "")
    if caller.split(".")[0] in ("skill", "interaction_model", "audio"):
        touched.append("clock read by " + caller)
    return 0.0
time.time = time.perf_counter = no_clock
import importlib
for name in sys.argv[2:]:
    importlib.import_module(name)
print([t for t in touched if t.startswith(sys.argv[1]) and ".venv" not in t or "." not in t[:1] and "/" not in t])
"""


def test_importing_a_module_opens_no_file_of_ours_and_reads_no_clock() -> None:
    names = [
        ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")
        for path in MODULES
        if path.stem != "__main__"
    ]
    assert "skill.app" in names
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, str(HOUSE), *names],
        cwd=HOUSE, capture_output=True, text=True, timeout=60, check=False,
    )
    assert (done.stdout.strip(), done.returncode) == ("[]", 0), done.stderr
