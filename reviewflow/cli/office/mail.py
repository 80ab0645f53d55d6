"""Commands about messages on their way: outbox, delivery, returns, sweep, digest."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.cases.cases import Database, Folder, environment, office
from reviewflow.cli.console import Json, Now, moment, show_json
from reviewflow.cli.extras import require
from reviewflow.service.workspace.delivery_modes import Mode


def outbox(
    reference: Annotated[str | None, typer.Argument(help="Only this case, such as RR-2026-001")] = None,
    refused: Annotated[bool, typer.Option("--refused", help="Only what reached nobody as addressed")] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what has not gone yet")] = False,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """What waits to be sent, what was sent, and what was refused for good."""
    from reviewflow.cli.tables.letters import outbox_page
    from reviewflow.service.delivery.outbox import MessageState
    from reviewflow.service.delivery.outbox import outbox as messages

    wanted = {lot for lot, only in ((MessageState.REFUSED, refused), (MessageState.WAITS, waiting)) if only} or set(
        MessageState
    )
    with office(database, folder) as here:
        found = [each for each in messages(here, reference) if each.lot in wanted]
        show_json([asdict(each) for each in found]) if as_json else outbox_page(found)


def delivery(
    mode: Annotated[Mode | None, typer.Argument(help="Switch to test, guest-list or live; without it, look")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who switches it: name and post")] = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Whether messages leave the building: look, with who switched it and when, or switch it in your name."""
    from reviewflow.service.delivery import mode as switching

    with office(database, folder, may_begin=True) as here:
        if mode is not None:
            switching.switch(here, mode, by=by or "", now=moment(now))
        found = switching.delivery_mode(here, os.environ)
        log = here.store.noted()
    if as_json:
        show_json({**asdict(found), "log": [asdict(each) for each in log]})
        return
    typer.echo(found.words)
    for each in log:
        typer.echo(f"  {each.at[:16].replace('T', ' ')} UTC  {each.kind}: {each.body}, by {each.by}")


def bounces(database: Database = None, folder: Folder = None) -> None:
    """Look now, once, for mail that came back, as each sweep does, and say what was found."""
    require("prefect", "apprise")
    environ = environment(database, folder)
    looked = subprocess.run([sys.executable, "-m", "tasks.bounces"], env=environ, check=False)
    raise typer.Exit(looked.returncode)


def sweep(now: Now = None, database: Database = None, folder: Folder = None) -> None:
    """Sweep once, without Prefect: chase what is due, do what happens by itself, hand over the messages.

    With --now it is a rehearsal, in a database of which no message goes out: reviewflow delivery says whether any does.
    """
    require("prefect", "apprise")
    at = [moment(now).isoformat()] if now else []
    command, environ = [sys.executable, "-m", "tasks.sweep_once", *at], environment(database, folder)
    swept = subprocess.run(command, env=environ, check=False)  # noqa: S603 - our own module, and a moment that we wrote
    raise typer.Exit(swept.returncode)


def digest(
    role: Annotated[str, typer.Argument(help="The role that gets it: business_support")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show it")] = False,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """The summary that a role gets: see it with --dry-run, or put it into the outbox now, once a period."""
    from reviewflow.service.sweep.digests import digests_for, keep

    with office(database, folder) as here:
        found = digests_for(here, role, now=moment(now))
        kept = 0 if dry_run else keep(here, found)
    if as_json:
        show_json([{"key": each.key, "subject": each.subject, "text": each.text} for each in found])
        return
    for each in found:
        typer.echo(f"{each.subject}\n\n{each.text}")
    if not found:
        typer.echo("There is nothing to tell, so nothing would go.")
    elif not dry_run:
        typer.echo(
            f"{kept} put into the outbox, for the one letter of the day. {len(found) - kept} were there already."
        )
