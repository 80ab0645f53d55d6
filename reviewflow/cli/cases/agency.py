"""Who takes part: an agency joins a case or leaves it, one goes on for another in all, and members of lists change."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.cases.recount import show_changed
from reviewflow.cli.context import Acting, Changing, Reason, Reference


def agency(
    reference: Reference,
    add: Annotated[str | None, typer.Option("--add", help="An agency that joins")] = None,
    remove: Annotated[str | None, typer.Option("--remove", help="An agency that leaves")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it leaves")] = "",
    *,
    context: Changing,
) -> None:
    """Let an agency join a case, or leave it."""
    from reviewflow.case.model.commands import AddAgency, RemoveAgency

    if (add is None) == (remove is None):
        raise typer.BadParameter("Give either --add or --remove.")
    command = AddAgency(add) if add else RemoveAgency(remove or "", reason)
    carry_out_and_show(context, reference, command)


def member(
    reference: Reference,
    members: Annotated[str, typer.Argument(help="The list, by the step and the question that made it: book.members")],
    add: Annotated[str, typer.Option("--add", help="Who joins; with --remove, who goes on for them")] = "",
    remove: Annotated[str, typer.Option("--remove", help="Who leaves")] = "",
    *,
    reason: Reason,
    context: Changing,
) -> None:
    """Let somebody join a list that was made, leave it, or go on for another on it."""
    from reviewflow.case.model.commands import ChangeMembers

    carry_out_and_show(context, reference, ChangeMembers(members, add, remove, reason))


def merge_agencies(
    old: Annotated[str, typer.Argument(help="The agency that is no more")],
    new: Annotated[str, typer.Argument(help="The agency that goes on for it, as partnership.yaml names it")],
    reason: Reason,
    *,
    context: Acting,
) -> None:
    """Let one agency owe what another did, in all open cases."""
    from reviewflow.case.model.commands import MergeAgencies
    from reviewflow.service.commands.bulk import merge_agencies as merge

    with context.workspace() as workspace:
        command = MergeAgencies(old, new, reason)
        show_changed(context, merge(workspace, command, by=context.who, now=context.moment))
