"""The page of every command, from what each says with --help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from typer.main import get_command

from reviewflow.cli import app
from reviewflow.cli.commands import Later
from reviewflow.service.rehearsal.preview.markdown import table

HEAD = """\
# Every command

What `reviewflow COMMAND --help` says. Words in capitals are yours to fill in. To rehearse, give
`--database sqlite:///rehearsal.db` to each, or `export REVIEWFLOW_DATABASE=sqlite:///rehearsal.db` once;
`--now 2026-05-14` works as if it were that day.
"""
PURPOSES: Mapping[str, tuple[str, ...]] = {
    "Write definitions": (
        "init",
        "check",
        "publish",
        "watch",
        "resolve",
        "schema",
        "choose",
        "date",
        "import-calendar",
    ),
    "See before it happens": ("explain", "preview", "messages", "diagram", "diff"),
    "Look at cases": ("today", "board", "cases", "show", "due", "forecast", "why", "history", "papers"),
    "Do something in a case": (
        *(
            "open",
            "complete",
            "tick",
            "skip",
            "reopen",
            "start-step",
            "make",
            "correct",
            "set",
            "extend",
            "hold",
            "release",
        ),
        *("add-line", "change-line"),
        *("breach", "agency", "member", "link", "unlink", "join", "end", "withdraw", "migrate"),
        *("delegate", "take-back"),
    ),
    "Chase, and hear from agencies": ("chase", "respond", "snooze", "resume"),
    "Messages of the office": ("outbox", "letters", "links", "delivery", "bounces", "digest"),
    "The worst day": ("backup", "restore", "settle"),
    "All cases at once": (
        *(
            "bring-in",
            "actions",
            "chronology",
            "publications",
            "report",
            "log",
            "recount",
            "merge-agencies",
            "handover",
        ),
    ),
    "The file of a case as a record": ("audit", "confirm", "contacts", "disclose", "erase", "retention"),
    "Start something, and see that it runs": ("demo", "init-office", "serve", "sweep", "doctor"),
}
"""Every command, by what it is for; a test holds that none is missing."""
SAID_ABOVE = {"database", "folder", "now", "as_json", "help"}


def commands_page() -> str:
    return "\n".join((HEAD, *_by_purpose(), *_commands("reviewflow", get_command(app)))) + "\n"


def _by_purpose() -> Iterator[str]:
    for purpose, names in PURPOSES.items():
        yield f"- **{purpose}**: {', '.join(f'`{name}`' for name in names)}"
    yield ""


def _commands(path: str, command: Any) -> Iterator[str]:
    command = command.load() if isinstance(command, Later) else command
    inside = getattr(command, "commands", None)
    if inside is None:
        yield from _command(path, command)
        return
    for name, each in inside.items():
        yield from _commands(f"{path} {name}", each)


def _command(path: str, command: Any) -> Iterator[str]:
    params = [each for each in command.params if each.name not in SAID_ABOVE]
    words = [_word(each) for each in params if each.param_type_name == "argument"]
    yield from (f"## {path.removeprefix('reviewflow ')}", "", " ".join((command.help or "").split()), "")
    yield from (f"`{' '.join((path, *words))}`", "")
    if params:
        yield from table(("You write", "What it is"), ((f"`{_word(each)}`", each.help or "") for each in params))
        yield ""


def _word(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar or param.name).upper()
    return ", ".join(param.opts)
