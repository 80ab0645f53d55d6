"""The papers of stored cases: made when a step or a person asks, and listed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from reviewflow.case.model.ids import step_of
from reviewflow.case.plan.plan import Plan
from reviewflow.language.suggestions import unknown
from reviewflow.service.commands.carry_out import find
from reviewflow.service.documents.make import Paper, write_paper
from reviewflow.service.documents.values import values
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import Workspace


def make_papers(workspace: Workspace, reference: str, item: str, document: str, *, now: datetime) -> list[Path]:
    """Write a document about an item of a case, as the case is now; raises UserError for one that there is none of.

    The wording is the one that the case was opened with; a document that its process does not name is taken from the
    folder as it is now.
    """
    row = find(workspace, reference)
    context = workspace.context(row, now)
    plan = context.plan
    known = {name: document.model for name, document in workspace.library.documents.items()} | dict(
        plan.definition.documents
    )
    if document not in known:
        raise UserError(unknown("a document in definitions/documents", document, known, "Documents"))
    templates = workspace.folder / "documents"
    subject, paper = _subject(plan, item, document), known[document]
    filled = Paper(paper, values(workspace, context, subject, paper), context.today, subject, context)
    return write_paper(filled, workspace.papers / context.case.reference, templates)


def _subject(plan: Plan, item: str, document: str) -> str:
    """What it is about: as asked, else the one step that makes it, else the case as a whole."""
    subjects = {*plan.steps, *plan.limits}
    if item and step_of(item) not in subjects:
        raise UserError(unknown("a step or limit of this case", step_of(item), sorted(subjects), "Steps and limits"))
    makers = [name for name, step in plan.steps.items() if step.make == document and step.for_each is None]
    return item or next(iter(makers), "")


def papers_of(workspace: Workspace, reference: str) -> list[Path]:
    """The finished papers of a case, by name."""
    folder = workspace.papers / find(workspace, reference).reference
    return sorted(path for path in folder.glob("*") if path.suffix != ".part")
