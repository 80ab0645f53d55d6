"""open: a case is opened."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import keep_board, say_what_followed
from reviewflow.cli.console import pairs, the_moment
from reviewflow.cli.context import Recording


def open_(
    process: Annotated[str, typer.Argument(help="Which process: rapid_review")],
    date: Annotated[
        list[str] | None,
        typer.Option(
            "--date", help="notified=2026-05-05; 'NAME=2026-05-05 14:30' where the process asks for the time of day too"
        ),
    ] = None,
    agency: Annotated[list[str] | None, typer.Option("--agency", help="An agency that takes part")] = None,
    calendar: Annotated[
        str,
        typer.Option("--calendar", help="In which calendar its days are counted, where the process lets one be chosen"),
    ] = "",
    *,
    context: Recording,
) -> None:
    """Open a case."""
    from reviewflow.case.model.commands import Open
    from reviewflow.service.commands.carry_out import open_case
    from reviewflow.service.commands.version_numbers import used_before
    from reviewflow.service.sweep.clock import refuse_wrong_moment
    from reviewflow.service.views.what_followed import what_followed

    moments = {name: the_moment(day) for name, day in pairs(date or [], example="notified=2026-05-05").items()}
    days = {name: day for name, (day, _) in moments.items()}
    times = {name: clock for name, (_, clock) in moments.items() if clock is not None}
    with context.workspace(may_begin=True) as workspace:
        refuse_wrong_moment(workspace, context.moment, was_told=context.now is not None)
        command = Open(days, tuple(agency or ()), times=times, calendar=calendar)
        with context.recording("reviewflow cases"):
            opened = open_case(workspace, process, command, by=context.who, now=context.moment, key=context.once)
        keep_board(context, workspace, opened.case.reference)
        led_to = what_followed(workspace, opened, now=context.moment)
        say_what_followed(context, workspace, led_to, opened.case.reference)
        if opened_before := used_before(workspace.store, workspace.processes()[process]):
            typer.echo(f"{process}.yaml was changed and its number was not. {opened_before}", err=True)
