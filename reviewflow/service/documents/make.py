"""Making the papers of a case: one file a form, each replacing the one before it whole."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.rules.timing.due_dates import rule_day
from reviewflow.language.model import Document, DocumentFormat, Page
from reviewflow.language.templates import render
from reviewflow.service.documents.calendar_entry import CalendarEntry, calendar_file
from reviewflow.service.documents.word_files.look import PageLook
from reviewflow.service.documents.word_files.word import word_file
from reviewflow.service.workspace.context import CaseContext
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import day_words

MARKING, NO_MARKING = "OFFICIAL-SENSITIVE", "none"
"""The protective marking of a paper that gives none of its own, and what one gives that wants none."""
_ENDINGS = {
    DocumentFormat.WORD: "docx",
    DocumentFormat.MARKDOWN: "md",
    DocumentFormat.CALENDAR: "ics",
    DocumentFormat.SPREADSHEET: "xlsx",
}


class NoDayYet(UserError):
    """A calendar entry whose day is not known."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document about one thing in one case, or of none, with all that it says."""

    document: Document
    values: Mapping[str, str]
    today: date
    item: str = ""
    desk: CaseContext | None = None
    """The case; None for a paper that is made before there is one."""

    @property
    def name(self) -> str:
        """The same name whenever it is made for the same thing."""
        return "-".join(filter(None, (self.document.document, key_of(self.item))))

    @property
    def text(self) -> str:
        """The paper as Markdown, its fields filled in."""
        return render(self.document.text or "", self.values).strip() + "\n"

    @property
    def look(self) -> PageLook:
        """What stands round the text."""
        marking = self.document.marking or MARKING
        return PageLook(
            title=render(self.document.title, self.values),
            partnership=self.values["partnership"],
            made=day_words(self.today),
            reference=self.desk.case.reference if self.desk else "",
            marking="" if marking == NO_MARKING else marking,
            landscape=self.document.page is Page.LANDSCAPE,
        )


def write_paper(paper: Paper, folder: Path, templates: Path) -> list[Path]:
    """Write each form of a paper into the folder; raises NoDayYet or TemplateError.

    A file is there whole or not at all, and takes the place of the one that was made before.
    """
    folder.mkdir(parents=True, exist_ok=True)
    kinds = paper.document.formats
    return [_write(paper, kind, folder / f"{paper.name}.{_ENDINGS[kind]}", templates) for kind in kinds]


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
            word_file(unfinished, template=template, markdown=paper.text, values=paper.values, look=paper.look)
        case DocumentFormat.SPREADSHEET:
            from reviewflow.service.documents.spreadsheet import workbook

            unsigned = replace(paper, values={**paper.values, "partners": ""})
            unfinished.write_bytes(workbook(unsigned.text, unsigned.look))
        case DocumentFormat.CALENDAR if paper.desk is not None:
            unfinished.write_bytes(calendar_file(_entry(paper, paper.desk), now=paper.desk.now))


def _entry(paper: Paper, context: CaseContext) -> CalendarEntry:
    document = paper.document
    day = rule_day(context.plan, context.case, document.day, step_of(paper.item), key_of(paper.item), context.calendars)
    if day is None:
        raise NoDayYet(
            f'The day of "{document.document}" ({document.day}) is not known yet in {context.case.reference}.'
        )
    number = f"{context.case.reference}-{paper.name}"
    title, office = render(document.title, paper.values), context.partnership.contact.domain
    return CalendarEntry(number, office, title, paper.text, day, document.at, document.lasts)
