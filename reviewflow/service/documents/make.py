"""Making the papers of a case: one file a form, each replacing the one before it whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.language.model import Document, DocumentFormat
from reviewflow.language.templates import render
from reviewflow.service.documents.calendar_entry import CalendarEntry, calendar_file
from reviewflow.service.documents.values import values
from reviewflow.service.documents.word import word_file
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.errors import UserError

_ENDINGS = {DocumentFormat.WORD: "docx", DocumentFormat.MARKDOWN: "md", DocumentFormat.CALENDAR: "ics"}


class NoDayYet(UserError):
    """A calendar entry whose day is not known."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document about one thing in one case, with all that it says."""

    desk: CaseContext
    item: str
    document: Document
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """The same name whenever it is made for the same thing."""
        return "-".join(filter(None, (self.document.document, key_of(self.item))))

    @property
    def text(self) -> str:
        """The paper as Markdown, its fields filled in."""
        return render(self.document.text or "", self.values).strip() + "\n"


def make(context: CaseContext, item: str, document: Document, *, papers: Path, templates: Path) -> list[Path]:
    """Write each form of the document into the case's folder below `papers`; raises NoDayYet or TemplateError.

    A file is there whole or not at all, and takes the place of the one that was made before.
    """
    folder = papers / context.case.reference
    folder.mkdir(parents=True, exist_ok=True)
    paper = Paper(context, item, document, values(context, item))
    return [_write(paper, kind, folder / f"{paper.name}.{_ENDINGS[kind]}", templates) for kind in document.formats]


def _write(paper: Paper, kind: DocumentFormat, path: Path, templates: Path) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")  # two may make it at once
    os.close(handle)
    unfinished = Path(name)
    try:
        _fill(paper, kind, unfinished, templates)
        os.replace(unfinished, path)  # noqa: PTH105 - says that it replaces
    finally:
        unfinished.unlink(missing_ok=True)
    return path


def _fill(paper: Paper, kind: DocumentFormat, unfinished: Path, templates: Path) -> None:
    match kind:
        case DocumentFormat.MARKDOWN:
            unfinished.write_text(paper.text, encoding="utf-8")
        case DocumentFormat.WORD:
            template = templates / paper.document.template if paper.document.template else None
            word_file(unfinished, template=template, markdown=paper.text, values=paper.values)
        case DocumentFormat.CALENDAR:
            unfinished.write_bytes(calendar_file(_entry(paper), now=paper.desk.now))


def _entry(paper: Paper) -> CalendarEntry:
    context, document = paper.desk, paper.document
    day = rule_day(context.plan, context.case, document.day, step_of(paper.item), key_of(paper.item), context.calendars)
    if day is None:
        raise NoDayYet(
            f'The day of "{document.document}" ({document.day}) is not known yet in {context.case.reference}.'
        )
    number = f"{context.case.reference}-{paper.name}"
    return CalendarEntry(number, render(document.title, paper.values), paper.text, day, document.at, document.lasts)
