"""The papers that a page offers: those made for whoever answers, and those that need no case."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from reviewflow.case.model.ids import key_of, step_of
from reviewflow.service.documents.case_papers import papers_of
from reviewflow.service.documents.papers_before import make_before, papers_before
from reviewflow.service.door.opening import OpenedItem
from reviewflow.service.workspace.workspace import Workspace

SHOWN_ENDINGS = {".docx": "Word", ".xlsx": "Excel", ".pdf": "PDF", ".ics": "Calendar file"}
WORD = ".docx"


@dataclass(frozen=True, slots=True)
class DoorPaper:
    """One paper on a page."""

    name: str
    """Of the file: 'request_for_information-police.docx'."""
    title: str
    kind: str
    """'Word, 12 kB'; 'Word' for one that is made as it is asked for."""
    path: Path | None = None
    """Where it lies; None for one that is made as it is asked for."""


def papers_for(workspace: Workspace, opened: OpenedItem) -> Iterator[DoorPaper]:
    """The papers of the case for this owner alone; nothing that names another agency's work.

    Of an agency those with its name; for a post of the partnership those that were made about its step.
    """
    key, about = key_of(opened.item), set(_about(opened))
    for path in papers_of(workspace, opened.context.case.reference) if key or about else ():
        own = bool(key) and path.stem.endswith(f"-{key}")
        if (own or path.stem in about) and path.suffix in SHOWN_ENDINGS:
            size = f"{max(1, path.stat().st_size // 1000)} kB"
            title = path.stem.removesuffix(f"-{key}" if key else "").replace("_", " ").capitalize()
            yield DoorPaper(path.name, title, f"{SHOWN_ENDINGS[path.suffix]}, {size}", path)


def _about(opened: OpenedItem) -> Iterator[str]:
    """The documents that are made once for the case and about this step, where a post of the partnership answers it."""
    for step in opened.context.plan.steps.values() if not opened.agency_answers else ():
        if step.make and step.for_each is None and step.about == step_of(opened.item):
            yield step.make


def offered(workspace: Workspace, names: Sequence[str]) -> list[DoorPaper]:
    """Those of these papers that there are today, and that need no case."""
    known = {document.document: document.title for document in papers_before(workspace)}
    return [DoorPaper(f"{name}{WORD}", known[name], "Word") for name in names if name in known]


def offered_file(workspace: Workspace, names: Sequence[str], asked: str, *, now: datetime) -> bytes | None:
    """The Word file of this name, made as it is asked for; None when it is none of these papers."""
    if asked not in {paper.name for paper in offered(workspace, names)}:
        return None
    with tempfile.TemporaryDirectory() as folder:
        made = make_before(workspace, asked.removesuffix(WORD), Path(folder), now=now)
        return next((path.read_bytes() for path in made if path.suffix == WORD), None)
