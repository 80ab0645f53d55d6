"""init: a file to start a new process from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.language.folder.library import Library


def init(
    name: Annotated[str, typer.Argument(help="The new process's name: our_rapid_review")],
    like: Annotated[str | None, typer.Option("--from", help="The process that it shall be like")] = None,
    *,
    copy: Annotated[
        bool, typer.Option("--copy", help="Copy the whole file instead of writing only what differs")
    ] = False,
    context: Annotated[FilesContext, Takes("folder")],
) -> None:
    """Write a commented file to start a new process from."""
    from reviewflow.language.folder.library import load_library
    from reviewflow.service.workspace.errors import UserError
    from reviewflow.writing import write_whole

    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise typer.BadParameter(f'"{name}" is not a name. Use small letters, digits and _: our_rapid_review')
    path = context.folder / "processes" / f"{name}.yaml"
    if path.exists():
        raise UserError(f"{path} is there already. Nothing was changed; take another name.")
    text = _first_text(name, like, load_library(context.folder), copy=copy)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, text.encode())
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
