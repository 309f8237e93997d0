"""The container's files: what a linter, the specification and the house want of them."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.web_server import STOPS_WITHIN_S
from tests.deploy.caddy import DEPLOY

HOUSE = DEPLOY.parent
CONTAINER = DEPLOY / "container"
CONTAINERFILE = CONTAINER / "Containerfile"

EXTRAS = {"container": "postgres", "host": "neural"}
"""Which lock holds which extra besides what the skill always needs."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    """The compose file, with what must be given filled in."""
    text = (CONTAINER / "compose.yaml").read_text("utf-8")
    filled = re.sub(r"\$\{\w+:\?[^}]*\}", "given", text)
    loaded: dict[str, Any] = yaml.safe_load(re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", filled))
    return loaded


def test_the_linter_finds_nothing() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    command = [str(hadolint), "--no-color", str(CONTAINERFILE)]
    linted = subprocess.run(command, capture_output=True, text=True, check=False)
    assert linted.stdout == ""
    assert linted.returncode == 0


def test_the_health_check_and_the_command_are_run_without_a_shell() -> None:
    text = CONTAINERFILE.read_text("utf-8").replace("\\\n", " ")
    for word in ("CMD", "ENTRYPOINT", "HEALTHCHECK"):
        (line,) = re.findall(rf"^{word} .*$", text, re.MULTILINE)
        assert json.loads(line[line.index("[") :])
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", text, re.MULTILINE)


def test_every_image_is_named_by_a_digest_that_must_be_given() -> None:
    built = re.findall(r"^FROM (\S+)", CONTAINERFILE.read_text("utf-8"), re.MULTILINE)
    assert len(built) == 2
    assert all(image.endswith("@${PYTHON_DIGEST}") for image in built)
    text = (CONTAINER / "compose.yaml").read_text("utf-8")
    run = re.findall(r"image: (docker\.io\S+)", text)
    assert len(run) == 2
    assert all(re.search(r"@\$\{[A-Z]+_DIGEST:\?", image) for image in run)


def test_what_must_be_given_stands_in_the_example() -> None:
    text = (CONTAINER / "compose.yaml").read_text("utf-8")
    wanted = set(re.findall(r"\$\{(\w+):\?", text))
    example = (CONTAINER / "env.example").read_text("utf-8")
    assert wanted <= set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def copied() -> list[str]:
    """What the Containerfile copies from the project's folder."""
    lines = re.findall(r"^COPY (.*)$", CONTAINERFILE.read_text("utf-8"), re.MULTILINE)
    own = [line.split() for line in lines if "--from=" not in line]
    return [word for words in own for word in words[:-1] if not word.startswith("--")]


def ignored(path: Path) -> bool:
    """Tell whether a file of the project is kept out: the last pattern that fits decides."""
    rules = (CONTAINER / "Containerfile.dockerignore").read_text("utf-8").splitlines()
    names = [str(each) for each in (path, *path.parents) if str(each) != "."]
    out = False
    for rule in (rule for rule in rules if rule and not rule.startswith("#")):
        pattern = rule.removeprefix("!")
        if any(fits(name, pattern) for name in names):
            out = not rule.startswith("!")
    return out


def fits(name: str, pattern: str) -> bool:
    if pattern.startswith("**/"):
        return fnmatch(name.rpartition("/")[2], pattern.removeprefix("**/"))
    return name.count("/") == pattern.count("/") and fnmatch(name, pattern)


def test_all_that_is_copied_is_there_and_not_ignored() -> None:
    sources = copied()
    assert {"skill", "audio", "interaction_model"} <= set(sources)
    for source in sources:
        assert (HOUSE / source).exists()
        assert not ignored(Path(source)), source
    assert not ignored(Path("skill/catalogue/words/en.ftl"))


@pytest.mark.parametrize(
    "path",
    [
        ".git/config",
        ".venv/bin/python",
        "tests/amazon.py",
        "requirements.lock",
        "skill/.env",
        "skill/__pycache__/cli.cpython-311.pyc",
        "deploy/alexa/manifest.yaml",
        "deploy/container/.env",
        "deploy/container/secrets/secret",
        "deploy/container/compose.yaml",
        "deploy/host/settings.env",
    ],
)
def test_nothing_else_gets_into_the_image(path: str) -> None:
    assert ignored(Path(path))


