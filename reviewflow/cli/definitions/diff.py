"""diff: what changed between two versions of a process, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.language.definition import Definition
    from reviewflow.language.differences import Difference
    from reviewflow.service.rehearsal.process_versions import RunningVersion


def diff(
    old: Annotated[str, typer.Argument(help="A process's name, or the file of its old version")],
    new: Annotated[
        Path | None, typer.Argument(exists=True, help="The file of the new version; the one in the folder unless given")
    ] = None,
    *,
    context: Annotated[FilesContext, Takes("as_json", "database", "folder")],
) -> None:
    """Say in words what changed between two versions of a process, and which open cases run on the old one."""
    from reviewflow.language.differences import differences

    compared = [(before, differences(before.definition, now)) for before, now in _compared(context, old, new)]
    if context.as_json:
        show_json([_data(before, changes) for before, changes in compared])
        return
    if not compared:
        typer.echo(f"No case runs {old}, so there is nothing to compare with. To compare two files, name both.")
    for before, changes in compared:
        _show(before, [change.words for change in changes])


def _data(before: RunningVersion, changes: Sequence[Difference]) -> dict[str, object]:
    return {
        "version": before.definition.process.version,
        "open_cases": before.open_cases,
        "differences": [{"path": list(change.path), "words": change.words} for change in changes],
    }


def _compared(context: FilesContext, old: str, new: Path | None) -> Iterator[tuple[RunningVersion, Definition]]:
    """Each old version with the new one: that of a file, or every one that open cases run on."""
    from reviewflow.service.rehearsal import process_versions as versions

    path, folder = Path(old), context.folder
    if path.suffix in {".yaml", ".yml"} and path.exists():
        new = new or folder / "processes" / f"{versions.name_in(path)}.yaml"
        before, now = versions.definitions_in_files([path, new], folder)
        yield versions.RunningVersion(before, _cases_of(context, before)), now
        return
    with context.workspace() as workspace:
        now = versions.definition_in_file(new, folder) if new else workspace.definition(old)
        yield from ((version, now) for version in versions.running(workspace, old))


def _cases_of(context: FilesContext, definition: Definition) -> tuple[str, ...]:
    """Open cases on this version; none when there is no database to ask."""
    from reviewflow.service.rehearsal.process_versions import running
    from reviewflow.service.workspace.database import database_exists

    if not database_exists(context.environ(may_begin=True)):
        return ()
    process = definition.process
    with context.workspace() as workspace:
        versions = running(workspace, process.process)
        same = (version for version in versions if version.definition.process.version == process.version)
        return tuple(case for version in same for case in version.open_cases)


def _show(old: RunningVersion, changes: Sequence[str]) -> None:
    from reviewflow.text import listing

    process = old.definition.process
    cases = listing(old.open_cases, none="no open case")
    typer.echo(f"{process.process}, version {process.version} (runs: {cases})")
    for words in changes or ["Nothing that matters differs."]:
        typer.echo(f"  - {words}")
    if changes and old.open_cases:
        typer.echo(f"Open cases stay as they are. To move one:  reviewflow migrate {old.open_cases[0]} --reason WHY")
