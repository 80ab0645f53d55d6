"""Messages on their way: outbox, delivery."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Listing, Looking
from reviewflow.cli.office.second_person import SecondPost, say, second_or_alone
from reviewflow.service.workspace.delivery_modes import Mode


def outbox(
    reference: Annotated[str | None, typer.Argument(help="Only this case, such as RR-2026-001")] = None,
    *,
    refused: Annotated[bool, typer.Option("--refused", help="Only what reached nobody as addressed")] = False,
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
    mode: Annotated[Mode | None, typer.Argument(help="Switch to test, guest-list or live; without it, look")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who switches it: name and post")] = None,
    *,
    second: SecondPost = None,
    context: Looking,
) -> None:
    """Whether messages leave the building: look, with who switched it and when, or switch it in your name.

    To let them out needs a second person, who confirms with a code.
    """
    from reviewflow.case.rules.answers.screening import read_who
    from reviewflow.service.delivery import mode as switching
    from reviewflow.service.second_person.acts import Act, ActKind
    from reviewflow.service.second_person.requests import log_words

    by = read_who(by or "")
    if mode is Mode.LIVE:
        say(second_or_alone(context, Act(ActKind.LIVE), second, by=by))
        return
    with context.workspace(may_begin=True) as workspace:
        if mode is not None:
            switching.switch(workspace, mode, by=by, now=context.moment)
        delivered = switching.delivery_mode(workspace, os.environ)
        log = workspace.store.noted()
    if context.as_json:
        show_json({**asdict(delivered), "log": [asdict(entry) for entry in log]})
        return
    typer.echo(delivered.words)
    for entry in log:
        typer.echo(f"  {entry.at[:16].replace('T', ' ')} UTC  {log_words(entry)}, by {entry.by}")
