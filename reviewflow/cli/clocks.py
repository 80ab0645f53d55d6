"""Commands about time limits: will they be met, why were they not, and what follows when the calendar changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.cases import Database, Folder, Reason, Reference, do, office
from reviewflow.cli.console import By, Json, Now, moment, show_json


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
    from reviewflow.cli.tables import forecast_page
    from reviewflow.service.forecasts import forecast_lines

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
    from reviewflow.case.commands import RecordBreach

    do(reference, RecordBreach(limit, reason), by, now, as_json, database, folder)


COMMANDS: Mapping[str, Callable[..., None]] = {"forecast": forecast, "breach": breach}
