"""What a load balancer asks at the public address: does this worker live, may it be given work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response

from skill.roots import readable, trusted_roots


def health_blueprint(roots: Path | None, stopping: Callable[[], bool]) -> Blueprint:
    """Return ``GET /livez`` and ``GET /readyz``; ``roots`` is as in the settings.

    Alive is who answers at all. Ready is who may be given work: not told to end, and with the roots
    at hand that the next certificate of Amazon's is checked against. A store out of reach makes
    nobody unready. It never costs a turn, and it is the same one behind every worker: were they to
    leave for it, there would be nobody left to answer.

    Everybody may ask, so nothing is told but yes or no; the admin address tells more.
    """
    blueprint = Blueprint("health", __name__)
    trusted = trusted_roots(roots)

    @blueprint.get("/livez", provide_automatic_options=False)
    def livez() -> Response:
        return _said("ok", 200)

    @blueprint.get("/readyz", provide_automatic_options=False)
    def readyz() -> Response:
        ready = not stopping() and readable(trusted)
        return _said("ready", 200) if ready else _said("not-ready", 503)

    return blueprint


def _said(status: str, code: int) -> Response:
    answer = Response(
        f'{{"status":"{status}"}}', code, content_type="application/json;charset=UTF-8"
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
