"""chronology: what several agencies tell, made one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.errors import YOURS
from reviewflow.text import counted

app = typer.Typer(help="Chronologies that agencies sent in: make one of them.")
SHARED_SHOWN = 40


@app.command("merge")
def merge_files(
    files: Annotated[list[Path], typer.Argument(help="What the agencies sent in: police.xlsx health.csv")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The workbook to write; none is overwritten")],
) -> None:
    """Make one chronology of several, by date and time; nothing of it is kept, and only file and row are told.

    What cannot be read is told at once for all files, and the rest is written all the same.
    """
    from reviewflow.service.chronology.merging import merge
    from reviewflow.service.chronology.workbook import refuse_what_is_there, write_workbook

    if output.suffix.lower() != ".xlsx":
        raise typer.BadParameter("The merged chronology is a workbook: -o merged.xlsx")
    refuse_what_is_there(output)
    merged = merge(files)
    rows = len(merged.dated) + len(merged.undated)
    if rows:
        write_workbook(merged, output)
    for problem in merged.problems:
        typer.echo(problem, err=True)
    if not rows:
        typer.echo("Nothing could be merged, so nothing was written.", err=True)
        raise typer.Exit(YOURS)
    _show(merged.shared)
    undated = f", {len(merged.undated)} of them at the end, without a date that can be read" if merged.undated else ""
    typer.echo(f"Wrote {output}: {counted(rows, 'row')} of {counted(len(files), 'file')}{undated}.")
    if merged.problems:
        raise typer.Exit(YOURS)


def _show(shared: Sequence[str]) -> None:
    """Where several agencies tell of the same moment: it may be the same event, or they may differ about it."""
    if not shared:
        return
    typer.echo("Several agencies tell of the same day and time; compare what they say:")
    for places in shared[:SHARED_SHOWN]:
        typer.echo(f"  {places}")
    if len(shared) > SHARED_SHOWN:
        typer.echo(f"  and {len(shared) - SHARED_SHOWN} more, in the column Also told by")
