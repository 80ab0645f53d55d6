"""why: what decides that something is or is not happening in a case."""

from __future__ import annotations

import os
from dataclasses import asdict

import typer

from reviewflow.cli.cases.cases import Database, Folder, ItemName, Reference, office
from reviewflow.cli.console import Json, Now, moment, show_json


def why(
    reference: Reference,
    item: ItemName,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Why a step or a time limit is or is not happening: its turn, its day, its reminders, what was sent."""
    from reviewflow.service.views.why.account import why as explain

    with office(database, folder) as here:
        found = explain(here, reference, item, now=moment(now), environ=os.environ)
    if as_json:
        show_json(asdict(found))
        return
    typer.echo(f"{found.reference} · {found.title} · {found.line.standing}")
    about = ""
    for reason in found.reasons:
        if reason.about != about:
            typer.echo(f"\n{reason.about.capitalize()}")
        about = reason.about
        typer.echo(f"  {reason.words}")
