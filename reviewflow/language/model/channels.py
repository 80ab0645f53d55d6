"""Channels and digests of the partnership: where news goes besides mail, and what is told together."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from reviewflow.language.model.values import Length, Line, Model, Names


class ChannelKind(StrEnum):
    MAIL = "mail"
    TEAMS = "teams"
    SMS = "sms"


class Urgency(StrEnum):
    URGENT = "urgent"
    ORDINARY = "ordinary"


class Channel(Model):
    """A way in which messages go. Its address and its secrets stand in REVIEWFLOW_CHANNEL_<NAME>_URL, never here."""

    noun: ClassVar[str] = "a channel"

    title: Line = Field(description="What the office calls it: The council's mail server")
    kind: Annotated[ChannelKind, Field(strict=False)] = Field(
        description="mail takes letters to mailboxes; teams and sms only say that something waits, without any detail"
    )
    to: Names = Field(default=(), description="Whom it is for: roles, or agency; everybody unless given")
    only: Annotated[Urgency | None, Field(strict=False)] = Field(
        default=None, description="Only urgent or only ordinary messages; both unless given"
    )
    after: Length | None = Field(
        default=None, description="For mail: used only when a letter could not go for so long: 2 hours"
    )


class HowOften(StrEnum):
    WORKING_DAY = "working day"
    WEEK = "week"
    QUARTER = "quarter"


class Weekday(StrEnum):
    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"


class Tells(StrEnum):
    WORK = "work"
    FIGURES = "figures"
    HEAD = "head"


class Digest(Model):
    """A summary that goes to some posts again and again, and not at all when there is nothing to tell."""

    noun: ClassVar[str] = "a digest"

    title: Line = Field(description="Its subject: What is late and what comes next")
    to: Names = Field(description="The roles that get it", min_length=1)
    every: Annotated[HowOften, Field(strict=False)] = Field(description="working day, week or quarter")
    tells: Annotated[Tells, Field(strict=False)] = Field(
        default=Tells.WORK,
        description="work: what is late, comes next or reached nobody; figures: the quarter's; head: of the audit, by "
        "which is proven later that nothing was changed",
    )
    on: Annotated[Weekday | None, Field(strict=False)] = Field(
        default=None,
        description="Of a weekly one, on which day it goes: Friday; the next office day where the office is closed. "
        "Monday unless given",
    )
    ahead: Length | None = Field(
        default=None,
        description="Of the work, how far it looks ahead: 4 weeks; 7 days of a daily one, 14 of a weekly one and 90 of "
        "a quarterly one unless given",
    )
    of: Names = Field(default=(), description="Of the work, of which processes it tells; of all unless given")
