"""Targets over many cases: what part of them is to be done in time."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from reviewflow.language.model.values import DueRule, Line, Model, Name, PartOfAll


class CountedEvery(StrEnum):
    """Over which cases a target is counted: those opened in one financial year, or in a quarter of it."""

    YEAR = "year"
    QUARTER = "quarter"


class Target(Model):
    """What part of all cases is to be done in time. It binds no single case: `report` shows what was reached."""

    noun: ClassVar[str] = "a target"

    title: Line = Field(description="What is to be reached, as everybody reads it: Outcomes within a month")
    share: PartOfAll = Field(description="What part of the cases at least: 80%")
    limit: Name | None = Field(default=None, description="The time limit of this process that they are to keep")
    due: DueRule | None = Field(
        default=None, description="Where no limit says it: by when it is to be done, 1 month after notified"
    )
    met_by: Name | None = Field(default=None, description="With due: the step that is to be done by then")
    every: Annotated[CountedEvery, Field(strict=False)] = Field(
        default=CountedEvery.YEAR,
        description="Counted for each year (from April; unless given) or quarter, by the day on which a case opened",
    )
    source: Line | None = Field(default=None, description="Where the target comes from")
