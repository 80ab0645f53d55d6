"""The command line. Exit status: 0 done, 1 something you can put right, 2 wrong usage, 3 a bug or an outage."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from reviewflow.cli.commands import Commands
from reviewflow.cli.console import stop_words
from reviewflow.cli.garbage import look_seldom
from reviewflow.errors import OURS

INTERRUPTED, WRONG_USAGE = 130, 2
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
CRASH_LOG = Path("var") / "crash.log"

app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Runs safeguarding reviews from the definitions of your partnership.",
)


@app.callback()
def reviewflow() -> None:
    """Nothing is common to all commands."""


def main() -> None:
    """Run a command; the one place where a bug is told apart from a problem that a person can put right."""
    look_seldom()
    _print_whatever_happens()
    _refuse_what_is_no_text(sys.argv[1:])
    try:
        app(standalone_mode=True)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the one broad except of this entrypoint
        words = stop_words(error)
        if words is not None:
            print(words[0], file=sys.stderr)  # noqa: T201
            sys.exit(words[1])
        sys.exit(crashed())


def _print_whatever_happens() -> None:
    """Where the terminal's letters are few, as on a Windows of Western Europe, a letter it lacks is printed as ?."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _refuse_what_is_no_text(words: Sequence[str]) -> None:
    """Ends the command for a word with bytes that are no text, which nothing could store, write or send."""
    for place, word in enumerate(words, start=1):
        if _NO_TEXT.search(word):
            from reviewflow.text import ordinal

            about = f"The {ordinal(place)} word after reviewflow has bytes that are not text. Type it again by hand."
            print(f"{about} Nothing was done.", file=sys.stderr)  # noqa: T201
            sys.exit(WRONG_USAGE)


def crashed() -> int:
    """Keep what was raised where whoever looks after the machine finds it; returns the exit status of a bug."""
    import traceback

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
