"""The tools that look for known mistakes: one is not blinded, the other not silent."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.third_party import ROOT

IMPORTS = frozenset({"B404", "B405", "B406"})
"""What bandit says of an import; of what is called it speaks under another number."""

CALLS = frozenset({"B603", "B314"})

AUDIT = ("--require-hashes", "--disable-pip", "--strict", "--progress-spinner", "off")
"""As ``make audit`` has it."""

HASH = "946d195a0d259cbba61165e88e65941f16e9b36ea6ddb97f00452bae8b1287d3"


def test_what_bandit_skips_ruff_looks_for_under_the_same_number() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    skipped = set(project["bandit"]["skips"])
    command = [
        str(Path(sys.executable).with_name("ruff")),
        "rule",
        "--all",
        "--output-format",
        "json",
    ]
    listed = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    works = {rule["code"] for rule in listed if not rule["preview"]}
    assert "S" in project["ruff"]["lint"]["select"]
    assert {f"S{each[1:]}" for each in skipped - IMPORTS} <= works
    assert skipped >= IMPORTS | CALLS


class Advisories(http.server.BaseHTTPRequestHandler):
    """A pretend database of known weaknesses."""

    answer: bytes | None = None

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(503 if self.answer is None else 200)
        self.end_headers()
        self.wfile.write(self.answer or b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def advisories() -> Iterator[str]:
    server = http.server.HTTPServer(("127.0.0.1", 0), Advisories)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1/query"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("answer", "passes", "said"),
    [(b"{}", True, "No known vulnerabilities found"), (None, False, "503")],
    ids=["nothing known", "no answer"],
)
def test_the_audit_passes_only_where_it_was_told_that_nothing_is_known(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    advisories: str,
    answer: bytes | None,
    passes: bool,
    said: str,
) -> None:
    monkeypatch.setattr(Advisories, "answer", answer)
    lock = tmp_path / "requirements.lock"
    lock.write_text(f"idna==3.10 --hash=sha256:{HASH}\n")
    own = ("-s", "osv", "--osv-url", advisories, "--cache-dir", str(tmp_path / "cache"))
    command = [sys.executable, "-m", "pip_audit", "-r", str(lock), *AUDIT, *own]
    done = subprocess.run(command, capture_output=True, check=False, timeout=100)
    assert (done.returncode == 0) == passes
    assert said in done.stderr.decode()
