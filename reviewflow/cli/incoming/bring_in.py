"""bring-in: cases that run today, with what has happened in them so far."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.cases.carry_out import keep_board
from reviewflow.cli.console import show_json
from reviewflow.cli.context import Context
from reviewflow.cli.extras import require
from reviewflow.cli.options import Takes
from reviewflow.errors import YOURS
from reviewflow.text import counted

if TYPE_CHECKING:
    from reviewflow.service.bringing_in.checking import Ready
    from reviewflow.service.bringing_in.shapes import Moment
    from reviewflow.service.workspace.workspace import Workspace

BringingIn = Annotated[Context, Takes("by", "not_identifying", "now", "as_json", "database", "folder")]


def bring_in(
    files: Annotated[
        list[Path] | None, typer.Argument(help="What has happened so far: running.yaml, running.xlsx, or several .csv")
    ] = None,
    *,
    blank: Annotated[str, typer.Option("--blank", help="Write a workbook to fill in, for this process")] = "",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where the blank goes: running.xlsx")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only check, and say what would happen next")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before they are brought in")] = False,
    context: BringingIn,
) -> None:
    """Bring in cases that run elsewhere today, each with its true past days; no letter goes about the past.

    Everything is checked before anything is written. The same file given again brings in nothing twice.
    """
    if blank:
        _blank(context, blank, output)
        return
    if not files:
        raise typer.BadParameter("Name the file, such as running.xlsx; or --blank rapid_review -o running.xlsx.")
    _bring_in(context, files, dry_run=dry_run, yes=yes)


def _blank(context: Context, process: str, output: Path | None) -> None:
    from reviewflow.case.plan.plan import Plan
    from reviewflow.service.bringing_in.blank import blank_workbook
    from reviewflow.service.chronology.workbook import refuse_what_is_there
    from reviewflow.service.workspace.definition_files import DefinitionFiles
    from reviewflow.writing import write_whole

    if output is None or output.suffix.lower() != ".xlsx":
        raise typer.BadParameter("The blank is a workbook: -o running.xlsx")
    require("openpyxl")
    refuse_what_is_there(output)
    files = DefinitionFiles(context.folder or Path("definitions"))
    write_whole(output, blank_workbook(Plan(files.definition(process)), files.partnership))
    typer.echo(f"Wrote {output}. Fill it in, then check it: reviewflow bring-in {output} --dry-run")


def _bring_in(context: Context, files: Sequence[Path], *, dry_run: bool, yes: bool) -> None:
    from reviewflow.service.bringing_in.checking import check_files
    from reviewflow.service.bringing_in.shapes import Moment
    from reviewflow.service.sweep.clock import refuse_wrong_moment
    from reviewflow.service.workspace.contact_keys import contact_keys

    with context.workspace(may_begin=True) as office:
        refuse_wrong_moment(office, context.moment, was_told=context.now is not None)
        moment = Moment(context.who, context.moment, context.not_identifying or "", contact_keys(os.environ))
        ready, problems = check_files(office, files, moment)
        for problem in problems:
            typer.echo(problem, err=True)
        if problems:
            typer.echo(f"{counted(len(problems), 'mistake')}. Nothing was brought in.", err=True)
            raise typer.Exit(YOURS)
        fresh = _said(ready, as_json=context.as_json)
        if dry_run or not fresh:
            typer.echo(_nothing_more(len(fresh), dry_run=dry_run), err=context.as_json)
            return
        if not yes and not typer.confirm(f"Bring in {_these(len(fresh))}?"):
            typer.echo("Nothing was brought in.")
            raise typer.Exit(YOURS)
        _write(context, office, ready, moment)


def _nothing_more(fresh: int, *, dry_run: bool) -> str:
    if not fresh:
        return "All of these are here already. Nothing was changed."
    return f"{counted(fresh, 'case')} can be brought in. Nothing was changed." if dry_run else ""


def _these(number: int) -> str:
    return "this case" if number == 1 else f"these {number} cases"


def _said(ready: Sequence[Ready], *, as_json: bool) -> list[Ready]:
    """Say a line a case of what will happen next, and what is late now; those that are not here yet."""
    from reviewflow.service.bringing_in.ahead import late_words, next_words
    from reviewflow.service.bringing_in.checking import here_words

    fresh = [one for one in ready if not one.here]
    if as_json:
        show_json([{"was": one.past.was, "case": one.here, "next": next_words(one.context)} for one in ready])
        return fresh
    for one in ready:
        typer.echo(here_words(one) if one.here else f"{one.past.was}: {next_words(one.context)}")
    late = [f"  {one.past.was}: {words}" for one in fresh for words in late_words(one.context)]
    if late:
        typer.echo("\n".join([f"Late on the day on which they come in ({len(late)}):", *late]))
    return fresh


def _write(context: Context, office: Workspace, ready: Sequence[Ready], moment: Moment) -> None:
    """Write them one after another, and say of each what became of it."""
    from reviewflow.service.bringing_in.ahead import next_words
    from reviewflow.service.bringing_in.bring_in import bring_in as write_all
    from reviewflow.service.commands.carry_out import find

    refused = 0
    for brought in write_all(office, ready, moment):
        if brought.refused:
            refused += 1
            typer.echo(f"{brought.past.was}: not brought in. {brought.refused}", err=True)
        elif not brought.was_here:
            keep_board(context, office, brought.reference)
            words = next_words(office.context(find(office, brought.reference), moment.now))
            typer.echo(f"{brought.reference} (was {brought.past.was}): {words}")
    if refused:
        typer.echo(f"{counted(refused, 'case')} could not be brought in; all others are here.", err=True)
        raise typer.Exit(YOURS)
