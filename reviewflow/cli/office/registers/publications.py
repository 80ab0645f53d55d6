"""publications: the register of published reviews, for the office and for the public, and its themes over the years."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking
from reviewflow.cli.office.registers.sheets import SheetOutput
from reviewflow.cli.options import Takes
from reviewflow.writing import write_whole

if TYPE_CHECKING:
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.reports.registers.publications import Publication
    from reviewflow.service.workspace.workspace import Workspace


def publications(
    *,
    themes: Annotated[
        bool, typer.Option("--themes", help="How often each theme came in each year, and what was asked for again")
    ] = False,
    output: Annotated[SheetOutput, Takes()],
    context: Looking,
) -> None:
    """The register of published reviews: where each stands, until when, and whether the NSPCC has it.

    -o register.html writes the page for the public: what was taken down, or is past its end, is left out of it.
    """
    from reviewflow.cli.tables.figures import sheet_page
    from reviewflow.service.reports.registers.publications import publications as published

    with context.workspace() as workspace:
        reviews = published(workspace)
        report = _themes(workspace, reviews) if themes else _register(reviews)
        partnership = workspace.partnership
    if context.as_json:
        show_json(_json(reviews) if not themes else {sheet.name: sheet.rows for sheet in report.sheets})
    elif output.output is not None and output.output.suffix == ".html":
        from reviewflow.london import london_day
        from reviewflow.service.reports.figures.drawing import as_page
        from reviewflow.service.reports.registers.register_page import register_page

        today = london_day(context.moment)
        page = as_page(report) if themes else register_page(partnership, reviews, today)
        write_whole(output.output, page.encode())
        typer.echo(f"Wrote {output.output}", err=True)
    elif output:
        output.write(*report.sheets)
    else:
        sheet_page(report)


def _register(reviews: list[Publication]) -> Report:
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.reports.registers.publications import publication_sheet

    sheet = publication_sheet(reviews)
    return Report(sheet.title, sheet.says, (sheet,))


def _themes(workspace: Workspace, reviews: list[Publication]) -> Report:
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.reports.registers.register_page import READING
    from reviewflow.service.reports.registers.themes import came_back, in_words, theme_sheets

    repeats = came_back(workspace, reviews)
    reading = "; ".join(f"{title}, {what}" for title, what, _ in READING)
    says = f"To lay beside the national picture: {reading}."
    return Report("Themes of published reviews", says, theme_sheets(reviews, repeats), in_words(reviews, repeats))


def _json(reviews: list[Publication]) -> list[dict[str, object]]:
    return [{**asdict(review), "warning": review.warning, "promised": review.promised} for review in reviews]
