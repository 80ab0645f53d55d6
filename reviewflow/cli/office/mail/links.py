"""links: the addresses in letters at which a mailbox answers."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.context import Writing
from reviewflow.cli.options import with_options

Mailbox = Annotated[str, typer.Argument(help="The mailbox whose letters have them, such as reviews@police.example.org")]
By = Annotated[str, typer.Option("--by", envvar="REVIEWFLOW_BY", help="Who withdraws them: name and post")]

app = typer.Typer(help="The addresses in letters at which a mailbox answers: withdraw them, make a new key.")


@app.command("withdraw")
@with_options
def withdraw(
    mailbox: Mailbox,
    by: By = "",
    *,
    context: Writing,
) -> None:
    """Let no address in a letter that this mailbox has open anything any more; its next letters have new ones."""
    from reviewflow.service.door.withdrawing import withdraw_links

    with context.workspace() as workspace:
        typer.echo(withdraw_links(workspace, mailbox, by=by, now=context.moment))


Process = Annotated[str, typer.Argument(help="The process of which agencies open cases, such as referral")]
OneAgency = Annotated[str, typer.Argument(help="The agency, by its name in partnership.yaml; all unless given")]
Ended = Annotated[bool, typer.Option("--withdraw", help="End the link of this agency; the next one is another")]


@app.command("standing")
@with_options
def standing(
    process: Process,
    agency: OneAgency = "",
    by: By = "",
    *,
    withdraw: Ended = False,
    context: Writing,
) -> None:
    """Print the link on whose page an agency opens a case itself, such as a referral, until it is withdrawn."""
    import os

    from reviewflow.service.door.key import local_door
    from reviewflow.service.door.standing import standing_address, withdraw_standing
    from reviewflow.service.workspace.errors import UserError

    door = local_door(os.environ)
    if door is None:
        raise UserError(
            "The answer pages have no address yet. Say where agencies reach them: REVIEWFLOW_PUBLIC_URL=https://... "
            "Nothing was changed."
        )
    with context.workspace() as workspace:
        if withdraw and not agency:
            raise UserError("Whose link is to be withdrawn? Name the agency. Nothing was changed.")
        if withdraw:
            withdraw_standing(workspace, process, agency, by=by, now=context.moment)
            typer.echo("That link opens nothing any more. The new one:")
        for name in (agency,) if agency else workspace.partnership.agencies:
            typer.echo(f"{name}: {standing_address(workspace, door, process, name)}")


@app.command("new-key")
def new_key() -> None:
    """Print a new key to make addresses with. Alone in the file, it ends all of before; above the old one, none."""
    from reviewflow.service.door.key import new_key as made

    typer.echo(made())
