"""What is done now and once: bounces, sweep, digest."""

from __future__ import annotations

import subprocess
import sys
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking, Opening
from reviewflow.cli.extras import require


def bounces(
    *,
    context: Opening,
) -> None:
    """Look now, once, for mail that came back, as each sweep does, and say what was found."""
    require("prefect", "apprise")
    environ = context.environ()
    looked = subprocess.run([sys.executable, "-m", "tasks.bounces_once"], env=environ, check=False)
    raise typer.Exit(looked.returncode)


def sweep(
    *,
    sure: Annotated[
        bool, typer.Option("--yes-it-is", help="The clock is right, though the last sweep was on quite another day")
    ] = False,
    context: Looking,
) -> None:
    """Sweep once, without Prefect: chase what is due, do what happens by itself, hand over the messages.

    With --now it is a rehearsal, in a database of which no message goes out: reviewflow delivery says whether any does.
    """
    require("prefect", "apprise")
    at = [context.moment.isoformat()] if context.now else ["--yes-it-is"] if sure else []
    shape = ["--json"] if context.as_json else []
    command, environ = [sys.executable, "-m", "tasks.sweep_once", *at, *shape], context.environ()
    swept = subprocess.run(command, env=environ, check=False)  # noqa: S603 - our own module, and a moment that we wrote
    raise typer.Exit(swept.returncode)


def digest(
    role: Annotated[str, typer.Argument(help="The role that gets it: business_support")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show it")] = False,
    context: Looking,
) -> None:
    """The summary that a role gets: see it with --dry-run, or put it into the outbox now, once a period."""
    from reviewflow.service.messages.answer_places import without_pages
    from reviewflow.service.sweep.digests import digests_for, keep

    with context.workspace() as workspace:
        digests = digests_for(workspace, role, now=context.moment)
        kept = 0 if dry_run else keep(workspace, digests)
        told = {summary.key: without_pages(workspace.partnership, summary.text) for summary in digests}
    if context.as_json:
        show_json([{"key": summary.key, "subject": summary.subject, "text": told[summary.key]} for summary in digests])
        return
    for summary in digests:
        typer.echo(f"{summary.subject}\n\n{told[summary.key]}")
    if not digests:
        typer.echo("There is nothing to tell, so nothing would go.")
    elif not dry_run:
        typer.echo(
            f"{kept} put into the outbox, for the one letter of the day. {len(digests) - kept} were there already."
        )
