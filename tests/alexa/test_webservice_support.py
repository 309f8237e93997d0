from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from skill.alexa import webservice_support
from skill.alexa.verify import SignatureVerifier
from skill.alexa.webhook import VerifyingSkillHandler
from tests.amazon import PretendAmazon

HERE = Path(__file__).parents[2]

# What a certvalidator looks like that can be imported, as far as Amazon's module asks. This one
# finds a fault with every chain.
SOUND = {
    "certvalidator/__init__.py": (
        "from certvalidator.errors import PathError\n"
        "class CertificateValidator:\n"
        "    def __init__(self, *_, **__): raise PathError('found by the real one')\n"
    ),
    "certvalidator/errors.py": (
        "class ValidationError(Exception): ...\nclass PathError(Exception): ...\n"
    ),
}

# What importing the released one comes to on a machine with OpenSSL 3.0.10 or later.
BROKEN = {
    "certvalidator/__init__.py": "import certvalidator.context\n",
    "certvalidator/context.py": "import oscrypto\n",
    "oscrypto/__init__.py": (
        "import oscrypto.errors\n"
        "raise oscrypto.errors.LibraryNotFoundError('Error detecting the version of libcrypto')\n"
    ),
    "oscrypto/errors.py": "class LibraryNotFoundError(Exception): ...\n",
}

ABSENT = {
    "certvalidator/__init__.py": "raise ModuleNotFoundError(name='certvalidator')\n",
}


def run(folder: Path, files: dict[str, str], program: str) -> str:
    """Run a program for which these files are the packages of that name, and return its print."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    paths = f"import sys; sys.path[:0] = [{str(folder)!r}, {str(HERE)!r}]\n"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", paths + textwrap.dedent(program)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_package_imports_on_this_machine_whatever_its_openssl() -> None:
    assert issubclass(SignatureVerifier, webservice_support.AbstractVerifier)
    assert issubclass(VerifyingSkillHandler, webservice_support.WebserviceSkillHandler)
    assert webservice_support.SIGNATURE_HEADER == "Signature-256"
    assert issubclass(webservice_support.TimestampVerifier, webservice_support.AbstractVerifier)


@pytest.mark.parametrize("files", [BROKEN, ABSENT], ids=["broken", "absent"])
def test_where_certvalidator_cannot_be_imported_nothing_false_is_left_behind(
    tmp_path: Path, files: dict[str, str]
) -> None:
    program = """
        import skill.alexa.webservice_support
        print([name for name in sys.modules if name.startswith(("certvalidator", "oscrypto"))])
        try:
            import certvalidator
        except Exception as error:
            print(type(error).__name__)
    """
    error = "LibraryNotFoundError" if files is BROKEN else "ModuleNotFoundError"
    assert run(tmp_path, files, program) == f"[]\n{error}"


CALL_AMAZONS_CHECK = """
    import skill.alexa.webservice_support as support
    from ask_sdk_webservice_support.verifier import RequestVerifier
    for _ in range(2):
        try:
            RequestVerifier()._validate_cert_chain(open(CHAIN, "rb").read())
        except support.VerificationException as refused:
            print(repr(refused.__context__))
"""


def test_amazons_own_check_refuses_and_says_what_is_missing(
    tmp_path: Path, amazon: PretendAmazon
) -> None:
    program = CALL_AMAZONS_CHECK.replace("CHAIN", repr(str(amazon.ca_bundle)))
    said = run(tmp_path, BROKEN, program).splitlines()
    assert len(said) == 2
    assert all("certvalidator cannot be imported here" in line for line in said)


def test_the_day_certvalidator_can_be_imported_amazons_own_check_uses_it(
    tmp_path: Path, amazon: PretendAmazon
) -> None:
    program = CALL_AMAZONS_CHECK.replace("CHAIN", repr(str(amazon.ca_bundle)))
    assert run(tmp_path, SOUND, program).splitlines() == ["PathError('found by the real one')"] * 2


def test_the_day_certvalidator_can_be_imported_nothing_breaks(tmp_path: Path) -> None:
    program = """
        from skill.alexa.verify import SignatureVerifier, RequestRefused
        import certvalidator
        try:
            certvalidator.CertificateValidator()
        except Exception as error:
            print(error)
        try:
            SignatureVerifier().verify({}, b"")
        except RequestRefused as refused:
            print(refused.reason)
    """
    assert run(tmp_path, SOUND, program) == "found by the real one\nsignature-headers"


def test_a_certvalidator_that_somebody_imported_before_stays_theirs(tmp_path: Path) -> None:
    program = """
        import certvalidator
        import skill.alexa.webservice_support
        from ask_sdk_webservice_support import verifier
        print(sys.modules["certvalidator"] is certvalidator)
        print(verifier.CertificateValidator is certvalidator.CertificateValidator)
    """
    assert run(tmp_path, SOUND, program).split() == ["True", "True"]
