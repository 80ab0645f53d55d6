"""Commands about what is kept, and handed over: disclose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.cases import Database, Folder, Reference, office
from reviewflow.cli.console import By, Now, moment, who


def disclose(
    reference: Reference,
    output: Annotated[Path, typer.Option("-o", "--output", help="A new folder: disclosure/RR-2026-001")],
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Write all of a case into a folder: history in words, definition, messages, documents, and a hash of each."""
    from reviewflow.service.disclosing import disclose as write

    with office(database, folder) as here:
        written = write(here, reference, output, by=who(by), now=moment(now))
    typer.echo(f"Wrote {len(written)} files into {output}. Read it before it leaves the office.")


COMMANDS: Mapping[str, Callable[..., None]] = {"disclose": disclose}
