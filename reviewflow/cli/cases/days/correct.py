"""The dates of a case: correct, set."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import the_day, the_moment
from reviewflow.cli.context import Changing, Reason, Reference

CALENDAR = "calendar"
"""Instead of a date: the calendar that was chosen when the case opened."""


def correct(
    reference: Reference,
    name: Annotated[str, typer.Argument(help="The date, or the step whose day was recorded wrongly; or: calendar")],
    to: Annotated[
        str,
        typer.Argument(
            help="The right day, 2026-05-04; with its time, '2026-05-04 14:30', where one is asked for; or calendar"
        ),
    ],
    reason: Reason,
    *,
    context: Changing,
) -> None:
    """Put a wrong date right; everything that counts from it is counted anew."""
    from reviewflow.case.model.commands import CorrectCalendar, CorrectDate

    if name == CALENDAR and not to[:1].isdigit():
        carry_out_and_show(context, reference, CorrectCalendar(to, reason))
        return
    day, clock = the_moment(to)
    carry_out_and_show(context, reference, CorrectDate(name, day, reason, clock))


def set_(
    reference: Reference,
    name: Annotated[str, typer.Argument(help="The date: publication")],
    to: Annotated[str, typer.Argument(help="The day it is planned for now: 2027-03-01")],
    reason: Reason,
    *,
    context: Changing,
) -> None:
    """Set a date of the case, or move it; everything that counts from it moves with it."""
    from reviewflow.case.model.commands import SetDate

    carry_out_and_show(context, reference, SetDate(name, the_day(to), reason))
