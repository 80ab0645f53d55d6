"""Messages, and the ladders that send them."""

from __future__ import annotations

from pydantic import Field

from reviewflow.language.model.values import Clock, Heading, Language, Line, Model, Name, Names, Prose, RungTime


class Message(Model):
    """The wording of one message. Only the fields listed in the docs may stand in braces."""

    language: Language = Field(description="The version of this language: 1")
    message: Name = Field(description="The message's name, the same as the file's")
    subject: Heading = Field(
        description="The subject line; it travels in plain text, so it carries the reference and nothing else"
    )
    text: Prose = Field(description="The text; fields stand in braces: {reference}")


class Rung(Model):
    """One reminder or escalation."""

    when: RungTime = Field(description="When: 2 working days before, on the day, 1 working day after")
    at: Clock | None = Field(default=None, description="The time of day; the office's sending time unless given")
    to: Names = Field(
        description="Who is written to: owner, deputy, senior (the agency's sign-off), partner (the safeguarding "
        "partner of the agency's sector), or the name of a role",
        min_length=1,
    )
    message: Name = Field(description="Which message is sent")


class Ladder(Model):
    """The reminders and escalations for something owed, in the order in which they fall."""

    title: Line = Field(description="What the ladder is for")
    rungs: tuple[Rung, ...] = Field(description="The rungs, earliest first", min_length=1, strict=False)


class Ladders(Model):
    """All ladders of the partnership."""

    language: Language = Field(description="The version of this language: 1")
    ladders: dict[Name, Ladder] = Field(description="Each ladder by name")
