"""The partnership: who is who."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BeforeValidator, Field, WithJsonSchema

from reviewflow.language.model.channels import Channel, Digest
from reviewflow.language.model.values import (
    Clock,
    ClosedDays,
    Day,
    Email,
    HowMany,
    Language,
    Line,
    Model,
    Name,
    Names,
    Night,
    Number,
    WrittenDays,
    matching,
    one_or_more,
)

MailDomain = Annotated[str, *matching(r"^[a-z0-9-]+(\.[a-z0-9-]+)+$", "a mail domain. Write it as: police.example.org")]


DaysName = Annotated[Line, *matching(r"^[a-z][a-z -]* days$", "a word for days. Write it as: school days")]


class Away(Model):
    """Nobody reads a post's mailbox for a while."""

    noun: ClassVar[str] = "an absence"

    until: Day = Field(description="The last day of it: 2026-08-20")


class Role(Model):
    """A post in the partnership, reached by a mailbox of its own."""

    noun: ClassVar[str] = "a role"

    title: Line = Field(description="What the post is called")
    email: Email = Field(description="The post's mailbox")
    deputy: Email | None = Field(default=None, description="Who stands in")
    away: Away | None = Field(default=None, description="While it lasts the deputy gets what the post would get")
    answers_to: Name | None = Field(
        default=None, description="The post above it, which `senior` stands for in a ladder: business_manager"
    )


class Agency(Model):
    """An agency that takes part in reviews."""

    noun: ClassVar[str] = "an agency"

    title: Line = Field(description="What the agency is called")
    sector: Name = Field(description="police, health, education, local_authority, ...")
    contact: Email = Field(description="The single point of contact's mailbox: who is chased first")
    deputy: Email | None = Field(default=None, description="Who stands in for the contact")
    senior: Email | None = Field(default=None, description="The senior manager who quality assures its returns")
    partner: Name | None = Field(default=None, description="The role that answers for its sector")
    language: Name | None = Field(
        default=None,
        description="The language of messages to it, where they have words in it: welsh; English unless given",
    )
    designated: Name | None = Field(
        default=None, description="The role of the designated professional who helps this agency: designated_nurse"
    )
    domains: Annotated[
        tuple[MailDomain, ...],
        Field(strict=False),
    ] = Field(description="The mail domains its people use; mail to any other is refused", min_length=1)

    def owns_address(self, address: str) -> bool:
        """Whether an address is at one of the agency's mail domains."""
        mailbox, _, domain = address.rpartition("@")
        return bool(mailbox) and domain.lower() in self.domains


class OutsideBody(Model):
    """A body outside the partnership that is waited for: the national Panel, a court. It owes it nothing."""

    noun: ClassVar[str] = "a body outside"

    title: Line = Field(description="What the body is called: The national Panel")
    email: Email = Field(description="A mailbox of it that somebody always reads, never a person's")
    domains: Annotated[
        tuple[MailDomain, ...] | None,
        Field(strict=False),
    ] = Field(default=None, min_length=1, description="Its mail domains: mail to any other is refused")

    def owns_address(self, address: str) -> bool:
        """Whether an address is at one of its mail domains; every one is where none are given."""
        mailbox, _, domain = address.rpartition("@")
        return bool(mailbox) and (self.domains is None or domain.lower() in self.domains)


Days = Annotated[
    tuple[Day, ...],
    BeforeValidator(one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]


class KindOfMember(Model):
    """Some of the members of a group, of whom its quorum asks for so many."""

    noun: ClassVar[str] = "a kind of member"

    title: Line = Field(description="What they are called after `one of`: the governors")
    members: Names = Field(description="The members of the group who are of this kind", min_length=1)


class StandingGroup(Model):
    """Who belongs to a group that meets, by post and by agency, and how many of them make a quorum."""

    noun: ClassVar[str] = "a group that meets"

    title: Line = Field(description="What the group is called: Rapid review panel")
    chair: Name = Field(description="The post that chairs it; one of its posts")
    posts: Names = Field(description="The posts that belong to it", min_length=1)
    agencies: dict[Name, Name] = Field(
        default={},
        description="The agencies that belong to it, and who comes for each: contact, deputy, senior or a post: "
        "{police: contact, hospital_trust: designated_nurse}",
    )
    quorum: HowMany = Field(
        description="How many of them must be there: all, 5 of 9, half, or with some who must be among them: half, "
        "partner_health and partner_police among them; or so many of a kind: at least 5, one of governors among them"
    )
    kinds: dict[Name, KindOfMember] = Field(
        default={},
        description="Kinds of member that a quorum may ask for, by name: {governors: {title: the governors, members: "
        "[chair, parent_governor]}}; somebody may be of several",
    )
    meets: Days = Field(
        default=(),
        description="The days on which it meets, as they are published: [2026-09-16, 2026-10-14]; what is due by its "
        "next meeting counts from them",
    )

    @property
    def members(self) -> tuple[str, ...]:
        """The names of its posts, then those of its agencies."""
        return (*self.posts, *self.agencies)

    @property
    def titled_kinds(self) -> dict[str, tuple[str, tuple[str, ...]]]:
        """By the name of a kind of member, what they are called, and who they are."""
        return {name: (kind.title, kind.members) for name, kind in self.kinds.items()}


class OwnCalendar(Model):
    """The working days of one partner: bank holidays of its part of the kingdom, and its own closures."""

    noun: ClassVar[str] = "a calendar"

    title: Line = Field(description="Whose calendar it is")
    like: Name = Field(
        default="england", description="The bank holidays: england, wales, scotland, northern_ireland, uk_any"
    )
    days: DaysName | None = Field(
        default=None,
        description="What its days are called where people are told how many are left: school days; else working days",
    )
    closures: dict[ClosedDays, Line] = Field(
        default={}, description="Days it is closed: 2026-12-29: Trust closed; 2026-07-22 to 2026-09-01: Summer holidays"
    )


class Contact(Model):
    """Whom an agency may ring or write to."""

    noun: ClassVar[str] = "the contact"

    name: Line = Field(description="The post, not a person's name")
    email: Email = Field(description="A monitored mailbox")
    phone: Line = Field(description="A telephone number")

    @property
    def domain(self) -> str:
        """What stands behind the @ of its mailbox."""
        return self.email.rpartition("@")[2].lower()


class ActionColours(Model):
    """When an action is amber because its day is near, and red because nothing is heard of it."""

    noun: ClassVar[str] = "the colours of actions"

    near: Annotated[Number, Field(ge=0)] = Field(
        default=10, description="How many days, counted as the action is, before its day it is amber"
    )
    silent: Annotated[Number, Field(ge=0)] = Field(
        default=30, description="After how many days without news it is red, where the process asks for news"
    )


class Shown(StrEnum):
    REFERENCE = "reference"
    PROCESS = "process"
    STAGE = "stage"
    DAYS = "days"


Shows = Annotated[
    tuple[Annotated[Shown, Field(strict=False)], ...],
    BeforeValidator(one_or_more),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"enum": [*Shown]}, {"type": "array", "minItems": 1, "items": {"enum": [*Shown]}}]}),
]


