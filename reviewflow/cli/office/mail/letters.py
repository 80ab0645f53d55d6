"""letters: those to the contacts of cases, which somebody releases or refuses."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import ByRole, Listing, Reason, Writing
from reviewflow.cli.options import with_options

Number = Annotated[str, typer.Argument(help="The letter, such as RR-2026-001/14.1")]
By = Annotated[str, typer.Option("--by", envvar="REVIEWFLOW_BY", help="Who decides it: name and post")]

app = typer.Typer(help="Letters to the contacts of cases: see which wait, read, release or refuse them.")


@app.command("waiting")
@with_options
def waiting(
    *,
    context: Listing,
) -> None:
    """Every letter to a contact of a case that waits until somebody releases it."""
    from reviewflow.cli.tables.letters import waiting_table
    from reviewflow.service.contacts.letters import waiting_letters

    with context.workspace() as workspace:
        letters = waiting_letters(workspace)
    show_json([asdict(letter) for letter in letters]) if context.as_json else waiting_table(letters)


@app.command("show")
@with_options
def show(
    number: Number,
    *,
    context: Listing,
) -> None:
    """A letter that waits, word for word; {addressed} is filled in only as it leaves."""
    from reviewflow.service.contacts.letters import waiting_letter

    with context.workspace() as workspace:
        letter = waiting_letter(workspace, number)
    if context.as_json:
        show_json(asdict(letter))
        return
    typer.echo(f"To: {letter.to} ({letter.reference})\nSubject: {letter.subject}\n\n{letter.text}", nl=False)


@app.command("release")
@with_options
def release(
    number: Number,
    by: By = "",
    by_role: ByRole = "",
    *,
    context: Writing,
) -> None:
    """Let a letter go, in your name: it leaves with the next that do."""
    from reviewflow.service.contacts import letters

    with context.workspace() as workspace:
        letters.release(workspace, number, by=by, now=context.moment, by_role=by_role)
    typer.echo(f"{number} is released, and goes with the next letters.")


@app.command("refuse")
@with_options
def refuse(
    number: Number,
    reason: Reason,
    by: By = "",
    by_role: ByRole = "",
    *,
    context: Writing,
) -> None:
    """Withdraw a letter, in your name: it does not go, and the case goes on without it."""
    from reviewflow.service.contacts import letters

    with context.workspace() as workspace:
        letters.refuse(workspace, number, reason, by=by, now=context.moment, by_role=by_role)
    typer.echo(f"{number} does not go.")
