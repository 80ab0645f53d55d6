"""A letter that a sender has claimed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reviewflow.store.records import Notice, StoredDigest


@dataclass(frozen=True, slots=True)
class OutgoingLetter:
    """A claimed letter: its notices, the most urgent first, its digests, and the one mailbox that it goes to."""

    number: str
    address: str
    notices: tuple[Notice, ...]
    since: datetime
    """When it was first tried; now for a new one."""
    digests: tuple[StoredDigest, ...] = ()
    also_due: tuple[str, ...] = ()
    """What else its mailbox owes, a line each."""
    reference: str = ""
    """What stands on it, and names this text for ever: its number, or another when its text is another by now."""
    replaces: tuple[str, ...] = ()
    """The references under which its reader may have had an earlier text of it."""

    @property
    def tries(self) -> int:
        """How often it has been tried, this time included."""
        return max([notice.tries for notice in self.notices] + [digest.tries for digest in self.digests])

    @property
    def recipients(self) -> tuple[str, ...]:
        return (*(notice.recipient for notice in self.notices), *(digest.recipient for digest in self.digests))

    @property
    def numbers(self) -> tuple[str, ...]:
        """Of its messages and digests."""
        return (*(notice.number for notice in self.notices), *(digest.number for digest in self.digests))

    @property
    def urgent(self) -> bool:
        return any(notice.urgent for notice in self.notices)
