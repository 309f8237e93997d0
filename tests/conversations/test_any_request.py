from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.alexa.intents import ANSWERS
from tests.amazon import FrozenClock, PretendAmazon, as_body, envelope

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4)
    ),
    max_leaves=12,
)
KINDS = ["LaunchRequest", "IntentRequest", "SessionEndedRequest", "CanFulfillIntentRequest"]
SLOTS = ["exercise", "minutes", "sets", "reps", "equipment", "place", "body_part", "pace"]


@st.composite
def requests(draw: st.DrawFn) -> dict[str, Any]:
    """A request of a known kind with parts of it replaced by junk."""
    slots = draw(st.dictionaries(st.sampled_from(SLOTS), JUNK, max_size=3))
    intent: dict[str, Any] = {"name": draw(st.sampled_from(list(ANSWERS))), "slots": slots}
    if draw(st.booleans()):
        intent["slots"] = {
            name: {"name": name, "value": draw(st.text(max_size=10))} for name in slots
        }
    request: dict[str, Any] = {"type": draw(st.sampled_from(KINDS)), "intent": intent}
    spoiled = draw(st.sampled_from(["", "intent", "type", "locale", "reason"]))
    return request | ({spoiled: draw(JUNK)} if spoiled else {})


@settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(request=requests(), attributes=JUNK, where=st.sampled_from(["attributes", "session", ""]))
def test_no_signed_request_of_any_shape_gets_a_server_error(
    client: FlaskClient,
    amazon: PretendAmazon,
    clock: FrozenClock,
    request: dict[str, Any],
    attributes: Any,
    where: str,
) -> None:
    sent = envelope("echo_dot_launch", clock)
    sent["request"] |= request
    if where == "attributes":
        sent["session"]["attributes"] = attributes
    elif where == "session":
        sent["session"]["attributes"] = {"session": attributes}
    body = as_body(sent)
    response = client.post("/alexa", data=body, headers=amazon.sign(body))
    assert response.status_code in (200, 400)
    assert "my side" not in response.get_data(as_text=True)
