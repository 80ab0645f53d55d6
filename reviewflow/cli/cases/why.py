"""why: what decides that something is or is not happening in a case."""

from __future__ import annotations

import os
from dataclasses import asdict

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import ItemName, Looking, Reference


def why(
    reference: Reference,
    item: ItemName,
    *,
    context: Looking,
) -> None:
    """Why a step, a time limit or an ending is or is not happening: turn, day, reminders, what was sent."""
    from reviewflow.service.views.why.account import why as explain

    with context.workspace() as workspace:
        account = explain(workspace, reference, item, now=context.moment, environ=os.environ)
    if context.as_json:
        show_json(asdict(account))
        return
    typer.echo(f"{account.reference} · {account.title} · {account.standing}")
    about = ""
    for reason in account.reasons:
        if reason.about != about:
            typer.echo(f"\n{reason.about.capitalize()}")
        about = reason.about
        typer.echo(f"  {reason.words}")
