"""actions: those of all cases, listed or taken in from a spreadsheet."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.case.rules.action_colours import ActionState
from reviewflow.cli.cases.carry_out import carry_out_and_show
from reviewflow.cli.console import pairs, show_json, the_day
from reviewflow.cli.context import Acting, Looking, Recording, Reference
from reviewflow.cli.office.lists import LIST, ListsByItself
from reviewflow.cli.office.registers.sheets import SheetOutput
from reviewflow.cli.options import Takes, with_options

app = typer.Typer(
    cls=ListsByItself, help="Actions of all cases: list them, take them in from a spreadsheet, verify many at once."
)


@app.command(LIST)
@with_options
def list_actions(
    case: Annotated[str | None, typer.Argument(help="Only of this case, and of the plan that it opened")] = None,
    cases: Annotated[list[str] | None, typer.Option("--case", help="Of these cases together")] = None,
    agency: Annotated[str | None, typer.Option("--agency", help="Only what this agency leads")] = None,
    state: Annotated[ActionState | None, typer.Option("--state", help="Only what stands so")] = None,
    *,
    output: Annotated[SheetOutput, Takes()],
    context: Looking,
) -> None:
    """Every action over all cases: what, who, by when, how it stands, and its colour."""
    from reviewflow.cli.tables.figures import actions_table
    from reviewflow.service.reports.registers.action_lines import Chosen, action_lines, action_sheet, weak_plans

    chosen = Chosen((*([case] if case else ()), *(cases or ())), agency, state)
    with context.workspace() as workspace:
        actions = action_lines(workspace, chosen, now=context.moment)
        sheet = action_sheet(workspace, actions)
        weak = weak_plans(workspace, chosen.cases)
    if context.as_json:
        show_json([asdict(action) for action in actions])
    elif output:
        output.write(sheet)
    else:
        actions_table(actions)
    for reference in weak:
        typer.echo(
            f"Warning: every action of {reference} is weak (training, reminders). Such plans seldom change anything.",
            err=True,
        )


@app.command("import")
@with_options
def import_actions(
    reference: Reference,
    step: Annotated[str, typer.Argument(help="The step that asks for the actions: plan")],
    file: Annotated[Path, typer.Argument(help="The spreadsheet: actions.xlsx or actions.csv")],
    answers: Annotated[list[str] | None, typer.Argument(help="The other answers of the form: paper='SP 12'")] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day it was really done")] = None,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be taken in")] = False,
    unread: Annotated[
        Path | None,
        typer.Option("--to-complete", help="Only write what can be read of it, to fill in the rest: plan.xlsx"),
    ] = None,
    context: Recording,
) -> None:
    """Take actions in from a spreadsheet with the office's own headings: all of them, or none."""
    from reviewflow.case.model.commands import Complete
    from reviewflow.service.commands.carry_out import decide, find
    from reviewflow.service.reports.registers.spreadsheet import rows_of
    from reviewflow.text import counted, listing

    if unread is not None:
        _write_to_complete(context, reference, step, file, unread)
        return
    given = pairs(answers or [], example="paper='SP 12'")
    day = the_day(on) if on else None
    with context.workspace() as workspace:
        taken = rows_of(workspace, reference, step, file)
        command = Complete(step, {**given, **taken.tables}, day, brought_in=True)
        if dry_run:
            decide(workspace, find(workspace, reference), command, by=context.who, now=context.moment)
    if taken.sheets:
        typer.echo(f"Taken from {len(taken.sheets)} sheets: {', '.join(taken.sheets)}.", err=True)
    for told in taken.understood:
        typer.echo(told, err=True)
    for told in taken.left_out:
        typer.echo(f"Left out: {told}", err=True)
    if taken.unsaid:
        typer.echo(f"Not yet said, and asked of whoever leads the action: {listing(taken.unsaid)}.", err=True)
    if dry_run:
        actions, *milestones = taken.tables.values()
        beside = f" with {counted(len(milestones[0]), 'milestone')}" if milestones else ""
        typer.echo(f"{counted(len(actions), 'action')}{beside} can be taken in. Nothing was changed.")
        return
    carry_out_and_show(context, reference, command)


def _write_to_complete(context: Recording, reference: str, step: str, file: Path, output: Path) -> None:
    from reviewflow.service.reports.registers.to_complete import STILL, to_complete
    from reviewflow.text import counted

    if output.exists():
        raise typer.BadParameter(f"{output} is there already. Choose another name, so that nothing is lost.")
    with context.workspace() as workspace:
        found = to_complete(workspace, reference, step, file)
    SheetOutput(output=output).write(found.sheet)
    typer.echo(
        f"{counted(found.actions, 'action')} read, and {counted(found.cells, 'cell')} to complete: the column "
        f"“{STILL}” says which. Fill them in, then: reviewflow actions import {reference} {step} {output}. "
        "Nothing was recorded."
    )


@app.command("to-verify")
@with_options
def to_verify(
    cases: Annotated[
        list[str] | None, typer.Argument(help="The plans: AP-2026-001; every open case unless given")
    ] = None,
    *,
    output: Annotated[SheetOutput, Takes()],
    context: Looking,
) -> None:
    """The actions that wait for their verification: a list, or a spreadsheet to fill in and give to `verify`."""
    from reviewflow.cli.tables.figures import sheet_page
    from reviewflow.service.reports.figures.drawing import Report
    from reviewflow.service.verifying.reading import sheet_to_fill_in
    from reviewflow.service.verifying.waiting import waiting_in

    with context.workspace() as workspace:
        found = waiting_in(workspace, cases or (), now=context.moment)
    sheet = sheet_to_fill_in(found)
    if context.as_json:
        show_json([{name: value for name, value in asdict(action).items() if name != "form"} for action in found])
    elif output:
        output.write(sheet)
    else:
        sheet_page(Report(sheet.title, sheet.says, (sheet,)))


@app.command("verify")
@with_options
def verify(
    cases: Annotated[list[str], typer.Argument(help="The plans whose actions are verified: AP-2026-001 AP-2026-004")],
    file: Annotated[
        Path | None, typer.Option("--from", help="What is not verified as evidenced: .xlsx, .csv or .yaml")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", help="The day on which they were verified; today unless given")
    ] = None,
    *,
    context: Acting,
) -> None:
    """Verify all actions of these plans that wait for it: as evidenced, but for what a file says of them."""
    from reviewflow.cli.cases.carry_out import keep_board
    from reviewflow.service.verifying.reading import Read, read_lines
    from reviewflow.service.verifying.verdicts import record
    from reviewflow.service.verifying.waiting import waiting_in

    read = read_lines(file) if file else Read((), ())
    with context.workspace() as workspace, context.recording(f"reviewflow actions {cases[0]}"):
        found = waiting_in(workspace, cases, now=context.moment)
        recorded = record(
            workspace,
            found,
            read.lines,
            wrong=read.wrong,
            on=the_day(on) if on else None,
            by=context.who,
            now=context.moment,
            key=context.once,
        )
        for result in recorded.results:
            keep_board(context, workspace, result.case.reference)
    if context.as_json:
        show_json(recorded.as_json)
        return
    for words in recorded.words:
        typer.echo(words)
