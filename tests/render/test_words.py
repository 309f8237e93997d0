"""Lines into words: variants take turns, values are spoken, lengths are reckoned sensibly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.coach.reply import Line, Names, line, name_of
from skill.render.words import SHORTEST_MS, UnknownPhrase, Words
from tests.coach.listener import the_words

WORDS = Words(
    "en",
    "hello = hello there\n    .b = hi\n    .c = good day\n"
    "list-two = { $head } and { $last }\nlist-more = { $head }, and { $last }\n"
    "a-name = apples\nb-name = bread\nc-name = cheese\n"
    "buy = Buy { $what }.\n"
    "reps = { $n ->\n    [one] one rep\n   *[other] { $n } reps\n}\n",
)


def test_variants_take_turns_and_come_round() -> None:
    said = [WORDS.say(Line("hello", variant=n)) for n in range(6)]
    assert said == ["hello there", "hi", "good day"] * 2


def test_a_line_on_its_own_begins_with_a_capital_and_inside_another_does_not() -> None:
    assert WORDS.sentence(Line("hello")) == "Hello there"
    assert WORDS.sentence(line("buy", what=name_of("a"))) == "Buy apples."


@pytest.mark.parametrize(
    ("ids", "spoken"),
    [
        ((), "Buy ."),
        (("a-name",), "Buy apples."),
        (("a-name", "b-name"), "Buy apples and bread."),
        (("a-name", "b-name", "c-name"), "Buy apples, bread, and cheese."),
    ],
)
def test_several_names_are_spoken_as_a_list(ids: tuple[str, ...], spoken: str) -> None:
    assert WORDS.say(line("buy", what=Names(ids))) == spoken


def test_one_is_singular() -> None:
    assert [WORDS.say(line("reps", n=n)) for n in (1, 2)] == ["one rep", "2 reps"]


@pytest.mark.parametrize("wrong", [Line("nobody-wrote-it"), Line("buy"), line("buy", n=1)])
def test_a_phrase_or_a_value_that_is_not_there_is_a_fault_of_ours(wrong: Line) -> None:
    with pytest.raises(UnknownPhrase):
        WORDS.say(wrong)


def test_it_knows_what_it_knows() -> None:
    assert WORDS.knows("hello")
    assert not WORDS.knows("nobody-wrote-it")


@given(st.text(st.sampled_from("abc .,?"), max_size=60), st.text(st.sampled_from("abc .?")))
def test_more_words_never_take_less_time(said: str, more: str) -> None:
    short, long = (WORDS.length_ms(line("buy", what=what)) for what in (said, f"{said} {more}"))
    assert SHORTEST_MS <= short <= long


@pytest.mark.parametrize(("n", "at_most"), [(1, 600), (12, 600), (30, 600)])
def test_a_number_is_over_before_the_shortest_hold_is(n: int, at_most: int) -> None:
    assert the_words().length_ms(line("pacing-count", n=n)) <= at_most


def test_a_sentence_takes_as_long_as_at_150_to_180_words_a_minute() -> None:
    said = line("topic-why")
    words = len(the_words().say(said).split())
    minutes = the_words().length_ms(said) / 60_000
    assert 125 <= words / minutes <= 180
