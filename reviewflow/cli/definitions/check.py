"""Commands about the files: check, schema, date. They need no database and start fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import Json, Now, moment, show_json

if TYPE_CHECKING:
    pass

Folder = Annotated[
    Path, typer.Option("--definitions", envvar="REVIEWFLOW_DEFINITIONS", help="The folder of definitions")
]
DEFINITIONS = Path("definitions")


def check(
    files: Annotated[
        list[Path] | None, typer.Argument(exists=True, help="Only these files, or a folder; all unless given")
    ] = None,
    folder: Folder = DEFINITIONS,
    as_json: Json = False,
) -> None:
    """Say everything that is wrong with the definitions: file, line, column and what to do."""
    from reviewflow.language.checking import summary
    from reviewflow.language.problem import Severity
    from reviewflow.service.rehearsal.check import check_definitions

    checked = check_definitions(folder, files or (), environ=os.environ)
    if as_json:
        show_json(
            [
                {
                    "file": p.file,
                    "line": p.mark.line,
                    "column": p.mark.column,
                    "code": p.code,
                    "severity": p.severity,
                    "message": p.message,
                }
                for p in checked.problems
            ]
        )
    else:
        for problem in checked.problems:
            typer.echo(f"{problem}\n")
        typer.echo(summary(checked.problems, checked.files))
    if any(problem.severity is Severity.ERROR for problem in checked.problems):
        raise typer.Exit(1)


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(help="process, form, message, guidance, group, table, document, ladders or partnership"),
    ] = None,
    write: Annotated[Path | None, typer.Option(help="Write every schema into this folder")] = None,
) -> None:
    """The JSON Schema of a definition file, for editors."""
    from reviewflow.language.json_schema import schema_text, write_schemas

    if write is not None:
        for path in write_schemas(write):
            typer.echo(f"wrote {path}")
        return
    try:
        typer.echo(schema_text(kind or "process"))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def resolve(
    process: Annotated[str, typer.Argument(help="Which process: rapid_review")], folder: Folder = DEFINITIONS
) -> None:
    """Print a process with all that it takes over (extends, groups) in its place: what a case is opened with."""
    from reviewflow.language.library import load_library
    from reviewflow.language.reading.tree import Entries
    from reviewflow.language.reading.writing import resolved
    from reviewflow.language.suggestions import unknown
    from reviewflow.service.workspace.errors import UserError

    known = load_library(folder).processes
    if process not in known:
        message = unknown("a process that can be read", process, known, "Processes")
        raise UserError(f"{message}\nWhat keeps a file from being read: reviewflow check")
    root = known[process].source.root
    assert isinstance(root, Entries)
    typer.echo(resolved(root), nl=False)


def date_(
    phrase: Annotated[
        str | None, typer.Argument(help='"15 working days after 2026-12-18"; none: one a line from input')
    ] = None,
    calendar: Annotated[
        str, typer.Option(help="england, wales, scotland, northern_ireland, uk_any, office, or one of partnership.yaml")
    ] = "england",
    explain: Annotated[bool, typer.Option("--explain", help="Show how it was counted")] = False,
    folder: Folder = DEFINITIONS,
    now: Now = None,
    as_json: Json = False,
) -> None:
    """Count days: "15 working days after 2026-12-18", "6 months after 2026-08-31", "7 working days before today"."""
    from reviewflow.service.workspace.day_count import answer, counting, open_calendar

    chosen, today = open_calendar(folder, calendar), moment(now).date()
    if phrase is not None:
        found = answer(phrase, chosen, today=today)
        lines = list(counting(phrase, chosen, today=today)) if explain else [found]
        if as_json:
            show_json({"question": phrase, "calendar": calendar, "date": found, "counting": lines[:-1]})
        for line in () if as_json else lines:
            typer.echo(line)
        return
    failed = False
    for line in _lines():
        failed = _one_answer(line, chosen, today) or failed
    if failed:
        raise typer.Exit(1)


def _one_answer(line: str, chosen: object, today: date) -> bool:
    """Print one answer; True when the question could not be answered (said on standard error, with its text)."""
    from reviewflow.calendar import Calendar, CalendarHorizonError
    from reviewflow.language.phrases import PhraseError
    from reviewflow.service.workspace.day_count import answer

    assert isinstance(chosen, Calendar)
    try:
        typer.echo(answer(line, chosen, today=today))
    except (PhraseError, CalendarHorizonError) as error:
        typer.echo("")
        typer.echo(f"{line}: {error}", err=True)
        return True
    return False


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()
