"""`reviewflow choose`: a decision table asked without a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import Json, pairs, show_json
from reviewflow.cli.definitions.check import DEFINITIONS, Folder

if TYPE_CHECKING:
    from reviewflow.service.rehearsal.decision_table import Recommended


def choose(
    table: Annotated[str, typer.Argument(help="Which decision table: review_method")],
    answers: Annotated[list[str] | None, typer.Argument(help="Its questions: serious_harm=yes")] = None,
    folder: Folder = DEFINITIONS,
    as_json: Json = False,
) -> None:
    """Say what a decision table recommends for these answers, and why."""
    from reviewflow.service.rehearsal.decision_table import choose as recommended
    from reviewflow.service.workspace.definition_files import DefinitionFiles

    found = recommended(DefinitionFiles(Path(folder)), table, pairs(answers or [], example="serious_harm=yes"))
    if as_json:
        show_json(asdict(found))
        return
    for line in _lines(found):
        typer.echo(line)


def _lines(found: Recommended) -> Iterator[str]:
    yield f"Recommended: {found.title} ({found.outcome})"
    yield f"Because: {found.because}"
    yield "There is no choice here." if found.must else "Something else may be decided, with a reason."
    if found.process:
        yield f"It is carried out by the process {found.process}."
    if found.help:
        yield found.help.strip()
