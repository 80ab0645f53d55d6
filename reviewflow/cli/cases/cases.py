"""Commands about cases: open, look, complete, send back, put right, read the history, audit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import By, Json, Now, moment, pairs, show_json, the_day, the_moment, who

if TYPE_CHECKING:
    from reviewflow.case.model.commands import Command
    from reviewflow.service.workspace.workspace import Workspace

Database = Annotated[
    str | None, typer.Option("--database", envvar="REVIEWFLOW_DATABASE", help="sqlite:///... or postgresql://...")
]
Folder = Annotated[
    Path | None, typer.Option("--definitions", envvar="REVIEWFLOW_DEFINITIONS", help="The folder of definitions")
]
Reference = Annotated[str, typer.Argument(help="The case, such as RR-2026-001")]
ItemName = Annotated[str, typer.Argument(help="What: panel_meeting, or agency_return/police")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in words that name nobody; it stands in the history")]


def environment(database: str | None, folder: Path | None, *, may_begin: bool = False) -> dict[str, str]:
    """The environment with what this command was told."""
    from reviewflow.service.workspace.database import DATABASE, must_exist
    from reviewflow.service.workspace.workspace import DEFINITIONS

    chosen = {DATABASE: database, DEFINITIONS: str(folder) if folder else None}
    environ = {**os.environ, **{name: value for name, value in chosen.items() if value}}
    if not may_begin:
        must_exist(environ)
    return environ


@contextmanager
def office(database: str | None, folder: Path | None, *, may_begin: bool = False) -> Iterator[Workspace]:
    """The office of this command, closed afterwards. Only what opens a case may begin a new database."""
    from reviewflow.service.workspace.workspace import open_workspace

    with open_workspace(environment(database, folder, may_begin=may_begin)) as opened:
        yield opened


def open_(
    process: Annotated[str, typer.Argument(help="Which process: rapid_review")],
    date: Annotated[
        list[str] | None,
        typer.Option("--date", help="notified=2026-05-05 or 'aware=2026-05-05 14:30'"),
    ] = None,
    agency: Annotated[list[str] | None, typer.Option("--agency", help="An agency that takes part")] = None,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Open a case."""
    from reviewflow.case.model.commands import Open
    from reviewflow.service.commands.carry_out import open_case

    moments = {name: the_moment(day) for name, day in pairs(date or [], example="notified=2026-05-05").items()}
    days = {name: day for name, (day, _) in moments.items()}
    times = {name: clock for name, (_, clock) in moments.items() if clock is not None}
    with office(database, folder, may_begin=True) as here:
        command = Open(days, tuple(agency or ()), times=times)
        opened = open_case(here, process, command, by=who(by), now=moment(now)).case
        _show_case(here, opened.reference, now, as_json=as_json)


