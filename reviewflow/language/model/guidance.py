"""Editions of the national limits."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from reviewflow.language.model.values import Day, Language, Length, Line, Model, Name, Prose, YesNo, matching


class LimitKind(StrEnum):
    LATEST = "latest"
    EXPECTATION = "expectation"
    AT_LEAST = "at least"
    AS_SOON_AS_POSSIBLE = "as soon as possible"
    EVERY = "every"
    YEARLY = "yearly"
    SET_IN_REQUEST = "set in the request"


class Basis(StrEnum):
    STATUTE = "statute"
    REGULATION = "regulation"
    STATUTORY_GUIDANCE = "statutory guidance"
    PANEL_GUIDANCE = "panel guidance"
    GOOD_PRACTICE = "good practice"
    LOCAL_POLICY = "local policy"


class NationalLimit(Model):
    """One national time limit, as the edition states it."""

    noun: ClassVar[str] = "a national limit"

    title: Line = Field(description="What must be done")
    kind: Annotated[LimitKind, Field(strict=False)] = Field(
        default=LimitKind.LATEST,
        description="latest (the usual: by when), expectation (a hope, not a duty), at least (a shortest duration), "
        "as soon as possible (no number), every (a rhythm), yearly (a day in the year), set in the request",
    )
    within: Length | None = Field(default=None, description="How long: 15 working days")
    before: YesNo = Field(default=False, description="Yes when the limit counts backwards from its date")
    by: Annotated[str, *matching(r"^\d\d-\d\d$", "a day of the year. Write month and day: 09-30")] | None = Field(
        default=None, description="For a yearly limit: month and day, 09-30"
    )
    counts_from: Line = Field(description="What day 0 is, in words")
    owner: Line = Field(description="Who must act")
    to: tuple[Name, ...] = Field(default=(), description="Who must receive it", strict=False)
    calendar: Name = Field(default="england", description="Whose bank holidays count")
    basis: Annotated[Basis, Field(strict=False)] = Field(description="What kind of authority it has")
    number: Annotated[Basis | None, Field(strict=False)] = Field(
        default=None,
        description="What kind of authority its number has, where that is another than the rule's: local policy",
    )
    source: Line = Field(description="Where it is written")
    if_missed: Line | None = Field(default=None, description="What follows when it is missed")
    verified: YesNo = Field(description="Yes only when a person has read it in the source itself")
    note: Prose | None = Field(default=None, description="What a user should know about it")


class Guidance(Model):
    """An edition of the national limits, pinned by every case that is opened under it."""

    noun: ClassVar[str] = "a guidance file"

    language: Language = Field(description="The version of this language: 1")
    guidance: Name = Field(description="The edition's name, the same as the file's")
    title: Line = Field(description="The edition's title")
    in_force_from: Day = Field(description="From which day it applies")
    verified: YesNo = Field(description="Yes only when a person has read every limit in the source itself")
    supersedes: Name | None = Field(default=None, description="The edition before it")
    note: Prose | None = Field(default=None, description="What a user should know about this edition")
    limits: dict[Name, NationalLimit] = Field(description="Each limit by name", min_length=1)
