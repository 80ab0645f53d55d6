"""The demo: a fresh folder, Prefect, and three made-up rapid reviews at different points of their fifteen days."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
AGENCIES = ("police", "hospital", "childrens_social_care", "education")


@dataclass(frozen=True, slots=True)
class Story:
    """A made-up review: how many working days ago its notification was sent, and what has been done since."""

    days_ago: int
    done: tuple[tuple[int, str, dict[str, object]], ...] = field(default=())
    """Working day after the notification, item, answers."""
