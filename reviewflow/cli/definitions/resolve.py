"""resolve: a process with all that it takes over in its place."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes


def resolve(
    process: Annotated[str, typer.Argument(help="Which process: rapid_review")],
    *,
    context: Annotated[FilesContext, Takes("folder")],
) -> None:
    """Print a process with all that it takes over (extends, groups) in its place: what a case is opened with."""
    from reviewflow.language.folder.library import load_library
    from reviewflow.language.reading.tree import Entries
    from reviewflow.language.reading.writing import resolved
    from reviewflow.language.suggestions import unknown
    from reviewflow.service.workspace.errors import UserError

    known = load_library(context.folder).processes
    if process not in known:
        message = unknown("a process that can be read", process, known, "Processes")
        raise UserError(f"{message}\nWhat keeps a file from being read: reviewflow check")
    root = known[process].source.root
    assert isinstance(root, Entries)
    typer.echo(resolved(root), nl=False)
