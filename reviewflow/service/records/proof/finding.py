"""One thing that the audit found to be wrong."""

from __future__ import annotations

from dataclasses import dataclass

WHAT_TO_DO = (
    "What to do: change nothing by hand, and let nobody work in it until it is understood. Keep a copy of the database "
    "as it is now. Compare with the last backup, and with a head that was kept elsewhere: reviewflow audit --since "
    "HEAD. Tell whoever answers for the office's records."
)


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """The first thing that is wrong with a case, or with something that belongs to the whole office."""

    reference: str
    number: int | None
    """The event at which it shows, when it shows at one."""
    words: str


DATABASE, SEALS, NAMES, LETTERS, OFFICE = "Database", "Seals", "Names", "Letters", "Office"
"""What a finding is about that is about no case."""
