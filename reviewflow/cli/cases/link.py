"""What runs beside a case, and cases whose clocks meet: link, unlink, join."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import pairs, the_day, the_moment
from reviewflow.cli.context import Changing, Reason, Reference

Outside = Annotated[bool, typer.Option("--outside", help="It is no case of this office, though it looks like one")]
Other = Annotated[str, typer.Argument(help="The other's reference: RR-2026-004, or a court's number")]


def link(
    reference: Reference,
    kind: Annotated[str, typer.Argument(help="parallel, joint_with, supersedes or derived_from")],
    other: Other,
    reason: Reason,
    effect: Annotated[
        str,
        typer.Option("--effect", help="blocks_publication, limits_family_contact, limits_practitioner_contact or none"),
    ] = "none",
    review: Annotated[str | None, typer.Option("--review", help="When to look at it again")] = None,
    *,
    outside: Outside = False,
    context: Changing,
) -> None:
    """Link what runs beside a case, such as a trial; what it stops is held where the process has such a hold."""
    from reviewflow.case.model.commands import Link

    command = Link(kind, other, reason, effect, the_day(review) if review else None, outside)
    carry_out_and_show(context, reference, command)


def unlink(
    reference: Reference,
    other: Other,
    reason: Reason,
    *,
    context: Changing,
) -> None:
    """End a link, or take a joined case out again; what it alone stopped goes on."""
    from reviewflow.case.model.commands import Unlink

    carry_out_and_show(context, reference, Unlink(other, reason))


def join(
    reference: Reference,
    other: Other,
    date: Annotated[list[str] | None, typer.Option("--date", help="decision=2026-03-01; its own unless given")] = None,
    *,
    outside: Outside = False,
    context: Changing,
) -> None:
    """Meet another case's clocks with this one: they count from its days, and the earliest stands first."""
    from reviewflow.case.model import commands as c
    from reviewflow.service.commands.carry_out import joining

    moments = {name: the_moment(day) for name, day in pairs(date or [], example="decision=2026-03-01").items()}
    days = {name: day for name, (day, _) in moments.items()}
    times = {name: clock for name, (_, clock) in moments.items() if clock is not None}
    with context.workspace() as workspace:
        command = joining(workspace, reference, c.Join(other, days, outside, times))
    carry_out_and_show(context, reference, command)
