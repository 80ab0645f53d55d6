"""Who verifies: delegate, take-back."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import the_day
from reviewflow.cli.context import Changing, Reason, Reference

StepName = Annotated[str, typer.Argument(help="The step in which actions are verified: verify")]


def delegate(
    reference: Reference,
    step: StepName,
    to: Annotated[str, typer.Option("--to", help="The post that verifies meanwhile: independent_scrutineer")],
    until: Annotated[str, typer.Option("--until", help="The last day of it: 2026-12-18")],
    reason: Reason,
    since: Annotated[str, typer.Option("--from", help="The first day of it, if not today: 2026-12-07")] = "",
    *,
    context: Changing,
) -> None:
    """Let another post verify actions until a day, from today or --from; letters go to it until then."""
    from reviewflow.case.model.commands import Delegate

    carry_out_and_show(
        context, reference, Delegate(step, to, the_day(until), reason, the_day(since) if since else None)
    )


def take_back(reference: Reference, step: StepName, reason: Reason, *, context: Changing) -> None:
    """Take back what was delegated: the post that owes it verifies again."""
    from reviewflow.case.model.commands import TakeBack

    carry_out_and_show(context, reference, TakeBack(step, reason))
