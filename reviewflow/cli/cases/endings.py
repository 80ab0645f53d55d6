"""Commands that take a case another way than its steps do by themselves."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.cases import Database, Folder, ItemName, Reason, Reference, do
from reviewflow.cli.console import By, Json, Now, the_day


def start_step(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    due: Annotated[str | None, typer.Option("--due", help="By when; its own rule counts unless given")] = None,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Open an optional step, or do it once more."""
    from reviewflow.case.model.commands import OpenStep

    do(reference, OpenStep(item, reason, the_day(due) if due else None), by, now, as_json, database, folder)


def end(
    reference: Reference,
    ending: Annotated[str, typer.Argument(help="Which of the process's ways out: criteria_not_met")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """End a case by one of its process's ways out; nothing is chased any more and its history stays."""
    from reviewflow.case.model.commands import End

    do(reference, End(ending, reason), by, now, as_json, database, folder)
