"""What can be touched is read from a document as a device would inflate it."""

from __future__ import annotations

from typing import Any

import pytest

from skill.simulator.touchables import Touchable, touchables

Json = dict[str, Any]


def shown(*items: Json, layouts: Json | None = None, **data: object) -> Json:
    """Return a directive that shows these components, with this data."""
    template = {"parameters": ["payload"], "items": list(items)}
    document = {"type": "APL", "layouts": layouts or {}, "mainTemplate": template}
    return {"document": document, "datasources": {"screen": data}}


def wrapper(label: object = "${data.text}", sends: object = "${data.sends}", **more: Any) -> Json:
    press = [{"type": "SendEvent", "arguments": sends}]
    return {"type": "TouchWrapper", "accessibilityLabel": label, "onPress": press, **more}


def container(*items: Json, **more: Any) -> Json:
    return {"type": "Container", "items": list(items), **more}


YES = {"text": "Yes", "sends": ["YesIntent", {}]}
NO = {"text": "No", "sends": ["NoIntent", {}]}
TO_YES, TO_NO = Touchable("Yes", ("YesIntent", {})), Touchable("No", ("NoIntent", {}))


def test_every_row_of_the_data_is_there() -> None:
    rows = container(wrapper(), data="${payload.screen.rows}")
    assert touchables(shown(rows, rows=[YES, NO])) == (TO_YES, TO_NO)


def test_a_layout_is_given_its_parameters() -> None:
    chip = {"parameters": ["chip"], "item": wrapper("${chip.text}", "${chip.sends}")}
    chips = {
        "parameters": [{"name": "of"}],
        "item": container({"type": "Chip", "chip": "${data}"}, data="${of}"),
    }
    used = {"type": "Chips", "of": "${payload.screen.chips}"}
    found = touchables(shown(used, layouts={"Chip": chip, "Chips": chips}, chips=[YES]))
    assert found == (TO_YES,)


@pytest.mark.parametrize(
    ("condition", "there"),
    [
        ({"when": "${payload.screen.no}"}, False),
        ({"when": "${!payload.screen.yes}"}, False),
        ({"when": "${payload.screen.yes}"}, True),
        ({"when": "${viewport.width > 600}"}, True),
        ({"when": "@hasChips"}, True),
        ({"disabled": "${payload.screen.yes}"}, False),
        ({"disabled": "${payload.screen.no}"}, True),
        ({"display": "none"}, False),
        ({"display": "${payload.screen.no ? 'normal' : 'none'}"}, False),
        ({"display": "${payload.screen.yes ? 'normal' : 'none'}"}, True),
    ],
    ids=str,
)
def test_what_a_device_decides_counts_as_shown(condition: Json, there: bool) -> None:
    button = wrapper("Yes", YES["sends"], **condition)
    assert touchables(shown(button, yes=True, no=False)) == ((TO_YES,) if there else ())


@pytest.mark.parametrize(("now_ms", "there"), [(0, False), (999, False), (1000, True)])
def test_what_comes_with_time_is_there_in_time(now_ms: float, there: bool) -> None:
    late = wrapper("Yes", YES["sends"], display="${isAsked ? 'normal' : 'none'}")
    bind = [
        {"name": "now", "value": 0},
        {"name": "s", "value": "${payload.screen}"},
        {"name": "isAsked", "value": "${now >= s.asks}"},
    ]
    found = touchables(shown(container(late, bind=bind), asks=1000), now_ms)
    assert found == ((TO_YES,) if there else ())


def test_what_is_sent_by_a_reckoning_cannot_be_told() -> None:
    button = wrapper("Yes", ["YesIntent", "${index + 1}"])
    assert touchables(shown(button)) == (Touchable("Yes", None),)


def test_events_are_found_inside_other_commands() -> None:
    sends = {"type": "SendEvent", "arguments": YES["sends"]}
    press = [{"type": "Sequential", "commands": [{"type": "Idle"}, sends]}]
    button = wrapper("Yes", onPress=press)
    assert touchables(shown(button)) == (TO_YES,)


def test_what_sends_nothing_is_not_touched() -> None:
    assert touchables(shown(wrapper("Yes", onPress=[{"type": "Idle"}]))) == ()
