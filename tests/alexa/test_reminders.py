from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from skill.alexa.reminders import MOST_KEPT, PERMISSION
from skill.coach.reminder import About, Refusal, Reminder, Reminders
from skill.simulator.alerts import PATH
from tests.alexa.reminder_turns import (
    DAILY_AT_NOON,
    LONDON,
    MONDAY_AT_SEVEN,
    ONCE_AT_SIX,
    TEXT,
    THREE,
    kept_after,
    reminders,
)
from tests.amazon import FrozenClock
from tests.reminders_api import RemindersApi


@pytest.fixture
def log() -> Iterator[list[Any]]:
    with structlog.testing.capture_logs() as events:
        yield events


@pytest.fixture
def server(tmp_path: Path, clock: FrozenClock) -> Iterator[RemindersApi]:
    with RemindersApi(tmp_path, clock) as pretend:
        yield pretend


def test_they_are_the_reminders_that_the_coach_speaks_to(server: RemindersApi) -> None:
    spoken_to: Reminders = reminders(server)
    assert spoken_to.add(()) == ()
    assert server.asked == []


# What is set


@pytest.mark.parametrize(
    ("reminder", "rules"),
    [
        (MONDAY_AT_SEVEN, ["FREQ=WEEKLY;BYDAY=MO;BYHOUR=7;BYMINUTE=0;BYSECOND=0;INTERVAL=1;"]),
        (
            Reminder(About.WORKOUT, 1439, 6),
            ["FREQ=WEEKLY;BYDAY=SU;BYHOUR=23;BYMINUTE=59;BYSECOND=0;INTERVAL=1;"],
        ),
        (DAILY_AT_NOON, ["FREQ=DAILY;BYHOUR=12;BYMINUTE=0;BYSECOND=0;INTERVAL=1;"]),
        (ONCE_AT_SIX, []),
        (Reminder(About.WORKOUT, 0, once=True), []),
    ],
)
def test_a_reminder_is_set_for_its_day_and_minute(
    server: RemindersApi, log: list[Any], reminder: Reminder, rules: list[str]
) -> None:
    setting = reminders(server)
    assert setting.add([reminder]) == (None,)
    [stored] = server.reminders.values()
    assert stored.rules == rules
    assert stored.first_due.hour * 60 + stored.first_due.minute == reminder.minute
    assert reminder.day in (None, stored.first_due.weekday())
    assert stored.body["trigger"]["timeZoneId"] == LONDON
    assert setting.changed
    assert log == []


def test_a_reminder_says_its_words_in_the_language_of_the_request(server: RemindersApi) -> None:
    reminders(server, locale="en-GB").add([MONDAY_AT_SEVEN])
    [stored] = server.reminders.values()
    [said] = stored.body["alertInfo"]["spokenInfo"]["content"]
    assert said == {
        "locale": "en-GB",
        "text": TEXT,
        "ssml": "<speak>Time for your hips &amp; &lt;back&gt;.</speak>",
    }
    assert stored.body["pushNotification"] == {"status": "ENABLED"}


def test_what_is_kept_of_reminders_is_plain_and_says_no_words(server: RemindersApi) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN, ONCE_AT_SIX)
    workout = {"about": "workout"}
    assert sorted(kept, key=lambda each: str(each["day"])) == [
        {"token": kept[0]["token"], **workout, "minute": 420, "day": 0, "once": False},
        {"token": kept[1]["token"], **workout, "minute": 1085, "day": 4, "once": True},
    ]
    assert {each["token"] for each in kept} == server.reminders.keys()
    assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize("zone", [None, "", "Europe/Atlantis"])
@pytest.mark.parametrize("device_zone", ["Pacific/Kiritimati", "Etc/GMT+12", LONDON])
def test_a_zone_that_is_not_known_is_left_to_the_device_wherever_it_stands(
    server: RemindersApi, zone: str | None, device_zone: str
) -> None:
    server.device_zone = device_zone
    assert reminders(server, zone=zone).add(THREE) == (None, None, None)
    assert not [each for each in server.reminders.values() if "timeZoneId" in each.body["trigger"]]


