"""``GET /privacy`` and ``GET /terms``: files of HTML, with what the operator decided put in."""

from __future__ import annotations

import hashlib
from html import escape
from importlib.resources import files
from string import Template

from flask import Blueprint, Response, request

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "public, max-age=3600",
}
"""Nothing but words and one style sheet; nobody else's."""

PAGES = ("privacy", "terms")

_HTML, _CSS = "text/html; charset=utf-8", "text/css; charset=utf-8"


def legal_blueprint(contact: str | None, forget_after_days: int) -> Blueprint:
    """Return the routes of the pages.

    ``contact`` is an e-mail or web address to write to; without it listeners are sent to the
    store, which names the developer of every skill.
    """
    blueprint = Blueprint("legal", __name__)
    values = {"days": str(forget_after_days), "contact": _contact(contact)}
    for name in PAGES:
        page = Template(_file(f"{name}.html")).substitute(values)
        _serve(blueprint, f"/{name}", page, _HTML)
    _serve(blueprint, "/legal.css", _file("legal.css"), _CSS)
    return blueprint


def _serve(blueprint: Blueprint, path: str, text: str, content_type: str) -> None:
    body = text.encode()
    tag = hashlib.blake2b(body, digest_size=12).hexdigest()

    def serve() -> Response:
        response = Response(body, content_type=content_type, headers=HEADERS)
        response.set_etag(tag)
        response.make_conditional(request)
        return response

    endpoint = path.strip("/").replace(".", "_")
    blueprint.add_url_rule(path, endpoint, serve, provide_automatic_options=False)


def _contact(contact: str | None) -> str:
    if contact is None:
        return _file("contact_store.html").strip()
    address = escape(contact)
    href = address if contact.startswith("https://") else f"mailto:{address}"
    return Template(_file("contact.html").strip()).substitute(href=href, address=address)


def _file(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
