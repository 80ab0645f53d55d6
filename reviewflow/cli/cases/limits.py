"""Commands about time limits: will they be met, why were they not, and what follows when the calendar changes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.cases.cases import Database, Folder, Reason, Reference, do, office
from reviewflow.cli.console import By, Json, Now, moment, show_json, who

if TYPE_CHECKING:
    from reviewflow.service.commands.bulk import Changed


def forecast(
    reference: Annotated[
        str | None, typer.Argument(help="The case, such as RR-2026-001; all of them unless given")
    ] = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Will it make it? Each time limit, from what is open and coming, and what the day hangs on."""
    from reviewflow.cli.tables.case_lists import forecast_page
    from reviewflow.service.views.forecasts import forecast_lines

    with office(database, folder) as here:
        lines = forecast_lines(here, reference, now=moment(now))
    show_json([asdict(line) for line in lines]) if as_json else forecast_page(lines)


def breach(
    reference: Reference,
    limit: Annotated[str, typer.Argument(help="The time limit: submission")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Record why a time limit was not met, or will not be."""
    from reviewflow.case.model.commands import RecordBreach

    do(reference, RecordBreach(limit, reason), by, now, as_json, database, folder)


def recount(
    because: Annotated[str, typer.Option("--because", help="Why: a bank holiday was announced")],
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Count the days of all open cases anew, after the calendars were changed."""
    from reviewflow.service.commands.bulk import recount as count_anew

    with office(database, folder) as here:
        _changed(count_anew(here, because, by=who(by), now=moment(now)), as_json=as_json)


def merge_agencies(
    old: Annotated[str, typer.Argument(help="The agency that is no more")],
    new: Annotated[str, typer.Argument(help="The agency that goes on for it, as partnership.yaml names it")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Let one agency owe what another did, in all open cases."""
    from reviewflow.case.model.commands import MergeAgencies
    from reviewflow.service.commands.bulk import merge_agencies as merge

    with office(database, folder) as here:
        command = MergeAgencies(old, new, reason)
        _changed(merge(here, command, by=who(by), now=moment(now)), as_json=as_json)


def handover(
    role: Annotated[str, typer.Argument(help="The post, as partnership.yaml names it: business_manager")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Write into the office's log that a post has passed to somebody else; its mailbox stands in partnership.yaml."""
    from reviewflow.service.commands.bulk import hand_over

    with office(database, folder) as here:
        owed = hand_over(here, role, reason, by=who(by), now=moment(now))
    typer.echo(f"Written down. The post owes {owed} thing{'' if owed == 1 else 's'} now; see: reviewflow due")


def _changed(found: list[Changed], *, as_json: bool) -> None:
    if as_json:
        show_json([asdict(each) for each in found])
        return
    for each in found:
        typer.echo(f"{each.reference}: {each.items} changed")
    if not found:
        typer.echo("Nothing changed in any open case.")
