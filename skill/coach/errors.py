"""
What can go wrong in the coach's own house.

* CoachError
  - UnreadableSession   a stored session that this version cannot read
"""

from __future__ import annotations


class CoachError(Exception):
    """Base of everything the coach raises on purpose."""


class UnreadableSession(CoachError):
    """A stored session is of another version, damaged or impossible; the listener starts afresh."""
