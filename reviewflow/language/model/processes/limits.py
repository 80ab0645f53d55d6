"""Time limits over part of a case, who may extend a day, and how often something may be reopened."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from reviewflow.calendar import Landing
from reviewflow.language.conditions import Condition
from reviewflow.language.model.processes.spellings import Meant, MetBy, ToldOf
from reviewflow.language.model.reserved import FIRST_ROUND
from reviewflow.language.model.values import (
    DueRule,
    Length,
    Line,
    Model,
    Name,
    Names,
    Number,
    OnAWorkingDay,
    ReopenedWithin,
)


class WhenLate(Model):
    """What follows as soon as it is foreseen that a limit will not be met, or when it was not."""

    noun: ClassVar[str] = "a warning about a late limit"

    message: Name = Field(description="The message that says so, once")
    tell: Names = Field(default=("business_manager",), min_length=1, description="The roles that are told")
    well_again: Name | None = Field(
        default=None, description="The message that says, once, that it will be met after all"
    )
    make: Name | None = Field(default=None, description="The notice of delay that is drafted, then and at the breach")


class Extensions(Model):
    """Who may give more time, how often, and until when at most. A national limit is never extended."""

    noun: ClassVar[str] = "a rule for extensions"

    by: Names = Field(
        default=(), description="The roles, agencies or bodies `outside` that may grant it; any unless given"
    )
    times: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="How often at most; 0: never; as often as is granted unless given"
    )
    until: DueRule | None = Field(
        default=None, description="The last day to which it may be extended: 40 working days after received"
    )
    send: Name | None = Field(
        default=None, description="The message that tells of the new day, {due}, and of the old one, {was_due}"
    )
    to: ToldOf | None = Field(
        default=None,
        description="With send: who is told: owner (unless given), roles, or everybody asked in serve: to whom that "
        "step wrote, or who owes or owed it",
    )

    @property
    def told(self) -> Names:
        """Who is told of a new day, as it is written."""
        return (self.to or ("owner",)) if self.send is not None else ()


class Reopenings(Model):
    """How often somebody may reopen what was done, by hand."""

    noun: ClassVar[str] = "a rule for reopening"

    times: Annotated[Number, Field(ge=0)] | None = Field(
        default=None, description="How often at most; 0: never; as often as there is reason unless given"
    )
    within: ReopenedWithin | None = Field(
        default=None,
        description="Until when: 20 working days of the ending (while the case goes on there is no end to it), or 5 "
        "working days of the day on which it was done; then no answer sends it back either",
    )


class Limit(Model):
    """A clock over part of the case. It never blocks, but it is never silent."""

    noun: ClassVar[str] = "a time limit"

    title: Line | None = Field(default=None, description="What the clock is called; a national limit brings its own")
    national: Name | None = Field(default=None, description="The name of a national limit in the guidance")
    counts_from: Name | None = Field(
        default=None, alias="from", description="For a national limit: the date (or step) that is day 0"
    )
    within: Length | None = Field(
        default=None, description="A stricter local length for a national limit; never looser"
    )
    due: DueRule | None = Field(default=None, description="For a local limit: when it ends")
    on_a_working_day: OnAWorkingDay = Landing.AS_IT_FALLS
    calendar: Name | None = Field(default=None, description="For a local limit: whose bank holidays count")
    extensions: Extensions | None = Field(
        default=None, description="For a local limit: who may extend it, how often and until when"
    )
    when: Condition | None = Field(default=None, description="Only when these answers were given; otherwise not needed")
    met_by: MetBy = Field(
        description="The step whose completion stops the clock; of several, [letter, call], whichever is done first; "
        "of one that comes again the first round of visit"
    )
    ladder: Name | None = Field(default=None, description="Who is warned, and when")
    when_late: WhenLate | None = Field(
        default=None, description="What follows when it is foreseen that it will not be met, or was not"
    )
    reason: Literal["asked"] | None = Field(
        default=None,
        description="For a local limit: asked: when it was missed, somebody is to record why; of a national limit it "
        "is always asked",
    )
    meant: Meant | None = Field(
        default=None,
        description="Answers to warnings about it, by code, with the reason: {PD047: The panel meets at once}",
    )

    @property
    def steps(self) -> tuple[str, ...]:
        """The steps of which one, when it is done, stops the clock."""
        return tuple(name.removeprefix(FIRST_ROUND) for name in self._met_by)

    @property
    def by_first_round(self) -> frozenset[str]:
        """Those of them that come again, and of which the first round stops the clock."""
        return frozenset(name.removeprefix(FIRST_ROUND) for name in self._met_by if name.startswith(FIRST_ROUND))

    @property
    def _met_by(self) -> tuple[str, ...]:
        return (self.met_by,) if isinstance(self.met_by, str) else self.met_by
