"""Commands for changing a process: init, diff, migrate."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.cases.cases import Database, Reason, Reference, office
from reviewflow.cli.console import By, Json, Now, moment, show_json, who
from reviewflow.cli.definitions.check import DEFINITIONS, Folder

if TYPE_CHECKING:
    from reviewflow.language.definition import Definition
    from reviewflow.language.library import Library
    from reviewflow.service.commands.migration import PlannedMove
    from reviewflow.service.rehearsal.process_versions import RunningVersion


def init(
    name: Annotated[str, typer.Argument(help="The new process's name: our_rapid_review")],
    like: Annotated[str | None, typer.Option("--from", help="The process that it shall be like")] = None,
    copy: Annotated[
        bool, typer.Option("--copy", help="Copy the whole file instead of writing only what differs")
    ] = False,
    folder: Folder = DEFINITIONS,
) -> None:
    """Write a commented file to start a new process from."""
    from reviewflow.language.library import load_library
    from reviewflow.service.workspace.errors import UserError

    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise typer.BadParameter(f'"{name}" is not a name. Use small letters, digits and _: our_rapid_review')
    path = folder / "processes" / f"{name}.yaml"
    if path.exists():
        raise UserError(f"{path} is there already. Nothing was changed; take another name.")
    text = _first_text(name, like, load_library(folder), copy=copy)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    typer.echo(f"Wrote {path}. Change it, then ask what is wrong with it: reviewflow check")


def _first_text(name: str, like: str | None, library: Library, *, copy: bool) -> str:
    from reviewflow.language.scaffold import blank_process, extending_process
    from reviewflow.language.suggestions import unknown
    from reviewflow.service.workspace.errors import UserError

    if like is None:
        roles = list(library.partnership.model.roles) if library.partnership else []
        return blank_process(name, owner="business_support" if "business_support" in roles or not roles else roles[0])
    if like not in library.processes:
        raise UserError(unknown("a process in definitions/processes", like, library.processes, "Processes"))
    base = library.processes[like]
    if not copy:
        return extending_process(name, base.model)
    text = re.sub(r"(?m)^process:.*$", f"process: {name}", "\n".join(base.source.lines), count=1)
    return re.sub(r"(?m)^version:.*$", "version: 1", text, count=1)


def diff(
    old: Annotated[str, typer.Argument(help="A process's name, or the file of its old version")],
    new: Annotated[
        Path | None, typer.Argument(exists=True, help="The file of the new version; the one in the folder unless given")
    ] = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = DEFINITIONS,
) -> None:
    """Say in words what changed between two versions of a process, and which open cases run on the old one."""
    from reviewflow.language.differences import differences

    found = [(each, differences(each.definition, now)) for each, now in _compared(old, new, database, folder)]
    if as_json:
        show_json(
            [
                {
                    "version": each.definition.process.version,
                    "open_cases": each.open_cases,
                    "differences": [{"path": list(d.path), "words": d.words} for d in told],
                }
                for each, told in found
            ]
        )
        return
    if not found:
        typer.echo(f"No case runs {old}, so there is nothing to compare with. To compare two files, name both.")
    for each, told in found:
        _say_differences(each, [d.words for d in told])


def _compared(
    old: str, new: Path | None, database: str | None, folder: Path
) -> Iterator[tuple[RunningVersion, Definition]]:
    from reviewflow.service.rehearsal.process_versions import RunningVersion, definition_in_file, running

    path = Path(old)
    if path.suffix in {".yaml", ".yml"} and path.exists():
        before = definition_in_file(path, folder)
        process = before.process.process
        now = definition_in_file(new or folder / "processes" / f"{process}.yaml", folder)
        yield RunningVersion(before, _cases_of(before, database, folder)), now
        return
    with office(database, folder) as here:
        now = definition_in_file(new, folder) if new else here.definition(old)
        yield from ((each, now) for each in running(here, old))


def _cases_of(definition: Definition, database: str | None, folder: Path) -> tuple[str, ...]:
    """Open cases on this version; none when there is no database to ask."""
    from reviewflow.service.rehearsal.process_versions import running
    from reviewflow.service.workspace.database import DATABASE, database_exists

    if not database_exists({**os.environ, **({DATABASE: database} if database else {})}):
        return ()
    process = definition.process
    with office(database, folder) as here:
        same = (one for one in running(here, process.process) if one.definition.process.version == process.version)
        return tuple(case for version in same for case in version.open_cases)


def _say_differences(old: RunningVersion, told: list[str]) -> None:
    from reviewflow.text import listing

    process = old.definition.process
    cases = listing(old.open_cases, none="no open case")
    typer.echo(f"{process.process}, version {process.version} (runs: {cases})")
    for words in told or ["Nothing that matters differs."]:
        typer.echo(f"  - {words}")
    if told and old.open_cases:
        typer.echo(f"Open cases stay as they are. To move one:  reviewflow migrate {old.open_cases[0]} --reason WHY")


def migrate(
    reference: Reference,
    reason: Reason,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it is only shown")] = False,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = DEFINITIONS,
) -> None:
    """Move a running case to its process as the file is now, saying first what happens to each step."""
    from reviewflow.service.commands.migration import make_move, plan_move

    with office(database, folder) as here:
        move = plan_move(here, reference, reason=reason, now=moment(now))
        if as_json:
            show_json(
                {
                    "reference": move.reference,
                    "from": move.version[0],
                    "to": move.version[1],
                    "steps": [{"item": each.item, "title": each.title, "becomes": each.words} for each in move.fates],
                    "moved": yes,
                }
            )
        else:
            _say_move(move)
        if yes:
            make_move(here, move, by=who(by), now=moment(now))
            typer.echo(f"Moved. {move.reference} now runs version {move.version[1]}.", err=as_json)
        elif not as_json:
            typer.echo("Nothing was changed. To do it, add --yes.")


def _say_move(move: PlannedMove) -> None:
    typer.echo(f"{move.reference}: from version {move.version[0]} to version {move.version[1]}")
    typer.echo("What is different:")
    for difference in move.differences:
        typer.echo(f"  - {difference.words}")
    typer.echo("What happens to each step and limit:")
    for fate in move.fates:
        typer.echo(f"  - {fate.title} ({fate.item}): {fate.words}")
