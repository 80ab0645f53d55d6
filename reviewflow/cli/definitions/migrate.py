"""migrate: a running case moved to its process as the file is now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import FilesContext, Reason, Reference
from reviewflow.cli.options import Takes
from reviewflow.text import listing

if TYPE_CHECKING:
    from reviewflow.service.commands.migration import PlannedMove

MOST = 20
"""So many lines fit a screen; of more, what stays as it is is counted."""


def migrate(
    reference: Reference,
    reason: Reason,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without this it is only shown")] = False,
    every: Annotated[bool, typer.Option("--all", help="Every step of a long case, also what stays as it is")] = False,
    context: Annotated[FilesContext, Takes("by", "now", "as_json", "database", "folder")],
) -> None:
    """Move a running case to its process as the file is now, saying first what happens to each step."""
    from reviewflow.service.commands.migration import make_move, plan_move

    with context.workspace() as workspace:
        move = plan_move(workspace, reference, reason=reason, now=context.moment)
        show_json(_data(move, moved=yes)) if context.as_json else _show(move, whole=every)
        if yes:
            make_move(workspace, move, by=context.who, now=context.moment)
            typer.echo(f"Moved. {move.reference} now runs version {move.version[1]}.", err=context.as_json)
        elif not context.as_json:
            typer.echo("Nothing was changed. To do it, add --yes.")


def _data(move: PlannedMove, *, moved: bool) -> dict[str, object]:
    return {
        "reference": move.reference,
        "from": move.version[0],
        "to": move.version[1],
        "steps": [{"item": fate.item, "title": fate.title, "becomes": fate.words} for fate in move.fates],
        "moved": moved,
    }


def _show(move: PlannedMove, *, whole: bool) -> None:
    typer.echo(f"{move.reference}: from version {move.version[0]} to version {move.version[1]}")
    typer.echo("What is different:")
    for difference in move.differences:
        typer.echo(f"  - {difference.words}")
    typer.echo("What happens to each step and limit:")
    for fate in move.fates:
        if whole or len(move.fates) <= MOST or not fate.keeps:
            typer.echo(f"  - {fate.title} ({fate.item}): {fate.words}")
    if not whole and len(move.fates) > MOST:
        _left_out(move)


def _left_out(move: PlannedMove) -> None:
    kept = Counter(str(fate.keeps) for fate in move.fates if fate.keeps)
    if kept:
        counted = listing(f"{count} {status}" for status, count in kept.items())
        typer.echo(f"  - {counted}: these stay as they are. Each of them: --all")
