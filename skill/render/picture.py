"""Pixels: round strokes on a plain ground, and the PNG of them, the same bytes every time."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
"""Rows of pixels of red, green and blue, from 0 to 255."""

Colour = tuple[int, int, int]


def ground(side: int, colour: Colour) -> Pixels:
    """Return a square of ``side`` pixels in one colour."""
    picture = np.empty((side, side, 3), np.float32)
    picture[:] = colour
    return picture


def colour_of(text: str) -> Colour:
    """Return the colour that is written as ``#rrggbb``."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def stroke(
    picture: Pixels, points: Sequence[tuple[float, float]], radius: float, colour: Colour
) -> None:
    """Draw a line with round ends and corners; all measures are parts of the side, from 0 to 1.

    A single point is a disc.
    """
    covered = np.zeros(picture.shape[:2], np.float32)
    for start, end in pairwise(points if len(points) > 1 else [*points, *points]):
        covered = np.maximum(covered, _covered(picture.shape[0], start, end, radius))
    picture += (np.array(colour, np.float32) - picture) * covered[:, :, None]


def _covered(
    side: int, start: tuple[float, float], end: tuple[float, float], radius: float
) -> NDArray[np.float32]:
    """Return which share of each pixel lies within ``radius`` of a line."""
    y, x = np.mgrid[0:side, 0:side].astype(np.float32) + np.float32(0.5)
    (x0, y0), (x1, y1) = ((px * side, py * side) for px, py in (start, end))
    dx, dy = x1 - x0, y1 - y0
    long2 = max(dx * dx + dy * dy, 1e-9)
    along = np.clip(((x - x0) * dx + (y - y0) * dy) / long2, 0, 1)
    away = np.hypot(x - (x0 + along * dx), y - (y0 + along * dy))
    share: NDArray[np.float32] = np.clip(radius * side - away + 0.5, 0, 1).astype(np.float32)
    return share


def png(picture: Pixels) -> bytes:
    """Return pixels as PNG: 8 bits of red, green and blue, every row told by how it differs."""
    pixels = np.rint(picture).astype(np.uint8)
    height, width, _ = pixels.shape
    above = np.vstack([np.zeros_like(pixels[:1]), pixels[:-1]])
    rows = np.empty((height, 1 + width * 3), np.uint8)
    rows[:, 0] = 2  # the filter "Up": a row is told by what differs from the one above
    rows[:, 1:] = (pixels - above).reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    checked = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checked)
