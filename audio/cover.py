"""The cover picture: somebody in a bridge, drawn here from a few strokes, without any text."""

from __future__ import annotations

import struct
import zlib
from functools import cache

import numpy as np
from numpy.typing import NDArray

SIDE = 1_400
"""Pixels of each side: the least that podcast directories take."""

Picture = NDArray[np.float32]
"""Rows of pixels of red, green and blue, from 0 to 255."""

_Point = tuple[float, float]

_BACKGROUND = (236, 228, 214)
_DISC = (246, 205, 150)
_FLOOR = (96, 125, 128)
_FIGURE = (38, 70, 83)

# From left to right, in parts of the side: the head, the shoulders on the floor, hips and knees in
# one rising line, the shin upright, the foot flat.
_HEAD: _Point = (0.205, 0.66)
_SHOULDER: _Point = (0.30, 0.672)
_HIP: _Point = (0.515, 0.53)
_KNEE: _Point = (0.69, 0.42)
_HEEL: _Point = (0.705, 0.69)
_TOE: _Point = (0.775, 0.697)
_HAND: _Point = (0.50, 0.70)


@cache
def cover_png() -> bytes:
    """Return the cover as a PNG of 1,400 by 1,400 pixels, the same bytes every time."""
    picture = np.empty((SIDE, SIDE, 3), np.float32)
    picture[:] = _BACKGROUND
    _stroke(picture, (0.5, 0.47), (0.5, 0.47), 0.33, _DISC)
    _stroke(picture, (0.12, 0.737), (0.88, 0.737), 0.013, _FLOOR)
    for start, end, width in (
        (_SHOULDER, _HIP, 0.046),
        (_HIP, _KNEE, 0.042),
        (_KNEE, _HEEL, 0.032),
        (_HEEL, _TOE, 0.025),
        (_SHOULDER, _HAND, 0.021),
    ):
        _stroke(picture, start, end, width, _FIGURE)
    _stroke(picture, _HEAD, _HEAD, 0.062, _FIGURE)
    return _png(np.rint(picture).astype(np.uint8))


def _stroke(
    picture: Picture, start: _Point, end: _Point, radius: float, colour: tuple[int, int, int]
) -> None:
    """Draw a line with round ends; all measures are parts of the side."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) + np.float32(0.5)
    (x0, y0), (x1, y1) = ((px * SIDE, py * SIDE) for px, py in (start, end))
    dx, dy = x1 - x0, y1 - y0
    long2 = max(dx * dx + dy * dy, 1e-9)
    along = np.clip(((x - x0) * dx + (y - y0) * dy) / long2, 0, 1)
    away = np.hypot(x - (x0 + along * dx), y - (y0 + along * dy))
    covered = np.clip(radius * SIDE - away + 0.5, 0, 1)[:, :, None]
    picture += (np.array(colour, np.float32) - picture) * covered


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Return pixels as PNG: 8 bits of red, green and blue, every row told by how it differs."""
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
