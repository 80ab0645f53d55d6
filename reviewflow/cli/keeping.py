"""Commands about what is kept, handed over, erased and destroyed: disclose, erase, retention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.cases import Database, Folder, Reason, Reference, office
from reviewflow.cli.console import By, Json, Now, moment, show_json, who
from reviewflow.cli.registers import LIST, ListsByItself

app = typer.Typer(cls=ListsByItself, help="How long cases are kept: list them, hold them, destroy them.")


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


def erase(
    name: Annotated[str, typer.Argument(help="The name, written as the history shows it")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Erase the name of somebody who recorded things; what they recorded stays, and is still proven."""
    from reviewflow.service.erasing import erase as take_out
    from reviewflow.service.erasing import erased_words

    with office(database, folder) as here:
        traces = take_out(here, name, reason, by=who(by), now=moment(now))
    typer.echo(erased_words(traces))


@app.command(LIST)
def retention(now: Now = None, as_json: Json = False, database: Database = None, folder: Folder = None) -> None:
    """Every case with its class, how long it is kept, and the day after which it may be destroyed."""
    from reviewflow.cli.tables import retention_table
    from reviewflow.service.retention import kept

    with office(database, folder) as here:
        found = kept(here)
    show_json([asdict(each) for each in found]) if as_json else retention_table(found, moment(now))


@app.command("hold")
def hold(
    reference: Reference,
    reason: Reason,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """A legal hold: keep a case whatever its day."""
    from reviewflow.service.retention import hold as place

    with office(database, folder) as here:
        place(here, reference, reason, by=who(by), now=moment(now))
    typer.echo(f"{reference} is kept until the legal hold is lifted.")


@app.command("lift")
def lift(
    reference: Reference,
    reason: Reason,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Lift a legal hold: the case is kept as its process says."""
    from reviewflow.service.retention import lift as take_off

    with office(database, folder) as here:
        take_off(here, reference, reason, by=who(by), now=moment(now))
    typer.echo(f"{reference} is under no legal hold any more.")


@app.command("destroy")
def destroy(
    reference: Reference,
    reason: Reason,
    output: Annotated[Path, typer.Option("-o", "--output", help="The certificate: certificate.md")],
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Destroy a case whose day is past, and write the certificate. It cannot be undone."""
    from reviewflow.service.errors import UserError
    from reviewflow.service.retention import certificate_words
    from reviewflow.service.retention import destroy as take_out

    if output.exists():
        raise UserError(f"{output} is there already. Name another file for the certificate. Nothing was destroyed.")
    with office(database, folder) as here:
        certificate = take_out(here, reference, reason, by=who(by), now=moment(now))
    output.write_text(certificate_words(certificate, by=who(by), now=moment(now)), encoding="utf-8")
    typer.echo(f"{reference} is destroyed. The certificate is {output}.")


COMMANDS: Mapping[str, Callable[..., None]] = {"disclose": disclose, "erase": erase}
