"""All open cases at once: recount, handover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Acting, Context, Reason, Signing

if TYPE_CHECKING:
    from reviewflow.service.commands.bulk import Changed


def recount(
    because: Annotated[str, typer.Option("--because", help="Why: a bank holiday was announced")],
    *,
    context: Acting,
) -> None:
    """Count the days of all open cases anew, after the calendars were changed."""
    from reviewflow.service.commands.bulk import recount as count_anew

    with context.workspace() as workspace:
        show_changed(context, count_anew(workspace, because, by=context.who, now=context.moment))


def handover(
    role: Annotated[str, typer.Argument(help="The post, as partnership.yaml names it: business_manager")],
    reason: Reason,
    *,
    context: Signing,
) -> None:
    """Write into the office's log that a post has passed to somebody else; its mailbox stands in partnership.yaml."""
    from reviewflow.service.commands.bulk import hand_over

    with context.workspace() as workspace:
        owed = hand_over(workspace, role, reason, by=context.who, now=context.moment)
    typer.echo(f"Written down. The post owes {owed} thing{'' if owed == 1 else 's'} now; see: reviewflow due")


def show_changed(context: Context, changed: Sequence[Changed]) -> None:
    """How much changed in each case, a line each."""
    if context.as_json:
        show_json([asdict(case) for case in changed])
        return
    for case in changed:
        typer.echo(f"{case.reference}: {case.items} changed")
    if not changed:
        typer.echo("Nothing changed in any open case.")
