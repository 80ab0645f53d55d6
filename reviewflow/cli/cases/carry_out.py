"""What every command that changes a case does: carry it out, and say what came of it."""

from __future__ import annotations

import os
from dataclasses import asdict
from typing import TYPE_CHECKING

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Context

if TYPE_CHECKING:
    from reviewflow.case.model.commands import Command
    from reviewflow.service.views.what_followed import WhatFollowed
    from reviewflow.service.workspace.workspace import Workspace


def carry_out_and_show(context: Context, reference: str, command: Command) -> None:
    """Carry out a command; say what was recorded, what follows and who is told, and show the case if asked to."""
    from reviewflow.service.commands.carry_out import carry_out
    from reviewflow.service.reports.registers.repeats import repeats_of
    from reviewflow.service.sweep.clock import refuse_wrong_moment
    from reviewflow.service.views.history import warnings
    from reviewflow.service.views.what_followed import what_followed

    with context.workspace() as workspace:
        refuse_wrong_moment(workspace, context.moment, was_told=context.now is not None)
        once, vouched = context.once, context.not_identifying or ""
        with context.recording(f"reviewflow show {reference}"):
            result = carry_out(
                workspace, reference, command, by=context.who, now=context.moment, key=once, vouched=vouched
            )
        if context.key and not result.events:
            typer.echo("Nothing was recorded now: it was before, with this key, or nothing followed.", err=True)
        led_to = what_followed(workspace, result, now=context.moment)
        said = () if context.as_json else (*led_to.recorded, *led_to.follows)
        for words in (*warnings(workspace, result.case, result.events), *map(str, repeats_of(workspace, result))):
            if words not in said:
                typer.echo(words, err=True)
        keep_board(context, workspace, reference)
        say_what_followed(context, workspace, led_to, result.case.reference)


def say_what_followed(context: Context, workspace: Workspace, led_to: WhatFollowed, reference: str) -> None:
    """What a command led to; then the whole case where that was asked for, and whether messages leave the building."""
    from reviewflow.cli.tables.what_followed import what_followed_page
    from reviewflow.service.delivery.mode import delivery_mode
    from reviewflow.service.views.linked_cases import overview

    if context.as_json:
        show_json({**asdict(overview(workspace, reference, now=context.moment)), **asdict(led_to)})
        return
    what_followed_page(reference, led_to)
    if context.show:
        typer.echo()
        show_case(context, workspace, reference)
    else:
        mode = delivery_mode(workspace, os.environ).words
        typer.echo(f"\nThe whole case: reviewflow show {reference}\n{mode}")


def keep_board(context: Context, workspace: Workspace, reference: str) -> None:
    """Bring the board up to date where one is written beside the database; a change counts without it too."""
    from contextlib import suppress

    from reviewflow.service.board.place import board_folder, is_written

    folder = board_folder(context.environ())
    if is_written(folder):
        with suppress(OSError, ModuleNotFoundError):
            from reviewflow.service.board.pages.writing import write_after

            write_after(workspace, folder, reference, now=context.moment)


def show_case(context: Context, workspace: Workspace, reference: str, *, whole: bool = False) -> None:
    """A case on one page (`whole`: every step of a long one too), and whether messages leave the building."""
    from reviewflow.cli.tables.case_page import case_page
    from reviewflow.service.delivery.mode import delivery_mode
    from reviewflow.service.views.linked_cases import overview

    page = overview(workspace, reference, now=context.moment)
    if context.as_json:
        show_json(asdict(page))
        return
    case_page(page, context.moment, whole=whole)
    typer.echo(f"\n{delivery_mode(workspace, os.environ).words}")
