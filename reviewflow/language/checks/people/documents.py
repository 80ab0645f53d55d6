"""Documents: their fields are known, each format has what it needs, and the days of calendar entries can be counted."""

from __future__ import annotations

from collections.abc import Iterator

from reviewflow.language.checks.forms.identifying_questions import template_problems
from reviewflow.language.checks.subject import Subject
from reviewflow.language.checks.time.anchors import rule_problems
from reviewflow.language.folder.library import Library, Loaded
from reviewflow.language.model import Document, DocumentFormat
from reviewflow.language.problem import Problem
from reviewflow.language.reading.tree import Path
from reviewflow.language.suggestions import unknown
from reviewflow.language.templates import DOCUMENT_FIELDS, OF_TABLE, named
from reviewflow.text import listing


def check_process(subject: Subject) -> Iterator[Problem]:
    made: list[tuple[str, str | None, Path]] = [
        (name, step.make, ("steps", name, "make")) for name, step in subject.steps.items()
    ]
    for name, limit in subject.process.limits.items():
        if limit.when_late is not None:
            made.append((limit.steps[0], limit.when_late.make, ("limits", name, "when_late", "make")))
    for step_name, document, path in made:
        if document is not None and not subject.library.could_be("document", document):
            yield from _made(subject, step_name, document, path)


def _made(subject: Subject, step: str, document: str, path: Path) -> Iterator[Problem]:
    known = subject.library.documents
    if document not in known:
        yield subject.error(path, "PD030", unknown("a document in definitions/documents", document, known, "Documents"))
        return
    day = known[document].model.day
    if day is not None:
        yield from rule_problems(subject, day, path, step)


def check_library(library: Library) -> Iterator[Problem]:
    for loaded in library.documents.values():
        for key, text in (("title", loaded.model.title), ("text", loaded.model.text or "")):
            yield from template_problems(loaded.source, (key,), text, DOCUMENT_FIELDS, "documents")
        yield from _complete(loaded)
        yield from _shown_table(library, loaded)


_WORD, _CALENDAR = (DocumentFormat.WORD,), (DocumentFormat.CALENDAR,)
_PRINTED = (DocumentFormat.WORD, DocumentFormat.SPREADSHEET)
_BELONGS_TO = {
    "template": _WORD,
    "page": _PRINTED,
    "marking": _PRINTED,
    "day": _CALENDAR,
    "at": _CALENDAR,
    "lasts": _CALENDAR,
}


def _complete(loaded: Loaded[Document]) -> Iterator[Problem]:
    document, source = loaded.model, loaded.source
    formats = source.key_mark(("formats",))
    if DocumentFormat.CALENDAR in document.formats and document.day is None:
        message = "A calendar entry needs its day. Write, for example: day: on book_panel.panel_booked_for"
        yield source.problem(formats, "PD061", message)
    if {DocumentFormat.MARKDOWN, DocumentFormat.SPREADSHEET} & {*document.formats} and document.text is None:
        yield source.problem(formats, "PD061", 'There is nothing to write. Give the words under "text:".')
    if DocumentFormat.WORD in document.formats and document.text is None and document.template is None:
        message = 'There is nothing to write. Give the words under "text:", or name a Word template under "template:".'
        yield source.problem(formats, "PD061", message)
    for key, kinds in _BELONGS_TO.items():
        if getattr(document, key) is not None and not {*kinds} & {*document.formats}:
            either = listing(kinds, last="or")
            message = f'"{key}" belongs to a document in the form {either}. Add {kinds[0]} to formats, or take it out.'
            yield source.key_problem((key,), "PD061", message)


def _shown_table(library: Library, loaded: Loaded[Document]) -> Iterator[Problem]:
    """The decision table that it shows is there, and is named by whoever shows one."""
    document, source = loaded.model, loaded.source
    shown = sorted(named(document.text or "") & OF_TABLE.keys())
    known = library.tables
    if document.shows is not None and document.shows not in known and not library.could_be("table", document.shows):
        message = unknown("a decision table in definitions/tables", document.shows, known, "Tables")
        yield source.value_problem(("shows",), "PD451", message)
    if document.shows is None and shown:
        message = f"It shows {listing(f'{{{name}}}' for name in shown)}, of no table. Say of which:  shows: thresholds"
        yield source.key_problem(("text",), "PD451", message)
    if document.shows is not None and not shown and document.template is None:
        message = f"Its text shows nothing of the table. Write one of {listing(f'{{{name}}}' for name in OF_TABLE)}."
        yield source.key_problem(("shows",), "PD451", message)