class LinkedCases(Model):
    """What a case shows of itself on the page of a case that it is linked with."""

    noun: ClassVar[str] = "the list of what linked cases show"

    show: Shows = Field(
        default=(Shown.REFERENCE, Shown.PROCESS, Shown.STAGE, Shown.DAYS),
        description="reference (always), process, stage, and days: what comes next there and when its time limits end",
    )
    processes: dict[Name, Shows] = Field(
        default={}, description="Of the cases of one process only: allegation: reference, and nothing else of it"
    )

    def of(self, process: str) -> tuple[Shown, ...]:
        """What a case of this process shows."""
        return self.processes.get(process, self.show)


class Partnership(Model):
    """Who is who: read anew at every run, so that a leaver is never chased."""

    noun: ClassVar[str] = "the partnership file"

    language: Language = Field(description="The version of this language: 1")
    partnership: Line = Field(description="The partnership's short name, as it stands in messages")
    contact: Contact = Field(description="Whom an agency may ring or write to")
    second_person: Names | None = Field(
        default=None,
        description="Posts, one of which confirms going live, destroying a case or lifting a legal hold, by a code "
        "mailed to it; or nobody, where one person is enough",
    )
    send_at: Clock = Field(default=time(9, 30), description="The time of day at which ordinary chases go out")
    quiet: Night | None = Field(
        default=None, description="Hours in which, as on closed days, only urgent messages go out: 18:00 to 08:00"
    )
    breaks_daily: Names = Field(
        default=(),
        description="Time limits (or steps) whose messages are urgent: the next sweep sends them beside the one a day",
    )
    link: Line | None = Field(
        default=None,
        description="A page of yours that says how to answer, for letters that carry no address; never a document",
    )
    roles: dict[Name, Role] = Field(description="The posts, by name", min_length=1)
    agencies: dict[Name, Agency] = Field(default_factory=dict, description="The agencies, by name")
    outside: dict[Name, OutsideBody] = Field(
        default={},
        description="Bodies outside that are waited for, and asked by `to: outside` in a ladder: {panel: {title: The "
        "national Panel, email: ...}}",
    )
    groups: dict[Name, StandingGroup] = Field(
        default={}, description="The groups that meet, by name: who belongs to each, and what makes a quorum"
    )
    closures: dict[ClosedDays, Line] = Field(
        default={},
        description="Days the office is closed: 2026-12-29: Council closed; 2026-12-29 to 2026-12-31: Council closed",
    )
    school_holidays: dict[WrittenDays, Line] = Field(
        default={},
        description="When schools are closed: 2026-12-21 to 2027-01-01: Christmas. They move nothing, they warn",
    )
    channels: dict[Name, Channel] = Field(
        default={}, description="The ways in which messages go, by name; one mail server unless given"
    )
    digests: dict[Name, Digest] = Field(default={}, description="Summaries that go out by themselves, by name")
    calendars: dict[Name, OwnCalendar] = Field(default={}, description="Calendars of partners, by name")
    action_colours: ActionColours = Field(
        default=ActionColours(), description="When an action is amber or red: near: 10, silent: 30 unless given"
    )
    linked_cases: LinkedCases = Field(
        default=LinkedCases(), description="What linked cases show of each other; never contacts, never answers"
    )
    headings: dict[Name, Line] = Field(
        default={},
        description="How the columns of your own spreadsheets of actions are headed: action: What we will do",
    )
    spreadsheet_words: dict[Name, dict[Line, Line]] = Field(
        default={},
        description="What the cells of others' spreadsheets mean, by column: strength: {Low: weak, empty: weak}",
    )
