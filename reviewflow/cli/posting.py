"""Commands about messages on their way: outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.cases import Database, Folder, office
from reviewflow.cli.console import Json, show_json


def outbox(
    reference: Annotated[str | None, typer.Argument(help="Only this case, such as RR-2026-001")] = None,
    refused: Annotated[bool, typer.Option("--refused", help="Only what reached nobody as addressed")] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what has not gone yet")] = False,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """What waits to be sent, what was sent, and what was refused for good."""
    from reviewflow.cli.tables import outbox_page
    from reviewflow.service.outbox import Lot
    from reviewflow.service.outbox import outbox as messages

    wanted = {lot for lot, only in ((Lot.REFUSED, refused), (Lot.WAITS, waiting)) if only} or set(Lot)
    with office(database, folder) as here:
        found = [each for each in messages(here, reference) if each.lot in wanted]
        show_json([asdict(each) for each in found]) if as_json else outbox_page(found)


COMMANDS: Mapping[str, Callable[..., None]] = {"outbox": outbox}
