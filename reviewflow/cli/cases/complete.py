"""What becomes of a step: complete, reopen, skip, start-step."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import pairs, the_day, the_moment
from reviewflow.cli.context import Changing, ItemName, Reason, Reference


def complete(
    reference: Reference,
    item: ItemName,
    answers: Annotated[list[str] | None, typer.Argument(help="The form's answers: quality_assured=yes")] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="The day (and time) it was really done; now unless given"),
    ] = None,
    *,
    context: Changing,
) -> None:
    """Record that a step was done."""
    from reviewflow.case.model.commands import Complete

    given = pairs(answers or [], example="quality_assured=yes")
    day, clock = the_moment(on) if on else (None, None)
    carry_out_and_show(context, reference, Complete(item, given, day, clock))


def reopen(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    due: Annotated[
        str | None,
        typer.Option(help="When it is due now; by its own rule, counted from today, unless given"),
    ] = None,
    *,
    never_done: Annotated[
        bool,
        typer.Option(
            "--never-done",
            help="It had been recorded as done and never was: the time limits that it seemed to meet run again",
        ),
    ] = False,
    context: Changing,
) -> None:
    """Owe a step again, with everything that depends on it."""
    from reviewflow.case.model.commands import Reopen

    carry_out_and_show(context, reference, Reopen(item, reason, the_day(due) if due else None, never_done))


def skip(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    *,
    context: Changing,
) -> None:
    """Go on without a step."""
    from reviewflow.case.model.commands import Skip

    carry_out_and_show(context, reference, Skip(item, reason))


def start_step(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    due: Annotated[str | None, typer.Option("--due", help="By when; its own rule counts unless given")] = None,
    *,
    context: Changing,
) -> None:
    """Open an optional step, or do it once more."""
    from reviewflow.case.model.commands import OpenStep

    carry_out_and_show(context, reference, OpenStep(item, reason, the_day(due) if due else None))
