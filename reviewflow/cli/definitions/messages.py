"""messages: what people will read. Needs no database and sends nothing."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import FilesContext
from reviewflow.cli.options import Takes, with_options

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="What people will read.")


@app.callback()
def messages() -> None:
    """What people will read, before anything is sent."""


@app.command("preview")
@with_options
def preview(
    message: Annotated[str | None, typer.Argument(help="Only this message: reminder")] = None,
    process: Annotated[str | None, typer.Option("--process", help="Only the messages of this process")] = None,
    *,
    context: Annotated[FilesContext, Takes("folder", "now", "as_json")],
) -> None:
    """Subject and text of each message with sample values, and who gets it. Nothing is sent."""
    from reviewflow.london import london_day
    from reviewflow.service.rehearsal.explain.samples import samples

    shown = samples(context.files, message, process, today=london_day(context.moment))
    if context.as_json:
        show_json([asdict(sample) for sample in shown])
        return
    for number, sample in enumerate(shown):
        about = f"{sample.process}: {sample.about}" if sample.process else sample.about
        to = f"To: {'; '.join(sample.to)}\n" if sample.to else ""
        typer.echo(f"{'' if number == 0 else chr(10)}--- {sample.message} ---\nAbout: {about}\n{to}", nl=False)
        typer.echo(f"Subject: {sample.subject}\n\n{sample.text}", nl=False)
