"""Messages, and the ladders that send them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from reviewflow.language.model.values import (
    Clock,
    ComesAgain,
    Heading,
    Language,
    Line,
    Model,
    Name,
    Prose,
    RungTime,
    To,
    YesNo,
    matching,
)


class Wording(Model):
    """A message in another language than English."""

    noun: ClassVar[str] = "a wording in another language"

    subject: Heading = Field(description="The subject line; it carries the reference and nothing else")
    text: Prose = Field(description="The text; fields stand in braces, and what fills them stays English")


class Message(Model):
    """The wording of one message. Only the fields listed in the docs may stand in braces."""

    noun: ClassVar[str] = "a message"

    language: Language = Field(description="The version of this language: 1")
    message: Name = Field(description="The message's name, the same as the file's")
    subject: Heading = Field(
        description="The subject line; it travels in plain text, so it carries the reference and nothing else"
    )
    text: Prose = Field(description="The text; fields stand in braces: {reference}")
    also_in: dict[Name, Wording] | None = Field(
        default=None,
        min_length=1,
        description="The same in other languages, each by its name: {welsh: {subject: ..., text: ...}}. A contact of "
        "the case, or an agency, with that language gets it; everybody else gets the English",
    )

    def in_language(self, language: str) -> Message | Wording:
        """Its words in a language; the English where it has none in that."""
        return (self.also_in or {}).get(language, self)

    @property
    def wordings(self) -> Mapping[tuple[str, ...], Message | Wording]:
        """Its words in every language, by where they stand in the file: () the English."""
        return {(): self} | {("also_in", name): words for name, words in (self.also_in or {}).items()}

    @property
    def every_text(self) -> str:
        """Its texts in every language, one below the other."""
        return "\n".join(words.text for words in self.wordings.values())


class Until(StrEnum):
    """What ends the messages of a rung."""

    ACKNOWLEDGED = "acknowledged"
    DONE = "done"


class Rung(Model):
    """One reminder or escalation."""

    noun: ClassVar[str] = "a rung"

    when: RungTime = Field(description="When: 2 working days before, on the day, 1 working day after")
    at: Clock | None = Field(default=None, description="The time of day; the office's sending time unless given")
    to: To = Field(
        description="Who is written to: owner, deputy, senior (the agency's sign-off), designated (the designated "
        "professional for the agency), partner (the safeguarding partner of the agency's sector), outside (the body "
        "that the step waits for, alone), or the name of a role",
        min_length=1,
    )
    message: Name = Field(description="Which message is sent")
    repeat: ComesAgain | None = Field(
        default=None,
        description="How often it comes again after that, until the next rung: every 2 working days, 5 times. Without "
        "a number it comes again until whatever ends it: every 2 working days",
    )
    until: Until = Field(
        default=Until.DONE,
        strict=False,
        description="acknowledged: it falls away as soon as the owner has said that it arrived. done: only the work "
        "itself ends it",
    )

    @property
    def most(self) -> int:
        """How many messages it can come to."""
        if self.repeat is None:
            return 1
        return WITHOUT_END if self.repeat.times is None else 1 + self.repeat.times


NO_LADDER = "none"
"""What a step says of which nobody is to be reminded."""
WITHOUT_END = 100_000
"""So many numbers are kept for a rung that comes again until the work is done; by the hour that is eleven years."""


OF_THE_STEP = "of the step"
"""The calendar of a ladder that is counted as what it reminds of."""
LadderCalendar = Annotated[
    str, *matching(r"^(of the step|[a-z][a-z0-9_]*)$", "a calendar. Write its name, or: of the step", max_length=80)
]


class Ladder(Model):
    """The reminders and escalations for something owed, in the order in which they fall."""

    noun: ClassVar[str] = "a ladder"

    title: Line = Field(description="What the ladder is for")
    recognition: YesNo = Field(
        default=False,
        description="yes: it thanks and invites, so it never goes above the partnership business manager",
    )
    urgent: YesNo | None = Field(
        default=None,
        description="yes: what cannot wait. Its escalations do not wait until the owner has been told and has had a "
        "working day",
    )
    calendar: LadderCalendar | None = Field(
        default=None,
        description="In whose days its rungs are counted, and on which they fall if the office works too: a calendar, "
        "or: of the step. The office's days unless given",
    )
    thanks: Name | None = Field(default=None, description="The message that thanks whoever owed it, once it is there")
    rungs: tuple[Rung, ...] = Field(description="The rungs, earliest first", min_length=1, strict=False)

    def numbered(self) -> Iterator[tuple[int, Rung, range]]:
        """Each rung with its place and the numbers of its messages; there may be very many."""
        first = 0
        for place, rung in enumerate(self.rungs):
            yield place, rung, range(first, first + rung.most)
            first += rung.most

    def turn(self, number: int) -> tuple[Rung, int]:
        """The rung whose message a history counts by this number, and the how-manieth repetition that is."""
        return next((rung, number - numbers.start) for _, rung, numbers in self.numbered() if number in numbers)

    def rung(self, number: int) -> Rung:
        return self.turn(number)[0]


class Ladders(Model):
    """All ladders of the partnership."""

    noun: ClassVar[str] = "the ladders file"

    language: Language = Field(description="The version of this language: 1")
    ladders: dict[Name, Ladder] = Field(description="Each ladder by name")
