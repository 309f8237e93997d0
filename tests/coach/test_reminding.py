"""Reminders: read back and agreed to one by one, set, listed, cancelled, and honest about each."""

from __future__ import annotations

from datetime import datetime

import pytest

from skill.coach import reminding
from skill.coach.reminder import MOST_REMINDERS, About, Refusal, Reminder
from skill.coach.reminder_phrases import clock
from skill.coach.reply import Consent
from skill.coach.session import Phase, Session
from tests.coach.listener import EPOCH, Listener, the_words
from tests.coach.reminders import ListedReminders

SEVEN, SIX_PM = 7 * 60, 18 * 60
WORKOUTS = tuple(Reminder(About.WORKOUT, SEVEN, day) for day in (0, 2, 4))
HOURS = tuple(Reminder(About.GET_UP, hour * 60) for hour in range(10, 17))


@pytest.fixture
def reminders() -> ListedReminders:
    return ListedReminders()


@pytest.fixture
def listener(reminders: ListedReminders) -> Listener:
    return Listener(Session(cleared=True), reminders)


def asks_for_three(listener: Listener) -> None:
    days = {"day": "monday", "day_b": "wednesday", "day_c": "friday"}
    listener.say("RemindWorkoutIntent", **days, time="07:00")


def test_a_time_nobody_asked_for_begins_nothing(listener: Listener) -> None:
    listener.say("ReminderTimeIntent", day="today")
    assert listener.ids()[0] == "reminder-of-what"
    assert listener.session.reminding is None


def test_days_and_time_are_read_back_before_anything_is_set(
    listener: Listener, reminders: ListedReminders
) -> None:
    asks_for_three(listener)
    heard = listener.words()
    assert "to work out on Monday, Wednesday, and Friday at 7 in the morning" in heard
    assert heard.endswith("Shall I set these 3 reminders?")
    assert reminders.kept == []


def test_yes_sets_what_was_read_back(listener: Listener, reminders: ListedReminders) -> None:
    asks_for_three(listener)
    listener.say("AMAZON.YesIntent")
    assert tuple(reminders.kept) == WORKOUTS
    assert listener.ids()[0] == "reminder-set"
    assert "remind you to work out on Monday, Wednesday, and Friday" in listener.words()
    assert listener.session.reminding is None


def test_no_sets_nothing(listener: Listener, reminders: ListedReminders) -> None:
    asks_for_three(listener)
    listener.say("AMAZON.NoIntent")
    assert reminders.kept == []
    assert listener.ids()[0] == "reminder-none-set"


def test_what_was_not_said_is_asked_for_one_thing_at_a_time(
    listener: Listener, reminders: ListedReminders
) -> None:
    listener.say("RemindWorkoutIntent")
    assert listener.words().endswith("On which days, and at what time?")
    listener.say("ReminderTimeIntent", day="tuesday")
    assert listener.words().endswith("At what time of the day?")
    listener.say("ReminderTimeIntent", time="18:00")
    assert "on Tuesday at 6 in the evening" in listener.words()
    listener.say("AMAZON.YesIntent")
    assert reminders.kept == [Reminder(About.WORKOUT, SIX_PM, 1)]


def test_a_time_without_days_is_asked_for_the_days(listener: Listener) -> None:
    listener.say("RemindWorkoutIntent", time="07:00")
    assert listener.words().endswith("On which days?")


def test_yes_to_the_question_when_asks_it_again(listener: Listener) -> None:
    listener.say("RemindWorkoutIntent")
    listener.say("AMAZON.YesIntent")
    assert listener.words().endswith("which days, and at what time?")


@pytest.mark.parametrize(("said", "minute"), [(7, SEVEN), (6, 6 * 60), (5, 17 * 60), (19, 19 * 60)])
def test_a_bare_number_is_the_hour_as_people_mean_it(
    said: int, minute: int, listener: Listener
) -> None:
    listener.say("RemindWorkoutIntent", day="monday")
    listener.say("NumberIntent", number=said)
    assert listener.session.reminding is not None
    assert listener.session.reminding.minutes == (minute,)


