"""check: everything that is wrong with the definitions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, help="Only these files, or a folder; all unless given")
    ] = None,
    *,
    context: Annotated[FilesContext, Takes("folder", "as_json")],
) -> None:
    """Say everything that is wrong with the definitions: file, line, column and what to do."""
    from reviewflow.language.checking import summary
    from reviewflow.language.problem import Severity
    from reviewflow.service.rehearsal.check import check_definitions

    checked = check_definitions(context.folder, files or (), environ=os.environ)
    if context.as_json:
        show_json(
            [
                {
                    "file": problem.file,
                    "line": problem.mark.line,
                    "column": problem.mark.column,
                    "code": problem.code,
                    "severity": problem.severity,
                    "message": problem.message,
                }
                for problem in checked.problems
            ]
        )
    else:
        for problem in checked.problems:
            typer.echo(f"{problem}\n")
        typer.echo(summary(checked.problems, checked.files))
    if any(problem.severity is Severity.ERROR for problem in checked.problems):
        raise typer.Exit(1)
