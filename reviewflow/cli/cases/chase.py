"""Chases: what was answered and what is put off (respond, snooze, resume), what is sent now and what would be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import show_json, the_day
from reviewflow.cli.context import DEFINITIONS, Changing, Chasing, Context, ItemName, Reason, Reference
from reviewflow.london import LONDON

if TYPE_CHECKING:
    from reviewflow.service.workspace.workspace import Workspace

LAST = time(23, 59, 59)


def respond(
    reference: Reference,
    item: ItemName,
    kind: Annotated[
        str, typer.Argument(help="acknowledged, need_more_time, wrong_person, draft_received, phone_call or question")
    ],
    note: Annotated[str, typer.Option("--note", help="What was said, in words that name nobody")] = "",
    until: Annotated[str | None, typer.Option("--until", help="For need_more_time: the day they ask for")] = None,
    *,
    context: Changing,
) -> None:
    """Record what somebody answered to a chase; the chases of that day stop at once."""
    from reviewflow.case.model.commands import Respond

    command = Respond(item, kind, note, the_day(until) if until else None)
    carry_out_and_show(context, reference, command)


def snooze(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    until: Annotated[str, typer.Option("--until", help="The day from which it is chased again: 2026-06-05")],
    *,
    context: Changing,
) -> None:
    """Leave somebody in peace until a day; the due day stays."""
    from reviewflow.case.model.commands import Snooze

    carry_out_and_show(context, reference, Snooze(item, the_day(until), reason))


def resume(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    *,
    context: Changing,
) -> None:
    """Let the reminders go on: the contact was corrected, or more time is not granted."""
    from reviewflow.case.model.commands import Resume

    carry_out_and_show(context, reference, Resume(item, reason))


def chase(
    reference: Annotated[str | None, typer.Argument(help="The case whose items are chased now")] = None,
    items: Annotated[
        list[str] | None, typer.Argument(help="What: agency_return/police agency_return/education")
    ] = None,
    now_by: Annotated[str | None, typer.Option("--now-by", help="Chase these now; who says so")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what a sweep would send now")] = False,
    until: Annotated[str | None, typer.Option("--until", help="Show every letter until this day: 2027-01-15")] = None,
    case: Annotated[str | None, typer.Option("--case", help="Show the letters that tell of this case")] = None,
    text: Annotated[bool, typer.Option("--text", help="Show each letter word for word")] = False,
    summary: Annotated[
        str | None, typer.Option("--summary", help="Show what each reader of a process gets: rapid_review")
    ] = None,
    context: Chasing,
) -> None:
    """Send a chase now, by hand; or show who would get which letter, and send nothing."""
    if summary:
        _summarise(context, summary)
    elif dry_run or until:
        last = datetime.combine(the_day(until), LAST, LONDON) if until else context.moment
        with context.workspace() as workspace:
            _look_ahead(context, workspace, case or reference, last, in_full=text)
    elif reference and items and now_by:
        _chase_now(context, reference, items, by=now_by)
    else:
        raise typer.BadParameter(
            "Name a case and what to chase in it: reviewflow chase RR-2026-001 agency_return/police --now-by NAME; "
            "or look ahead: --dry-run, --until 2027-01-15, --summary rapid_review."
        )


def _summarise(context: Context, process: str) -> None:
    """What each reader gets of a process that is opened today, on time and when one is late. No database is asked."""
    from reviewflow.london import london_day
    from reviewflow.service.rehearsal.readers import as_data, as_text, read_by, summary
    from reviewflow.service.workspace.definition_files import DefinitionFiles

    got = summary(read_by(DefinitionFiles(context.folder or DEFINITIONS), process, london_day(context.moment)))
    if context.as_json:
        show_json(as_data(got))
    else:
        typer.echo(as_text(got), nl=False)


def _chase_now(context: Context, reference: str, items: Sequence[str], *, by: str) -> None:
    """Each by itself: what cannot be chased is said, and keeps none of the others from it."""
    from reviewflow.case.model.commands import ChaseByHand
    from reviewflow.case.model.refusal import Refused
    from reviewflow.service.commands.carry_out import carry_out

    refused: dict[str, str] = {}
    with context.workspace() as workspace:
        for item in dict.fromkeys(items):
            try:
                key = f"{context.once}/{item}"
                with context.recording(f"reviewflow outbox {reference}"):
                    carry_out(workspace, reference, ChaseByHand(item), by=by, now=context.moment, key=key)
            except Refused as error:
                refused[item] = str(error)
    done = [item for item in dict.fromkeys(items) if item not in refused]
    if context.as_json:
        show_json({"reference": reference, "chased": done, "refused": refused})
    for item in () if context.as_json else done:
        typer.echo(f"{reference}: {item} is chased now; the message is in the outbox.")
    for words in refused.values():
        typer.echo(words, err=True)
    if refused:
        raise typer.Exit(1)


def _look_ahead(
    context: Context, workspace: Workspace, reference: str | None, until: datetime, *, in_full: bool
) -> None:
    """Each letter with whether it would leave the building, as delivery is switched now."""
    from reviewflow.cli.tables.letters import foretold_letters, foretold_table
    from reviewflow.service.delivery.mode import delivery_mode, may_leave
    from reviewflow.service.sweep.letter_preview import planned_letters

    mode, subjects_only = delivery_mode(workspace, os.environ), not (in_full or context.as_json)
    planned = planned_letters(workspace, reference, now=context.moment, until=until, subjects_only=subjects_only)
    letters = [(letter, may_leave(mode.mode, letter.address, os.environ)) for letter in planned]
    if context.as_json:
        show_json([{**asdict(letter), "leaves": leaves} for letter, leaves in letters])
        return
    foretold_letters(letters) if in_full else foretold_table(letters)
    typer.echo(f"\nNothing was sent. This follows if nobody answers. {mode.words}" if letters else "")
