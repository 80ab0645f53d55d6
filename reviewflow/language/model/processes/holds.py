"""What may stand still for a while, and what places and releases it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from reviewflow.language.conditions import Condition
from reviewflow.language.model.values import Length, Line, Model, Name, Names, Number


class HeldDays(StrEnum):
    """What becomes of the due days of what was held, when it is released."""

    MOVE = "move"
    STAY = "stay"


class Hold(Model):
    """A reason that stops named steps for a while. It never stops a national limit."""

    noun: ClassVar[str] = "a hold"

    title: Line = Field(description="Why things stand still, as everybody reads it")
    stops: Names = Field(description="The steps that wait while it lasts", min_length=1)
    by: Names = Field(
        default=(), description="The roles or agencies that may place it and release it by hand; anybody unless given"
    )
    times: Annotated[Number, Field(ge=1)] | None = Field(
        default=None,
        description="How often at most it may be placed by hand; as often as there is reason unless given",
    )
    at_most: Length | None = Field(
        default=None,
        description="How long it may be in place: 6 months. Then it ends by itself, unless released before",
    )
    due_days: Annotated[HeldDays, Field(strict=False)] = Field(
        default=HeldDays.MOVE,
        description="When released, due days of what it stopped move on by the working days it was held, or stay",
    )
    review: Length | None = Field(default=None, description="How often it is looked at again: 30 days")
    send: Name = Field(default="hold_review", description="The message that reminds of looking at it again")
    to: Names = Field(default=("business_support",), description="The roles that are reminded")


class StandsStill(Model):
    """Local clocks that stand still while something is awaited from outside. National limits never do."""

    noun: ClassVar[str] = "a standstill"

    title: Line = Field(description="What is awaited, as everybody reads it: The fee has not been paid")
    clocks: Names = Field(description="The local limits and the steps whose days then do not count", min_length=1)
    since: Name = Field(alias="from", description="The step that stops them when it is done: fee_notice")
    until: Name = Field(description="The step with which they go on, when it is done: fee_paid")
    then: Literal["begin again"] | None = Field(
        default=None, description="begin again: they count anew from the day on which it came; go on unless given"
    )

    @property
    def begins_again(self) -> bool:
        """Whether all that was counted before is counted anew."""
        return self.then is not None


class Placing(Model):
    """An answer places a hold, or lifts it."""

    noun: ClassVar[str] = "a placing"

    when: Condition = Field(description="Which answers of this step's own form do it: {trial: yes}")
