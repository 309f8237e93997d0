"""Turns in which a listener's reminders are set, listed and cancelled at a pretend Amazon."""

from __future__ import annotations

from ask_sdk_model import RequestEnvelope

from skill.alexa.amazon_api import AmazonApi
from skill.alexa.envelope import epoch_ms
from skill.alexa.reminders import AmazonReminders
from skill.alexa.serializer import EnvelopeSerializer
from skill.coach.reminder import About, Reminder
from tests.amazon import envelope
from tests.reminders_api import TOKEN, RemindersApi

LONDON = "Europe/London"
TEXT = "Time for your hips & <back>."
MONDAY_AT_SEVEN = Reminder(About.WORKOUT, 7 * 60, 0)
DAILY_AT_NOON = Reminder(About.GET_UP, 12 * 60)
ONCE_AT_SIX = Reminder(About.WORKOUT, 18 * 60 + 5, 4, once=True)
THREE = (MONDAY_AT_SEVEN, DAILY_AT_NOON, ONCE_AT_SIX)


def request_of(server: RemindersApi, /, locale: str = "en-US", **system: object) -> RequestEnvelope:
    """Return a request that leads to the server, with other values in its ``System``."""
    plain = envelope("echo_dot_launch", server.clock)
    plain["request"]["locale"] = locale
    said = {"apiEndpoint": server.endpoint, "apiAccessToken": TOKEN, **system}
    plain["context"]["System"] |= said
    read = EnvelopeSerializer().read(plain, RequestEnvelope)
    assert isinstance(read, RequestEnvelope)
    return read


def reminders(
    server: RemindersApi,
    kept: object = None,
    *,
    zone: str | None = LONDON,
    seconds: float = 10.0,
    locale: str = "en-US",
    **system: object,
) -> AmazonReminders:
    """Return the reminders of a turn that asks the server."""
    api = AmazonApi(server.ca_bundle, test_host=server.host, seconds=seconds)
    asked = request_of(server, locale, **system)
    return AmazonReminders(api, asked, kept, zone, epoch_ms(server.clock()), lambda _: TEXT)


def kept_after(server: RemindersApi, *wanted: Reminder) -> list[dict[str, object]]:
    """Return what is kept once these are set."""
    setting = reminders(server)
    assert setting.add(wanted) == (None,) * len(wanted)
    return setting.kept
