"""papers: those of a case, and those that are made before there is one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.cases.papers import show_paths
from reviewflow.cli.console import show_json
from reviewflow.cli.context import DEFINITIONS, FilesContext, Listing
from reviewflow.cli.office.lists import LIST, ListsByItself
from reviewflow.cli.options import Takes, with_options

app = typer.Typer(cls=ListsByItself, help="Papers: list those of a case, make those that are there before a case.")
TOOLKIT = Path("var") / "documents" / "toolkit"


@app.command(LIST)
@with_options
def list_(
    reference: Annotated[str | None, typer.Argument(help="The case, such as RR-2026-001")] = None,
    *,
    context: Listing,
) -> None:
    """List the documents that were made for a case; without one, those that can be made before there is a case."""
    if reference is None:
        _list_before(context.folder or DEFINITIONS, as_json=context.as_json)
        return
    from reviewflow.service.documents.case_papers import papers_of

    with context.workspace() as workspace:
        made = papers_of(workspace, reference)
    show_paths(made, as_json=context.as_json)


def _list_before(folder: Path, *, as_json: bool) -> None:
    from reviewflow.service.documents.papers_before import papers_before
    from reviewflow.service.workspace.definition_files import DefinitionFiles

    known = {document.document: document.title for document in papers_before(DefinitionFiles(folder))}
    if as_json:
        show_json(known)
        return
    for name, title in known.items():
        typer.echo(f"{name:32} {title}")


@app.command("make")
@with_options
def make(
    name: Annotated[str, typer.Argument(help="Which paper: referral_form")],
    into: Annotated[Path, typer.Option("--into", help="The folder to write it into")] = TOOLKIT,
    *,
    context: Annotated[FilesContext, Takes("now", "as_json", "folder")],
) -> None:
    """Make a paper that needs no case: a guide, the referral form, a specification."""
    from reviewflow.service.documents.papers_before import make_before

    show_paths(make_before(context.files, name, into, now=context.moment), as_json=context.as_json)
