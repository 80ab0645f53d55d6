"""contacts: the people of one case whom letters may go to."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Acting, Reason, Reference, Signing
from reviewflow.cli.options import with_options

ContactName = Annotated[str, typer.Argument(help="Which contact of the process: family")]

app = typer.Typer(
    help="The people of one case whom letters may go to: give them, see whether they are given, erase them."
)


@app.command("set")
@with_options
def set_(
    reference: Reference,
    name: ContactName,
    *,
    context: Signing,
) -> None:
    """Give who a contact is: asks for the mailbox and how they wish to be addressed, or reads them, a line each."""
    from reviewflow.service.contacts.people import give, read_person
    from reviewflow.service.workspace.contact_keys import contact_keys, must_be_a_key

    keys = contact_keys(os.environ)
    must_be_a_key(keys)
    with context.workspace() as workspace:
        person = read_person(_typed("Mailbox"), _typed("How they wish to be addressed"))
        give(workspace, keys, reference, name, person, by=context.who, now=context.moment)
    typer.echo(f'Contact "{name}" of {reference} is given. Who that is stands apart, encrypted.')


def _typed(what: str) -> str:
    """A line from the input; the question goes beside the output, as a script would not want it there."""
    typer.echo(f"{what}: ", nl=False, err=True)
    return sys.stdin.readline()


@app.command("show")
@with_options
def show(
    reference: Reference,
    *,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Show who they are too; the office's log keeps that you looked")
    ] = False,
    context: Acting,
) -> None:
    """Which contacts of a case are given; who they are only with --reveal, which is noted in the office's log."""
    from reviewflow.service.contacts import people
    from reviewflow.service.workspace.contact_keys import KEY, contact_keys

    keys = contact_keys(os.environ)
    with context.workspace() as workspace:
        lines = people.contacts_of(workspace, reference)
        shown = people.reveal(workspace, keys, reference, by=context.who, now=context.moment) if reveal else {}
    if context.as_json:
        show_json([{**asdict(line), **(asdict(shown[line.name]) if line.name in shown else {})} for line in lines])
        return
    for line in lines:
        who = f": {shown[line.name].addressed} <{shown[line.name].mailbox}>" if line.name in shown else ""
        typer.echo(f"{line.name} ({line.title}): {line.words}{who}")
    if not lines:
        typer.echo("The process declares no contacts.")
    elif not keys:
        typer.echo(f"No key is set here ({KEY}): none can be given or read. Make one: reviewflow contacts new-key")


@app.command("erase")
@with_options
def erase(
    reference: Reference,
    name: ContactName,
    reason: Reason,
    *,
    context: Signing,
) -> None:
    """Erase who a contact is. The history keeps that it was given and erased; its chain still holds."""
    from reviewflow.service.contacts.people import erase_contact

    with context.workspace() as workspace:
        erase_contact(workspace, reference, name, reason, by=context.who, now=context.moment)
    typer.echo(f'Contact "{name}" of {reference} is erased. Backups and mail programs may still hold it.')


@app.command("new-key")
def new_key() -> None:
    """Print a new key to encrypt contacts with; put it first in the file, and keep the older ones below it."""
    from reviewflow.service.workspace.contact_keys import new_key as made

    typer.echo(made())
