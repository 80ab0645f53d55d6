"""What runs beside a case, and what another case does for it too."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

JOINED = "joined"
"""Instead of a kind of link: the other case meets the time limits of this one too."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A case or proceeding that runs beside this one."""

    kind: str
    effect: str
    since: date
    hold: str = ""
    """The hold that it places; '' where the process has none for its effect."""
    review: date | None = None
    told: date | None = None
    """The day of `review` on which the office was told to look at it again."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Where something was recorded that counts here too: the case that leads, and the number of its event."""

    reference: str
    number: int
