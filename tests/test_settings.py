from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.settings import Settings, SettingsError
from tests.amazon import OTHER_SKILL_ID, SKILL_ID, PretendAmazon


def faults(**environ: str) -> tuple[str, ...]:
    with pytest.raises(SettingsError) as error:
        Settings.from_environment({f"HIP_WORKOUT_{name}": value for name, value in environ.items()})
    assert str(error.value) == "\n".join(error.value.faults)
    return error.value.faults


def test_nothing_set_means_the_defaults() -> None:
    settings = Settings.from_environment({"PATH": "/bin", "HOME": "/", "PORT": "nonsense"})
    assert settings == Settings()
    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8080, 1)
    assert (settings.log_level, settings.ca_bundle) == ("info", None)


def test_every_setting_is_read(amazon: PretendAmazon) -> None:
    assert Settings.from_environment(
        {
            "HIP_WORKOUT_SKILL_ID": SKILL_ID,
            "HIP_WORKOUT_CA_BUNDLE": str(amazon.ca_bundle),
            "HIP_WORKOUT_HOST": "0.0.0.0",  # noqa: S104 - nothing listens
            "HIP_WORKOUT_PORT": "443",
            "HIP_WORKOUT_WORKERS": "64",
            "HIP_WORKOUT_ADMIN": "127.0.0.1:9108",
            "HIP_WORKOUT_LOG_LEVEL": "DEBUG",
        }
    ) == Settings(
        skill_ids=frozenset({SKILL_ID}),
        ca_bundle=amazon.ca_bundle,
        host="0.0.0.0",  # noqa: S104 - nothing listens
        port=443,
        workers=64,
        admin=("127.0.0.1", 9108),
        log_level="debug",
    )


@pytest.mark.parametrize("between", [",", " ", ", ", "\n", " ,\t"])
def test_there_may_be_several_skill_ids(between: str) -> None:
    text = f" {SKILL_ID}{between}{OTHER_SKILL_ID}{between}"
    settings = Settings.from_environment({"HIP_WORKOUT_SKILL_ID": text})
    assert settings.skill_ids == {SKILL_ID, OTHER_SKILL_ID}


@pytest.mark.parametrize(
    "text",
    [
        "1234",
        "amzn1.ask.skill.",
        SKILL_ID.upper(),
        SKILL_ID + "0",
        SKILL_ID.replace(".skill.", ".account."),
        f"{SKILL_ID},mistake",
        ",",
    ],
)
def test_a_skill_id_has_the_shape_that_amazon_gives_it(text: str) -> None:
    (fault,) = faults(SKILL_ID=text)
    assert fault.startswith("HIP_WORKOUT_SKILL_ID: ")


def test_a_bundle_must_be_there_and_hold_certificates(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    key = tmp_path / "key.pem"
    key.write_text("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    absent = tmp_path / "absent.pem"
    assert faults(CA_BUNDLE=str(absent)) == (
        f"HIP_WORKOUT_CA_BUNDLE: {absent} cannot be read: No such file or directory",
    )
    assert "cannot be read" in faults(CA_BUNDLE=str(tmp_path))[0]
    assert faults(CA_BUNDLE=str(empty)) == (
        f"HIP_WORKOUT_CA_BUNDLE: {empty} holds no PEM certificates",
    )
    assert "holds no PEM certificates" in faults(CA_BUNDLE=str(key))[0]


@pytest.mark.parametrize("text", ["0", "65536", "-1", "80.0", "http", "0x50", "٨٠٨٠", "9" * 5000])
def test_a_port_is_a_number_from_1_to_65535(text: str) -> None:
    (fault,) = faults(PORT=text)
    assert fault.endswith("is not a whole number from 1 to 65535")


@pytest.mark.parametrize(
    "text",
    [
        "http://coach.example/audio",
        "https://",
        "https://ann:secret@coach.example/audio",
        "https://coach.example:99999/audio",
        "https://coach.example:0/audio",
        "https://coach.example/audio?a=1",
        "https://coach.example/audio#a",
        "https://coach.example/au dio",
        'https://coach.example/au"dio',
        "https://coach.example/audio\nX-Injected: 1",
        "https://coach.example/a\\b",
        "https://coach.example/<a>&b",
    ],
)
def test_an_address_of_sound_is_one_that_alexa_plays_and_nothing_has_to_be_escaped_in(
    text: str,
) -> None:
    (fault,) = faults(AUDIO_URL=text)
    assert "is not like https://coach.example/audio" in fault


@pytest.mark.parametrize("text", ["https://coach.example", "https://c.example:8443/a/b-c_d.e~f/"])
def test_an_address_of_sound_loses_the_slash_at_its_end(text: str) -> None:
    read = Settings.from_environment({"HIP_WORKOUT_AUDIO_URL": text})
    assert read.audio_url == text.rstrip("/")


@pytest.mark.parametrize("text", ["0", "65", "two"])
def test_workers_are_1_to_64(text: str) -> None:
    (fault,) = faults(WORKERS=text)
    assert fault == f"HIP_WORKOUT_WORKERS: {text!r} is not a whole number from 1 to 64"


@pytest.mark.parametrize(
    ("text", "means"),
    [
        ("off", None),
        ("OFF", None),
        ("127.0.0.1:9108", ("127.0.0.1", 9108)),
        ("127.8.0.1:1", ("127.8.0.1", 1)),
        ("localhost:9108", ("127.0.0.1", 9108)),
        ("[::1]:9108", ("::1", 9108)),
        ("exposed:127.0.0.1:9108", ("127.0.0.1", 9108)),
        ("exposed:10.0.0.5:9108", ("10.0.0.5", 9108)),
        ("exposed:0.0.0.0:9108", ("0.0.0.0", 9108)),  # noqa: S104 - nothing listens
        ("exposed:[::]:9108", ("::", 9108)),
    ],
)
def test_the_admin_address_is_this_machines_unless_it_is_said_outright(
    text: str, means: tuple[str, int] | None
) -> None:
    assert Settings.from_environment({"HIP_WORKOUT_ADMIN": text}).admin == means


@pytest.mark.parametrize("text", ["0.0.0.0:9108", "10.0.0.5:9108", "[::]:9108", "[2001:db8::1]:80"])
def test_an_admin_address_that_others_reach_is_refused_and_says_how_to_want_it(text: str) -> None:
    (fault,) = faults(ADMIN=text)
    assert fault.endswith(f"If that is wanted: exposed:{text}")


@pytest.mark.parametrize(
    "text",
    ["9108", ":9108", "127.0.0.1", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:65536", "::1:9108",
     "coach.example:9108", "exposed:", "exposed:off", "http://127.0.0.1:9108", "on"],
)  # fmt: skip
def test_an_admin_address_is_an_address_and_a_port(text: str) -> None:
    (fault,) = faults(ADMIN=text)
    assert fault.startswith(f"HIP_WORKOUT_ADMIN: {text!r}")


def test_a_log_level_is_one_of_five() -> None:
    assert faults(LOG_LEVEL="loud") == (
        "HIP_WORKOUT_LOG_LEVEL: 'loud' is none of debug, info, warning, error, critical",
    )


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("SKILLID", "SKILL_ID"),
        ("SKILL_IDS", "SKILL_ID"),
        ("PROT", "PORT"),
        ("LOGLEVEL", "LOG_LEVEL"),
    ],
)
def test_a_name_that_is_nearly_right_is_a_fault_that_says_what_was_meant(
    name: str, meant: str
) -> None:
    assert faults(**{name: "x"}) == (
        f"HIP_WORKOUT_{name}: there is no such setting; did you mean HIP_WORKOUT_{meant}?",
    )


