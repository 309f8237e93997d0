"""The pages that the store links to: there, harmless, and true to what is kept."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from flask import Flask
from flask.testing import FlaskClient

from skill.app import create_app, with_routes
from skill.coach_skill import coach_skill
from skill.legal.routes import legal_blueprint
from skill.settings import Settings
from tests.amazon import SKILL_ID

PAGES = ("/privacy", "/terms")
VOID = {"meta", "link"}


def client(contact: str | None = None, days: int = 400) -> FlaskClient:
    return with_routes(Flask(__name__), [legal_blueprint(contact, days)]).test_client()


class Page(HTMLParser):
    """Collects what a page links to and says, and checks that every tag is closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.said = ""
        self.feed(text)
        self.close()
        assert not self.opened

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]
        assert not {name for name, _ in attrs} & {"style", "onclick", "onload"}
        if tag not in VOID:
            self.opened.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.said += data


def page(path: str, **values: object) -> Page:
    answer = client(**values).get(path)  # type: ignore[arg-type]  # as client takes them
    assert answer.status_code == 200
    return Page(answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_whole_html_without_any_script(path: str) -> None:
    found = page(path)
    assert "script" not in found.tags
    assert found.tags.count("h1") == 1


@pytest.mark.parametrize("path", PAGES)
def test_a_page_links_to_nothing_but_what_is_served_beside_it(path: str) -> None:
    asked = client()
    for link in page(path).links:
        assert link.startswith("/")
        assert asked.get(link).status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/legal.css"])
def test_nothing_but_our_own_style_may_be_loaded(path: str) -> None:
    policy = client().get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_did_not_change_is_not_sent_again(path: str) -> None:
    asked = client()
    tag = asked.get(path).headers["ETag"]
    again = asked.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("coach@example.org", "mailto:coach@example.org"),
        ("https://example.org/a?b&c", "https://example.org/a?b&c"),
    ],
)
def test_a_page_says_whom_to_write_to(path: str, contact: str, link: str) -> None:
    found = page(path, contact=contact)
    assert link in found.links
    assert contact in found.said


@pytest.mark.parametrize("path", PAGES)
def test_without_a_contact_the_store_is_where_to_find_one(path: str) -> None:
    assert "Alexa store" in page(path).said


def test_a_contact_cannot_bring_markup_into_the_page() -> None:
    found = page("/privacy", contact='https://example.org/"><script>x')
    assert "script" not in found.tags


@pytest.mark.parametrize("days", [8, 400])
def test_the_days_after_which_is_forgotten_are_those_of_the_settings(days: int) -> None:
    assert f"for {days} days" in page("/privacy", days=days).said


def test_everything_that_is_kept_is_told() -> None:
    said = page("/privacy").said
    for kept in (
        "unfinished workout",
        "finished",
        "explained",
        "coached",
        "time zone",
        "reminders",
    ):
        assert kept in said
    assert "forget everything about me" in said
    assert "disable the skill" in said


def test_the_terms_say_that_it_is_not_medical_advice() -> None:
    assert re.search("not medical advice", page("/terms").said)


def test_the_webhook_serves_the_pages() -> None:
    settings = Settings(skill_ids=frozenset({SKILL_ID}), forget_after_days=99)
    app = create_app(settings, skill=coach_skill()).test_client()
    assert "99 days" in app.get("/privacy").text
    assert app.get("/terms").status_code == 200
    assert app.post("/terms").status_code == 405
