"""The number of a message, 'RR-2026-001/14.1', which stands on its letter too: made and taken apart here only."""

from __future__ import annotations

from typing import NamedTuple


class NoticeNumber(NamedTuple):
    """A message by the command that promised it."""

    reference: str
    """The case."""
    event: int
    """The number of that command's first event."""
    place: int
    """Its place among the messages of that command, from 1."""

    @staticmethod
    def parse(text: str) -> NoticeNumber:
        """Raises ValueError for anything that is no number of a message, such as a digest's key."""
        reference, _, written = text.rpartition("/")
        event, _, place = written.partition(".")
        if not reference:
            raise ValueError(f"{text} is no number of a message: it names no case")
        return NoticeNumber(reference, int(event), int(place))

    def __str__(self) -> str:
        return f"{self.reference}/{self.event}.{self.place}"
