"""Reminders through the whole skill: signed requests in, a pretend Reminders API behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from skill.alexa.amazon_api import AmazonApi
from skill.alexa.memory import listener_key
from skill.alexa.respond import REMINDERS_SCOPE
from skill.alexa.verify import SignatureVerifier
from skill.app import create_app
from skill.coach_skill import coach_skill
from skill.settings import Settings
from skill.simulator.ears import Ears
from skill.simulator.request import Profile
from skill.store.memory import MemoryStore
from skill.store.port import Document
from tests.amazon import SKILL_ID, FrozenClock, PretendAmazon
from tests.coach.listener import the_words
from tests.conversations.listener import SECRET, Listener, kept_of, signed_answer
from tests.reminders_api import TOKEN, RemindersApi

THREE_DAYS = "remind me to work out on monday wednesday and friday at seven"
ALLOWED = frozenset({REMINDERS_SCOPE})


@pytest.fixture
def api(tmp_path: Path, clock: FrozenClock) -> Iterator[RemindersApi]:
    with RemindersApi(tmp_path, clock) as api:
        yield api


class BusyStore(MemoryStore):
    """A store in which something else may happen just before a step is saved."""

    meanwhile: Callable[[], object] | None = None

    def save(self, listener: str, document: Document, *, after: int, now_ms: int) -> int:
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            happens()
        return super().save(listener, document, after=after, now_ms=now_ms)


class Home:
    """A skill that reaches the pretend API, and the devices that stand in it."""

    def __init__(
        self, amazon: PretendAmazon, clock: FrozenClock, ears: Ears, api: RemindersApi
    ) -> None:
        self.store = BusyStore()
        self.api = api
        reach = AmazonApi(api.ca_bundle, test_host=api.host, seconds=2.0)
        settings = Settings.from_environment({"HIP_WORKOUT_SKILL_ID": SKILL_ID})
        verifier = SignatureVerifier(amazon.ca_bundle, clock=clock)
        skill = coach_skill(self.store, SECRET, reach, words=the_words())
        app = create_app(settings, skill=skill, verifier=verifier, clock=clock)
        self._answer = signed_answer(app.test_client(), amazon)
        self._clock, self._ears = clock, ears

    def listener(self, **more: Any) -> Listener:
        """Return somebody before a device that says where this home's API is."""
        profile = Profile(api_endpoint=self.api.endpoint, api_access_token=TOKEN, **more)
        return Listener(self._answer, self._clock, self._ears, profile=profile)

    @property
    def kept(self) -> Any:
        """What the store keeps of the reminders."""
        return kept_of(self.store).get("reminders", [])


@pytest.fixture
def home(amazon: PretendAmazon, clock: FrozenClock, ears: Ears, api: RemindersApi) -> Home:
    return Home(amazon, clock, ears, api)


def directives(listener: Listener) -> list[str]:
    assert listener.last is not None
    return [each["type"] for each in listener.last.response["response"].get("directives", ())]


def card(listener: Listener) -> dict[str, Any]:
    assert listener.last is not None
    found: dict[str, Any] = listener.last.response["response"].get("card") or {}
    return found


def test_three_days_at_seven_are_set_once_alexa_has_been_allowed(
    home: Home, api: RemindersApi
) -> None:
    api.granted = False
    ann = home.listener()
    heard = ann.says("open my hip workout", THREE_DAYS)
    assert heard.endswith("hall I set these 3 reminders?")
    ann.says("yes")
    assert ann.device.asks_permission == REMINDERS_SCOPE
    assert directives(ann) == ["Connections.SendRequest"]
    api.granted = True
    heard = ann.says("yes")
    assert "remind you to work out on Monday, Wednesday, and Friday at 7 in the morning" in heard
    rules = {rule.rules[0].split(";")[1] for rule in api.reminders.values()}
    assert rules == {"BYDAY=MO", "BYDAY=WE", "BYDAY=FR"}
    assert all("hip workout" in each.text for each in api.reminders.values())
    assert len(home.kept) == 3
    assert {each["token"] for each in home.kept} == set(api.reminders)


def test_who_says_no_to_alexa_gets_no_reminder_and_no_second_question(
    home: Home, api: RemindersApi
) -> None:
    ann = home.listener()
    ann.says("open my hip workout", THREE_DAYS, "yes")
    assert "no reminders" in ann.says("no")
    assert api.reminders == {}
    heard = ann.says(THREE_DAYS)
    assert "a few days ago" in heard
    assert ann.device.asks_permission == ""


@pytest.mark.parametrize("code", ["400", "500"])
def test_where_alexa_cannot_ask_a_card_does(code: str, home: Home, api: RemindersApi) -> None:
    ann = home.listener(voice_consent=code)
    heard = ann.says("open my hip workout", THREE_DAYS, "yes")
    assert "card into the Alexa app" in heard
    assert card(ann) == {"type": "AskForPermissionsConsent", "permissions": [REMINDERS_SCOPE]}
    assert api.reminders == {}


def test_silence_at_alexas_question_leaves_a_card(home: Home) -> None:
    ann = home.listener()
    ann.says("open my hip workout", THREE_DAYS, "yes")
    ann.device.permit("NOT_ANSWERED")
    assert ann.device.in_session


def test_getting_up_every_hour_sets_an_hour_each_and_rings_daily(
    home: Home, api: RemindersApi
) -> None:
    ann = home.listener(granted=ALLOWED)
    heard = ann.says("open my hip workout", "remind me to get up every hour while i work")
    assert "every four hours at most" in heard
    heard = ann.says("yes")
    assert "each hour from 10 in the morning to 4 in the afternoon" in heard
    hours = sorted(each.first_due.hour for each in api.reminders.values())
    assert hours == list(range(10, 17))
    assert all("FREQ=DAILY" in each.rules[0] for each in api.reminders.values())


