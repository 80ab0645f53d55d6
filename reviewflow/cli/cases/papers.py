"""Documents of a case: make."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking, Reference


def make(
    reference: Reference,
    document: Annotated[str, typer.Argument(help="Which document: request_for_information")],
    about: Annotated[str, typer.Option("--for", help="What it is about: agency_return/police")] = "",
    *,
    context: Looking,
) -> None:
    """Make a document of a case as things stand now."""
    from reviewflow.service.documents.case_papers import make_papers

    with context.workspace() as workspace:
        made = make_papers(workspace, reference, about, document, now=context.moment)
    show_paths(made, as_json=context.as_json)


def show_paths(paths: Sequence[Path], *, as_json: bool) -> None:
    """The files that were made, or that there are none."""
    if as_json:
        show_json([str(path) for path in paths])
        return
    for path in paths:
        typer.echo(str(path))
    if not paths:
        typer.echo("No documents have been made.")
