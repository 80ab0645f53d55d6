"""check: everything that is wrong with the definitions."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.language.problem import Problem


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, help="Only these files, or a folder; all unless given")
    ] = None,
    *,
    context: Annotated[FilesContext, Takes("folder", "as_json")],
    whole: Annotated[
        bool, typer.Option("--all", help="Also the warnings that the files answer themselves (meant), with the reason")
    ] = False,
) -> None:
    """Say everything that is wrong with the definitions: file, line, column and what to do."""
    from reviewflow.language.checking import summary
    from reviewflow.language.problem import Severity, printed
    from reviewflow.service.rehearsal.check import check_definitions
    from reviewflow.text import counted

    checked = check_definitions(context.folder, files or (), environ=os.environ)
    if context.as_json:
        answers = [{**_plain(answer.problem), "meant": answer.reason} for answer in checked.meant if whole]
        show_json([*map(_plain, checked.problems), *answers])
    else:
        for words in printed(checked.problems):
            typer.echo(f"{words}\n")
        for answer in checked.meant if whole else ():
            typer.echo(f"{answer}\n")
        if checked.meant and not whole:
            typer.echo(f"{counted(len(checked.meant), 'warning')} answered in the files (meant): see them with --all.")
        typer.echo(summary(checked.problems, checked.files))
    if any(problem.severity is Severity.ERROR for problem in checked.problems):
        raise typer.Exit(1)


def _plain(problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": problem.mark.line,
        "column": problem.mark.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
    }
