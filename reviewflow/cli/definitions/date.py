"""date: days counted, with the counting shown when asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.calendar import Calendar


def date_(
    phrase: Annotated[
        str | None, typer.Argument(help='"15 working days after 2026-12-18"; none: one a line from input')
    ] = None,
    calendar: Annotated[
        str, typer.Option(help="england, wales, scotland, northern_ireland, uk_any, office, or one of partnership.yaml")
    ] = "england",
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Show how it was counted")] = False,
    context: Annotated[FilesContext, Takes("folder", "now", "as_json")],
) -> None:
    """Count days: "15 working days after 2026-12-18", "6 months after 2026-08-31", "7 working days before today"."""
    from reviewflow.service.workspace.days.day_count import answer, counting, open_calendar

    chosen, today = open_calendar(context.folder, calendar, phrase), context.moment.date()
    if phrase is not None:
        day = answer(phrase, chosen, today=today)
        lines = list(counting(phrase, chosen, today=today)) if explain else [day]
        if context.as_json:
            show_json({"question": phrase, "calendar": calendar, "date": day, "counting": lines[:-1]})
        for line in () if context.as_json else lines:
            typer.echo(line)
        return
    failed = False
    for line in _lines():
        failed = _one_answer(line, chosen, today) or failed
    if failed:
        raise typer.Exit(1)


def _one_answer(line: str, calendar: Calendar, today: date) -> bool:
    """Print one answer; True when the question could not be answered (said on standard error, with its text)."""
    from reviewflow.calendar import CalendarHorizonError
    from reviewflow.language.phrases import PhraseError
    from reviewflow.service.workspace.days.day_count import answer

    try:
        typer.echo(answer(line, calendar, today=today))
    except (PhraseError, CalendarHorizonError) as error:
        typer.echo("")
        typer.echo(f"{line}: {error}", err=True)
        return True
    return False


def _lines() -> Iterator[str]:
    for line in sys.stdin:
        if line.strip():
            yield line.strip()
