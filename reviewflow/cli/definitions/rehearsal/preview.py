"""Commands that show what a process will be like before it is used: preview. They need no database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import pairs, the_day, the_moment
from reviewflow.cli.context import FilesContext
from reviewflow.cli.definitions.others import tell_of_others
from reviewflow.cli.extras import require
from reviewflow.cli.options import Takes
from reviewflow.writing import write_whole

if TYPE_CHECKING:
    from datetime import datetime

    from reviewflow.service.rehearsal.played import Played
    from reviewflow.service.rehearsal.timetables.timetable import Timetable
    from reviewflow.service.workspace.definition_files import DefinitionFiles


class PreviewFormat(StrEnum):
    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    ICS = "ics"
    HTML = "html"
    JSON = "json"


SUFFIXES = {
    ".md": PreviewFormat.MARKDOWN,
    ".csv": PreviewFormat.CSV,
    ".ics": PreviewFormat.ICS,
    ".html": PreviewFormat.HTML,
    ".json": PreviewFormat.JSON,
}
NEEDED = {PreviewFormat.ICS: ("icalendar",), PreviewFormat.HTML: ("jinja2",)}
"""What each form needs beyond what everybody has."""


@dataclass(frozen=True, kw_only=True)
class PreviewOptions:
    """What a preview is asked for, as it was typed."""

    process: Annotated[str, typer.Argument(help="Which process: rapid_review")]
    dates: Annotated[list[str] | None, typer.Option("--date", help="notified=2026-12-18; others as this one")] = None
    agencies: Annotated[
        list[str] | None, typer.Option("--agency", help="An agency that takes part; some, unless given")
    ] = None
    late: Annotated[
        list[str] | None, typer.Option("--late", help="police=5: answers 5 working days late; police=never: never")
    ] = None
    answers: Annotated[
        list[str] | None,
        typer.Option("--answer", help="agreed_outcome.outcome=cspr; unless given, those after which most follows"),
    ] = None
    over: Annotated[
        list[str] | None,
        typer.Option(
            "--over",
            help="When a case is over with which this one ends: the step that opens it, or origin, then = and the day",
        ),
    ] = None
    calendar: Annotated[
        str,
        typer.Option("--calendar", help="In which calendar its days are counted, where one is chosen at the opening"),
    ] = ""
    shortest: Annotated[
        bool, typer.Option("--shortest", help="Choose answers after which the fewest steps follow, not the most")
    ] = False


def preview(
    *,
    asked: Annotated[PreviewOptions, Takes()],
    shape: Annotated[
        PreviewFormat | None, typer.Option("--format", help="How to show it; as the file's ending says unless given")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write it into this file")] = None,
    context: Annotated[FilesContext, Takes("folder", "now")],
) -> None:
    """The whole timetable of a process before it is used: each step and limit, each reminder, who and when."""
    from reviewflow.service.rehearsal.timetables.timetable import timetable

    chosen = shape or (SUFFIXES.get(output.suffix.lower(), PreviewFormat.MARKDOWN) if output else PreviewFormat.TABLE)
    require(*NEEDED.get(chosen, ()))
    files = context.files
    days = timetable(_played(asked, files, context.moment))
    tell_of_others(files)
    if output is None and chosen is PreviewFormat.TABLE:
        from reviewflow.cli.definitions.rehearsal.timetable import timetable_page

        timetable_page(days)
        return
    text = _written(days, chosen, context.moment)
    if output is None:
        typer.echo(text, nl=False)
    else:
        # A spreadsheet takes a file for UTF-8 only when it begins with this mark.
        write_whole(output, text.encode("utf-8-sig" if chosen is PreviewFormat.CSV else "utf-8"))
        typer.echo(f"Written: {output}")


def _played(asked: PreviewOptions, files: DefinitionFiles, now: datetime) -> Played:
    """The rehearsal that the options ask for."""
    from reviewflow.case.plan.plan import Plan
    from reviewflow.language.model import ORIGIN
    from reviewflow.london import london_day
    from reviewflow.service.rehearsal.choose import rehearse
    from reviewflow.service.rehearsal.played import Setting
    from reviewflow.service.rehearsal.scenario import scenario

    given = pairs(asked.dates or [], example="notified=2026-12-18")
    moments = {name: the_moment(text) for name, text in given.items()}
    days = {name: day for name, (day, _) in moments.items()}
    plan = Plan(files.definition(asked.process, days))
    asked_for = scenario(
        plan,
        files.partnership,
        dates=days,
        agencies=tuple(asked.agencies or ()),
        late={name: _days_late(text) for name, text in pairs(asked.late or [], example="police=5").items()},
        answers=pairs(asked.answers or [], example="agreed_outcome.outcome=cspr"),
        times={name: clock for name, (_, clock) in moments.items() if clock is not None},
        calendar=asked.calendar,
        over={name: the_day(text) for name, text in pairs(asked.over or [], example=f"{ORIGIN}=2026-06-10").items()},
        today=london_day(now),
    )
    setting = Setting(plan, files.partnership, files.calendars)
    return rehearse(setting, replace(asked_for, shortest=asked.shortest))


def _days_late(text: str) -> int | None:
    if text == "never":
        return None
    if text.isascii() and text.isdigit() and len(text) <= 3:  # noqa: PLR2004 - days of a review
        return int(text)
    raise typer.BadParameter(
        f'"{text}" is not a number of working days. Write --late police=5, or --late police=never.'
    )


def _written(days: Timetable, shape: PreviewFormat, now: datetime) -> str:
    import json

    from reviewflow.cli.console import plain
    from reviewflow.service.rehearsal.preview.data import as_csv, as_data
    from reviewflow.service.rehearsal.preview.markdown import as_markdown

    match shape:
        case PreviewFormat.JSON:
            return json.dumps(as_data(days), indent=2, ensure_ascii=False, default=plain) + "\n"
        case PreviewFormat.CSV:
            return as_csv(days)
        case PreviewFormat.ICS:
            from reviewflow.service.rehearsal.preview.diary import as_calendar

            return as_calendar(days, now=now)
        case PreviewFormat.HTML:
            from reviewflow.service.rehearsal.preview.page import as_html

            return as_html(days)
        case PreviewFormat.MARKDOWN | PreviewFormat.TABLE:
            return as_markdown(days)
