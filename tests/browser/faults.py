"""What must not happen on a page: errors, broken policies, requests to other hosts."""

from __future__ import annotations

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

_TELL_OF_POLICY = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI}`));
"""


class Faults:
    """Collects what must not happen, in all pages of the browsers that it watches."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self._wanted: list[re.Pattern[str]] = []

    def allow(self, *patterns: str) -> None:
        """Let errors pass that a test brings about on purpose."""
        self._wanted += [re.compile(pattern) for pattern in patterns]

    def watch(self, context: BrowserContext, url: str) -> None:
        """Watch all pages of a browser, which are to ask nothing of any other server than this."""
        context.add_init_script(_TELL_OF_POLICY)
        context.on("console", self._read)
        context.on("weberror", self._thrown)
        context.on("request", lambda request: self._asked(request, url))

    def _read(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._note(f"console: {message.text} ({message.location['url']})")

    def _thrown(self, error: WebError) -> None:
        self._note(f"thrown: {error.error.message}")

    def _asked(self, request: Request, url: str) -> None:
        if not request.url.startswith((url + "/", "data:", "blob:" + url)):
            self._note(f"another host: {request.url}")

    def _note(self, fault: str) -> None:
        if not any(pattern.search(fault) for pattern in self._wanted):
            self.found.append(fault)
