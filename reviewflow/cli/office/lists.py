"""What some groups of commands have in common: they list when nothing else is said."""

from __future__ import annotations

import typer
from typer.core import TyperGroup

LIST = "list"


class ListsByItself(TyperGroup):
    """What is said without naming a subcommand is said to `list`: reviewflow actions AP-2026-001."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        named = bool(args) and (args[0] in self.commands or args[0] == "--help")
        return super().parse_args(ctx, args if named else [LIST, *args])