def test_of_several_the_outcomes_are_in_the_order_of_asking(server: RemindersApi) -> None:
    unsound = Reminder(About.GET_UP, 1440)
    many = [Reminder(About.GET_UP, 60 * hour) for hour in range(9)]
    setting = reminders(server)
    assert setting.add([*many, unsound]) == (None,) * 9 + (Refusal.BAD_TIME,)
    assert len(server.reminders) == len(setting.kept) == 9


def test_one_that_is_refused_does_not_hold_up_the_others(server: RemindersApi) -> None:
    server.most = 2
    setting = reminders(server)
    outcomes = setting.add(THREE)
    assert sorted(outcomes, key=str) == [None, None, Refusal.TOO_MANY]
    assert len(setting.kept) == len(server.reminders) == 2


def test_several_are_asked_for_at_the_same_time(server: RemindersApi) -> None:
    def let_go_once_all_are_there() -> None:
        while len(server.asked) < len(THREE) and not server.let_go.wait(0.01):
            pass
        server.let_go.set()

    server.fail_next("hang", times=len(THREE))
    threading.Thread(target=let_go_once_all_are_there, daemon=True).start()
    # One after the other, the first would hang until there is no time left.
    assert reminders(server, seconds=5).add(THREE) == (Refusal.UNREACHABLE,) * len(THREE)


@pytest.mark.parametrize(
    "unsound",
    [
        Reminder(About.WORKOUT, -1),
        Reminder(About.WORKOUT, 1440),
        Reminder(About.WORKOUT, 0, 7),
        Reminder(About.WORKOUT, 0, -1),
    ],
)
def test_a_time_that_there_is_not_is_told_to_nobody(
    server: RemindersApi, unsound: Reminder
) -> None:
    assert reminders(server).add([unsound]) == (Refusal.BAD_TIME,)
    assert server.asked == []


# Asked twice


def test_the_same_request_twice_makes_one_reminder(server: RemindersApi) -> None:
    kept = kept_after(server, *THREE)
    again = reminders(server, kept)
    assert again.add([*THREE, *THREE]) == (None,) * 6
    assert not again.changed
    assert len(server.reminders) == 3


def test_the_same_reminder_twice_in_a_request_is_one(server: RemindersApi) -> None:
    assert len(kept_after(server, MONDAY_AT_SEVEN, MONDAY_AT_SEVEN)) == 1
    assert len(server.reminders) == 1


@pytest.mark.parametrize("over", [RemindersApi.complete, RemindersApi.delete_in_app])
def test_a_reminder_that_is_over_is_set_anew(server: RemindersApi, over: Any) -> None:
    [old] = kept_after(server, ONCE_AT_SIX)
    over(server, old["token"])
    again = reminders(server, [old])
    assert again.add([ONCE_AT_SIX]) == (None,)
    [new] = again.kept
    assert new["token"] != old["token"]
    assert server.reminders[str(new["token"])].status == "ON"