def test_another_time_said_instead_of_yes_is_read_back_in_its_turn(
    listener: Listener, reminders: ListedReminders
) -> None:
    asks_for_three(listener)
    listener.say("ReminderTimeIntent", time="18:00")
    assert "at 6 in the evening" in listener.words()
    listener.say("AMAZON.YesIntent")
    assert {(each.day, each.minute) for each in reminders.kept} == {
        (day, SIX_PM) for day in (0, 2, 4)
    }


def test_every_day_is_one_reminder_and_not_seven(
    listener: Listener, reminders: ListedReminders
) -> None:
    listener.say("RemindWorkoutIntent", day="every_day", time="07:00")
    assert "to work out every day at 7 in the morning" in listener.words()
    assert listener.words().endswith("Shall I set this reminder?")
    listener.say("AMAZON.YesIntent")
    assert reminders.kept == [Reminder(About.WORKOUT, SEVEN)]


@pytest.mark.parametrize(
    ("said", "days"), [("weekdays", [0, 1, 2, 3, 4]), ("weekends", [5, 6]), ("sunday", [6])]
)
def test_groups_of_days_are_their_days(
    said: str, days: list[int], listener: Listener, reminders: ListedReminders
) -> None:
    listener.say("RemindWorkoutIntent", day=said, time="07:00")
    listener.say("AMAZON.YesIntent")
    assert [each.day for each in reminders.kept] == days


def test_tomorrow_is_once_on_that_day(listener: Listener, reminders: ListedReminders) -> None:
    tomorrow = (weekday_of(listener) + 1) % 7
    listener.say("RemindWorkoutIntent", day="tomorrow", time="07:00")
    assert "just once" in listener.words()
    listener.say("AMAZON.YesIntent")
    assert reminders.kept == [Reminder(About.WORKOUT, SEVEN, tomorrow, once=True)]


def test_a_time_of_today_that_is_over_is_not_taken_for_next_week(listener: Listener) -> None:
    now = time_of(listener)
    listener.say("RemindWorkoutIntent", day="today", time=f"{now.hour:02}:{now.minute:02}")
    assert listener.words() == "That time is over for today. At what time?"


