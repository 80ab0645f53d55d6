"""Processes: one review methodology each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from reviewflow.language.conditions import Condition
from reviewflow.language.model.forms import FormFields
from reviewflow.language.model.values import (
    Count,
    DueRule,
    Language,
    Length,
    Line,
    Model,
    Name,
    Names,
    Number,
    Prose,
    Roles,
    TextOr,
)


class Opening(Model):
    """What is asked when a case is opened."""

    dates: dict[Name, Line] = Field(description="The dates a case starts with: a name and the question", min_length=1)
    agencies: Count | None = Field(default=None, description="How many agencies take part: at least 1")


class Limit(Model):
    """A clock over part of the case. It never blocks, but it is never silent."""

    title: Line | None = Field(default=None, description="What the clock is called; a national limit brings its own")
    national: Name | None = Field(default=None, description="The name of a national limit in the guidance")
    counts_from: Name | None = Field(
        default=None, alias="from", description="For a national limit: the date (or step) that is day 0"
    )
    within: Length | None = Field(
        default=None, description="A stricter local length for a national limit; never looser"
    )
    due: DueRule | None = Field(default=None, description="For a local limit: when it ends")
    calendar: Name | None = Field(default=None, description="For a local limit: whose bank holidays count")
    met_by: Name = Field(description="The step whose completion stops the clock")
    ladder: Name | None = Field(default=None, description="Who is warned, and when")


class Reopen(Model):
    """Work is sent back: the named step and what depends on it become open again."""

    when: Condition = Field(description="Which answers of this step's own form send the work back: {enough: no}")
    send: Name | None = Field(default=None, description="The message that tells the owner so")
    due: DueRule | None = Field(default=None, description="When the reopened work is due; its own rule unless given")


class Start(Model):
    """Opens a linked case of another process."""

    process: Name = Field(description="The process to start")
    dates: dict[Name, Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)?$")]] = Field(
        description="Each date the new case opens with, and where it comes from: {decision: agreed_outcome.decided_on}"
    )
    agencies: Literal["same"] | None = Field(default=None, description="same: the agencies of this case take part")


class Step(Model):
    """One thing to be done, by a person (`owner`) or automatically (`send`, `start`)."""

    title: Line = Field(description="What is to be done, as everybody reads it")
    help: Prose | None = Field(default=None, description="What the person doing it should know")
    after: Names = Field(default=(), description="The step or steps that must be settled first; none: at the opening")
    when: Condition | None = Field(default=None, description="Only when these answers were given; otherwise not needed")
    for_each: TextOr[Roles] | None = Field(
        default=None,
        description="agency: each agency of the case owes it; or a list of roles, each for itself",
    )
    owner: Name | None = Field(default=None, description="Who does it: a role, or agency / each with for_each")
    due: DueRule | None = Field(default=None, description="When it is due: 7 working days after notified")
    calendar: Name | None = Field(default=None, description="Whose days are counted; the office's unless given")
    not_before: DueRule | None = Field(default=None, description="The first day on which it may be done")
    form: TextOr[FormFields] | None = Field(
        default=None, description="What is asked: the name of a shared form, or the fields themselves"
    )
    ladder: Name | None = Field(default=None, description="Who is reminded and when; none: nobody")
    reopens: dict[Name, Reopen] = Field(default={}, description="Earlier steps that an answer may send back")
    send: Name | None = Field(default=None, description="Automatic: the message that is sent")
    to: Names = Field(default=(), description="For send: who receives it; the agency's contact unless given")
    about: Name | None = Field(
        default=None, description="For send: the step whose title and due day the message tells; this one unless given"
    )
    start: Start | None = Field(default=None, description="Automatic: a linked case that is opened")


class Process(Model):
    """One review methodology."""

    language: Language = Field(description="The version of this language: 1")
    process: Name = Field(description="The process's name, the same as the file's")
    version: Annotated[Number, Field(ge=1)] = Field(description="Counted up with every change: 1, 2, 3")
    title: Line = Field(description="What the process is called")
    summary: Prose | None = Field(default=None, description="What it is for, in a few sentences")
    guidance: Name | None = Field(default=None, description="The edition of the national limits it works under")
    calendar: Name | None = Field(
        default=None,
        description="Whose days its steps are counted in; the office's own, with its closures, unless given",
    )
    reference: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,8}-\{year\}-\{number\}$")] = Field(
        description="How its cases are numbered: RR-{year}-{number}"
    )
    opening: Opening = Field(description="What is asked when a case is opened")
    limits: dict[Name, Limit] = Field(default={}, description="The clocks that run over the case")
    steps: dict[Name, Step] = Field(description="What is done, by name", min_length=1)
