"""The partnership: who is who."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from pydantic import Field, StringConstraints

from reviewflow.language.model.values import Clock, Email, Language, Line, Model, Name, WrittenDay


class Role(Model):
    """A post in the partnership, reached by a mailbox of its own."""

    title: Line = Field(description="What the post is called")
    email: Email = Field(description="The post's mailbox")
    deputy: Email | None = Field(default=None, description="Who stands in")


class Agency(Model):
    """An agency that takes part in reviews."""

    title: Line = Field(description="What the agency is called")
    sector: Name = Field(description="police, health, education, local_authority, ...")
    contact: Email = Field(description="The single point of contact's mailbox: who is chased first")
    deputy: Email | None = Field(default=None, description="Who stands in for the contact")
    senior: Email | None = Field(default=None, description="The senior manager who quality assures its returns")
    partner: Name | None = Field(default=None, description="The role that answers for its sector")
    domains: Annotated[
        tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")], ...],
        Field(strict=False),
    ] = Field(description="The mail domains its people use; mail to any other is refused", min_length=1)


class OwnCalendar(Model):
    """The working days of one partner: bank holidays of its part of the kingdom, and its own closures."""

    title: Line = Field(description="Whose calendar it is")
    like: Name = Field(
        default="england", description="The bank holidays: england, wales, scotland, northern_ireland, uk_any"
    )
    closures: dict[WrittenDay, Line] = Field(default={}, description="Days it is closed: 2026-12-29: Trust closed")


class Contact(Model):
    """Whom an agency may ring or write to."""

    name: Line = Field(description="The post, not a person's name")
    email: Email = Field(description="A monitored mailbox")
    phone: Line = Field(description="A telephone number")


class Partnership(Model):
    """Who is who: read anew at every run, so that a leaver is never chased."""

    language: Language = Field(description="The version of this language: 1")
    partnership: Line = Field(description="The partnership's short name, as it stands in messages")
    contact: Contact = Field(description="Whom an agency may ring or write to")
    send_at: Clock = Field(default=time(9, 30), description="The time of day at which ordinary chases go out")
    link: Line | None = Field(
        default=None, description="Where people sign in to answer; a login page, never a document"
    )
    roles: dict[Name, Role] = Field(description="The posts, by name", min_length=1)
    agencies: dict[Name, Agency] = Field(description="The agencies, by name", min_length=1)
    closures: dict[WrittenDay, Line] = Field(
        default={}, description="Days the office is closed: 2026-12-29: Council closed"
    )
    calendars: dict[Name, OwnCalendar] = Field(default={}, description="Calendars of partners, by name")
