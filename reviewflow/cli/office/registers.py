"""Commands about what the partnership keeps over all its cases: actions, and published reviews."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from reviewflow.case.rules.action_colours import ActionState
from reviewflow.cli.cases.cases import Database, Folder, Reference, do, office
from reviewflow.cli.console import By, Json, Now, moment, pairs, show_json, the_day

if TYPE_CHECKING:
    from reviewflow.service.reports.sheets import Sheet

LIST = "list"


class ListsByItself(TyperGroup):
    """What is said without naming a subcommand is said to `list`: reviewflow actions AP-2026-001."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        named = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else [LIST, *args])


app = typer.Typer(cls=ListsByItself, help="Actions of all cases: list them, take them in from a spreadsheet.")
AsCsv = Annotated[bool, typer.Option("--csv", help="Print as CSV")]
AsXlsx = Annotated[bool, typer.Option("--xlsx", help="Write a workbook; needs -o")]
Output = Annotated[Path | None, typer.Option("-o", "--output", help="Write into this file: actions.xlsx")]


@app.command(LIST)
def list_actions(
    case: Annotated[str | None, typer.Argument(help="Only of this case, and of the plan that it opened")] = None,
    cases: Annotated[list[str] | None, typer.Option("--case", help="Of these cases together")] = None,
    agency: Annotated[str | None, typer.Option("--agency", help="Only what this agency leads")] = None,
    state: Annotated[ActionState | None, typer.Option("--state", help="Only what stands so")] = None,
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Every action over all cases: what, who, by when, how it stands, and its colour."""
    from reviewflow.cli.tables.figures import actions_table
    from reviewflow.service.reports.registers.action_lines import Chosen, action_lines, action_sheet, weak_plans

    chosen = Chosen((*([case] if case else ()), *(cases or ())), agency, state)
    with office(database, folder) as here:
        found = action_lines(here, chosen, now=moment(now))
        sheet = action_sheet(here, found)
        weak = weak_plans(here, chosen.cases)
    if as_json:
        show_json([asdict(each) for each in found])
    elif as_csv or as_xlsx or output:
        write_sheet(sheet, output, as_workbook=as_xlsx or (output is not None and output.suffix == ".xlsx"))
    else:
        actions_table(found)
    for reference in weak:
        typer.echo(
            f"Warning: every action of {reference} is weak (training, reminders). Such plans seldom change anything.",
            err=True,
        )


@app.command("import")
def import_actions(
    reference: Reference,
    step: Annotated[str, typer.Argument(help="The step that asks for the actions: plan")],
    file: Annotated[Path, typer.Argument(help="The spreadsheet: actions.xlsx or actions.csv")],
    answers: Annotated[list[str] | None, typer.Argument(help="The other answers of the form: paper='SP 12'")] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day it was really done")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken in")] = False,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Take actions in from a spreadsheet with the office's own headings: all of them, or none."""
    from reviewflow.case.model.commands import Complete
    from reviewflow.service.reports.registers.spreadsheet import rows_of

    given = pairs(answers or [], example="paper='SP 12'")
    with office(database, folder) as here:
        tables = rows_of(here, reference, step, file)
    if dry_run:
        actions, *milestones = tables.values()
        beside = f" with {len(milestones[0])} milestones" if milestones else ""
        typer.echo(f"{len(actions)} actions{beside} can be taken in. Nothing was changed.")
        return
    day = the_day(on) if on else None
    do(reference, Complete(step, {**given, **tables}, day), by, now, as_json, database, folder)


def write_sheet(sheet: Sheet, output: Path | None, *, as_workbook: bool) -> None:
    """As CSV, printed or written, or as a workbook."""
    from reviewflow.service.reports.figures.drawing import Report, as_csv
    from reviewflow.service.reports.figures.drawing import as_workbook as drawn

    if as_workbook and output is None:
        raise typer.BadParameter(f"A workbook needs a file to be written into: -o {sheet.name}.xlsx")
    if output is None:
        typer.echo(as_csv(sheet), nl=False)
        return
    if as_workbook:
        output.write_bytes(drawn(Report(sheet.title, sheet.says, (sheet,))))
    else:
        output.write_text(as_csv(sheet), encoding="utf-8-sig", newline="")
    typer.echo(f"Wrote {output}", err=True)


def publications(
    as_csv: AsCsv = False,
    as_xlsx: AsXlsx = False,
    output: Output = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """The register of published reviews: where each stands, until when, and whether the NSPCC has it."""
    from reviewflow.cli.tables.figures import sheet_page
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.reports.registers.publications import publication_sheet
    from reviewflow.service.reports.registers.publications import publications as found_in

    with office(database, folder) as here:
        found = found_in(here)
    sheet = publication_sheet(found)
    if as_json:
        show_json([{**asdict(each), "warning": each.warning, "promised": each.promised} for each in found])
    elif as_csv or as_xlsx or output:
        write_sheet(sheet, output, as_workbook=as_xlsx or (output is not None and output.suffix == ".xlsx"))
    else:
        sheet_page(Report(sheet.title, sheet.says, (sheet,)))
