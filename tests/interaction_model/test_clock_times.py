from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interaction_model.clock_times import ClockTimes
from interaction_model.recognition import number_words
from interaction_model.templates import load_sentences

CLOCK = ClockTimes(load_sentences().clock, number_words("en"))
HOURS = ["twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven"]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "time"),
    [
        ("seven", "07:00"), ("seven o'clock", "07:00"), ("twelve", "12:00"), ("eleven", "11:00"),
        ("seven thirty", "07:30"), ("half past six", "06:30"), ("half six", "06:30"),
        ("quarter to eight", "07:45"), ("a quarter past nine", "09:15"), ("ten to seven", "06:50"),
        ("twenty five past ten", "10:25"), ("seven oh five", "07:05"),
        ("twelve minutes past eight", "08:12"), ("quarter to one", "12:45"),
        ("six fifteen p m", "18:15"), ("six fifteen pm", "18:15"),
        ("eight in the evening", "20:00"), ("seven in the morning", "07:00"),
        ("ten at night", "22:00"), ("two at night", "02:00"),
        ("half past three in the afternoon", "15:30"), ("noon", "12:00"), ("midday", "12:00"),
        ("midnight", "00:00"), ("nineteen hundred", "19:00"), ("oh seven hundred", "07:00"),
        ("nineteen thirty", "19:30"), ("7 30", "07:30"), ("7 pm", "19:00"), ("7pm", "19:00"),
        ("7 30pm", "19:30"), ("19 00", "19:00"), ("05 30", "05:30"), ("0 00", "00:00"),
        ("1930", "19:30"), ("12 am", "00:00"), ("12 pm", "12:00"), ("12 30 am", "00:30"),
        ("twelve at night", "00:00"), ("evening at seven", "19:00"),
        ("the morning at five", "05:00"),
    ],
)  # fmt: skip
def test_times_are_read_as_amazon_writes_them(said: str, time: str) -> None:
    assert CLOCK.read(said) == time


@pytest.mark.parametrize(
    ("said", "part"),
    [("morning", "MO"), ("in the morning", "MO"), ("the afternoon", "AF"), ("evenings", "EV"),
     ("night", "NI")],
)  # fmt: skip
def test_a_part_of_the_day_alone_is_amazons_short_name(said: str, part: str) -> None:
    assert CLOCK.read(said) == part


@pytest.mark.parametrize(
    ("said", "time"), [("one", "13:00"), ("five", "17:00"), ("half past five", "17:30"),
                       ("six", "06:00"), ("twelve", "12:00")]
)  # fmt: skip
def test_an_hour_alone_is_when_people_are_awake(said: str, time: str) -> None:
    assert CLOCK.read(said) == time


@pytest.mark.parametrize(
    ("beside", "time"), [("tonight", "20:00"), ("this evening", "20:00"),
                         ("every morning", "08:00"), ("tomorrow", "08:00"), ("", "08:00")]
)  # fmt: skip
def test_a_part_of_the_day_said_elsewhere_counts(beside: str, time: str) -> None:
    assert CLOCK.read("eight", beside) == time


@pytest.mark.parametrize(
    "said",
    ["", " ", "nine to five", "twenty five", "seven sixty", "25 00", "7 75", "seven seven", "a m",
     "pm", "at seven", "seven on monday", "half", "quarter", "quarter past", "the", "in the",
     "morning evening", "seven in the morning in the evening", "ten to fifteen", "banana", "-1",
     "evening seven pm", "seven minutes", "the twelve apostles"],
)  # fmt: skip
def test_what_is_no_time_is_not_read(said: str) -> None:
    assert CLOCK.read(said) is None


@given(st.integers(0, 23), st.integers(0, 59))
def test_every_time_as_it_is_typed_for_24_hours_is_itself(hour: int, minute: int) -> None:
    time = f"{hour:02}:{minute:02}"
    assert CLOCK.read(time.replace(":", " ")) == time


@given(st.sampled_from(HOURS), st.integers(10, 59), st.booleans())
def test_every_hour_and_minute_in_words_is_read(hour: str, minute: int, late: bool) -> None:
    words = {digits: name for name, digits in number_words("en").items() if not name.isdigit()}
    said = f"{hour} {words[str(minute)]} {'p' if late else 'a'} m"
    assert CLOCK.read(said) == f"{HOURS.index(hour) + 12 * late:02}:{minute:02}"


@given(st.text(max_size=40) | st.lists(st.sampled_from(
    [*HOURS, "past", "to", "half", "quarter", "o'clock", "p m", "in the", "morning", "oh",
     "hundred", "minutes", "7", "30", "1930"]), max_size=7).map(" ".join))  # fmt: skip
def test_whatever_is_read_is_a_time_or_nothing(text: str) -> None:
    time = CLOCK.read(text)
    assert (
        time is None
        or time in {"MO", "AF", "EV", "NI"}
        or (len(time) == 5 and 0 <= int(time[:2]) <= 23 and 0 <= int(time[3:]) <= 59)
    )
