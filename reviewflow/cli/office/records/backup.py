"""backup and restore: the whole office in one file, and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.context import Context, Writing
from reviewflow.cli.extras import require
from reviewflow.cli.options import Takes

Restoring = Annotated[Context, Takes("by", "now")]
WHOM = (
    "For whom shall the backup be encrypted? Name a public key: --for age1... Make one with: reviewflow backup "
    "--new-key FILE. To write it in the clear, say --not-encrypted. Nothing was written."
)
WHERE = "Where shall the backup be written? Name a new file: -o backup.age. Nothing was written."
NEXT = """\
What to do next, in {folder}:
1. Put back what no backup holds: the settings (REVIEWFLOW_...) and the key of the contacts.
2. reviewflow sweep, or reviewflow serve: writes what fell due meanwhile. No letter goes out.
3. reviewflow settle: say which letters had gone before the machine was lost. Then the others go."""


def backup(
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The file to write: backup.age")] = None,
    recipients: Annotated[
        list[str] | None, typer.Option("--for", help="A public key, age1..., or a file with some: who can open it")
    ] = None,
    *,
    plain: Annotated[bool, typer.Option("--not-encrypted", help="Write it so that anybody can read it")] = False,
    key: Annotated[
        Path | None,
        typer.Option("--new-key", help="Only make a key: the secret one into FILE, the public one into FILE.pub"),
    ] = None,
    context: Writing,
) -> None:
    """Write the whole office into one encrypted file: database, definitions, papers. Others may go on working.

    The office's keys and passwords are not in it: keep them elsewhere.
    """
    from reviewflow.service.backups import encryption
    from reviewflow.service.workspace.errors import UserError

    if key is not None:
        public = encryption.new_key(key)
        typer.echo(f"The secret key is in {key}. Keep it away from this machine: without it no backup opens.")
        typer.echo(f"The public key is in {encryption.public_file(key)}, to encrypt backups for:\n{public}")
        return
    if output is None:
        raise UserError(WHERE)
    if bool(recipients) is plain:
        raise UserError(WHOM)
    _write(output, recipients or [], context)


def _write(output: Path, recipients: list[str], context: Writing) -> None:
    from reviewflow.service.backups.encryption import recipients as read
    from reviewflow.service.backups.making import make_backup
    from reviewflow.service.workspace.contact_keys import KEY_FILE

    require("sqlalchemy")
    keys = read(recipients)
    secrets = [Path(os.environ[KEY_FILE])] if os.environ.get(KEY_FILE) else []
    with context.workspace() as workspace:
        made = make_backup(workspace, output, keys, leave_out=secrets, now=context.moment, tell=typer.echo)
    in_the_clear = "" if keys else " It is not encrypted: whoever has it reads everything but the contacts."
    typer.echo(f"{output} is whole: {made.size // 1024 + 1} KB.{in_the_clear}")


def restore(
    file: Annotated[Path, typer.Argument(help="The backup")],
    into: Annotated[Path, typer.Option("--into", help="A new folder, which becomes the office's")],
    identity: Annotated[Path | None, typer.Option("--identity", help="The file with the secret key")] = None,
    database: Annotated[
        str | None, typer.Option("--database", help="For a backup of PostgreSQL, an empty database: postgresql://...")
    ] = None,
    *,
    context: Restoring,
) -> None:
    """Put a backup into a new folder, and say whether it is whole. No letter goes out until reviewflow settle is done.

    Nothing is written over, and a file that is damaged leaves nothing behind.
    """
    from reviewflow.service.backups import restoring

    require("sqlalchemy")
    order = restoring.RestoreOrder(file, into, identity, database, context.who, context.moment)
    faults = restoring.restore(order, typer.echo)
    typer.echo(NEXT.format(folder=into))
    if faults:
        raise typer.Exit(1)
