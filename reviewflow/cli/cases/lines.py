"""Lines of a table that grows: add-line, change-line."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import pairs
from reviewflow.cli.context import Changing, Reason, Reference

_EXAMPLE = "came=2026-05-06"
TableName = Annotated[
    str, typer.Argument(help="The table, by its step and the question that gathers it: log.complaints")
]


def add_line(
    reference: Reference,
    table: TableName,
    cells: Annotated[list[str], typer.Argument(help=f"What stands in the line, by column: {_EXAMPLE} lead=police")],
    *,
    context: Changing,
) -> None:
    """Add a line to a table that grows; what is done for it is owed from now on."""
    from reviewflow.case.model.commands import Complete
    from reviewflow.language.model import MORE_TO_COME

    item, _, question = table.rpartition(".")
    line = pairs(cells, example=_EXAMPLE)
    carry_out_and_show(context, reference, Complete(item or table, {question: [line], MORE_TO_COME: "yes"}))


def change_line(
    reference: Reference,
    table: TableName,
    number: Annotated[int, typer.Argument(help="The number of the line")],
    cells: Annotated[list[str] | None, typer.Argument(help=f"The columns that say otherwise: {_EXAMPLE}")] = None,
    *,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="The line counts no more, and its number stays")] = False,
    reason: Reason,
    context: Changing,
) -> None:
    """Put a line of a table that grows right, or withdraw it; what it said before stays in the history."""
    from reviewflow.case.model.commands import ChangeLine, WithdrawLine

    if withdraw == bool(cells):
        raise typer.BadParameter(f"Give either what the line says now, as in {_EXAMPLE}, or --withdraw.")
    if withdraw:
        carry_out_and_show(context, reference, WithdrawLine(table, number, reason))
    else:
        said = pairs(cells or [], example=_EXAMPLE)
        carry_out_and_show(context, reference, ChangeLine(table, number, said, reason))
