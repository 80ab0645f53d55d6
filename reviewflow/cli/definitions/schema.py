"""schema: what a definition file may say, for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def schema(
    kind: Annotated[
        str | None,
        typer.Argument(help="process, form, message, guidance, group, table, document, ladders or partnership"),
    ] = None,
    write: Annotated[Path | None, typer.Option(help="Write every schema into this folder")] = None,
) -> None:
    """The JSON Schema of a definition file, for editors."""
    from reviewflow.language.json_schema import schema_text, write_schemas

    if write is not None:
        for path in write_schemas(write):
            typer.echo(f"wrote {path}")
        return
    try:
        typer.echo(schema_text(kind or "process"))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