def test_when_there_are_too_many_the_listener_hears_which_were_set_and_which_not(
    home: Home, api: RemindersApi
) -> None:
    api.most = 4
    ann = home.listener(granted=ALLOWED)
    heard = ann.says("open my hip workout", "remind me to get up every hour while i work", "yes")
    assert len(api.reminders) == 4
    assert "Not set: to get up and move every day" in heard
    assert "as many reminders as Amazon allows" in heard
    assert len(home.kept) == 4


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (401, "card into the Alexa app"),
        (403, "This device cannot have reminders"),
        (409, "at the same moment"),
        (429, "too much at once"),
        (500, "Something went wrong"),
        (503, "out of service"),
        (504, "did not answer in time"),
        ("hang", "did not answer in time"),
        ("garbage", "Something went wrong"),
    ],
)
def test_every_fault_of_amazons_has_its_honest_sentence_and_loses_nothing(
    fault: int | str, sentence: str, home: Home, api: RemindersApi
) -> None:
    api.fail_next(fault, method="POST", times=3)
    ann = home.listener(granted=ALLOWED)
    heard = ann.says("open my hip workout", THREE_DAYS, "yes")
    assert sentence in heard
    assert home.kept == []
    assert ann.device.in_session


def test_the_list_knows_what_was_deleted_in_the_app(home: Home, api: RemindersApi) -> None:
    ann = home.listener(granted=ALLOWED)
    ann.says("open my hip workout", THREE_DAYS, "yes")
    heard = ann.says("which reminders do i have")
    assert "3 reminders are set" in heard
    api.delete_in_app(next(iter(api.reminders)))
    heard = ann.says("which reminders do i have")
    assert "2 reminders are set" in heard
    assert len(home.kept) == 2


def test_one_reminder_can_be_cancelled_and_all_of_them(home: Home, api: RemindersApi) -> None:
    ann = home.listener(granted=ALLOWED)
    ann.says("open my hip workout", THREE_DAYS, "yes")
    ann.says("cancel the wednesday reminder", "yes")
    assert len(api.reminders) == 2
    heard = ann.says("cancel my reminders", "yes")
    assert "2 reminders are cancelled" in heard
    assert api.reminders == {}
    assert home.kept == []


def test_asking_twice_sets_no_second_reminder_at_that_time(home: Home, api: RemindersApi) -> None:
    ann = home.listener(granted=ALLOWED)
    ann.says("open my hip workout", THREE_DAYS, "yes", THREE_DAYS, "yes")
    assert len(api.reminders) == 3


def test_reminders_of_a_listener_who_is_forgotten_are_cancelled(
    home: Home, api: RemindersApi
) -> None:
    ann = home.listener(granted=ALLOWED)
    ann.says("open my hip workout", THREE_DAYS, "yes", "forget everything about me", "yes")
    assert api.reminders == {}


def test_reminders_that_stay_when_forgotten_are_owned_up_to(home: Home, api: RemindersApi) -> None:
    ann = home.listener(granted=ALLOWED)
    ann.says("open my hip workout", THREE_DAYS, "yes", "forget everything about me")
    api.fail_next(503, times=5)
    heard = ann.says("yes")
    assert "I could not cancel your reminders" in heard
    assert len(api.reminders) == 3


def test_the_times_are_those_of_the_place_where_the_device_stands(
    home: Home, api: RemindersApi
) -> None:
    api.zone = api.device_zone = "Asia/Tokyo"
    ann = home.listener(granted=ALLOWED)
    ann.says("open my hip workout", "remind me every day at half past six in the evening", "yes")
    (only,) = api.reminders.values()
    assert (only.first_due.hour, only.first_due.minute) == (18, 30)
    assert only.body["trigger"]["timeZoneId"] == "Asia/Tokyo"


def test_an_endpoint_that_is_not_amazons_is_never_shown_the_token(
    home: Home, api: RemindersApi
) -> None:
    ann = home.listener(granted=ALLOWED)
    elsewhere = replace(ann.device.profile, api_endpoint=f"https://127.0.0.1:{api.port}")
    ann.device.profile = elsewhere
    heard = ann.says("open my hip workout", THREE_DAYS, "yes")
    assert "could not reach Amazon's reminders" in heard
    assert api.asked == []


def test_a_question_nobody_answered_is_not_asked_of_another_conversation(home: Home) -> None:
    ann = home.listener(granted=ALLOWED)
    ann.says("open my hip workout", THREE_DAYS)
    ann.keeps_silent()
    ann.hears_it_all()
    heard = ann.says("how am i doing")
    assert "reminders" not in heard


def test_nobody_may_be_asked_for_a_permission_in_the_middle_of_nothing(home: Home) -> None:
    """Alexa's answer may come when the wish is gone; then it is only thanked for."""
    ann = home.listener()
    ann.says("open my hip workout", THREE_DAYS, "yes")
    home.store.forget(listener_key(ann.device.user_id, SECRET))
    session = ann.device._session
    assert session is not None
    session.attributes = {}
    heard = ann.says("yes")
    assert "reminders are allowed now" in heard


def test_two_devices_that_set_reminders_at_once_both_keep_theirs(
    home: Home, api: RemindersApi
) -> None:
    kitchen, bedroom = home.listener(granted=ALLOWED), home.listener(granted=ALLOWED)
    kitchen.says("open my hip workout", "remind me every day at seven in the morning")
    bedroom.says("open my hip workout", "remind me every day at six in the evening")
    home.store.meanwhile = lambda: bedroom.says("yes")
    kitchen.says("yes")
    assert len(api.reminders) == 2
    assert {each["token"] for each in home.kept} == set(api.reminders)
