"""The page of every command, from what each says with --help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from reviewflow.cli import app
from reviewflow.service.rehearsal.preview.markdown import table

HEAD = """\
# Every command

What `reviewflow COMMAND --help` says. Words in capitals are yours to fill in. To rehearse, give
`--database sqlite:///rehearsal.db` to each, or `export REVIEWFLOW_DATABASE=sqlite:///rehearsal.db` once;
`--now 2026-05-14` works as if it were that day.
"""
SAID_ABOVE = {"database", "folder", "now", "as_json", "help"}


def commands_page() -> str:
    return "\n".join((HEAD, *_commands("reviewflow", get_command(app)))) + "\n"


def _commands(path: str, command: Any) -> Iterator[str]:
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
