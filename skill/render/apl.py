"""APL documents for smart displays, put together from ``screens/`` and handed out with their data.

Every document is ``shared.json`` with a body of its own. They adapt themselves to whatever shows
them, by its shape, mode, size and theme, so nothing here depends on the device.

VERSION 1.6 is the lowest that has all they use: bound variables in layouts. Tick handlers came
with 1.4, roles and ``String.length`` with 1.5. It runs on everything from the spring of 2021 on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from skill.coach.history import Week
from skill.coach.reply import line, name_of
from skill.render.figure_graphic import graphic, still
from skill.render.screen import FIRST_FIGURE, Chip, Row, Screen, Screens
from skill.render.stretches import figures_of, plain
from skill.render.words import Words

VERSION = (1, 6)
"""Of APL, as numbers that can be compared."""

FOLDER = Path(__file__).parent / "screens"
SHARED = "shared"

DELAY_MS = 500
"""From a document's first picture to the first sound. Ours, because Amazon promises nothing: the
picture comes first, then speech. On a fast device the figure is late by it, on a slow one early."""

LONGEST_IDLE_MS = 30_000
"""How long a screen is wanted once nothing is heard any more: as long as the session lasts."""

Json = dict[str, Any]


@dataclass(frozen=True)
class Documents:
    """The documents by their names. Nobody may write to them, for they are handed out again."""

    whole: Mapping[str, Json]

    def render(self, screen: Screen, screens: Screens) -> Json:
        """Return ``document`` and ``datasources`` of a screen."""
        sound_ms = screen.stretches[-1].until if screen.asks_ms else 0
        document = self.whole[screen.document]
        settings = {**document["settings"], "idleTimeout": sound_ms + LONGEST_IDLE_MS}
        return {
            "document": {**document, "settings": settings},
            "datasources": {"screen": _data(screen, screens)},
        }


def load_documents() -> Documents:
    """Read the documents from their files."""
    shared = _read(SHARED)
    names = sorted(path.stem for path in FOLDER.glob("*.json") if path.stem != SHARED)
    return Documents({name: _whole(shared, _read(name)) for name in names})


def _read(name: str) -> Json:
    read: Json = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return read


def _whole(shared: Json, body: Json) -> Json:
    """Return a document: what is shared, without the layouts that this body does not reach."""
    layouts = {**shared["layouts"], "Body": body}
    reached = _reached({"type": "Body"}, layouts) | _reached(shared["mainTemplate"], layouts)
    return {
        **shared,
        "version": ".".join(map(str, VERSION)),
        "layouts": {name: layout for name, layout in layouts.items() if name in reached},
        "graphics": {**shared["graphics"], "figure": graphic()},
    }


def _reached(node: object, layouts: Mapping[str, Json]) -> set[str]:
    if isinstance(node, list):
        return {name for child in node for name in _reached(child, layouts)}
    if not isinstance(node, Mapping):
        return set()
    name = str(node.get("type"))
    found = {name} | _reached(layouts[name], layouts) if name in layouts else set[str]()
    return found.union(*(_reached(child, layouts) for child in node.values()))


def _data(screen: Screen, screens: Screens) -> Json:
    ids = figures_of(screen.stretches) or (FIRST_FIGURE,)
    words, chips = screens.scenes.words, screen.chips
    return {
        "type": "object",
        "delay": DELAY_MS,
        "asks": screen.asks_ms,
        "ends": screen.stretches[-1].until,
        "moves": screen.moves,
        "count": len(screen.stretches),
        "stretches": plain(screen.stretches, ids),
        "figures": [screens.drawings[id_] for id_ in ids],
        "alt": [_alt(id_, words) for id_ in ids],
        "speaking": _chips(chips.speaking),
        "asked": _chips(chips.asked),
        "try": words.sentence(line("screen-try")) if chips.speaking or chips.asked else "",
        "seconds": words.say(line("screen-seconds")),
        "rows": [_row(row, screens) for row in screen.rows],
        "week": _week(screen.week, words),
    }


def _alt(figure: str, words: Words) -> str:
    return words.sentence(line("screen-figure", exercise=name_of(figure)))


def _chips(chips: tuple[Chip, ...]) -> list[Json]:
    """Return chips with how many letters they have together with those before them."""
    letters = accumulate(len(each.text) for each in chips)
    return [
        {"text": each.text, "arguments": list(each.arguments), "letters": so_far}
        for each, so_far in zip(chips, letters, strict=True)
    ]


def _row(row: Row, screens: Screens) -> Json:
    figure = screens.drawings.get(row.figure)
    return {
        "text": row.text,
        "detail": row.detail,
        "spoken": row.spoken or row.text,
        "touches": bool(row.arguments),
        "arguments": list(row.arguments),
        "figure": still(figure) if figure is not None else None,
    }


def _week(week: Week | None, words: Words) -> Json:
    say = words.sentence
    if week is None:
        return {"days": [], "workouts": "", "streak": ""}
    letters = say(line("screen-days")).split()
    return {
        "days": [
            {"letter": letter, "trained": trained, "today": day == week.today}
            for day, (letter, trained) in enumerate(zip(letters, week.trained, strict=True))
        ],
        "workouts": say(line("screen-week", workouts=week.workouts)),
        "streak": say(line("screen-streak", weeks=week.streak)) if week.streak else "",
    }
