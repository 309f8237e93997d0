"""The headers that keep every answer from being misread, framed, kept or led elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, Response

EVERY_ANSWER: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""What an answer says that says nothing else. What may be kept is told where it is made."""

DOCUMENTS = frozenset({"text/html", "image/svg+xml", "application/rss+xml"})
"""Media types that a browser shows as a page of its own."""

DOCUMENT: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
}
"""What a document says besides. Pages that need more have a policy of their own."""


def harden(app: Flask) -> None:
    """Have every answer of an application carry these headers, where it has none of that name.

    Nothing is redirected any more either. Werkzeug sends a path with doubled slashes to the same
    path at the host that the caller named, with status 308, which caches keep: whoever names
    another host would lead others there.
    """
    app.url_map.merge_slashes = False
    app.after_request(_hardened)


def _hardened(response: Response) -> Response:
    _complete(response, EVERY_ANSWER)
    # Werkzeug's own ``mimetype`` takes longer than all the rest, at every turn.
    if (response.content_type or "").partition(";")[0] in DOCUMENTS:
        _complete(response, DOCUMENT)
    return response


def _complete(response: Response, wanted: Mapping[str, str]) -> None:
    headers = response.headers
    for name, value in wanted.items():
        if name not in headers:
            headers.add(name, value)
