"""Commands about the board: today, board."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Looking, Writing


def today(
    *,
    context: Looking,
) -> None:
    """What is late and by how much, what falls due, and which clock is in danger, on one page; see also `board`."""
    from reviewflow.cli.tables.today import today_page
    from reviewflow.service.board.facts.seen import brought_up_to_date, kept
    from reviewflow.service.board.place import GLANCES, board_folder
    from reviewflow.service.board.today import of_glances

    place = board_folder(context.environ()) / GLANCES
    with context.workspace() as workspace:
        before = kept(workspace, place, now=context.moment)
        seen = brought_up_to_date(workspace, before, now=context.moment, begin=_say_that_it_takes_a_while)
        page = of_glances(workspace, seen.glances, now=context.moment)
    show_json({"headline": page.headline, **asdict(page)}) if context.as_json else today_page(page)


MANY = 400
"""Cases of which to work out how each stands takes more than some two seconds."""


def _say_that_it_takes_a_while(cases: int) -> None:
    if cases > MANY:
        words = f"How {cases:,} open cases stand is worked out first, which takes a while:"
        typer.echo(f"{words} no sweep of that day has done so. What a sweep has worked out comes at once.", err=True)


def board(
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder; beside the database unless given")
    ] = None,
    *,
    serve: Annotated[
        bool, typer.Option("--serve", help="Show it to a browser on this machine; Ctrl-C stops it")
    ] = False,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="Of this machine, with --serve")] = 4280,
    context: Writing,
) -> None:
    """Write the board: a page for the morning, one a case, one of agencies; sweeps and answers keep it up to date."""
    from reviewflow.cli.extras import require
    from reviewflow.service.board.pages.writing import write_board
    from reviewflow.service.board.place import board_folder

    require("jinja2")
    environ = context.environ()
    folder = output or board_folder(environ)
    with context.workspace() as workspace:
        written = write_board(workspace, folder, environ, now=context.moment)
    typer.echo(f"Wrote {folder / 'index.html'}: {len(written.files)} pages, {written.same} were as they are.")
    if serve:
        _serve(folder, port)


def _serve(folder: Path, port: int) -> None:
    from reviewflow.service.board.pages.serving import board_server
    from reviewflow.service.workspace.errors import UserError

    try:
        server = board_server(folder, port)
    except OSError as error:
        raise UserError(
            f"Port {port} is taken on this machine. Name another: reviewflow board --serve --port 4281"
        ) from error
    with server:
        address = f"http://{server.server_address[0]!s}:{server.server_port}/"
        typer.echo(f"The board: {address}  (this machine alone; Ctrl-C stops it)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            typer.echo("Stopped.")
