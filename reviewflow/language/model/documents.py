"""Documents that are made from templates: letters, agendas, packs, timetables and calendar entries."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from reviewflow.language.model.values import Clock, DueRule, Language, Length, Line, Model, Name, Pages, matching

WordFile = Annotated[
    str,
    *matching(r"^[a-z0-9_]{1,60}\.docx$", "a Word file's name. Write it in small letters: agenda.docx"),
]


class DocumentFormat(StrEnum):
    WORD = "word"
    MARKDOWN = "markdown"
    CALENDAR = "calendar"
    SPREADSHEET = "spreadsheet"


class Page(StrEnum):
    """Which way round the pages lie."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Document(Model):
    """One document or calendar entry. It carries the fields that messages may carry, and nothing else."""

    noun: ClassVar[str] = "a document"

    language: Language = Field(description="The version of this language: 1")
    document: Name = Field(description="The document's name, the same as the file's")
    title: Line = Field(description="What it is called; a calendar entry is shown under it")
    formats: tuple[Annotated[DocumentFormat, Field(strict=False)], ...] = Field(
        description="word, markdown, spreadsheet or calendar; each makes a file of its own", min_length=1, strict=False
    )
    page: Annotated[Page, Field(strict=False)] | None = Field(
        default=None, description="For word and spreadsheet: landscape where wide tables need it; portrait unless given"
    )
    marking: Line | None = Field(
        default=None,
        description="The protective marking at the head and foot of each page: none for what anybody may read; "
        "OFFICIAL-SENSITIVE unless given",
    )
    shows: Name | None = Field(
        default=None,
        description="The decision table that {table_questions}, {table_rows}, {table_outcomes} and {table_words} show",
    )
    template: WordFile | None = Field(
        default=None, description="For word: the Word template beside this file; a plain page is made unless given"
    )
    text: Pages | None = Field(
        default=None,
        description="The text in Markdown; fields stand in braces: {reference}, {due}, and tables: {timetable}, "
        "{agencies}, {open_steps}",
    )
    day: DueRule | None = Field(
        default=None, description="For calendar: the day of the entry: on book_panel.panel_booked_for"
    )
    at: Clock | None = Field(
        default=None, description="For calendar: the time at which it begins; it takes the whole day unless given"
    )
    lasts: Length | None = Field(
        default=None, description="For calendar: how long it lasts: 2 hours; an hour, or the day, unless given"
    )
