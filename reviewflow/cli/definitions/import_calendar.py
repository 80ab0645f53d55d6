"""import-calendar: a calendar for partnership.yaml from an .ics file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer


def import_calendar(
    file: Annotated[Path, typer.Argument(help="The file: term-dates.ics")],
    name: Annotated[str, typer.Option("--name", help="What the calendar shall be called: school_days")],
) -> None:
    """Print a calendar for partnership.yaml from an .ics file, such as a school's term dates."""
    from reviewflow.cli.extras import require
    from reviewflow.service.workspace.days.ics_file import as_yaml, read_ics

    require("icalendar")
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,59}", name):
        raise typer.BadParameter(f'"{name}" is not a name. Use small letters, digits and _: school_days')
    calendar = read_ics(file)
    typer.echo("# Take out the lines of days that are worked, such as a first day of term. Then put the rest into")
    typer.echo("# partnership.yaml, and ask what is wrong with it: reviewflow check")
    for line in as_yaml(calendar, name):
        typer.echo(line)
    for entry in calendar.left_out:
        typer.echo(f"Left out: {entry}", err=True)
