"""publications: the register of published reviews."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Listing
from reviewflow.cli.office.sheets import SheetOutput
from reviewflow.cli.options import Takes


def publications(*, output: Annotated[SheetOutput, Takes()], context: Listing) -> None:
    """The register of published reviews: where each stands, until when, and whether the NSPCC has it."""
    from reviewflow.cli.tables.figures import sheet_page
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.reports.registers.publications import publication_sheet
    from reviewflow.service.reports.registers.publications import publications as published

    with context.workspace() as workspace:
        reviews = published(workspace)
    sheet = publication_sheet(reviews)
    if context.as_json:
        show_json([{**asdict(review), "warning": review.warning, "promised": review.promised} for review in reviews])
    elif output:
        output.write(sheet)
    else:
        sheet_page(Report(sheet.title, sheet.says, (sheet,)))
