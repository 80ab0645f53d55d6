"""The whole file of a process."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from reviewflow.language.model.processes.endings import Ending, Retention
from reviewflow.language.model.processes.holds import Hold, StandsStill
from reviewflow.language.model.processes.limits import Extensions, Limit, Reopenings
from reviewflow.language.model.processes.opening import CaseContact, CaseDate, Opening
from reviewflow.language.model.processes.spellings import Called, Meant, ReferencePattern
from reviewflow.language.model.processes.steps import Step
from reviewflow.language.model.targets import Target
from reviewflow.language.model.values import Language, Line, Model, Name, Names, Number, Prose, YesNo


class GroupUse(Model):
    """A group of steps, written once in a file of its own, taken into this process."""

    noun: ClassVar[str] = "the use of a group"

    after: Names = Field(default=(), description="What the group's first steps wait for")
    stage: Name | None = Field(
        default=None, description="The stage that the group's steps belong to, where they name none of their own"
    )


class Process(Model):
    """One review methodology."""

    noun: ClassVar[str] = "a process"

    language: Language = Field(description="The version of this language: 1")
    process: Name = Field(description="The process's name, the same as the file's")
    version: Annotated[Number, Field(ge=1)] = Field(description="Counted up with every change: 1, 2, 3")
    title: Line = Field(description="What the process is called")
    called: Called | None = Field(
        default=None, description="What messages and pages call a case of it: request, allegation; review unless given"
    )
    extends: Name | None = Field(
        default=None, description="The process that this one is like; only what differs is written here"
    )
    summary: Prose | None = Field(default=None, description="What it is for, in a few sentences")
    source: Line | None = Field(default=None, description="Where the process and its days are taken from")
    verified: YesNo = Field(default=False, description="Yes only when a person has checked it against its sources")
    guidance: Name | None = Field(default=None, description="The edition of the national limits it works under")
    calendar: Name | None = Field(
        default=None,
        description="Whose days its steps are counted in; the office's own, with its closures, unless given",
    )
    reference: ReferencePattern = Field(description="How its cases are numbered: RR-{year}-{number}")
    retention: Retention | None = Field(default=None, description="How long the file of a case is kept")
    meant: Meant | None = Field(
        default=None, description="Answers to warnings anywhere in it, by code, with the reason"
    )
    stages: dict[Name, Line] | None = Field(
        default=None, min_length=1, description="Its few stages in their order, by name: {gather: Gathering}"
    )
    opening: Opening = Field(description="What is asked when a case is opened")
    contacts: dict[Name, CaseContact] | None = Field(
        default=None,
        min_length=1,
        description="The people of one case whom letters may go to: {family: {title: The family}}. Their mailboxes are "
        "given for each case, and stand in no file",
    )
    dates: dict[Name, CaseDate] = Field(default={}, description="Dates that are planned, and set or moved later")
    extensions: Extensions | None = Field(
        default=None, description="Who may extend a day, how often and until when; for all that says nothing else"
    )
    outside: dict[Name, Line] | None = Field(
        default=None,
        min_length=1,
        description="Bodies outside the partnership that may extend a day here, or that a step waits for: "
        "{home_office: The Home Office}. One that is written to has its mailbox in partnership.yaml",
    )
    reopenings: Reopenings | None = Field(
        default=None, description="How often a step may be reopened by hand: {times: 1}; for all that say nothing else"
    )
    limits: dict[Name, Limit] = Field(default={}, description="The clocks that run over the case")
    targets: dict[Name, Target] | None = Field(
        default=None,
        min_length=1,
        description="What part of all its cases is to be done in time; `report` shows what was reached",
    )
    holds: dict[Name, Hold] = Field(default={}, description="What may stand still for a while, and why")
    stands_still: dict[Name, StandsStill] | None = Field(
        default=None, description="When local clocks stand still, and whether they then go on or begin again"
    )
    endings: dict[Name, Ending] = Field(default={}, description="The ways out, besides being withdrawn")
    groups: dict[Name, GroupUse] = Field(
        default={}, description="Groups of steps that belong to it; after: a group's name waits for its last steps"
    )
    steps: dict[Name, Step] = Field(description="What is done, by name", min_length=1)

    @property
    def own_word(self) -> str:
        """What a case of it is called: 'review' unless it says otherwise."""
        return self.called or "review"
