"""`reviewflow choose`: a decision table asked without a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import pairs, show_json
from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.service.rehearsal.decision_table import Recommended


def choose(
    table: Annotated[str, typer.Argument(help="Which decision table: choose_method")],
    answers: Annotated[list[str] | None, typer.Argument(help="Its questions: care_death=yes")] = None,
    *,
    context: Annotated[FilesContext, Takes("folder", "as_json")],
) -> None:
    """Say what a decision table recommends for these answers, and why."""
    from reviewflow.service.rehearsal.decision_table import choose as recommended

    recommendation = recommended(context.files, table, pairs(answers or [], example="care_death=yes"))
    if context.as_json:
        show_json(asdict(recommendation))
        return
    for line in _lines(recommendation):
        typer.echo(line)


def _lines(recommended: Recommended) -> Iterator[str]:
    yield f"Recommended: {recommended.title} ({recommended.outcome})"
    yield f"Because: {recommended.because}"
    yield "There is no choice here." if recommended.must else "Something else may be decided, with a reason."
    if recommended.process:
        yield f"It is carried out by the process {recommended.process}."
    if recommended.help:
        yield recommended.help.strip()
