"""Commands that begin things: the folder of a new office, Prefect with the flows, the demo."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

PORT, DOOR = 4200, 4280
HOME = Path("var")


def init_office(
    folder: Annotated[Path, typer.Argument(help="The new folder, such as our-partnership; it is made when needed")],
) -> None:
    """Make an office's own folder: a copy of the shipped definitions, with who is who to fill in."""
    from reviewflow.service.workspace.new_office import FILL_IN, PARTNERSHIP, lines_to_fill_in, make_office

    definitions = make_office(folder)
    steps = (
        f"Fill in {definitions / PARTNERSHIP}: {lines_to_fill_in(definitions)} lines that are made up end in {FILL_IN}",
        *((f"cd {folder}",) if folder.resolve() != Path.cwd() else ()),
        "reviewflow check                  (says what is wrong, with the line)",
        "reviewflow preview rapid_review   (the whole timetable; nothing is sent)",
        "reviewflow serve                  (starts real work; nothing is sent before: reviewflow delivery live)",
    )
    typer.echo(f"Wrote {definitions}. What to do next:")
    for number, step in enumerate(steps, 1):
        typer.echo(f"  {number}. {step}")


def serve(
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Where Prefect's pages are shown, on this machine only")
    ] = PORT,
    home: Annotated[Path, typer.Option(help="Where Prefect keeps its data")] = HOME,
    answers_port: Annotated[
        int, typer.Option(min=1, max=65535, help="Where the pages are on which letters are answered, on this machine")
    ] = DOOR,
) -> None:
    """Start Prefect, the flows and the answer pages: all cases, forms, chasing. Ctrl-C stops everything."""
    _can_start()
    from reviewflow.cli.server.password import FILE
    from reviewflow.cli.server.supervisor import running
    from reviewflow.service.door.key import PUBLIC_URL
    from reviewflow.service.workspace.definition_files import existing_folder
    from reviewflow.service.workspace.workspace import DEFINITIONS

    existing_folder(Path(os.environ.get(DEFINITIONS, "definitions")))
    with running(home, port, os.environ, door=answers_port) as started:
        typer.echo(
            f"Managers look here:      {started.address}\n"
            f"They ask you to sign in: {started.sign_in}  (all of it; also in {home / FILE})\n"
            f"Letters are answered at:  {os.environ.get(PUBLIC_URL) or started.answers}\nCtrl-C stops everything."
        )
        started.wait()


def demo(
    *,
    once: Annotated[bool, typer.Option("--once", help="Show it and stop by itself")] = False,
    home: Annotated[
        Path | None, typer.Option(help="Where the demo keeps its data; a fresh folder unless given")
    ] = None,
) -> None:
    """Show everything with made-up cases: three rapid reviews, a practice review and a learning event."""
    _can_start()
    from reviewflow.cli.server.demo import run_demo

    run_demo(once=once, home=home)


def _can_start() -> None:
    """Raises UserError on Windows, where the processes could not be stopped together; needs the parts that they are."""
    from reviewflow.cli.extras import require
    from reviewflow.service.workspace.errors import UserError

    if find_spec("fcntl") is None:
        raise UserError(
            "Prefect and the flows are started together on Linux and macOS only. On Windows use the Subsystem for "
            "Linux (wsl), or start it on the office's server. All that reads and writes definitions works here."
        )
    require("prefect", "apprise")
