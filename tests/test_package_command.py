"""The package for Amazon's store: taken by Amazon's own classes, and within the store's rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.exceptions import SerializationException
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData
from ask_smapi_model.v1.skill.manifest.skill_manifest_envelope import SkillManifestEnvelope
from click.testing import CliRunner, Result

from interaction_model.contract import load_contract
from skill.alexa.respond import REMINDERS_SCOPE
from skill.alexa.tasks import START_WORKOUT
from skill.endpoint import read_endpoint
from skill.package_command import package_command
from skill.render.icon import icon_png
from skill.skill_package import NotPackaged, Where, package_files, skill_manifest
from tests.alexa.test_skill import asker, parts
from tests.render.test_screen_sizes import VIEWPORTS

URL = "https://coach.example/alexa"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:hip-workout:live"
LOCALES = load_contract().locales
WAKE_WORDS = {"alexa", "amazon", "echo", "computer", "ziggy"}


def where(endpoint: str = URL, **more: Any) -> Where:
    return Where(read_endpoint(endpoint), "https://coach.example", **more)


EVERYWHERE = where(
    regions={"NA": read_endpoint(ARN), "EU": read_endpoint("https://eu.coach.example/alexa")}
)
PLACES = {"https": where(), "lambda": where(ARN), "regions": EVERYWHERE}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(package_command, arguments)


def there_and_back(data: dict[str, Any], kind: type) -> Any:
    """Read data into Amazon's own classes and write it from them."""
    serializer = DefaultSerializer()
    return serializer.serialize(serializer.deserialize(json.dumps(data), kind))


def listing_of(locale: str) -> dict[str, Any]:
    found: dict[str, Any] = skill_manifest(where())["publishingInformation"]["locales"][locale]
    return found


@pytest.mark.parametrize("place", PLACES)
def test_amazons_own_classes_take_the_manifest_and_lose_nothing(place: str) -> None:
    whole = {"manifest": skill_manifest(PLACES[place])}
    assert there_and_back(whole, SkillManifestEnvelope) == whole


def test_amazons_classes_would_show_what_they_do_not_know() -> None:
    whole = {"manifest": skill_manifest(where()) | {"somethingElse": 1}}
    assert there_and_back(whole, SkillManifestEnvelope) != whole


def test_amazons_classes_do_not_read_the_interface_for_requests_without_a_name() -> None:
    manifest = skill_manifest(where())
    manifest["apis"]["custom"]["interfaces"].append({"type": "CAN_FULFILL_INTENT_REQUEST"})
    with pytest.raises(SerializationException):
        there_and_back({"manifest": manifest}, SkillManifestEnvelope)


@pytest.mark.parametrize("locale", LOCALES)
def test_amazons_own_classes_take_the_models_and_lose_nothing(locale: str) -> None:
    model = json.loads(package_files(where())[f"interactionModels/custom/{locale}.json"])
    again = there_and_back(model, InteractionModelData)
    for intent in again["interactionModel"]["languageModel"]["intents"]:
        assert intent["samples"] is not None
    assert again == model


def test_every_locale_has_a_listing_a_model_and_its_pages() -> None:
    files, manifest = package_files(where()), skill_manifest(where())
    models = {Path(name).stem for name in files if name.startswith("interactionModels/custom/")}
    assert models == set(LOCALES)
    assert manifest["publishingInformation"]["locales"].keys() == set(LOCALES)
    pages = manifest["privacyAndCompliance"]["locales"]
    assert pages.keys() == set(LOCALES)
    for its in pages.values():
        assert its == {
            "privacyPolicyUrl": "https://coach.example/privacy",
            "termsOfUseUrl": "https://coach.example/terms",
        }


@pytest.mark.parametrize("locale", LOCALES)
def test_the_words_of_the_store_are_within_its_limits(locale: str) -> None:
    listing = listing_of(locale)
    assert 2 <= len(listing["name"]) <= 50
    assert 1 <= len(listing["summary"]) <= 160
    assert 1 <= len(listing["description"]) <= 4000
    assert len(listing["keywords"]) <= 30
    assert len(set(listing["keywords"])) == len(listing["keywords"])
    assert len(listing["examplePhrases"]) == len(set(listing["examplePhrases"])) == 3
    assert all(len(phrase) <= 200 for phrase in listing["examplePhrases"])


@pytest.mark.parametrize("locale", LOCALES)
def test_neither_name_nor_keywords_take_amazons_names(locale: str) -> None:
    listing = listing_of(locale)
    for text in (listing["name"], *listing["keywords"]):
        assert not WAKE_WORDS & set(re.findall("[a-z]+", text.lower()))
    assert listing["name"].lower() == load_contract().invocation


