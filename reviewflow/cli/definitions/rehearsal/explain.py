"""explain: a process in sentences, or what the code of a problem means. Needs no database."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import FilesContext
from reviewflow.cli.definitions.others import tell_of_others
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.service.rehearsal.explain.account import Account
    from reviewflow.service.workspace.definition_files import DefinitionFiles


def explain(
    what: Annotated[str, typer.Argument(help="A process: rapid_review; or the code of a problem: PD012")],
    *,
    context: Annotated[FilesContext, Takes("folder", "as_json")],
    whole: Annotated[
        bool, typer.Option("--all", help="All that the file says, not only what can be read in a minute")
    ] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print it as Markdown")] = False,
) -> None:
    """A process as one would tell it to a colleague, from its file alone; or what the code of a problem means.

    In a minute, by stage; with --all or --json all that the file says.
    """
    from reviewflow.service.rehearsal.explain.problems import CODE, problem_text

    if CODE.fullmatch(what):
        text = problem_text(what)
        show_json({"code": what.upper(), "text": text}) if context.as_json else typer.echo(text)
        return
    files = context.files
    account = _account(what, files) if whole or context.as_json else _summary(what, files)
    if context.as_json:
        show_json(asdict(account))
    elif markdown:
        from reviewflow.service.rehearsal.explain.printed import as_markdown

        typer.echo(as_markdown(account), nl=False)
    else:
        _page(account)
        if not whole:
            typer.echo(f"\nAll of it, with forms and reminders:\n  reviewflow explain {what} --all")
    tell_of_others(files)


def _account(process: str, files: DefinitionFiles) -> Account:
    from reviewflow.service.rehearsal.explain.account import account

    return account(files.definition(process), files.partnership)


def _summary(process: str, files: DefinitionFiles) -> Account:
    from reviewflow.service.rehearsal.explain.summary import summary

    return summary(files.definition(process), files.partnership)


def _page(account: Account) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from reviewflow.cli.definitions.rehearsal.timetable import plain_console

    console = plain_console()
    console.print(Text(f"{account.title} (version {account.version})", style="bold"))
    for section in account.sections:
        console.print()
        console.print(Text(section.title, style="bold"))
        for sentence in section.sentences:
            console.print(Padding(Text(sentence), (0, 0, 0, 2)))
