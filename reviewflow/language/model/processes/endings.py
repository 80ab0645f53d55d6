"""How a case ends, how long its file is kept, and the linked case that it starts."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from reviewflow.language.conditions import Condition
from reviewflow.language.model.processes.spellings import DayOf, Meant
from reviewflow.language.model.values import DueRule, KeptFor, Line, Model, Name, Names


class Start(Model):
    """Opens a linked case of another process."""

    noun: ClassVar[str] = "a start"

    process: Name = Field(description="The process to start")
    dates: dict[Name, DayOf] = Field(
        description="Each date the new case opens with, and where it comes from: {decision: agreed_outcome.decided_on}"
    )
    times: dict[Name, DayOf] | None = Field(
        default=None,
        description="Where the time of day of a date comes from that asks for one: {notified: call.rung_at} for a "
        "question of a form, {notified: call} for the time at which a step was recorded, or a date of this case",
    )
    agencies: Literal["same"] | None = Field(default=None, description="same: the agencies of this case take part")
    calendar: Name | None = Field(
        default=None,
        description="For a process that asks whose days are counted: a calendar, or chosen for the one of this case",
    )


class Retention(Model):
    """How long the file of a case is kept, counted from the day on which it is over."""

    noun: ClassVar[str] = "a retention rule"

    keep: KeptFor = Field(description="25 years, or permanently")
    kind: Line | None = Field(
        default=None, alias="class", description="The class of record in the partnership's retention schedule"
    )


class Ending(Model):
    """A way out of the process: the case ends with this reason, its clocks stop, its history stays."""

    noun: ClassVar[str] = "an ending"

    title: Line = Field(description="Why the case ends, as everybody reads it")
    when: Condition | None = Field(
        default=None, description="The answers that end the case by themselves; none: only when somebody says so"
    )
    after: DueRule | None = Field(
        default=None,
        description="The day after which time alone ends the case, where nothing came: 40 working days after received",
    )
    unless: Names = Field(default=(), description="With after: the steps of which one that is settled keeps it open")
    send: Name | None = Field(default=None, description="With after: the message that says so when time ends the case")
    to: Names = Field(
        default=("owner",), description="Who gets that message: owner (of the step named by unless), senior, or roles"
    )
    with_the_end_of: Name | None = Field(
        default=None,
        description="The case with which this one ends so: a step that starts one, for when that case is closed or has "
        "ended; or origin, for when the case that started this one is withdrawn or ends before it was done",
    )
    keeps: Names = Field(
        default=(),
        description="The steps that are still owed when it ends so by answers: the case is over when they are done",
    )
    start: Start | None = Field(default=None, description="The process that the case is converted into")
    retention: Retention | None = Field(
        default=None, description="How long the file of a case that ended so is kept; else what the process says"
    )
    meant: Meant | None = Field(
        default=None, description="Answers to warnings about it, by code, with the reason: {PD404: It is moot then}"
    )
