"""Text for cards: one line a step, within what Amazon shows."""

from __future__ import annotations

from skill.coach.reply import Beat, Card, Mark, Pause, line
from skill.render.text import MOST_CHARACTERS, card, text
from skill.render.words import Words
from tests.coach.listener import Listener, the_catalogue, the_words

ECHO = Words("en", "echo = { $what }\n")


def test_text_has_the_words_and_nothing_else() -> None:
    script = (
        Mark("lift"),
        line("echo", what="one"),
        Pause(9),
        Beat(9, line("echo", what="two")),
        Beat(9),
    )
    assert text(script, ECHO) == "One Two"


def test_a_card_is_cut_at_a_line_where_it_would_be_too_long() -> None:
    lines = tuple(line("echo", what=f"{n:03}" + "x" * 97) for n in range(200))
    title, content = card(Card(line("echo", what="title"), lines), ECHO)
    assert title == "Title"
    assert len(title) + len(content) <= MOST_CHARACTERS
    assert {len(row) for row in content.splitlines()} == {100}
    assert len(content.splitlines()) == 79


def test_the_card_of_every_exercise_is_whole() -> None:
    for id_ in the_catalogue().exercises:
        listener = Listener()
        listener.say("HowToIntent", exercise=id_)
        shown = listener.reply.card
        assert shown is not None
        assert len(card(shown, the_words())[1].splitlines()) == len(shown.lines)
