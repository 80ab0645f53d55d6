"""What stands round the text of a paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLook:
    """Title, day, marking and reference, and which way round the pages lie."""

    title: str
    partnership: str
    made: str
    """The day, in words."""
    reference: str = ""
    """Of the case; empty for a paper that is of none."""
    marking: str = ""
    """The protective marking; empty for none."""
    landscape: bool = False
