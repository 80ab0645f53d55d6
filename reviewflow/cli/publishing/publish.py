"""publish: a folder of definitions takes the place of the office's."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.context import Context
from reviewflow.cli.office.second_person import SecondPost, say, second_or_alone
from reviewflow.cli.options import Takes

if TYPE_CHECKING:
    from reviewflow.service.publishing.changes import FolderChanges


def publish(
    source: Annotated[
        Path | None,
        typer.Argument(
            metavar="folder",
            file_okay=False,
            help="The folder that was checked; without it, what was published",
        ),
    ] = None,
    *,
    digest: Annotated[
        str | None, typer.Option("--digest", help="Only if this is its digest: what --say-digest said on the laptop")
    ] = None,
    say_digest: Annotated[
        bool, typer.Option("--say-digest", help="Only say the folder's digest; needs no office")
    ] = False,
    back: Annotated[bool, typer.Option("--back", help="Take back what was published last")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Release it; without this it is only shown")] = False,
    second: SecondPost = None,
    context: Annotated[Context, Takes("by", "now", "database", "folder")],
) -> None:
    """Let a folder of definitions take the place of the office's, as a whole; first see what it changes.

    Open cases go on with what they were opened with. To release it needs a second person, as partnership.yaml says.
    """
    from reviewflow.service.publishing.folders import digest_of
    from reviewflow.service.workspace.errors import UserError

    if source is not None:
        _refuse_unseen(source)
    if source is not None and say_digest:
        typer.echo(digest_of(source))
        return
    if source is not None and back:
        raise UserError("Either a folder or --back, which is the folder before. Nothing was changed.")
    if source is None and not back:
        _show_published(context)
        return
    found = _staged(context, source, digest or "")
    for line in found.lines:
        typer.echo(line)
    typer.echo(f"Digest: {found.digest}")
    if yes:
        _release(context, found, second)
    else:
        typer.echo("Nothing was changed. To release it, add --yes --by NAME.")


def _refuse_unseen(source: Path) -> None:
    """One that is not there, or that this user may not look into, such as the office's own user on a server."""
    from getpass import getuser

    from reviewflow.service.publishing.folders import UNCHANGED
    from reviewflow.service.workspace.errors import UserError

    if not os.access(source, os.R_OK | os.X_OK):
        raise UserError(
            f"No folder {source} is to be seen by the user {getuser()}, who works in {Path.cwd()}: bring it there, "
            f"as that user's own. {UNCHANGED}"
        )


def _staged(context: Context, source: Path | None, digest: str) -> FolderChanges:
    from reviewflow.service.publishing.release import complete_interrupted, stage, the_way_back

    with context.workspace(may_begin=True) as workspace:
        complete_interrupted(workspace, now=context.moment)
        return stage(workspace, source or the_way_back(workspace), wanted=digest)


def _release(context: Context, found: FolderChanges, second: str | None) -> None:
    from reviewflow.service.second_person.acts import Act, ActKind

    act = Act(ActKind.PUBLISH, matter=found.digest, reason=found.short)
    say(second_or_alone(context, act, second, by=context.who))


def _show_published(context: Context) -> None:
    from reviewflow.london import read_stamp
    from reviewflow.service.publishing.folders import digest_of
    from reviewflow.service.publishing.release import SHORT, complete_interrupted, publications
    from reviewflow.text import moment_words

    with context.workspace(may_begin=True) as workspace:
        complete_interrupted(workspace, now=context.moment)
        published, today = publications(workspace), digest_of(workspace.folder)
    for one in published:
        typer.echo(f"{moment_words(read_stamp(one.at))}  {one.digest[:SHORT]}  {one.what}, by {one.by}")
    if not published:
        typer.echo(f"Nothing was published here yet. The office's folder is {today[:SHORT]}.")
    elif published[-1].digest == today:
        typer.echo("The office's folder is as it was published last.")
    else:
        typer.echo(f"The office's folder is {today[:SHORT]}: it was changed by hand since.")
