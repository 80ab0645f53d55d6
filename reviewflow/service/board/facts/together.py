"""What several owe alike, said once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewflow.service.board.facts.shapes import OwedRow
from reviewflow.text import listing


@dataclass(frozen=True, slots=True)
class Together:
    reference: str
    what: str
    who: str
    by: str


def grouped(rows: Iterable[OwedRow]) -> list[Together]:
    """What several owe alike in one case on one day is one line, with all their names, in their order."""
    owners: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        owners.setdefault((row.reference, row.what, row.by), []).append(row.who)
    return [Together(reference, what, listing(dict.fromkeys(who)), by) for (reference, what, by), who in owners.items()]
