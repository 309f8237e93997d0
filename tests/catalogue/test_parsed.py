"""Words that are read line by line are the words that Fluent reads in the whole text."""

from __future__ import annotations

import pytest
from fluent.syntax import ast
from hypothesis import given
from hypothesis import strategies as st

from skill.catalogue.load import languages, load_words
from skill.catalogue.parsed import message_of, parsed, sources


def messages(text: str) -> dict[str, ast.Message]:
    found: dict[str, ast.Message] = {}
    for entry in parsed(text).body:
        if isinstance(entry, ast.Message):
            found.setdefault(entry.id.name, entry)
    return found


def alone(source: str) -> ast.Message:
    message = message_of(source)
    assert message is not None, source
    return message


def alike(one: ast.Message, other: ast.Message) -> bool:
    """Say whether two messages are the same but for a comment before them."""
    pairs = zip(one.attributes, other.attributes, strict=True)
    assert one.value is not None
    assert other.value is not None
    return one.value.equals(other.value) and all(mine.equals(its) for mine, its in pairs)


@pytest.mark.parametrize("language", languages())
def test_every_line_read_alone_is_what_it_is_in_the_whole(language: str) -> None:
    text = load_words(language)
    whole, lines = messages(text), sources(text)
    assert list(lines) == list(whole)
    assert [id_ for id_ in whole if not alike(alone(lines[id_]), whole[id_])] == []


@pytest.mark.parametrize("language", languages())
def test_no_line_needs_another(language: str) -> None:
    kinds = (ast.MessageReference, ast.TermReference)
    for message in messages(load_words(language)).values():
        assert not any(isinstance(node, kinds) for node in nodes(message)), message.id.name


def nodes(node: object) -> list[object]:
    inner = vars(node).values() if isinstance(node, ast.BaseNode) else ()
    lists = [each if isinstance(each, list) else [each] for each in inner]
    return [node, *(found for some in lists for each in some for found in nodes(each))]


WORDS = st.text("abc '.", min_size=1, max_size=12).map(str.strip).filter(bool)
LINES = st.tuples(
    st.sampled_from(["one", "two-b", "three"]),
    WORDS,
    st.lists(WORDS, max_size=2),
    st.sampled_from(["", "\n", "# a comment = of mine\n", "### ends = here\n\n"]),
)


@given(st.lists(LINES, max_size=5))
def test_whatever_lines_there_are_they_are_found(
    rows: list[tuple[str, str, list[str], str]],
) -> None:
    text = "".join(
        f"{id_} = {said}\n" + "".join(f"    .{'bc'[n]} = {v}\n" for n, v in enumerate(more)) + then
        for id_, said, more, then in rows
    )
    whole, lines = messages(text), sources(text)
    assert list(lines) == list(whole)
    assert all(alike(alone(lines[id_]), each) for id_, each in whole.items())


def test_what_fluent_cannot_read_is_no_message() -> None:
    assert message_of("one = { $") is None
    assert sources("one = { $\ntwo = 2\n").keys() == {"one", "two"}