def test_while_nobody_can_tell_whether_it_is_there_a_reminder_is_not_set_twice(
    server: RemindersApi,
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.fail_next(503, method="GET")
    again = reminders(server, kept)
    assert again.add([MONDAY_AT_SEVEN, DAILY_AT_NOON]) == (Refusal.DOWN, None)
    assert len(server.reminders) == len(again.kept) == 2


# What is there


def test_the_reminders_that_are_set_are_told(server: RemindersApi) -> None:
    listing = reminders(server, kept_after(server, *THREE))
    told = listing.all()
    assert isinstance(told, tuple)
    assert set(told) == set(THREE)
    assert not listing.changed


@pytest.mark.parametrize("over", [RemindersApi.complete, RemindersApi.delete_in_app])
def test_a_reminder_that_is_over_is_not_told_and_no_longer_kept(
    server: RemindersApi, over: Any
) -> None:
    kept = kept_after(server, *THREE)
    over(server, kept[0]["token"])
    listing = reminders(server, kept)
    told = listing.all()
    assert isinstance(told, tuple)
    assert len(told) == 2
    assert listing.kept == kept[1:]
    assert listing.changed


def test_a_reminder_of_a_status_that_nobody_knows_is_kept_but_not_told(
    server: RemindersApi,
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.reminders[str(kept[0]["token"])].status = "SNOOZED"
    listing = reminders(server, kept)
    assert listing.all() == ()
    assert listing.kept == kept


def test_a_reminder_that_the_skill_has_forgotten_is_not_told(server: RemindersApi) -> None:
    kept_after(server, *THREE)
    assert reminders(server).all() == ()


def test_a_list_on_several_pages_is_read_to_its_end(server: RemindersApi) -> None:
    kept = kept_after(server, *THREE)
    server.page_size = 1
    listing = reminders(server, kept)
    told = listing.all()
    assert isinstance(told, tuple)
    assert set(told) == set(THREE)
    assert not listing.changed


def test_of_a_list_without_an_end_a_few_pages_are_read_and_nothing_is_forgotten(
    server: RemindersApi,
) -> None:
    hours = [Reminder(About.GET_UP, 60 * hour) for hour in range(12)]
    kept = kept_after(server, *hours)
    server.page_size = 1
    server.asked.clear()
    listing = reminders(server, kept)
    told = listing.all()
    assert isinstance(told, tuple)
    assert len(told) == len(server.asked) == 5
    assert listing.kept == kept


@pytest.mark.parametrize(
    "links",
    [
        "https://elsewhere.example/v2?next=1",
        "/v1/other?next=1",
        '{"next": "..."}',
        7,
        ["/v1/alerts/reminders?next=1"],
    ],
)
def test_where_a_list_goes_on_in_a_way_that_nobody_knows_nothing_is_forgotten(
    server: RemindersApi, links: object
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.asked.clear()
    server.list_as = {"totalCount": "2", "alerts": [], "links": links}
    listing = reminders(server, kept)
    assert listing.all() == ()
    assert listing.kept == kept
    assert server.asked == [("GET", PATH)]


@pytest.mark.parametrize("alerts", [[], [None, 7, {}, {"alertToken": 7}, {"alertToken": ["a"]}]])
def test_rubbish_in_a_list_is_no_reminder(server: RemindersApi, alerts: list[object]) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.list_as = {"totalCount": "1", "alerts": alerts, "links": None}
    listing = reminders(server, kept)
    assert listing.all() == ()
    assert listing.kept == []


def test_no_list_at_all_is_an_empty_one_only_where_amazon_counts_none(
    server: RemindersApi,
) -> None:
    server.list_as = {"totalCount": "0", "alerts": None, "links": None}
    assert reminders(server).all() == ()
    server.list_as = {"totalCount": "3", "alerts": None, "links": None}
    assert reminders(server).all() is Refusal.BROKEN


# What is cancelled


def test_a_reminder_is_cancelled(server: RemindersApi, log: list[Any]) -> None:
    cancelling = reminders(server, kept_after(server, *THREE))
    assert cancelling.remove([DAILY_AT_NOON, ONCE_AT_SIX]) == (None, None)
    [left] = cancelling.kept
    assert list(server.reminders) == [left["token"]]
    assert left["day"] == 0
    assert cancelling.changed
    assert log == []


def test_a_reminder_that_is_gone_at_amazon_is_cancelled(server: RemindersApi) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.delete_in_app(str(kept[0]["token"]))
    cancelling = reminders(server, kept)
    assert cancelling.remove([MONDAY_AT_SEVEN]) == (None,)
    assert cancelling.kept == []


def test_a_reminder_that_the_skill_does_not_know_is_gone_and_nobody_is_asked(
    server: RemindersApi,
) -> None:
    kept = kept_after(server, DAILY_AT_NOON)
    server.asked.clear()
    cancelling = reminders(server, kept)
    assert cancelling.remove([MONDAY_AT_SEVEN]) == (Refusal.GONE,)
    assert server.asked == []
    assert not cancelling.changed


def test_a_reminder_that_could_not_be_cancelled_is_still_kept(server: RemindersApi) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN)
    server.fail_next(500)
    cancelling = reminders(server, kept)
    assert cancelling.remove([MONDAY_AT_SEVEN]) == (Refusal.BROKEN,)
    assert cancelling.kept == kept
    assert not cancelling.changed


def test_all_reminders_of_a_kind_are_cancelled_even_those_that_came_twice(
    server: RemindersApi,
) -> None:
    kept = kept_after(server, MONDAY_AT_SEVEN) + kept_after(server, MONDAY_AT_SEVEN)
    cancelling = reminders(server, kept)
    assert cancelling.remove([MONDAY_AT_SEVEN]) == (None,)
    assert server.reminders == {}
    assert cancelling.kept == []


# What is allowed


@pytest.mark.parametrize(
    ("user", "allowed"),
    [
        ({}, False),
        ({"permissions": {}}, False),
        ({"permissions": {"consentToken": ""}}, False),
        ({"permissions": {"consentToken": "a.b.c"}}, True),
        ({"permissions": {"scopes": {PERMISSION: {"status": "GRANTED"}}}}, True),
        ({"permissions": {"scopes": {PERMISSION: {"status": "DENIED"}}}}, False),
        ({"permissions": {"scopes": {PERMISSION: {"status": "MAYBE"}}}}, False),
        ({"permissions": {"scopes": {PERMISSION: None}}}, False),
        ({"permissions": {"scopes": {"alexa::profile:name:read": {"status": "GRANTED"}}}}, False),
        (
            {
                "permissions": {
                    "consentToken": "a.b.c",
                    "scopes": {PERMISSION: {"status": "DENIED"}},
                }
            },
            False,
        ),
    ],
)
def test_reminders_are_allowed_where_the_request_says_so(
    server: RemindersApi, user: dict[str, object], allowed: bool
) -> None:
    assert reminders(server, user={"userId": "amzn1.ask.account.X", **user}).allowed is allowed


# What is kept


SOUND = {"token": "abc-1", "about": "workout", "minute": 420, "day": 0, "once": False}


@pytest.mark.parametrize(
    "rubbish",
    [
        {"token": None},
        {"token": ""},
        {"token": "a b"},
        {"token": "\ud800"},
        {"token": "x" * 256},
        {"about": "lunch"},
        {"about": None},
        {"about": ["workout"]},
        {"minute": -1},
        {"minute": 1440},
        {"minute": 7.5},
        {"minute": True},
        {"minute": "420"},
        {"day": 7},
        {"day": False},
        {"day": "MO"},
    ],
)
def test_rubbish_among_what_is_kept_is_left_out(
    server: RemindersApi, rubbish: dict[str, object]
) -> None:
    assert reminders(server, [SOUND | rubbish, 7, None, [], SOUND]).kept == [SOUND]


@pytest.mark.parametrize("rubbish", [None, 7, "abc", {"token": "a"}, SOUND, [[]], [{}]])
def test_what_is_no_list_keeps_nothing(server: RemindersApi, rubbish: object) -> None:
    assert reminders(server, rubbish).kept == []


def test_of_too_many_that_are_kept_the_first_are_read(server: RemindersApi) -> None:
    many = [SOUND | {"token": f"t-{number}"} for number in range(MOST_KEPT + 1)]
    assert reminders(server, many).kept == many[:MOST_KEPT]


def test_nothing_that_is_kept_shows_its_token(server: RemindersApi) -> None:
    listing = reminders(server, [SOUND])
    assert str(SOUND["token"]) not in repr(listing) + repr(vars(listing))
