"""Commands that let things stand still for a while and go on, or come later."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.cases import Database, Folder, ItemName, Reason, Reference, do
from reviewflow.cli.console import By, Json, Now, the_day

HoldName = Annotated[str, typer.Argument(help="Which hold of the process: publication_hold")]


def hold(
    reference: Reference,
    name: HoldName,
    reason: Reason,
    requested_by: Annotated[str, typer.Option("--requested-by", help="Which post asked for it")] = "",
    review: Annotated[
        str | None, typer.Option("--review", help="When to look at it again; its own rhythm unless given")
    ] = None,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Let what a hold names stand still; said again, it was looked at and stays. National limits go on."""
    from reviewflow.case.model.commands import Hold

    command = Hold(name, reason, requested_by, the_day(review) if review else None)
    do(reference, command, by, now, as_json, database, folder)


def release(
    reference: Reference,
    name: HoldName,
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Release a hold: what stood still goes on."""
    from reviewflow.case.model.commands import Release

    do(reference, Release(name, reason), by, now, as_json, database, folder)


def extend(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    to: Annotated[str, typer.Option("--to", help="The later day: 2026-06-05")],
    by_role: Annotated[str, typer.Option("--by-role", help="The post that grants it: business_manager")],
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Grant a later day. What was due first stays in sight; national limits cannot be extended."""
    from reviewflow.case.model.commands import Extend

    do(reference, Extend(item, the_day(to), by_role, reason), by, now, as_json, database, folder)
