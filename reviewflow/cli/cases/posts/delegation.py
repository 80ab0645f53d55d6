"""Who does in one case what another post owes: delegate, take-back."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import the_day
from reviewflow.cli.context import Changing, Reason, Reference

StepName = Annotated[
    str,
    typer.Argument(
        metavar="{post or step}",
        help="The post whose work in this case passes to another: business_manager; or a step in which actions are "
        "verified: verify",
    ),
]


def delegate(
    reference: Reference,
    step: StepName,
    to: Annotated[
        str,
        typer.Option(
            "--to", help="The post that does it: independent_scrutineer; a deputy is written business_manager:deputy"
        ),
    ],
    reason: Reason,
    until: Annotated[str, typer.Option("--until", help="The last day of it, if it ends by itself: 2026-12-18")] = "",
    since: Annotated[str, typer.Option("--from", help="The first day of it, if not today: 2026-12-07")] = "",
    *,
    context: Changing,
) -> None:
    """Let another post do what one owes in this case, or verify in its place, from today or --from on.

    It hears in one letter what it owes now, by which days; the post before hears that it is off them. What is done
    stays with whoever did it. Given --to the post itself, it is taken back.
    """
    from reviewflow.case.model.commands import Delegate

    last, first = (the_day(day) if day else None for day in (until, since))
    carry_out_and_show(context, reference, Delegate(step, to, last, reason, first))


def take_back(reference: Reference, step: StepName, reason: Reason, *, context: Changing) -> None:
    """Take back what was delegated: the post that owes it does it itself again."""
    from reviewflow.case.model.commands import TakeBack

    carry_out_and_show(context, reference, TakeBack(step, reason))
