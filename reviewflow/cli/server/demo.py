"""The demo: a fresh folder, Prefect, and made-up cases of three kinds, some of them late."""

from __future__ import annotations

import fcntl
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic

import typer

from reviewflow.cli.console import moment
from reviewflow.cli.server.demo_cases import open_demo_cases
from reviewflow.cli.server.password import FILE as PASSWORD
from reviewflow.cli.server.ports import free_port
from reviewflow.cli.server.prefect_runs import run_deployment
from reviewflow.cli.server.supervisor import Running, running
from reviewflow.cli.tables.case_lists import cases_table
from reviewflow.london import london_day
from reviewflow.service.views.case_glances import case_glances
from reviewflow.service.workspace.database import DATABASE
from reviewflow.service.workspace.errors import UserError
from reviewflow.service.workspace.workspace import DEFINITIONS, DOCUMENTS, Workspace, open_workspace
from reviewflow.shipped import shipped
from reviewflow.text import listing

HOME = Path("var") / "demo"
MARK = "made-by-the-demo"
PORT, DOOR = 4200, 4280
LOOK = timedelta(days=60)
OLDEST_FIRST = "flow-runs-sort=START_TIME_ASC"
"""As Prefect's older pages have it in the address; otherwise what is furthest away stands first."""


def run_demo(*, once: bool, home: Path | None) -> None:
    """Set everything up in `home`, show it, and stay until Ctrl-C, or stop at once.

    Without a home it is var/demo, or the next of var/demo-2 to var/demo-9 that no running demo uses. Raises UserError
    when all are used, or when a folder holds what no demo wrote.
    """
    candidates = [home] if home else [HOME, *(HOME.with_name(f"{HOME.name}-{number}") for number in range(2, 10))]
    with _own_folder(candidates) as chosen:
        _show(chosen, once=once)


def _show(home: Path, *, once: bool) -> None:
    port = free_port(PORT)
    environment = {
        **os.environ,
        DATABASE: f"sqlite:///{home / 'reviewflow.db'}",
        DOCUMENTS: str(home / "documents"),
        DEFINITIONS: str(_definitions(os.environ)),
        "REVIEWFLOW_DELIVERY": "test",
        "REVIEWFLOW_OUTBOX_FOLDER": str(home / "messages"),
    }
    with open_workspace(environment) as workspace:
        say = _progress(6)
        say("Opening five made-up cases")
        open_demo_cases(workspace, now=moment(None))
        with running(home, port, environment, say, door=free_port(DOOR)) as started:
            say("Sweeping: chasing what is due, and drawing the cases in Prefect")
            run_deployment(started.environment, "chase/chase")
            say("Done")
            _where_to_look(workspace, home, started)
            if not once:
                typer.echo("\nCtrl-C stops everything.")
                started.wait()


@contextmanager
def _own_folder(homes: Sequence[Path]) -> Iterator[Path]:
    """The first of these folders that no other demo is using, emptied."""
    for home in homes:
        home.parent.mkdir(parents=True, exist_ok=True)
        with (home.parent / f"{home.name}.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                continue
            _empty(home)
            yield home
            return
    raise UserError(f"Other demos are running in {listing(map(str, homes))}. Stop one of them with Ctrl-C.")


def _empty(home: Path) -> None:
    """Only what an earlier demo wrote is taken away."""
    if home.exists() and any(home.iterdir()) and not (home / MARK).exists():
        raise UserError(f"{home} holds something that no demo wrote. Choose a folder that is empty, or a new one.")
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    (home / MARK).touch()


def _definitions(environ: Mapping[str, str]) -> Path:
    """The folder that the environment names, or the one here; where there is neither, the shipped one."""
    folder = Path(environ.get(DEFINITIONS, "definitions"))
    return folder if folder.is_dir() or environ.get(DEFINITIONS) else shipped("definitions")


def _progress(steps: int) -> Callable[[str], None]:
    started, count = monotonic(), 0

    def say(words: str) -> None:
        nonlocal count
        count += 1
        typer.echo(f"[{count}/{steps}] {monotonic() - started:4.0f} s  {words}")

    return say


def _where_to_look(workspace: Workspace, home: Path, started: Running) -> None:
    now = moment(None)
    cases = case_glances(workspace, workspace.store.cases(), now=now)
    typer.echo("")
    cases_table(cases, london_day(now))
    messages = sorted((home / "messages").glob("*.eml"))
    span = f"startDate={now.date() - LOOK}&endDate={now.date() + LOOK}&{OLDEST_FIRST}"
    database = f"sqlite:///{home / 'reviewflow.db'}"
    typer.echo(
        f"\nThe morning's board:  {(home / 'board' / 'index.html').absolute()}"
        f"\n                      (open it in a browser: what is late, what is due, which clock is in danger)"
        f"\nManagers look here:   {started.address}/runs?tag=reviewflow&type=range&{span}"
        f"\n                      (each case drawn, and a form for each step: press Resume)"
        f"\nToday on one page:    {started.address}/page/today"
        f"\nThey ask you to sign in: {started.sign_in}  (all of it; also in {home / PASSWORD})"
        f"\nMessages, not sent:   {home / 'messages'}  ({len(messages)} files; papers: {home / 'documents'})"
        f"\nAnswer a letter:      open one with a link, such as {_answerable(messages)},"
        "\n                      follow it and answer: the case goes on at once, and in Prefect within some seconds"
        f"\nA case in words:      {_program()} show {cases[-1].reference} --database {database}"
    )


def _answerable(messages: Sequence[Path]) -> str:
    """The first letter with an address to answer at."""
    return next((str(path) for path in messages if "/a/" in path.read_text("utf-8", "replace")), "none of them today")


def _program() -> str:
    """How this program was called, so that the next command can be typed in the same way: .venv/bin/reviewflow."""
    typed = sys.argv[0]
    on_path = shutil.which("reviewflow")
    return "reviewflow" if on_path and Path(on_path) == Path(typed).absolute() else typed
