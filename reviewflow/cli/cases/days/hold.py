"""What stands still for a while, or comes later: hold, release, extend."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import the_day
from reviewflow.cli.context import ByRole, Changing, ItemName, Reason, Reference

HoldName = Annotated[str, typer.Argument(help="Which hold of the process: family_contact")]


def hold(
    reference: Reference,
    name: HoldName,
    reason: Reason,
    requested_by: Annotated[str, typer.Option("--requested-by", help="Which post asked for it")] = "",
    review: Annotated[
        str | None, typer.Option("--review", help="When to look at it again; its own rhythm unless given")
    ] = None,
    by_role: ByRole = "",
    *,
    context: Changing,
) -> None:
    """Let what a hold names stand still; said again, it was looked at and stays. National limits go on."""
    from reviewflow.case.model.commands import Hold

    command = Hold(name, reason, requested_by, the_day(review) if review else None, by_role)
    carry_out_and_show(context, reference, command)


def release(
    reference: Reference,
    name: HoldName,
    reason: Reason,
    by_role: ByRole = "",
    *,
    context: Changing,
) -> None:
    """Release a hold: what stood still goes on."""
    from reviewflow.case.model.commands import Release

    carry_out_and_show(context, reference, Release(name, reason, by_role))


def extend(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    to: Annotated[str, typer.Option("--to", help="The later day: 2026-06-05")],
    by_role: Annotated[str, typer.Option("--by-role", help="The post that grants it: business_manager")],
    *,
    context: Changing,
) -> None:
    """Grant a later day. What was due first stays in sight; national limits cannot be extended."""
    from reviewflow.case.model.commands import Extend

    carry_out_and_show(context, reference, Extend(item, the_day(to), by_role, reason))
