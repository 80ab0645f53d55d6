"""Messages on their way: outbox, delivery."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Context, Listing, Looking
from reviewflow.cli.extras import require
from reviewflow.cli.office.second_person import SecondPost, say, second_or_alone
from reviewflow.service.workspace.delivery_modes import Mode
from reviewflow.service.workspace.errors import UserError


class DeliveryOrder(StrEnum):
    """What may be said of delivery: a mode, or that its routes be tried."""

    TEST = Mode.TEST
    GUEST_LIST = Mode.GUEST_LIST
    LIVE = Mode.LIVE
    TRY = "try"


def outbox(
    reference: Annotated[str | None, typer.Argument(help="Only this case, such as RR-2026-001")] = None,
    *,
    refused: Annotated[bool, typer.Option("--refused", help="Only what did not reach whom it was for")] = False,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only what has not gone yet")] = False,
    agency: Annotated[str | None, typer.Option("--agency", help="Only what was written to this agency: police")] = None,
    context: Listing,
) -> None:
    """What waits to be sent, what was sent, and what was refused for good."""
    from reviewflow.cli.tables.letters import outbox_page
    from reviewflow.service.delivery.outbox import MessageState
    from reviewflow.service.delivery.outbox import outbox as messages

    lots = ((MessageState.REFUSED, refused), (MessageState.WAITS, waiting), (MessageState.TO_RELEASE, waiting))
    only = {state for state, asked in lots if asked}
    with context.workspace() as workspace:
        shown = [message for message in messages(workspace, reference, agency) if not only or message.lot in only]
    show_json([asdict(message) for message in shown]) if context.as_json else outbox_page(shown)


def delivery(
    mode: Annotated[
        DeliveryOrder | None,
        typer.Argument(help="Switch to test, guest-list or live, or try each route; without it, look"),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who switches it: name and post")] = None,
    *,
    second: SecondPost = None,
    to: Annotated[
        str | None, typer.Option("--to", help="With try: the post or agency that gets a first letter by each route")
    ] = None,
    context: Looking,
) -> None:
    """Whether messages leave the building: look, with who switched it and when, or switch it in your name.

    To let them out needs a second person, who confirms with a code. `try` sends a first real letter by each route to
    somebody who can say whether it came.
    """
    from reviewflow.case.rules.answers.screening import read_who
    from reviewflow.service.delivery import mode as switching
    from reviewflow.service.second_person.acts import Act, ActKind
    from reviewflow.service.second_person.requests import log_words
    from reviewflow.service.sign_ins.pressed import PRESSED

    by = read_who(by or "")
    if mode is DeliveryOrder.TRY:
        _try_routes(context, to, by)
        return
    if mode is DeliveryOrder.LIVE:
        say(second_or_alone(context, Act(ActKind.LIVE), second, by=by))
        return
    with context.workspace(may_begin=True) as workspace:
        if mode is not None:
            switching.switch(workspace, Mode(mode), by=by, now=context.moment)
        delivered = switching.delivery_mode(workspace, os.environ)
        log = [entry for entry in workspace.store.noted() if entry.kind != PRESSED]  # those stand in their cases
    if context.as_json:
        show_json({**asdict(delivered), "log": [asdict(entry) for entry in log]})
        return
    typer.echo(delivered.words)
    for entry in log:
        typer.echo(f"  {entry.at[:16].replace('T', ' ')} UTC  {log_words(entry)}, by {entry.by}")


def _try_routes(context: Context, to: str | None, by: str) -> None:
    """Have it done by a process that speaks to mail servers; ends as that ended."""
    if not (to and by.strip()):
        raise UserError(
            "Who gets the first letter, and who sends it? Name a post or agency of partnership.yaml, and yourself: "
            "reviewflow delivery try --to chair --by NAME. Nothing was sent."
        )
    require("prefect", "apprise")
    command, told = [sys.executable, "-m", "tasks.outside.first_letters"], json.dumps({"to": to, "by": by})
    done = subprocess.run(command, env=context.environ(), input=told, text=True, check=False)  # noqa: S603 - our own
    if done.returncode:
        raise typer.Exit(done.returncode)
