"""watch: whatever is saved is checked at once, and the process drawn again. Needs no database."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.context import FilesContext
from reviewflow.cli.definitions.diagram import form_in
from reviewflow.cli.options import Takes
from reviewflow.writing import write_whole

if TYPE_CHECKING:
    from watchfiles import Change

QUIET = 500
"""Milliseconds without a change after which a round ends."""


def watch(
    process: Annotated[str | None, typer.Argument(help="The process to draw after each save: rapid_review")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The drawing, kept as the process is: rapid_review.svg")
    ] = None,
    *,
    context: Annotated[FilesContext, Takes("folder")],
) -> None:
    """Check the definitions whenever one is saved, and draw a process again; Ctrl-C stops it."""
    from watchfiles import watch as changes_of

    if (process is None) != (output is None):
        raise typer.BadParameter("To draw, name the process and the file: reviewflow watch rapid_review -o review.svg")
    folder = context.folder
    if not folder.is_dir():
        raise typer.BadParameter(f"There is no folder {folder}. Name it with --definitions.")
    drawing = None if process is None or output is None else Drawing(process, output)
    if drawing is not None:
        form_in(drawing.output)
    rounds = changes_of(folder, watch_filter=_is_definition, rust_timeout=QUIET, yield_on_timeout=True)
    with suppress(KeyboardInterrupt):  # Ctrl-C is how it ends, also in the midst of a look
        _watch(rounds, folder, drawing)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A process, and the file that is kept as it is."""

    process: str
    output: Path


def _watch(rounds: Iterator[set[tuple[Change, str]]], folder: Path, drawing: Drawing | None) -> None:
    next(rounds, None)  # from here on no save is missed, also none that comes while the first look is taken
    _say(_looked_at(folder, drawing))
    typer.echo(f"Watching {folder}. Change a file and save it; Ctrl-C stops this.")
    for saved in _saved(rounds):
        typer.echo(f"\nSaved: {saved}")
        _say(_looked_at(folder, drawing))


def _is_definition(_: Change, path: str) -> bool:
    from reviewflow.language.folder.kinds import SUFFIXES

    return Path(path).suffix in SUFFIXES


def _saved(rounds: Iterable[set[tuple[Change, str]]]) -> Iterator[str]:
    for changes in filter(None, rounds):
        yield ", ".join(sorted({Path(path).name for _, path in changes}))


def _say(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)


def _looked_at(folder: Path, drawing: Drawing | None) -> Iterator[str]:
    from reviewflow.language.checking import summary
    from reviewflow.service.rehearsal.check import check_definitions

    checked = check_definitions(folder, environ=os.environ)
    yield from (f"{problem}\n" for problem in checked.problems)
    yield summary(checked.problems, checked.files)
    if drawing is not None:
        yield _drawn(folder, drawing)


def _drawn(folder: Path, drawing: Drawing) -> str:
    from reviewflow.diagram.forms import drawn
    from reviewflow.language.problem import DefinitionError
    from reviewflow.service.workspace.definition_files import DefinitionFiles
    from reviewflow.service.workspace.errors import NotUsable

    files, process, output = DefinitionFiles(folder), drawing.process, drawing.output
    try:
        data = drawn(form_in(output), files.definition(process), files.partnership)
    except DefinitionError:
        return f"{output} was not drawn again: {process} has errors."
    except NotUsable as error:
        return f"{output} was not drawn again: {error}"
    write_whole(output, data)
    return f"wrote {output}"
