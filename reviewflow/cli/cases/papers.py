"""Commands about documents: make one now, and list those that were made."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.cases.cases import Database, Folder, Reference, office
from reviewflow.cli.console import Json, Now, moment, show_json


def make(
    reference: Reference,
    document: Annotated[str, typer.Argument(help="Which document: request_for_information")],
    about: Annotated[str, typer.Option("--for", help="What it is about: agency_return/police")] = "",
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Make a document of a case as things stand now."""
    from reviewflow.service.documents.case_papers import make_papers

    with office(database, folder) as here:
        made = make_papers(here, reference, about, document, now=moment(now))
    show_json([str(path) for path in made]) if as_json else _say(made)


def papers(reference: Reference, as_json: Json = False, database: Database = None, folder: Folder = None) -> None:
    """List the documents that were made for a case."""
    from reviewflow.service.documents.case_papers import papers_of

    with office(database, folder) as here:
        made = papers_of(here, reference)
    show_json([str(path) for path in made]) if as_json else _say(made)


def _say(made: Sequence[Path]) -> None:
    for path in made:
        typer.echo(str(path))
    if not made:
        typer.echo("No documents have been made.")