def test_getting_up_every_hour_is_offered_hour_by_hour_and_says_why(
    listener: Listener, reminders: ListedReminders
) -> None:
    listener.say("RemindGetUpIntent")
    heard = listener.words()
    assert "every four hours at most" in heard
    assert "every day each hour from 10 in the morning to 4 in the afternoon" in heard
    assert "weekends too" in heard
    assert heard.endswith("Shall I set these 7 reminders?")
    listener.say("AMAZON.YesIntent")
    assert tuple(reminders.kept) == HOURS


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("09:00", "05:00", range(10, 17)),
        ("08:00", "12:00", range(9, 12)),
        ("13:00", "01:00", [*range(14, 24), 0]),
        ("22:00", "06:00", [23, *range(6)]),
    ],
)
def test_working_hours_are_understood_as_people_say_them(
    start: str, end: str, hours: list[int], listener: Listener, reminders: ListedReminders
) -> None:
    listener.say("RemindGetUpIntent", from_time=start, to_time=end)
    listener.say("AMAZON.YesIntent")
    assert [each.minute // 60 for each in reminders.kept] == list(hours)


def test_more_than_a_day_full_of_reminders_is_declined(listener: Listener) -> None:
    listener.say("RemindGetUpIntent")
    listener.say("ReminderTimeIntent", day="weekdays")
    assert f"most I set at once is {MOST_REMINDERS}" in listener.words()
    assert listener.session.reminding is None


def test_what_was_and_what_was_not_set_is_said_plainly(
    listener: Listener, reminders: ListedReminders
) -> None:
    reminders.refuses = dict.fromkeys(HOURS[5:], Refusal.TOO_MANY)
    listener.say("RemindGetUpIntent")
    listener.say("AMAZON.YesIntent")
    assert tuple(reminders.kept) == HOURS[:5]
    assert (
        listener.words()
        .partition(". ")[2]
        .startswith(
            "I remind you to get up and move every day"
            " each hour from 10 in the morning to 2 in the afternoon. Not set: to get up and move"
            " every day at 3 in the afternoon and 4 in the afternoon."
            " You have as many reminders as Amazon allows."
        )
    )


@pytest.mark.parametrize("refusal", sorted(set(Refusal) - {Refusal.NOT_ALLOWED}))
def test_every_reason_has_a_sentence_of_its_own(
    refusal: Refusal, listener: Listener, reminders: ListedReminders
) -> None:
    reminders.refuses = {None: refusal}
    asks_for_three(listener)
    listener.say("AMAZON.YesIntent")
    name = f"reminder-refused-{refusal.value.replace('_', '-')}"
    assert name in listener.ids()
    assert "reminder-set" not in listener.ids()


def test_the_reasons_differ_in_words() -> None:
    words = the_words()
    told = {words.say(reminding._reason(refusal)) for refusal in Refusal}
    assert len(told) == len(Refusal)


def test_without_permission_alexa_asks_for_it_and_the_wish_waits(
    listener: Listener, reminders: ListedReminders
) -> None:
    reminders.allowed = False
    asks_for_three(listener)
    reply = listener.say("AMAZON.YesIntent")
    assert reply.consent is Consent.BY_VOICE
    assert reply.script == ()
    assert reminders.kept == []
    reminders.allowed = True
    listener.take(reminding.allowed)
    assert tuple(reminders.kept) == WORKOUTS


def test_permission_given_is_tried_though_the_request_does_not_tell_of_it_yet(
    listener: Listener, reminders: ListedReminders
) -> None:
    reminders.allowed = False
    asks_for_three(listener)
    listener.say("AMAZON.YesIntent")
    listener.take(reminding.allowed)
    assert tuple(reminders.kept) == WORKOUTS


def test_permission_given_too_late_says_to_ask_again(listener: Listener) -> None:
    listener.take(reminding.allowed)
    assert "Tell me again" in listener.words()


def test_who_declined_is_not_asked_again_for_a_week(
    listener: Listener, reminders: ListedReminders
) -> None:
    reminders.allowed = False
    asks_for_three(listener)
    listener.say("AMAZON.YesIntent")
    listener.take(reminding.declined)
    assert listener.ids()[0] == "reminder-declined"
    listener.wait(6 * 24 * 3_600_000)
    asks_for_three(listener)
    assert listener.ids()[0] == "reminder-declined-lately"
    listener.wait(2 * 24 * 3_600_000)
    asks_for_three(listener)
    assert listener.say("AMAZON.YesIntent").consent is Consent.BY_VOICE


def test_who_declined_and_then_allowed_in_the_app_is_served(
    listener: Listener, reminders: ListedReminders
) -> None:
    listener.take(reminding.declined)
    asks_for_three(listener)
    listener.say("AMAZON.YesIntent")
    assert tuple(reminders.kept) == WORKOUTS


def test_a_permission_nobody_answered_about_goes_to_the_app(
    listener: Listener, reminders: ListedReminders
) -> None:
    reminders.allowed = False
    asks_for_three(listener)
    listener.say("AMAZON.YesIntent")
    assert listener.take(reminding.unanswered).consent is Consent.BY_CARD
    assert "Nothing is set yet" in listener.words()


def test_a_permission_taken_away_goes_to_the_app_and_not_round_in_circles(
    listener: Listener, reminders: ListedReminders
) -> None:
    reminders.refuses = {None: Refusal.NOT_ALLOWED}
    asks_for_three(listener)
    assert listener.say("AMAZON.YesIntent").consent is Consent.BY_CARD


def test_the_list_puts_together_what_belongs_together(listener: Listener) -> None:
    listener.reminders = ListedReminders(*WORKOUTS, *HOURS)
    listener.say("ListRemindersIntent")
    assert listener.words().startswith(
        "10 reminders are set: to get up and move every day each hour from 10 in the morning to 4"
        " in the afternoon and to work out on Monday, Wednesday, and Friday at 7 in the morning."
    )


def test_without_reminders_the_list_says_how_to_get_some(listener: Listener) -> None:
    listener.say("ListRemindersIntent")
    assert listener.ids()[0] == "reminder-list-none"
    assert "remind me to work out" in listener.words()


def test_cancelling_reads_back_and_asks_first(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS, *HOURS)
    listener.say("CancelRemindersIntent")
    assert len(kept.kept) == 10
    assert listener.words().endswith("Shall I cancel that?")
    listener.say("AMAZON.YesIntent")
    assert kept.kept == []
    assert "10 reminders are cancelled" in listener.words()


def test_only_the_reminders_that_were_named_are_cancelled(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS, *HOURS[:1])
    listener.say("CancelRemindersIntent", day="wednesday", time="07:00")
    listener.say("AMAZON.YesIntent")
    assert kept.kept == [WORKOUTS[0], WORKOUTS[2], HOURS[0]]


def test_a_reminder_of_every_day_is_not_the_one_of_wednesday(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS, *HOURS)
    listener.say("CancelRemindersIntent", day="wednesday")
    listener.say("AMAZON.YesIntent")
    assert tuple(kept.kept) == (WORKOUTS[0], WORKOUTS[2], *HOURS)


def test_reminders_stay_when_cancelling_was_not_meant(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS)
    listener.say("CancelRemindersIntent")
    listener.say("AMAZON.NoIntent")
    assert tuple(kept.kept) == WORKOUTS
    assert listener.ids()[0] == "reminder-stays"


def test_a_reminder_nobody_has_is_not_cancelled_with_another(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS)
    listener.say("CancelRemindersIntent", day="tuesday")
    assert listener.ids()[0] == "reminder-no-such"
    assert tuple(kept.kept) == WORKOUTS


def test_what_could_not_be_cancelled_is_named(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS)
    kept.refuses = {WORKOUTS[1]: Refusal.DOWN}
    listener.say("CancelRemindersIntent")
    listener.say("AMAZON.YesIntent")
    assert listener.words().startswith(
        "2 reminders are cancelled. Still there: to work out on Wednesday at 7 in the morning."
        " Amazon's reminders are out of service"
    )


def test_where_there_are_no_reminders_it_is_said_at_once() -> None:
    listener = Listener(Session(cleared=True))
    for intent in ("RemindWorkoutIntent", "ListRemindersIntent", "CancelRemindersIntent"):
        listener.say(intent)
        assert "smart speaker" in listener.words()


def test_forgetting_cancels_the_reminders_too(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS)
    listener.say("ForgetMeIntent")
    listener.say("AMAZON.YesIntent")
    assert kept.kept == []


def test_forgetting_says_when_reminders_will_stay(listener: Listener) -> None:
    kept = listener.reminders = ListedReminders(*WORKOUTS)
    kept.hidden = Refusal.UNREACHABLE
    listener.say("ForgetMeIntent")
    reply = listener.say("AMAZON.YesIntent")
    assert reply.forgets
    assert "could not cancel your reminders" in listener.words()


def test_reminders_in_the_middle_of_a_workout_lose_nothing(
    listener: Listener, reminders: ListedReminders
) -> None:
    listener.say("StartExerciseIntent", exercise="standing_kickback")
    listener.hear_out().say("ReadyIntent")
    listener.hear_out().say("ReadyIntent")
    listener.wait(15_000)
    before = listener.place
    asks_for_three(listener)
    listener.say("AMAZON.YesIntent")
    assert tuple(reminders.kept) == WORKOUTS
    assert before.phase in (Phase.SET, Phase.TEACHING)
    after = listener.session
    assert (after.phase, after.set, after.rep) == (before.phase, before.set, before.rep)


@pytest.mark.parametrize(
    ("minute", "said"),
    [
        (0, "midnight"),
        (1, "12:01 at night"),
        (65, "1:05 at night"),
        (SEVEN + 30, "7:30 in the morning"),
        (12 * 60, "noon"),
        (12 * 60 + 30, "12:30 in the afternoon"),
        (SIX_PM, "6 in the evening"),
        (23 * 60 + 59, "11:59 at night"),
    ],
)
def test_times_are_said_as_people_say_them(minute: int, said: str) -> None:
    assert the_words().say(clock(minute)) == said


def time_of(listener: Listener) -> datetime:
    return EPOCH + (datetime.fromtimestamp(listener.now_ms / 1000) - datetime.fromtimestamp(0))  # noqa: DTZ006 - the difference alone counts


def weekday_of(listener: Listener) -> int:
    return time_of(listener).weekday()
