"""The skill package that ASK CLI deploys: manifest, interaction models, tasks and icons."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from interaction_model.build import text_of
from interaction_model.contract import load_contract
from skill.endpoint import Endpoint
from skill.render.icon import icon_png

SOURCE = Path(__file__).parent.parent / "deploy" / "alexa"
"""Where the manifest and the words of the store are, in the project's own tree."""

RESOURCES = "ask-resources.json"
"""The file by which ASK CLI finds the package; it stands beside it."""

REGIONS = ("NA", "EU", "FE")
"""North America, Europe and India, the Far East: where Amazon may be told of nearer endpoints."""

CERTIFICATES = ("Trusted", "Wildcard")
"""A certificate of the host's own, or one for all names of its parent domain. Amazon knows a third,
self-signed, which cannot be published."""

_ICONS = {"smallIconUri": ("small", 108), "largeIconUri": ("large", 512)}
_TESTING = "testingInstructions"


class NotPackaged(Exception):
    """What the package is made of, or where it should go, is not as it must be; says what."""


@dataclass(frozen=True)
class Where:
    """What is different for everyone who deploys the skill."""

    endpoint: Endpoint
    site: str
    """Below which ``/privacy`` and ``/terms`` are, without a slash at the end."""

    certificate: str = CERTIFICATES[0]
    regions: Mapping[str, Endpoint] = field(default_factory=dict)
    """Nearer endpoints, by `REGIONS`."""


def package_files(where: Where, source: Path = SOURCE) -> dict[str, bytes]:
    """Return the files of the package by their paths in it. Raises NotPackaged."""
    manifest = skill_manifest(where, source)
    files = {"skill.json": _json({"manifest": manifest})}
    for locale in load_contract().locales:
        files[f"interactionModels/custom/{locale}.json"] = text_of(locale).encode()
    for name, size in _ICONS.values():
        files[f"assets/{name}-icon.png"] = icon_png(size)
    for task in manifest["apis"]["custom"]["tasks"]:
        path = f"tasks/{task['name']}.{task['version']}.json"
        files[path] = _read(source, path).encode()
    return files


def skill_manifest(where: Where, source: Path = SOURCE) -> dict[str, Any]:
    """Return Amazon's manifest of the skill as plain JSON data. Raises NotPackaged."""
    manifest: dict[str, Any] = yaml.safe_load(_read(source, "manifest.yaml"))
    words = {locale: _words(source, locale) for locale in load_contract().locales}
    publishing = manifest["publishingInformation"]
    first = next(iter(words.values()))
    publishing[_TESTING] = first[_TESTING]
    publishing["locales"] = {
        locale: {key: said for key, said in its.items() if key != _TESTING} | _icon_uris()
        for locale, its in words.items()
    }
    manifest["privacyAndCompliance"]["locales"] = {
        locale: {
            "privacyPolicyUrl": f"{where.site}/privacy",
            "termsOfUseUrl": f"{where.site}/terms",
        }
        for locale in words
    }
    for served in (manifest["apis"]["custom"], manifest["events"]):
        served["endpoint"] = _endpoint(where, where.endpoint)
        if where.regions:
            served["regions"] = dict(_regions(where))
    return manifest


def write_package(files: Mapping[str, bytes], folder: Path, source: Path = SOURCE) -> None:
    """Make ``folder`` hold these files and no others, and put ASK CLI's file beside it.

    An ``ask-resources.json`` that is there already is the operator's, and stays as it is.

    Raises:
        NotPackaged: the folder holds something else, or ``source`` is not whole.
        OSError: something cannot be written.
    """
    there = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    if there and not (folder / "skill.json").is_file():
        raise NotPackaged(f"{folder} holds something that is no skill package: nothing was written")
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for path in there:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    resources = folder.resolve().parent / RESOURCES
    if not resources.exists():
        found = json.loads(_read(source, RESOURCES))
        found["profiles"]["default"]["skillMetadata"]["src"] = f"./{folder.resolve().name}"
        resources.write_bytes(_json(found))


def _endpoint(where: Where, endpoint: Endpoint) -> dict[str, str]:
    if endpoint.host is None:
        return {"uri": endpoint.uri}
    return {"uri": endpoint.uri, "sslCertificateType": where.certificate}


def _regions(where: Where) -> Iterator[tuple[str, dict[str, Any]]]:
    for region in REGIONS:
        if region in where.regions:
            yield region, {"endpoint": _endpoint(where, where.regions[region])}


def _icon_uris() -> dict[str, str]:
    return {key: f"file://assets/{name}-icon.png" for key, (name, _) in _ICONS.items()}


def _words(source: Path, locale: str) -> dict[str, Any]:
    language = locale.partition("-")[0]
    words: dict[str, Any] = yaml.safe_load(_read(source, f"listing/{language}.yaml"))
    return words


def _read(source: Path, name: str) -> str:
    try:
        return (source / name).read_text("utf-8")
    except OSError as fault:
        raise NotPackaged(
            f"{source / name} cannot be read: {fault.strerror}. The package is made from the "
            "project's own tree, which an installed program does not have."
        ) from fault


def _json(data: object) -> bytes:
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode()
