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


@app.command("new-key")
def new_key() -> None:
    """Print a new key to make addresses with. Alone in the file, it ends all of before; above the old one, none."""
    from reviewflow.service.door.key import new_key as made

    typer.echo(made())
