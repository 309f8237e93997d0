"""What a stranger can make us do for sound: nothing that a listener would notice."""

from __future__ import annotations

import pytest

from tests.audio.test_serving import SCRIPT, Hands, Studio, an_app

KNOWN = ("a", "b", "c")

NOT_THERE = (
    "/audio/en-US/guides/unknown-{}.mp3",
    "/audio/tlh/guides/a{}.mp3",
    "/audio/en-US/clips/unknown-{}.mp3",
    "/audio/en-US/part/AAAA{}.AAAAAAAAAAAAAAAA.mp3",
)


@pytest.mark.parametrize("path", NOT_THERE)
def test_what_is_not_there_pushes_nothing_out_of_a_full_memory(path: str) -> None:
    studio = Studio()
    studio.scripts |= dict.fromkeys(KNOWN, SCRIPT)
    client = an_app(studio, Hands(), keep=len(KNOWN)).test_client()

    def hear_all() -> set[int]:
        return {client.get(f"/audio/en-US/guides/{name}.mp3").status_code for name in KNOWN}

    assert hear_all() == {200}
    strange = {client.get(path.format(n)).status_code for n in range(10)}
    assert strange <= {403, 404}
    studio.asked.clear()
    assert hear_all() == {200}
    assert studio.asked == []