def test_what_is_copied_holds_no_memory_and_no_key() -> None:
    packages = [HOUSE / source for source in copied() if (HOUSE / source).is_dir()]
    found = [path for package in packages for path in package.rglob("*") if path.is_file()]
    assert found
    secret = {".db", ".pem", ".key", ".env", ".p12"}
    assert not [path for path in found if path.suffix in secret or path.name == "secret"]


def locked(path: Path) -> dict[str, set[str]]:
    """Return the hashes of each requirement, which is a name, a version and perhaps when."""
    found: dict[str, set[str]] = {}
    for entry in re.split(r"\n(?=\S)", path.read_text("utf-8").replace("\\\n", "")):
        wanted, *hashes = re.split(r"\s+--hash=", entry.strip())
        found[wanted.strip()] = set(hashes)
    return found


def named(requirement: str) -> str:
    """Return the name that a requirement begins with, as locks write it."""
    name = re.match(r"[\w.-]+", requirement)
    assert name is not None
    return re.sub(r"[._-]+", "-", name[0]).lower()


LOCKS = [
    CONTAINER / "requirements.txt",
    CONTAINER / "requirements-build.txt",
    DEPLOY / "host" / "requirements.txt",
]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_what_runs_is_what_was_tested(path: Path) -> None:
    tested = {
        named(each) + each.partition("==")[2].split(" ")[0]: hashes
        for each, hashes in locked(HOUSE / "requirements.lock").items()
    }
    runs = locked(path)
    assert runs
    for wanted, hashes in runs.items():
        assert hashes, wanted
        assert hashes == tested[named(wanted) + wanted.partition("==")[2].split(" ")[0]], wanted


@pytest.mark.parametrize(("folder", "extra"), EXTRAS.items())
def test_a_lock_holds_all_that_runs_and_no_tool(folder: str, extra: str) -> None:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    runs = {named(each) for each in (*project["dependencies"], *extras[extra])}
    tools = {named(each) for each in extras["dev"]} - runs
    names = {named(each) for each in locked(DEPLOY / folder / "requirements.txt")}
    assert runs <= names
    assert not tools & names


def test_the_compose_file_keeps_to_the_specification(compose: dict[str, Any]) -> None:
    assert faults(compose) == []
    compose = {**compose, "services": {"coach": {"image": "a", "read_onyl": True}}}
    assert faults(compose) != []


def faults(compose: dict[str, Any]) -> list[str]:
    # jsonschema comes with cfn-lint, and has no types of its own.
    jsonschema = importlib.import_module("jsonschema")
    schema = json.loads((Path(__file__).parent / "compose_schema.json").read_text("utf-8"))
    return [error.message for error in jsonschema.Draft201909Validator(schema).iter_errors(compose)]


def test_every_service_is_shut_in(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}, name
        assert service["pids_limit"] > 0, name
        assert "privileged" not in service, name
        assert service.get("cap_add", []) in ([], ["NET_BIND_SERVICE"]), name


def test_only_caddy_is_reached_from_outside_and_the_database_only_by_the_coach(
    compose: dict[str, Any],
) -> None:
    services = compose["services"]
    assert [name for name, service in services.items() if "ports" in service] == ["caddy"]
    members = {
        net: {name for name, service in services.items() if net in service["networks"]}
        for net in compose["networks"]
    }
    assert members == {"front": {"coach", "caddy"}, "memory": {"coach", "database"}}
    assert compose["networks"]["memory"] == {"internal": True}


def test_all_that_services_speak_of_is_there(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert set(service.get("secrets", [])) <= set(compose["secrets"])
        assert set(service.get("depends_on", {})) <= set(compose["services"])
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert source in compose["volumes"] or (CONTAINER / source).exists(), source
        for name, value in service["environment"].items():
            if name.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]


def test_no_secret_stands_in_the_environment(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        assert not {"HIP_WORKOUT_SECRET", "PGPASSWORD", "POSTGRES_PASSWORD"} & set(
            service["environment"]
        )


def test_the_engine_waits_longer_than_running_turns_may_take(compose: dict[str, Any]) -> None:
    for name in ("coach", "caddy"):
        assert int(compose["services"][name]["stop_grace_period"].removesuffix("s")) > (
            STOPS_WITHIN_S
        )
