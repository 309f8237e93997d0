"""What the doctor says of good and of broken set-ups, with real servers, stores and voices."""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from audio.frames import silence_frame
from skill.doctor_command import doctor_command
from tests.certificates import Wanted, certify
from tests.doctor.conftest import CLOCK, COACH, clock_app
from tests.doctor.site import Internet

ENDPOINT = f"https://{COACH}/alexa"
LOOK_OUTSIDE = ("--endpoint", ENDPOINT)

Environ = dict[str, str]


def run(environ: Environ, *arguments: str) -> Result:
    return CliRunner().invoke(doctor_command, arguments, obj=SimpleNamespace(environ=environ))


def seen(environ: Environ, *arguments: str) -> tuple[int, dict[str, dict[str, str]]]:
    """Return the exit code, and what was found, by what was looked at."""
    done = run(environ, *arguments, "--json")
    told = json.loads(done.output)
    assert told["ok"] is (done.exit_code == 0)
    found = {one["check"]: one for one in told["findings"]}
    for one in found.values():
        assert bool(one["do"]) is (one["state"] != "ok"), one
    return done.exit_code, found


@pytest.fixture
def served(internet: Internet, coach: Flask) -> Iterator[None]:
    with internet.serving(COACH, coach):
        yield


def fixed(
    status: str = "200 OK",
    body: bytes = b"",
    **headers: str,
) -> WSGIApplication:
    """An application that answers the same to everything."""

    def application(environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start(status, [(name.replace("_", "-"), value) for name, value in headers.items()])
        return [body]

    return application


def test_a_good_set_up_is_found_good(environ: Environ, right_clock: str, served: None) -> None:
    code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert code == 0
    # The servers of a test are on this machine, and the doctor rightly wonders.
    assert [name for name, one in found.items() if one["state"] != "ok"] == ["Name"]
    assert found["Name"]["state"] == "warning"
    assert found.keys() >= {
        "Settings", "Python", "OpenSSL", "Roots", "Clock", "Data folder", "Disk", "Secret",
        "Store", "Skill id", "Contact", "Voice", "Sound", "Certificate", "Health",
        "Unsigned request", "Privacy", "Terms",
    }  # fmt: skip


def test_it_is_told_to_people_with_what_to_do(environ: Environ, right_clock: str) -> None:
    told = run(
        environ | {"HIP_WORKOUT_AUDIO_URL": "", "HIP_WORKOUT_CONTACT": ""}, "--clock", right_clock
    )
    assert told.exit_code == 0
    assert "ok      Store" in told.output
    assert "warning Contact" in told.output
    assert "Set HIP_WORKOUT_CONTACT" in told.output


def test_nothing_is_left_behind_and_no_secret_is_made(
    environ: Environ, right_clock: str, tmp_path: Path
) -> None:
    run(environ, "--clock", right_clock)
    left = {path.name for path in (tmp_path / "data").iterdir()}
    assert left <= {"listeners.db", "listeners.db-wal", "listeners.db-shm"}


SETTINGS: dict[str, tuple[Environ, str, str, str]] = {
    "a setting that cannot be": ({"HIP_WORKOUT_PORT": "x"}, "Settings", "wrong", "PORT"),
    "no such setting": ({"HIP_WORKOUT_HSOT": "x"}, "Settings", "wrong", "did you mean"),
    "no skill id": ({"HIP_WORKOUT_SKILL_ID": ""}, "Skill id", "warning", "not set"),
    "a bad skill id": ({"HIP_WORKOUT_SKILL_ID": "abc"}, "Settings", "wrong", "does not look"),
    "a stand-in of a skill id": (
        {"HIP_WORKOUT_SKILL_ID": "amzn1.ask.skill.00000000-0000-0000-0000-000000000000"},
        "Skill id", "warning", "stand-in",
    ),
    "no contact": ({"HIP_WORKOUT_CONTACT": ""}, "Contact", "warning", "whom to write to"),
    "a voice that is not there": (
        {"HIP_WORKOUT_VOICE": "nightingale"}, "Voice", "wrong", "no voice 'nightingale'",
    ),
    "a voice that says nothing": ({"HIP_WORKOUT_VOICE": "silent"}, "Voice", "wrong", "nothing"),
    "a voice that is asked from others": (
        {"HIP_WORKOUT_VOICE": "gtts"}, "Voice", "warning", "online",
    ),
    "a store that forgets": ({"HIP_WORKOUT_DATABASE_URL": "memory:"}, "Store", "warning", "forgot"),
    "a store nobody knows": (
        {"HIP_WORKOUT_DATABASE_URL": "cassandra://x"}, "Store", "wrong", "no store cassandra:",
    ),
    "a store in a place that is not there": (
        {"HIP_WORKOUT_DATABASE_URL": "sqlite:////dev/null/listeners.db"}, "Store", "wrong", "",
    ),
    "a secret that is easy to guess": (
        {"HIP_WORKOUT_SECRET": "a" * 32}, "Secret", "warning", "easy to guess",
    ),
    "a data folder that cannot be": (
        {"HIP_WORKOUT_DATA_FOLDER": "/dev/null/x"}, "Data folder", "wrong", "cannot be made",
    ),
    "sound from an address of this house": (
        {"HIP_WORKOUT_AUDIO_URL": "https://192.0.2.1/audio"}, "Sound", "wrong", "needs a name",
    ),
    "sound from where nobody is": (
        {"HIP_WORKOUT_AUDIO_URL": "https://nobody.example/audio"}, "Sound", "wrong", "nobody knows",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SETTINGS)
def test_what_is_wrong_with_the_settings_is_found(
    environ: Environ, right_clock: str, served: None, case: str
) -> None:
    changed, check, state, says = SETTINGS[case]
    code, found = seen(environ | changed, "--clock", right_clock)
    assert found[check]["state"] == state
    assert says in found[check]["says"]
    assert code == (1 if state == "wrong" else 0)


def test_the_password_of_a_database_is_never_told(environ: Environ, right_clock: str) -> None:
    url = "postgresql://coach:hunter2@127.0.0.1:1/listeners"
    told = run(environ | {"HIP_WORKOUT_DATABASE_URL": url}, "--clock", right_clock)
    assert told.exit_code == 1
    assert "wrong   Store" in told.output
    assert "hunter2" not in told.output


def test_a_damaged_secret_is_found_and_left_alone(
    environ: Environ, right_clock: str, served: None, tmp_path: Path
) -> None:
    path = tmp_path / "data" / "secret"
    path.parent.mkdir(mode=0o700)
    path.write_bytes(b"short")
    assert seen(environ, "--clock", right_clock)[1]["Secret"]["state"] == "wrong"
    path.write_bytes(b"x" * 32)
    path.chmod(0o644)
    assert "others" in seen(environ, "--clock", right_clock)[1]["Secret"]["says"]
    path.chmod(0o600)
    assert seen(environ, "--clock", right_clock)[1]["Secret"]["state"] == "ok"
    assert path.read_bytes() == b"x" * 32


@pytest.mark.parametrize(
    ("off", "state"),
    [
        ({"seconds": 3}, "ok"),
        ({"seconds": -40}, "warning"),
        ({"minutes": 10}, "wrong"),
        ({"hours": -1}, "wrong"),
    ],
)
def test_a_clock_that_is_off_is_found(
    environ: Environ, internet: Internet, served: None, off: dict[str, float], state: str
) -> None:
    with internet.serving(CLOCK, clock_app(**off)):
        found = seen(environ, "--clock", f"https://{CLOCK}/")[1]
    assert found["Clock"]["state"] == state


def test_without_a_way_to_amazon_no_request_can_be_believed(environ: Environ, served: None) -> None:
    code, found = seen(environ)
    assert (code, found["Clock"]["state"]) == (1, "wrong")
    assert "no request can be believed" in found["Clock"]["do"]


@pytest.mark.parametrize(
    ("pem", "state"),
    [
        ("expired", "wrong"),
        ("other", "warning"),
    ],
)
def test_roots_that_are_not_as_they_must_be_are_found(
    environ: Environ, right_clock: str, tmp_path: Path, pem: str, state: str
) -> None:
    wanted = {
        "expired": Wanted("Amazon Root CA 0", authority=True, ends=timedelta(days=-1)),
        "other": Wanted("Some Root", authority=True),
    }[pem]
    roots = tmp_path / "other.pem"
    roots.write_bytes(certify(wanted).pem)
    changed = {"HIP_WORKOUT_CA_BUNDLE": str(roots)}
    assert seen(environ | changed, "--clock", right_clock)[1]["Roots"]["state"] == state


def test_certifis_roots_are_looked_at_where_no_others_are_set(
    environ: Environ, right_clock: str
) -> None:
    found = seen(environ | {"HIP_WORKOUT_CA_BUNDLE": ""}, "--clock", right_clock)[1]
    assert "cacert.pem" in found["Roots"]["says"] or "certifi" in found["Roots"]["says"]
    assert found["Roots"]["state"] != "wrong"


def wants(**wanted: Any) -> Callable[[Internet], dict[str, Any]]:
    return lambda internet: {"certified": internet.certificate(COACH, **wanted)}


CERTIFICATES: dict[str, tuple[Callable[[Internet], dict[str, Any]], str]] = {
    "expired": (wants(ends=timedelta(days=-1)), "expired"),
    "not valid yet": (
        wants(starts=timedelta(days=2), ends=timedelta(days=90)), "not valid yet",
    ),
    "another name": (wants(names=("other.example",)), "another name"),
    "no names": (wants(names=()), "another name"),
    "signed by itself": (
        lambda _: {"certified": certify(Wanted(COACH, names=(COACH,))), "whole_chain": False},
        "signed by itself",
    ),
    "no intermediate": (lambda _: {"whole_chain": False}, "no root that is trusted"),
    "an authority nobody knows": (
        lambda _: {
            "certified": certify(
                Wanted(COACH, names=(COACH,)), certify(Wanted("Nobody", authority=True))
            ),
            "whole_chain": False,
        },
        "no root that is trusted",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CERTIFICATES)
def test_a_certificate_that_amazon_would_not_trust_is_found(
    environ: Environ, internet: Internet, coach: Flask, right_clock: str, case: str
) -> None:
    make, says = CERTIFICATES[case]
    with internet.serving(COACH, coach, **make(internet)):
        code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert code == 1
    for check in ("Certificate", "Sound"):
        assert found[check]["state"] == "wrong"
        assert says in found[check]["says"]
    assert "Health" not in found


def test_a_certificate_that_expires_soon_is_a_warning(
    environ: Environ, internet: Internet, coach: Flask, right_clock: str
) -> None:
    soon = internet.certificate(COACH, ends=timedelta(days=3))
    with internet.serving(COACH, coach, soon):
        code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert (code, found["Certificate"]["state"]) == (0, "warning")


def too_old(context: ssl.SSLContext) -> None:
    with pytest.warns(DeprecationWarning):
        context.minimum_version = ssl.TLSVersion.TLSv1_1
        context.maximum_version = ssl.TLSVersion.TLSv1_1


def test_a_server_that_speaks_only_old_tls_is_found(
    environ: Environ, internet: Internet, coach: Flask, right_clock: str
) -> None:
    with internet.serving(COACH, coach, tune=too_old):
        code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert code == 1
    assert "no TLS" in found["Certificate"]["says"]


def test_a_server_that_is_not_there_is_found(
    environ: Environ, internet: Internet, right_clock: str
) -> None:
    code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert (code, found["Name"]["state"]) == (1, "wrong")
    internet.nobody_at(COACH)
    code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert (code, found["Certificate"]["state"]) == (1, "wrong")
    assert "no connection" in found["Certificate"]["says"]


@pytest.mark.parametrize(
    "address",
    ["http://coach.example/alexa", "https://coach.example:8443/alexa", "https://192.0.2.1/alexa"],
)
def test_an_endpoint_that_amazon_would_not_take_is_found(
    environ: Environ, right_clock: str, address: str
) -> None:
    code, found = seen(environ, "--endpoint", address, "--clock", right_clock)
    assert (code, found["Endpoint"]["state"]) == (1, "wrong")


def test_a_function_is_not_looked_at_from_outside(
    environ: Environ, right_clock: str, served: None
) -> None:
    arn = "arn:aws:lambda:us-east-1:123456789012:function:hip-workout:live"
    code, found = seen(environ, "--endpoint", arn, "--clock", right_clock)
    assert (code, found["Endpoint"]["state"]) == (0, "ok")


def test_a_webhook_that_believes_anybody_is_found(
    environ: Environ, internet: Internet, right_clock: str
) -> None:
    with internet.serving(COACH, fixed(body=b'{"version":"1.0"}')):
        code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert code == 1
    assert "nobody signed" in found["Unsigned request"]["says"]
    assert found["Health"]["state"] == found["Privacy"]["state"] == "wrong"


@pytest.mark.parametrize("status", ["404 Not Found", "405 Not Allowed", "502 Bad", "301 Moved"])
def test_a_server_in_front_that_lets_nothing_through_is_found(
    environ: Environ, internet: Internet, right_clock: str, status: str
) -> None:
    with internet.serving(COACH, fixed(status)):
        code, found = seen(environ, *LOOK_OUTSIDE, "--clock", right_clock)
    assert code == 1
    for check in ("Health", "Unsigned request", "Privacy", "Terms", "Sound"):
        assert found[check]["state"] == "wrong"
        assert status[:3] in found[check]["says"]


FRAMES = silence_frame() * 10
RANGE = f"bytes 0-{len(FRAMES) - 1}/99999"
PART = {"Content_Type": "audio/mpeg", "Content_Range": RANGE}
SOUNDS: dict[str, tuple[WSGIApplication, str]] = {
    "the whole": (fixed(body=FRAMES * 9, Content_Type="audio/mpeg"), "sent whole"),
    "another kind": (fixed("206 Part", FRAMES, **PART | {"Content_Type": "text/plain"}), "text/pl"),
    "tags before it": (fixed("206 Part", b"ID3" + FRAMES[3:], **PART), "frame 0"),
    "another format": (
        fixed("206 Part", b"\xff\xfb\x90\xc4" + FRAMES[4:], **PART), "frame 0",
    ),
    "half a frame": (fixed("206 Part", FRAMES[:-7], **PART), "not whole frames"),
    "another part": (
        fixed("206 Part", FRAMES, **PART | {"Content_Range": "bytes 5-9/10"}), "another part",
    ),
    "nothing there": (fixed("404 Not Found"), "404"),
}  # fmt: skip


@pytest.mark.parametrize("case", SOUNDS)
def test_sound_that_a_device_would_not_play_is_found(
    environ: Environ, internet: Internet, right_clock: str, case: str
) -> None:
    app, says = SOUNDS[case]
    with internet.serving(COACH, app):
        code, found = seen(environ, "--clock", right_clock)
    assert (code, found["Sound"]["state"]) == (1, "wrong")
    assert says in found["Sound"]["says"]


def test_sound_in_the_right_form_is_found_good(
    environ: Environ, internet: Internet, right_clock: str
) -> None:
    with internet.serving(COACH, fixed("206 Part", FRAMES, **PART)):
        assert seen(environ, "--clock", right_clock)[1]["Sound"]["state"] == "ok"
