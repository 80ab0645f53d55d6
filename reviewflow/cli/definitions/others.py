"""What commands about one process say of errors in definitions that it does not use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from reviewflow.service.workspace.definition_files import DefinitionFiles


def tell_of_others(files: DefinitionFiles) -> None:
    """Say it beside the output, once that is made: what was asked for has no errors then."""
    if said := files.said_of_others:
        typer.echo(said, err=True)