def test_a_name_that_means_nothing_is_a_fault_even_when_empty() -> None:
    assert faults(FRIDGE_TEMPERATURE="") == (
        "HIP_WORKOUT_FRIDGE_TEMPERATURE: there is no such setting",
    )


def test_all_faults_are_told_at_once() -> None:
    told = faults(PORT="x", WORKERS="y", LOG_LEVEL="z", SKILL_ID="w", CA_BUNDLE="/v", HSOT="u")
    assert sorted(fault.partition(":")[0] for fault in told) == [
        "HIP_WORKOUT_CA_BUNDLE",
        "HIP_WORKOUT_HSOT",
        "HIP_WORKOUT_LOG_LEVEL",
        "HIP_WORKOUT_PORT",
        "HIP_WORKOUT_SKILL_ID",
        "HIP_WORKOUT_WORKERS",
    ]


def test_an_empty_value_counts_as_not_set() -> None:
    assert Settings.from_environment({"HIP_WORKOUT_PORT": " "}) == Settings()


def test_serving_needs_a_skill_id_and_says_so() -> None:
    with pytest.raises(SettingsError, match="HIP_WORKOUT_SKILL_ID is not set"):
        Settings().for_serving()
    settings = Settings(skill_ids=frozenset({SKILL_ID}))
    assert settings.for_serving() is settings


def test_no_setting_turns_verification_off() -> None:
    names = {field.name for field in fields(Settings)}
    kept = {"data_folder", "database_url", "secret", "forget_after_days"}
    served = {"skill_ids", "ca_bundle", "host", "port", "workers", "admin", "log_level"}
    sounds = {"audio_url", "audio_files_only", "voice", "piper_voice"}
    assert names == served | kept | sounds | {"contact"}


@pytest.mark.parametrize("contact", ["coach@example.org", "https://example.org/contact"])
def test_listeners_are_told_whom_to_write_to(contact: str) -> None:
    assert Settings.from_environment({"HIP_WORKOUT_CONTACT": contact}).contact == contact


@pytest.mark.parametrize("contact", ["me", "http://example.org", "https://", "a@b", "a b@c.org"])
def test_a_contact_that_nobody_can_write_to_is_a_fault(contact: str) -> None:
    with pytest.raises(SettingsError, match="HIP_WORKOUT_CONTACT"):
        Settings.from_environment({"HIP_WORKOUT_CONTACT": contact})


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]  # that it is refused is the point


@given(st.dictionaries(st.sampled_from(["SKILL_ID", "PORT", "CA_BUNDLE", "X"]), st.text()))
def test_whatever_is_set_there_are_settings_or_faults(environ: dict[str, str]) -> None:
    named = {f"HIP_WORKOUT_{name}": value for name, value in environ.items()}
    try:
        assert Settings.from_environment(named).port in range(1, 65_536)
    except SettingsError as error:
        assert all(fault.startswith("HIP_WORKOUT_") for fault in error.faults)