@pytest.mark.parametrize("locale", LOCALES)
def test_the_description_says_that_it_is_not_medical_advice(locale: str) -> None:
    listing = listing_of(locale)
    said = listing["description"]
    for words in ("not medical advice", "doctor", "Stop at once", "at your own risk"):
        assert words in said
    for claim in ("cure", "heal", "treat", "guarantee", "diagnos"):
        assert claim not in said.lower()


@pytest.mark.parametrize("locale", LOCALES)
def test_both_icons_are_in_the_package_and_ours(locale: str) -> None:
    listing = listing_of(locale)
    files = package_files(where())
    for key, side in {"smallIconUri": 108, "largeIconUri": 512}.items():
        assert files[listing[key].removeprefix("file://")] == icon_png(side)


def test_only_the_permission_that_is_asked_for_is_declared() -> None:
    assert skill_manifest(where())["permissions"] == [{"name": REMINDERS_SCOPE}]


def test_what_the_store_must_be_told_is_told() -> None:
    manifest = skill_manifest(where())
    told = manifest["privacyAndCompliance"]
    assert told["isChildDirected"] is False
    assert told["containsAds"] is False
    assert told["allowsPurchases"] is False
    assert told["usesHealthInfo"] is False
    assert told["usesPersonalInfo"] is True
    published = manifest["publishingInformation"]
    assert published["category"] == "HEALTH_AND_FITNESS"
    assert len(published["testingInstructions"]) <= 4000
    # Amazon refuses both at once, and neither.
    assert published["isAvailableWorldwide"] is not bool(published["distributionCountries"])
    lands = {locale.partition("-")[2] for locale in LOCALES}
    assert lands <= set(published["distributionCountries"])


def test_the_player_and_screens_are_declared_for_every_shape() -> None:
    player, screen = skill_manifest(where())["apis"]["custom"]["interfaces"]
    assert player == {"type": "AUDIO_PLAYER"}
    assert screen["type"] == "ALEXA_PRESENTATION_APL"
    shapes = [(port["mode"], port["shape"]) for port in screen["supportedViewports"]]
    assert {("HUB", "ROUND"), ("HUB", "RECTANGLE"), ("TV", "RECTANGLE")} == set(shapes)
    for port in screen["supportedViewports"]:
        assert port["minWidth"] <= port["maxWidth"]
        assert port["minHeight"] <= port["maxHeight"]


def drawn() -> dict[str, dict[str, Any]]:
    """Return the screens that documents are drawn for, but the phone, which has no class there."""
    return {name: port for name, (port, _) in VIEWPORTS.items() if port["mode"] != "mobile"}


def declares(port: dict[str, Any], screen: dict[str, Any]) -> bool:
    """Say whether a viewport of the manifest holds a screen."""
    kind = (screen["mode"].upper(), screen["shape"].upper())
    fits = (
        port["minWidth"] <= screen["width"] <= port["maxWidth"],
        port["minHeight"] <= screen["height"] <= port["maxHeight"],
    )
    return (port["mode"], port["shape"]) == kind and all(fits)


@pytest.mark.parametrize("name", drawn())
def test_a_screen_that_is_drawn_for_is_declared(name: str) -> None:
    _, apl = skill_manifest(where())["apis"]["custom"]["interfaces"]
    assert any(declares(port, drawn()[name]) for port in apl["supportedViewports"])


def test_no_screen_is_declared_that_nothing_is_drawn_for() -> None:
    _, apl = skill_manifest(where())["apis"]["custom"]["interfaces"]
    ports = apl["supportedViewports"]
    assert len(ports) == len(drawn())
    for port in ports:
        assert any(declares(port, screen) for screen in drawn().values()), port


REQUESTS = {
    "SKILL_ENABLED": "AlexaSkillEvent.SkillEnabled",
    "SKILL_DISABLED": "AlexaSkillEvent.SkillDisabled",
    "SKILL_PERMISSION_ACCEPTED": "AlexaSkillEvent.SkillPermissionAccepted",
    "SKILL_PERMISSION_CHANGED": "AlexaSkillEvent.SkillPermissionChanged",
}


def test_every_event_that_is_subscribed_to_is_answered() -> None:
    events = skill_manifest(where())["events"]
    ask = asker(parts())
    for subscription in events["subscriptions"]:
        request = {"type": REQUESTS[subscription["eventName"]]}
        assert ask(request, session=False)["response"] == {}
    assert events["endpoint"]["uri"] == URL


