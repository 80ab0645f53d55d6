"""Commands about the files: check, schema, date. They need no database and start fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import Json, Now, moment, show_json

if TYPE_CHECKING:
    from reviewflow.language.library import Library
    from reviewflow.language.problem import Problem

Folder = Annotated[
    Path, typer.Option("--definitions", envvar="REVIEWFLOW_DEFINITIONS", help="The folder of definitions")
]
DEFINITIONS = Path("definitions")
YEARS_TRIED = 3
"""For how many years with proclaimed bank holidays the room before a limit is tried."""


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

    problems, wanted = checked(folder, tuple(files or ()))
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
                for p in problems
            ]
        )
    else:
        for problem in problems:
            typer.echo(f"{problem}\n")
        typer.echo(summary(problems, wanted))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise typer.Exit(1)


def checked(folder: Path, files: tuple[Path, ...] = ()) -> tuple[list[Problem], Sequence[str]]:
    """What is wrong, and the files that were looked at: a folder's, or only these."""
    from reviewflow.language.checking import library_with
    from reviewflow.language.checks import check_library, errors
    from reviewflow.language.library import CALENDARS
    from reviewflow.service.workspace.definition_files import existing_folder

    if files and files[0].is_dir():
        folder, files = files[0], ()
    library = library_with(folder if files else existing_folder(folder), files)
    calendars = folder / CALENDARS
    wanted = {str(path) for path in files} if files else {*library.files, str(calendars)}
    wrong = check_library(library)
    found = (
        *wrong,
        *_calendar_problems(calendars),
        *_room_problems(_without(library, {each.file for each in errors(wrong)}), folder),
        *_version_problems(library),
    )
    return [each for each in found if each.file in wanted], sorted(wanted)


def _calendar_problems(path: Path) -> tuple[Problem, ...]:
    """What is wrong with the calendars file; whether a removed day is a bank holiday is asked only when one is."""
    from reviewflow.language.problem import DefinitionError
    from reviewflow.service.workspace.calendar_file import read_overlay
    from reviewflow.service.workspace.calendars import load_calendars

    try:
        overlay = read_overlay(path)
        for region, corrections in overlay.regions.items():
            if corrections.remove:
                load_calendars(path, {})[region]
    except DefinitionError as error:
        return error.problems
    return ()


def _without(library: Library, wrong: Set[str]) -> Library:
    """The library without the processes, and without the partnership, whose files have errors."""
    partnership = library.partnership
    return replace(
        library,
        processes={name: each for name, each in library.processes.items() if each.source.file not in wrong},
        partnership=partnership if partnership and partnership.source.file not in wrong else None,
    )


def _room_problems(library: Library, folder: Path) -> tuple[Problem, ...]:
    """Limits that the steps before them cannot always keep; not asked while the calendars cannot be read."""
    from reviewflow.language.checks.flow.calendar_room import check_room
    from reviewflow.language.library import CALENDARS
    from reviewflow.language.problem import DefinitionError
    from reviewflow.service.workspace.calendars import calendars_of

    if library.partnership is None:
        return ()
    try:
        calendars = calendars_of(library.partnership.model, folder / CALENDARS)
        until = calendars["england"].proclaimed_until.year
    except DefinitionError:
        return ()
    return tuple(check_room(library, calendars, range(until - YEARS_TRIED, until)))


def _version_problems(library: Library) -> tuple[Problem, ...]:
    """Changed processes whose version was not counted up, when there is a database whose cases run on them."""
    from reviewflow.service.workspace.database import database_exists

    if not database_exists(os.environ):
        return ()
    from reviewflow.service.rehearsal.process_versions import version_problems
    from reviewflow.service.workspace.workspace import open_workspace

    office = open_workspace(os.environ)
    try:
        return tuple(version_problems(office.store, library))
    finally:
        office.store.close()


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
