"""Groups of steps that several processes use, by name."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from reviewflow.language.model.processes import Hold, Limit, Step
from reviewflow.language.model.values import Language, Line, Model, Name


class Group(Model):
    """Steps (with their limits and holds) that a process takes over with `group:`."""

    noun: ClassVar[str] = "a group"

    language: Language = Field(description="The version of this language: 1")
    group: Name = Field(description="The group's name, the same as the file's")
    title: Line = Field(description="What the steps are for")
    limits: dict[Name, Limit] = Field(default={}, description="The clocks that come with them")
    holds: dict[Name, Hold] = Field(default={}, description="What may stand still")
    steps: dict[Name, Step] = Field(
        description="The steps; those without after follow what the process says", min_length=1
    )
