"""The icon is a PNG of the size that the store wants, whole in its circle, and seen at any size."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from numpy.typing import NDArray

from skill.render.icon import GROUND, SAFE, icon_png

SIZES = (108, 512)


def pixels(png: bytes) -> NDArray[np.uint8]:
    """Read a PNG of 8 bits of red, green and blue back, by its specification."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, []
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        name, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert zlib.crc32(name + body) == int.from_bytes(png[at + 8 + length : at + 12 + length])
        chunks.append((name, body))
        at += 12 + length
    assert [name for name, _ in chunks] == [b"IHDR", b"IDAT", b"IEND"]
    width, height, *kind = struct.unpack(">IIBBBBB", chunks[0][1])
    assert kind == [8, 2, 0, 0, 0]
    rows = np.frombuffer(zlib.decompress(chunks[1][1]), np.uint8).reshape(height, 1 + width * 3)
    assert (rows[:, 0] == 2).all()
    return np.cumsum(rows[:, 1:].reshape(height, width, 3), axis=0, dtype=np.uint8)


@pytest.mark.parametrize("side", SIZES)
def test_the_icon_has_the_size_that_the_store_wants(side: int) -> None:
    assert pixels(icon_png(side)).shape == (side, side, 3)


@pytest.mark.parametrize("side", SIZES)
def test_nothing_that_matters_is_outside_of_the_stores_circle(side: int) -> None:
    drawn = (pixels(icon_png(side)) != GROUND).any(axis=2)
    y, x = np.nonzero(drawn)
    away = np.hypot(x + 0.5 - side / 2, y + 0.5 - side / 2)
    assert away.max() < (SAFE + 0.005) * side


@pytest.mark.parametrize("side", SIZES)
def test_the_figure_fills_the_circle_and_stands_out_from_the_ground(side: int) -> None:
    picture = pixels(icon_png(side))
    white = (picture == 255).all(axis=2)
    columns = np.nonzero(white.any(axis=0))[0]
    assert np.ptp(columns) > 0.7 * side
    assert white.mean() > 0.05


def test_the_icon_is_the_same_every_time() -> None:
    first = icon_png(108)
    icon_png.cache_clear()
    assert icon_png(108) == first
