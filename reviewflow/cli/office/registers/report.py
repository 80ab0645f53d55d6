"""Commands about figures: report."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json, the_day
from reviewflow.cli.context import Looking, Opening
from reviewflow.cli.extras import require
from reviewflow.writing import write_whole

if TYPE_CHECKING:
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.reports.sheets import Sheet


class ReportFormat(StrEnum):
    TABLE = "table"
    CSV = "csv"
    XLSX = "xlsx"
    HTML = "html"
    PDF = "pdf"
    JSON = "json"


NEEDS_A_FILE = {ReportFormat.XLSX, ReportFormat.PDF}
NEEDED = {ReportFormat.HTML: ("jinja2",), ReportFormat.XLSX: ("openpyxl",), ReportFormat.PDF: ("typst",)}
"""What each form needs beyond what everybody has."""


def report(
    *,
    case: Annotated[str | None, typer.Option("--case", help="Only this case")] = None,
    agency: Annotated[str | None, typer.Option("--agency", help="Only this agency")] = None,
    since: Annotated[str | None, typer.Option("--from", help="The first day of the period: 2026-04-01")] = None,
    until: Annotated[str | None, typer.Option("--to", help="The last day of the period: 2027-03-31")] = None,
    year: Annotated[int | None, typer.Option("--year", help="The financial year beginning in its April")] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", help="For csv: cases, limits, agencies, steps, actions, ...")
    ] = None,
    shape: Annotated[ReportFormat | None, typer.Option("--format", help="By the file's ending unless given")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write into this file")] = None,
    context: Looking,
) -> None:
    """Figures from the events: limits, agencies, steps, actions, holds, ... of a case, an agency or a period."""
    from reviewflow.service.reports.figures.reporting import make_report
    from reviewflow.service.reports.sheets import ReportScope
    from reviewflow.service.views.case_page.due import looks_overdue

    if year is not None and (since or until):
        raise typer.BadParameter("Give either --year, or --from and --to.")
    first = date(year, 4, 1) if year else the_day(since) if since else None
    last = date(year + 1, 3, 31) if year else the_day(until) if until else None
    chosen = ReportFormat.JSON if context.as_json else shape or _by_ending(output)
    if chosen in NEEDS_A_FILE and output is None:
        raise typer.BadParameter(f"A {chosen} needs a file to be written into: -o report.{chosen}")
    require(*NEEDED.get(chosen, ()))
    with context.workspace() as workspace:
        looks = looks_overdue(workspace, now=context.moment)
        figures = make_report(
            workspace, ReportScope(case, agency, first, last), now=context.moment, looks_overdue=looks
        )
    _show(figures, chosen, output, sheet)


def _by_ending(output: Path | None) -> ReportFormat:
    ending = output.suffix.removeprefix(".") if output else ""
    if output is not None and ending not in set(ReportFormat):
        raise typer.BadParameter(f'"{output.name}" ends in none of: {", ".join(f".{shape}" for shape in ReportFormat)}')
    return ReportFormat(ending) if ending else ReportFormat.TABLE


def _show(figures: Report, shape: ReportFormat, output: Path | None, sheet: str | None) -> None:
    from reviewflow.cli.tables.figures import sheet_page
    from reviewflow.service.reports.figures import drawing

    match shape:
        case ReportFormat.TABLE:
            sheet_page(figures)
        case ReportFormat.JSON:
            show_json(drawing.as_data(figures))
        case ReportFormat.CSV:
            _write(output, drawing.as_csv(_one(figures, sheet)))
        case ReportFormat.HTML:
            _write(output, drawing.as_page(figures))
        case ReportFormat.XLSX | ReportFormat.PDF:
            assert output is not None
            write_whole(output, drawing.as_workbook(figures) if shape is ReportFormat.XLSX else drawing.as_pdf(figures))
            typer.echo(f"Wrote {output}", err=True)


def _one(figures: Report, name: str | None) -> Sheet:
    from reviewflow.language.suggestions import unknown

    names = [sheet.name for sheet in figures.sheets]
    if name is None:
        raise typer.BadParameter(f"A csv holds one sheet. Say which: --sheet {names[0]} ({', '.join(names)})")
    if name not in names:
        raise typer.BadParameter(unknown("a sheet", name, names, "Sheets"))
    return next(sheet for sheet in figures.sheets if sheet.name == name)


def _write(output: Path | None, text: str) -> None:
    if output is None:
        typer.echo(text, nl=False)
        return
    write_whole(output, text.encode())
    typer.echo(f"Wrote {output}", err=True)


def log(
    output: Annotated[Path, typer.Option("-o", "--output", help="Write into this file: reviews.xes")],
    *,
    context: Opening,
) -> None:
    """The event log of all cases in XES, for programs that look for patterns in processes."""
    from reviewflow.service.reports.facts import facts
    from reviewflow.service.reports.figures.process_log import as_xes
    from reviewflow.service.wording.people import recipient_title

    with context.workspace() as workspace:
        write_whole(output, as_xes(facts(workspace), lambda owner: recipient_title(workspace.partnership, owner)))
    typer.echo(f"Wrote {output}", err=True)
