"""All open cases at once: recount (after a change of the calendars, or by later rules), handover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Acting, Context, Reason, Signing

if TYPE_CHECKING:
    from reviewflow.service.commands.bulk import Changed
    from reviewflow.service.workspace.workspace import Workspace


def recount(
    references: Annotated[
        list[str] | None, typer.Argument(help="With --rules: these cases; all open ones if none")
    ] = None,
    because: Annotated[str, typer.Option("--because", help="Why: a bank holiday was announced")] = "",
    *,
    rules: Annotated[
        bool,
        typer.Option(
            "--rules",
            help="By the present edition of reviewflow's own rules: what would move in cases that were opened under an "
            "earlier one; with --because they go on by it",
        ),
    ] = False,
    context: Acting,
) -> None:
    """Count the days of all open cases anew, after the calendars were changed; or see what later rules would move."""
    from reviewflow.service.commands.bulk import recount as count_anew

    if references and not rules:
        raise typer.BadParameter("After a change of the calendars all open cases are counted anew. Name none.")
    if not because and not rules:
        raise typer.BadParameter('Say why: reviewflow recount --because "a bank holiday was announced"')
    with context.workspace() as workspace:
        if rules:
            _by_present_rules(context, workspace, references or [], because)
        else:
            show_changed(context, count_anew(workspace, because, by=context.who, now=context.moment))


def _by_present_rules(context: Context, workspace: Workspace, references: Sequence[str], because: str) -> None:
    from reviewflow.cli.tables.rules_edition import moving_table
    from reviewflow.service.commands.rules_edition import adopt_rules, would_move

    if because:
        moved = adopt_rules(workspace, references, because, by=context.who, now=context.moment)
        show_json(moved) if context.as_json else typer.echo(_adopted(moved))
        return
    cases = list(would_move(workspace, references, now=context.moment))
    show_json([asdict(case) for case in cases]) if context.as_json else moving_table(workspace, cases)


def _adopted(moved: Mapping[str, int]) -> str:
    lines = [f"{reference}: goes on by the present rules; {days} due days moved" for reference, days in moved.items()]
    return "\n".join(lines) or "Every open case is run by the present rules already."


def handover(
    role: Annotated[str, typer.Argument(help="The post, as partnership.yaml names it: business_manager")],
    reason: Reason,
    *,
    context: Signing,
) -> None:
    """Write down that a post has passed to somebody else, and tell its mailbox in partnership.yaml what it owes."""
    from reviewflow.service.commands.bulk import hand_over
    from reviewflow.service.delivery.contents.handover import tell_new_holder

    with context.workspace() as workspace:
        owed = hand_over(workspace, role, reason, by=context.who, now=context.moment)
        told = tell_new_holder(workspace, role, now=context.moment)
    things = f"{owed} thing{'' if owed == 1 else 's'}"
    letter = "a letter with what it owes, and in which cases, goes to its mailbox." if told else "it has no mailbox."
    typer.echo(f"Written down. The post owes {things} now; {letter} See: reviewflow due")


def show_changed(context: Context, changed: Sequence[Changed]) -> None:
    """How much changed in each case, a line each."""
    if context.as_json:
        show_json([asdict(case) for case in changed])
        return
    for case in changed:
        typer.echo(f"{case.reference}: {case.items} changed")
    if not changed:
        typer.echo("Nothing changed in any open case.")