def cases(
    every: Annotated[bool, typer.Option("--all", help="Closed, ended and withdrawn ones too")] = False,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """List the cases, with what is overdue and what is due soon."""
    from reviewflow.cli.tables.case_lists import cases_table
    from reviewflow.service.delivery.mode import delivery_mode
    from reviewflow.service.delivery.outbox import reached_nobody
    from reviewflow.service.sweep.last_sweep import last_sweep_words
    from reviewflow.service.views.case_page.page import describe_case

    with office(database, folder) as here:
        rows = here.store.cases(None if every else "open")
        found = [describe_case(here, row, now=moment(now)) for row in rows]
        if as_json:
            show_json([asdict(each) for each in found])
            return
        cases_table(found)
        typer.echo(f"\n{last_sweep_words(here)}")
        two_weeks_ago = moment(now).date() - timedelta(days=14)
        for words in (delivery_mode(here, os.environ).words, *reached_nobody(here, since=two_weeks_ago)):
            typer.echo(words)


def show(
    reference: Reference, now: Now = None, as_json: Json = False, database: Database = None, folder: Folder = None
) -> None:
    """A case on one page: its limits, every step, who has it and when it is due."""
    with office(database, folder) as here:
        _show_case(here, reference, now, as_json=as_json)


def _show_case(here: Workspace, reference: str, now: str | None, *, as_json: bool) -> None:
    from reviewflow.cli.tables.case_page import case_page
    from reviewflow.service.delivery.mode import delivery_mode
    from reviewflow.service.views.case_page.page import overview

    found = overview(here, reference, now=moment(now))
    if as_json:
        show_json(asdict(found))
        return
    case_page(found, moment(now))
    typer.echo(f"\n{delivery_mode(here, os.environ).words}")


def due(
    days: Annotated[int, typer.Option(min=0, max=3650, help="How many days ahead")] = 7,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """What is overdue, what falls due in the next days, and what is owed without a day, over all cases."""
    from reviewflow.cli.tables.case_lists import due_table, undated_table
    from reviewflow.service.views.case_page.due import due_lines
    from reviewflow.service.views.no_due_date import undated

    with office(database, folder) as here:
        lines = due_lines(here, now=moment(now), days=days)
        without = undated(here, now=moment(now))
    if as_json:
        dated = [{"reference": reference, **asdict(line)} for reference, line in lines]
        show_json([*dated, *({"reference": each.reference, **asdict(each.line), "why": each.why} for each in without)])
        return
    due_table(lines)
    undated_table(without)


def complete(
    reference: Reference,
    item: ItemName,
    answers: Annotated[list[str] | None, typer.Argument(help="The form's answers: quality_assured=yes")] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", help="The day (and time) it was really done; now unless given"),
    ] = None,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Record that a step was done."""
    from reviewflow.case.model.commands import Complete

    given = pairs(answers or [], example="quality_assured=yes")
    day, clock = the_moment(on) if on else (None, None)
    do(reference, Complete(item, given, day, clock), by, now, as_json, database, folder)


def reopen(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Owe a step again, with everything that depends on it."""
    from reviewflow.case.model.commands import Reopen

    do(reference, Reopen(item, reason), by, now, as_json, database, folder)


def skip(
    reference: Reference,
    item: ItemName,
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Go on without a step."""
    from reviewflow.case.model.commands import Skip

    do(reference, Skip(item, reason), by, now, as_json, database, folder)


def correct(
    reference: Reference,
    name: Annotated[str, typer.Argument(help="The date, or the step whose day was recorded wrongly")],
    to: Annotated[str, typer.Argument(help="The right day, 2026-05-04, or moment, '2026-05-04 14:30'")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Put a wrong date right; everything that counts from it is counted anew."""
    from reviewflow.case.model.commands import CorrectDate

    day, clock = the_moment(to)
    do(reference, CorrectDate(name, day, reason, clock), by, now, as_json, database, folder)


def set_(
    reference: Reference,
    name: Annotated[str, typer.Argument(help="The date: publication")],
    to: Annotated[str, typer.Argument(help="The day it is planned for now: 2027-03-01")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Set a date of the case, or move it; everything that counts from it moves with it."""
    from reviewflow.case.model.commands import SetDate

    do(reference, SetDate(name, the_day(to), reason), by, now, as_json, database, folder)


def agency(
    reference: Reference,
    add: Annotated[str | None, typer.Option("--add", help="An agency that joins")] = None,
    remove: Annotated[str | None, typer.Option("--remove", help="An agency that leaves")] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it leaves")] = "",
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Let an agency join a case, or leave it."""
    from reviewflow.case.model.commands import AddAgency, RemoveAgency

    if (add is None) == (remove is None):
        raise typer.BadParameter("Give either --add or --remove.")
    command = AddAgency(add) if add else RemoveAgency(remove or "", reason)
    do(reference, command, by, now, as_json, database, folder)


def withdraw(
    reference: Reference,
    reason: Reason,
    by: By = None,
    now: Now = None,
    as_json: Json = False,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """End a case here; nothing is chased any more and its history stays."""
    from reviewflow.case.model.commands import Withdraw

    do(reference, Withdraw(reason), by, now, as_json, database, folder)


def do(
    reference: str,
    command: Command,
    by: str | None,
    now: str | None,
    as_json: bool,
    database: str | None,
    folder: Path | None,
) -> None:
    """Carry out a command and show the case as it is then."""
    from reviewflow.service.commands.carry_out import carry_out
    from reviewflow.service.reports.registers.repeats import repeats_of
    from reviewflow.service.views.history import warnings

    with office(database, folder) as here:
        outcome = carry_out(here, reference, command, by=who(by), now=moment(now))
        for words in (*warnings(here, outcome.case, outcome.events), *map(str, repeats_of(here, outcome))):
            typer.echo(words, err=True)
        _show_case(here, reference, now, as_json=as_json)


def history(reference: Reference, as_json: Json = False, database: Database = None, folder: Folder = None) -> None:
    """Everything that happened in a case, in words: the day it is about, who said so, when it was recorded."""
    from reviewflow.cli.tables.case_lists import history_page
    from reviewflow.service.views.history import history as entries

    with office(database, folder) as here:
        found = list(entries(here, reference))
        show_json([asdict(each) for each in found]) if as_json else history_page(reference, found)


def audit(as_json: Json = False, database: Database = None, folder: Folder = None) -> None:
    """Replay every case, compare with what is stored, and verify the chain of its history."""
    from reviewflow.service.records.audit import audit as run_audit
    from reviewflow.service.records.audit import unproven

    with office(database, folder) as here:
        looked_at, findings = run_audit(here)
        older = unproven(here)
    if as_json:
        show_json({"cases": looked_at, "findings": [asdict(each) for each in findings], "older_names": older})
    for finding in () if as_json else findings:
        typer.echo(f"{finding.reference}: {finding.words}")
    if not as_json:
        typer.echo(f"{looked_at} cases audited: {'all whole' if not findings else f'{len(findings)} with faults'}.")
    if older and not as_json:
        typer.echo(
            f"Of {older} older names nothing in the chains says whose they are: they are from before this was proven."
        )
    if findings:
        raise typer.Exit(1)
