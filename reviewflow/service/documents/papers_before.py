"""Papers that are made before there is a case: guides, the referral form, specifications."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from reviewflow.language.checks.people.offering import needed_of_a_case
from reviewflow.language.model import Document, DocumentFormat
from reviewflow.language.suggestions import unknown
from reviewflow.london import london_day
from reviewflow.service.documents.make import Paper, write_paper
from reviewflow.service.documents.office_values import office_values, table_values
from reviewflow.service.workspace.definition_files import DefinitionFiles
from reviewflow.service.workspace.errors import UserError
from reviewflow.text import listing


def papers_before(files: DefinitionFiles) -> Iterator[Document]:
    """Those that say nothing which only a case knows, by name."""
    for _, loaded in sorted(files.library.documents.items()):
        if not needed_of_a_case(loaded.model) and DocumentFormat.CALENDAR not in loaded.model.formats:
            yield loaded.model


def make_before(files: DefinitionFiles, name: str, folder: Path, *, now: datetime) -> list[Path]:
    """Write each form of a paper into the folder; raises UserError for one that needs a case, or that there is not."""
    known = files.library.documents
    if name not in known:
        raise UserError(unknown("a document in definitions/documents", name, known, "Documents"))
    document = known[name].model
    if needed := needed_of_a_case(document):
        fields = listing(f"{{{field}}}" for field in needed)
        raise UserError(f"{name} says {fields}, which only a case has. Write:  reviewflow make REFERENCE {name}")
    values = dict(office_values(files.partnership, london_day(now)))
    if document.shows is not None:
        values |= table_values(files.library.tables[document.shows].model)
    templates = files.folder / "documents"
    return write_paper(Paper(document, values, london_day(now)), folder, templates)
