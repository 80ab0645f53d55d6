"""Commands that start things: serve and demo."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated

import typer

PORT = 4200
HOME = Path("var")


def serve(
    port: Annotated[
        int, typer.Option(min=1, max=65535, help="Where Prefect's pages are shown, on this machine only")
    ] = PORT,
    home: Annotated[Path, typer.Option(help="Where Prefect keeps its data")] = HOME,
) -> None:
    """Start Prefect and the flows: the view of all cases, the forms, and the chasing. Ctrl-C stops everything."""
    from reviewflow.cli.server.supervisor import running

    with running(home, port, os.environ) as started:
        typer.echo(f"Managers look here: {started.address}\nCtrl-C stops everything.")
        started.wait()


def demo(
    once: Annotated[bool, typer.Option("--once", help="Show it and stop by itself")] = False,
    home: Annotated[
        Path | None, typer.Option(help="Where the demo keeps its data; a fresh folder unless given")
    ] = None,
) -> None:
    """Show everything with made-up cases: three rapid reviews, a practice review and a learning event."""
    from reviewflow.cli.server.demo import run_demo

    run_demo(once=once, home=home)


COMMANDS: Mapping[str, Callable[..., None]] = {"serve": serve, "demo": demo}
