"""Looking at cases: cases, show, due, history."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.cases.carry_out import show_case
from reviewflow.cli.console import show_json
from reviewflow.cli.context import Listing, Looking, Reference
from reviewflow.london import london_day

if TYPE_CHECKING:
    from reviewflow.service.views.case_page.due import Shown


def cases(
    *,
    every: Annotated[bool, typer.Option("--all", help="Closed, ended and withdrawn ones too")] = False,
    context: Looking,
) -> None:
    """List the cases, with what is overdue and what is due soon."""
    from reviewflow.cli.tables.case_lists import cases_table
    from reviewflow.service.contacts.letters import waiting_words
    from reviewflow.service.delivery.mode import delivery_mode
    from reviewflow.service.delivery.outbox import reached_nobody
    from reviewflow.service.sweep.last_sweep import last_sweep_words
    from reviewflow.service.views.case_glances import case_glances
    from reviewflow.service.views.case_page.page import describe_case

    with context.workspace() as workspace:
        rows = workspace.store.cases(None if every else "open")
        if context.as_json:
            show_json([asdict(describe_case(workspace, row, now=context.moment)) for row in rows])
            return
        cases_table(case_glances(workspace, rows, now=context.moment), london_day(context.moment))
        typer.echo(f"\n{last_sweep_words(workspace)}")
        two_weeks_ago = context.moment.date() - timedelta(days=14)
        to_put_right = (*reached_nobody(workspace, since=two_weeks_ago), *waiting_words(workspace))
        for words in (delivery_mode(workspace, os.environ).words, *to_put_right):
            typer.echo(words)


def show(
    reference: Reference,
    *,
    every: Annotated[bool, typer.Option("--all", help="Every step of a long case, also what is settled")] = False,
    context: Looking,
) -> None:
    """A case on one page: its limits, what is owed and to come, who has it and when it is due."""
    with context.workspace() as workspace:
        show_case(context, workspace, reference, whole=every)


def due(
    days: Annotated[int, typer.Option(min=0, max=3650, help="How many days ahead")] = 7,
    *,
    context: Looking,
) -> None:
    """What is overdue, what falls due in the next days, and what is owed without a day, over all cases."""
    from reviewflow.cli.tables.case_lists import due_table, undated_table
    from reviewflow.service.contacts.letters import waiting_words
    from reviewflow.service.views.case_page.due import due_lines, foreseen_line
    from reviewflow.service.views.no_due_date import undated

    with context.workspace() as workspace:
        line_of = foreseen_line if context.as_json else None
        lines = due_lines(workspace, now=context.moment, days=days, line_of=line_of)
        without = undated(workspace, now=context.moment)
        to_release = waiting_words(workspace)
    if context.as_json:
        dated = [{"reference": reference, **_all_of(line)} for reference, line in lines]
        show_json([*dated, *({"reference": owed.reference, **asdict(owed.line), "why": owed.why} for owed in without)])
        return
    due_table(lines)
    undated_table(without)
    for words in to_release:
        typer.echo(words)


def _all_of(line: Shown) -> Mapping[str, object]:
    return asdict(line) if is_dataclass(line) else line._asdict()


def history(
    reference: Reference,
    *,
    context: Listing,
) -> None:
    """Everything that happened in a case, in words: the day it is about, who said so, when it was recorded."""
    from reviewflow.cli.tables.case_lists import history_page
    from reviewflow.service.views.history import history as entries

    with context.workspace() as workspace:
        lines = list(entries(workspace, reference))
    show_json([asdict(line) for line in lines]) if context.as_json else history_page(reference, lines)
