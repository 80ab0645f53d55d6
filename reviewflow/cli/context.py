"""What a command is told beside its own words: who gives it, at which moment, and which office it is about."""

from __future__ import annotations

import os
import secrets
import shlex
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import moment
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.service.workspace.definition_files import DefinitionFiles
    from reviewflow.service.workspace.workspace import Workspace

DEFINITIONS = Path("definitions")
ItemName = Annotated[str, typer.Argument(help="What: panel_meeting, or agency_return/police")]
ByRole = Annotated[str, typer.Option("--by-role", help="The post that decides it, where the process says who may")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in words that name nobody; it stands in the history")]
Reference = Annotated[str, typer.Argument(help="The case, such as RR-2026-001")]


@dataclass(frozen=True, kw_only=True)
class Context:
    """The options that commands share, as they were typed."""

    by: Annotated[str | None, typer.Option("--by", help="Who says so; your user name unless given")] = None
    not_identifying: Annotated[
        str | None,
        typer.Option(
            "--not-identifying", help="Why a text that was refused could identify nobody; it stands in the history"
        ),
    ] = None
    now: Annotated[
        str | None, typer.Option("--now", help="Work as if it were this day or moment: 2026-05-14, 2026-05-14T09:30")
    ] = None
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for other programs")] = False
    database: Annotated[
        str | None, typer.Option("--database", envvar="REVIEWFLOW_DATABASE", help="sqlite:///... or postgresql://...")
    ] = None
    folder: Annotated[
        Path | None, typer.Option("--definitions", envvar="REVIEWFLOW_DEFINITIONS", help="The folder of definitions")
    ] = None

    show: Annotated[bool, typer.Option("--show", help="Show the whole case afterwards")] = False
    key: Annotated[
        str | None,
        typer.Option("--key", help="A word for this very command: said again with the same, it is recorded once"),
    ] = None

    @cached_property
    def once(self) -> str:
        """The key by which a repeat is known: the one that was typed, or one that nobody else has."""
        return f"command/{self.key or secrets.token_hex(6)}"

    @contextmanager
    def recording(self, look: str) -> Iterator[None]:
        """Around what records something: when nobody knows whether it did, what to `look` at and how to repeat it.

        Raises OutcomeUnknown with both.
        """
        from reviewflow.store.errors import OutcomeUnknown

        try:
            yield
        except OutcomeUnknown as error:
            again = repeat_words(sys.argv[1:], self.once.partition("/")[2])
            raise OutcomeUnknown(f"{error}\n  Look: {look}\n  Or repeat it, it is recorded once: {again}") from error

    @cached_property
    def moment(self) -> datetime:
        """The moment the command works at, in UTC; raises BadParameter for what is no moment."""
        return moment(self.now)

    @cached_property
    def who(self) -> str:
        """Who gives the command: who was named, the environment's REVIEWFLOW_BY, or the user of the system.

        Raises Refused for a name that could identify a child: it stands in the history, or in the office's log.
        """
        import getpass

        from reviewflow.case.rules.answers.screening import read_who

        return read_who(self.by or os.environ.get("REVIEWFLOW_BY") or getpass.getuser())

    def environ(self, *, may_begin: bool = False) -> dict[str, str]:
        """The environment with what this command was told.

        Raises NotUsable when there is no database: only what opens a case may begin one.
        """
        from reviewflow.service.workspace.database import DATABASE, must_exist
        from reviewflow.service.workspace.workspace import DEFINITIONS as FOLDER

        options = {DATABASE: self.database, FOLDER: str(self.folder) if self.folder else None}
        environ = {**os.environ, **{name: value for name, value in options.items() if value}}
        if not may_begin:
            must_exist(environ)
        return environ

    def workspace(self, *, may_begin: bool = False) -> AbstractContextManager[Workspace]:
        """The workspace that the command is about, closed afterwards; raises NotUsable as `environ` does."""
        from reviewflow.service.workspace.workspace import open_workspace

        return open_workspace(self.environ(may_begin=may_begin))


@dataclass(frozen=True, kw_only=True)
class FilesContext(Context):
    """Of commands about definitions: their folder is `definitions` unless another is named."""

    folder: Annotated[
        Path, typer.Option("--definitions", envvar="REVIEWFLOW_DEFINITIONS", help="The folder of definitions")
    ] = DEFINITIONS

    @property
    def files(self) -> DefinitionFiles:
        """The definitions in the folder."""
        from reviewflow.service.workspace.definition_files import DefinitionFiles

        return DefinitionFiles(self.folder)


def repeat_words(words: Sequence[str], key: str) -> str:
    """The command as it was typed, with its key, and without the address of a database, which may hold a password."""
    kept = [
        "..." if before == "--database" else "--database=..." if word.startswith("--database=") else word
        for before, word in zip(["", *words], words, strict=False)
    ]
    return shlex.join(["reviewflow", *kept, *([] if "--key" in kept else ["--key", key])])


Acting = Annotated[Context, Takes("by", "now", "as_json", "key", "database", "folder")]
"""Of a command that acts for somebody and shows what came of it."""
Recording = Annotated[Context, Takes("by", "now", "show", "as_json", "key", "database", "folder")]
"""Of a command that records something in one case, and says what follows in it."""
Changing = Annotated[Context, Takes("by", "not_identifying", "now", "show", "as_json", "key", "database", "folder")]
"""Of a command that changes a case, says what came of it, and may carry words."""
Chasing = Annotated[Context, Takes("now", "as_json", "key", "database", "folder")]
Signing = Annotated[Context, Takes("by", "now", "database", "folder")]
Looking = Annotated[Context, Takes("now", "as_json", "database", "folder")]
Listing = Annotated[Context, Takes("as_json", "database", "folder")]
Writing = Annotated[Context, Takes("now", "database", "folder")]
Opening = Annotated[Context, Takes("database", "folder")]
