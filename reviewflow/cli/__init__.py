"""The command line. Exit status: 0 done, 1 something you can put right, 2 wrong usage, 3 a bug or an outage."""

from __future__ import annotations

import io
import sys
import traceback
from pathlib import Path

import typer

from reviewflow.cli.cases import cases, chases, endings, holds, limits, links, papers, why
from reviewflow.cli.console import OURS, stop_words
from reviewflow.cli.definitions import change, check, choose, diagram, explain, messages, preview, watch
from reviewflow.cli.office import mail, records, registers, report
from reviewflow.cli.server import start

INTERRUPTED = 130
CRASH_LOG = Path("var") / "crash.log"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Runs safeguarding reviews from the definitions of your partnership.",
)
for name, command in {
    **check.COMMANDS,
    **change.COMMANDS,
    **preview.COMMANDS,
    **explain.COMMANDS,
    **diagram.COMMANDS,
    **watch.COMMANDS,
    **cases.COMMANDS,
    **endings.COMMANDS,
    **choose.COMMANDS,
    **limits.COMMANDS,
    **why.COMMANDS,
    **papers.COMMANDS,
    **mail.COMMANDS,
    **holds.COMMANDS,
    **chases.COMMANDS,
    **links.COMMANDS,
    **report.COMMANDS,
    **registers.COMMANDS,
    **records.COMMANDS,
    **start.COMMANDS,
}.items():
    app.command(name)(command)
app.add_typer(messages.app, name="messages")
app.add_typer(registers.app, name="actions")
app.add_typer(records.app, name="retention")


def main() -> None:
    """Run a command; the one place where a bug is told apart from a problem that a person can put right."""
    _print_whatever_happens()
    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the one broad except of this entrypoint
        words = stop_words(error)
        if words is not None:
            print(words[0], file=sys.stderr)  # noqa: T201
            sys.exit(words[1])
        sys.exit(_crashed())


def _print_whatever_happens() -> None:
    """Where the terminal's letters are few, as on a Windows of Western Europe, a letter it lacks is printed as ?."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _crashed() -> int:
    details, where = traceback.format_exc(), f"in {CRASH_LOG}"
    try:
        CRASH_LOG.parent.mkdir(exist_ok=True)
        CRASH_LOG.write_text(details, encoding="utf-8")
    except OSError:
        where = f"below, because {CRASH_LOG} cannot be written here"
        print(details, file=sys.stderr)  # noqa: T201
    words = f"Something went wrong that is not your doing. The details are {where}; nothing was half done."
    print(words, file=sys.stderr)  # noqa: T201
    return OURS