def test_every_task_has_its_definition_in_the_package() -> None:
    tasks = skill_manifest(where())["apis"]["custom"]["tasks"]
    assert tasks == [{"name": START_WORKOUT, "version": "1"}]
    defined = json.loads(package_files(where())[f"tasks/{START_WORKOUT}.1.json"])
    assert defined["info"]["version"] == "1"
    # Without it no quick link may be made.
    assert defined["info"]["x-amzn-alexa-access-scope"] == "public"


def test_a_certificate_is_told_of_a_host_and_never_of_a_function() -> None:
    custom = skill_manifest(EVERYWHERE)["apis"]["custom"]
    assert custom["endpoint"] == {"uri": URL, "sslCertificateType": "Trusted"}
    assert custom["regions"]["NA"]["endpoint"] == {"uri": ARN}
    tunnel = skill_manifest(where(certificate="Wildcard"))["apis"]["custom"]
    assert tunnel["endpoint"]["sslCertificateType"] == "Wildcard"


def test_the_command_writes_a_folder_that_ask_cli_finds(tmp_path: Path) -> None:
    out = tmp_path / "to" / "package"
    done = run("--endpoint", URL, "--out", str(out))
    assert done.exit_code == 0, done.output
    resources = json.loads((out.parent / "ask-resources.json").read_text("utf-8"))
    assert resources["askcliResourcesVersion"] == "2020-03-31"
    source = resources["profiles"]["default"]["skillMetadata"]["src"]
    assert (out.parent / source / "skill.json").is_file()
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert written == package_files(where()).keys()
    assert "https://coach.example/privacy" in done.output


def test_writing_again_takes_away_what_is_no_longer_part_of_it(tmp_path: Path) -> None:
    out = tmp_path / "package"
    assert run("--endpoint", URL, "--out", str(out)).exit_code == 0
    stale = out / "interactionModels" / "custom" / "xx-XX.json"
    stale.write_text("{}", "utf-8")
    notes = tmp_path / ".ask" / "ask-states.json"
    notes.parent.mkdir()
    notes.write_text("{}", "utf-8")
    (tmp_path / "ask-resources.json").write_text('{"mine": 1}', "utf-8")
    assert run("--endpoint", URL, "--out", str(out)).exit_code == 0
    assert not stale.exists()
    assert notes.exists()
    assert (tmp_path / "ask-resources.json").read_text("utf-8") == '{"mine": 1}'


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("dear diary", "utf-8")
    refused = run("--endpoint", URL, "--out", str(tmp_path))
    assert refused.exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["diary.txt"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--endpoint", "http://coach.example/alexa"], "https://"),
        (["--endpoint", "https://203.0.113.7/alexa"], "needs a name"),
        (["--endpoint", "https://coach.example:8443/alexa"], "443"),
        (["--endpoint", "arn:aws:lambda:nowhere"], "not the ARN"),
        (["--endpoint", ARN], "--site"),
        (["--endpoint", URL, "--site", "http://coach.example"], "https://"),
        (["--endpoint", URL, "--region", "MARS=https://coach.example/alexa"], "EU="),
        (["--endpoint", URL, "--region", "EU"], "EU="),
        (["--endpoint", URL, "--region", "EU=http://coach.example/alexa"], "https://"),
        (["--endpoint", URL, "--certificate", "SelfSigned"], "Trusted"),
    ],
)
def test_what_cannot_be_deployed_is_refused_with_a_clear_word(
    tmp_path: Path, arguments: list[str], reason: str
) -> None:
    out = tmp_path / "package"
    refused = run(*arguments, "--out", str(out))
    assert refused.exit_code == 2
    assert reason in refused.output
    assert "Traceback" not in refused.output
    assert not out.exists()


def test_a_function_needs_to_be_told_where_its_pages_are(tmp_path: Path) -> None:
    out = tmp_path / "package"
    arguments = ["--endpoint", ARN, "--site", "https://pages.example/hip/", "--out", str(out)]
    assert run(*arguments).exit_code == 0
    manifest = json.loads((out / "skill.json").read_text("utf-8"))["manifest"]
    pages = manifest["privacyAndCompliance"]["locales"]["en-GB"]
    assert pages["privacyPolicyUrl"] == "https://pages.example/hip/privacy"


def test_without_the_projects_tree_there_is_nothing_to_make_it_of(tmp_path: Path) -> None:
    with pytest.raises(NotPackaged, match=r"manifest\.yaml cannot be read"):
        package_files(where(), tmp_path)
