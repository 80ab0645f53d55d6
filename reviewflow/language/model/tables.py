"""Decision tables: data that recommends and says why. People decide; what they decide instead is recorded."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from reviewflow.language.conditions import Condition
from reviewflow.language.model.forms import FormFields
from reviewflow.language.model.values import Language, Line, Model, Name, Prose, YesNo


class TableOutcome(Model):
    """One thing that may be recommended."""

    noun: ClassVar[str] = "an outcome"

    title: Line = Field(description="What is recommended, as people read it")
    process: Name | None = Field(default=None, description="The process that carries it out")
    help: Prose | None = Field(default=None, description="When to use it, and when not")


class TableRow(Model):
    """One row: the first whose condition holds recommends."""

    noun: ClassVar[str] = "a row"

    when: Condition | None = Field(
        default=None, description="The answers to the table's own questions; none: in all other cases"
    )
    recommend: Name = Field(description="The outcome that is recommended")
    because: Line = Field(description="Why, as it is shown and kept in the history")
    must: YesNo = Field(default=False, description="Yes when the law leaves no choice: nothing else can be decided")


class DecisionTable(Model):
    """Questions, rows and outcomes. The first row whose condition holds recommends; the last has none."""

    noun: ClassVar[str] = "a decision table"

    language: Language = Field(description="The version of this language: 1")
    table: Name = Field(description="The table's name, the same as the file's")
    title: Line = Field(description="What is decided with it")
    source: Line | None = Field(default=None, description="Where its rules are taken from, and how sure they are")
    words: dict[Name, Prose] | None = Field(
        default=None, description="What its words mean, for the guide that is made from it: serious_harm: ..."
    )
    questions: FormFields = Field(description="What is asked, in order", min_length=1)
    outcomes: dict[Name, TableOutcome] = Field(description="What may be recommended", min_length=2)
    rows: tuple[TableRow, ...] = Field(description="The rows, first to last", min_length=1, strict=False)
