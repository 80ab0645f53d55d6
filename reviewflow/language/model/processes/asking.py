"""What a step says of the answers of several: who is asked in turn, and what silence means."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Discriminator, Field, Tag

from reviewflow.language.conditions import Condition
from reviewflow.language.model.processes.spellings import CountsAs, TextOrRoles
from reviewflow.language.model.values import AfterDue, Length, Line, Model, Name


class Asks(Model):
    """Several are asked one after the other, until one accepts."""

    noun: ClassVar[str] = "an order of asking"

    in_order: TextOrRoles = Field(
        description="The roles that are asked, the first one first; or a list that a form gathered: nominate.agencies"
    )
    within: Length = Field(description="How long each has to answer, before the next is asked: 3 working days")
    accepts: Condition = Field(description="Which answers of this step's own form accept: {will_you: yes}")
    send: Name = Field(description="The message that asks each, when it is their turn")


class Silence(Model):
    """What it means when nothing has come, where it also answers a question of the form, or counts on a later day."""

    noun: ClassVar[str] = "a silence"

    counts_as: Line = Field(description="What silence means, in the words that everybody reads: declined, not offered")
    answers: dict[Name, Name] | None = Field(
        default=None,
        description="The questions of the step's own form that silence answers: {attends: no}",
        min_length=1,
    )
    on: AfterDue | None = Field(
        default=None,
        description="The later day with which silence counts: 5 working days after due; until then it is late, and "
        "whoever owes it is reminded. The due day unless given",
    )


SilenceRule = Annotated[
    Annotated[Silence, Tag("(values)")] | Annotated[CountsAs, Tag("(name)")],
    Discriminator(lambda value: "(name)" if isinstance(value, str) else "(values)"),
]
