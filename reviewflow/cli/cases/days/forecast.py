"""Time limits: forecast, breach."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking, Reason, Recording, Reference


def forecast(
    reference: Annotated[
        str | None, typer.Argument(help="The case, such as RR-2026-001; all of them unless given")
    ] = None,
    *,
    context: Looking,
) -> None:
    """Will it make it? Each time limit, from what is open and coming, and what the day hangs on."""
    from reviewflow.cli.tables.case_lists import forecast_page
    from reviewflow.service.views.forecasts import forecast_lines

    with context.workspace() as workspace:
        lines = forecast_lines(workspace, reference, now=context.moment)
    show_json([asdict(line) for line in lines]) if context.as_json else forecast_page(lines)


def breach(
    reference: Reference,
    limit: Annotated[str, typer.Argument(help="The time limit: submission")],
    reason: Reason,
    *,
    context: Recording,
) -> None:
    """Record why a time limit was not met, or will not be."""
    from reviewflow.case.model.commands import RecordBreach

    carry_out_and_show(context, reference, RecordBreach(limit, reason))
