"""What needs two people: the first asks, and confirm is the second's."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.context import Context, Signing
from reviewflow.cli.extras import require

if TYPE_CHECKING:
    from reviewflow.service.second_person.acts import Act

SecondPost = Annotated[str | None, typer.Option("--second", help="Which post's mailbox gets the code")]
Code = Annotated[str, typer.Option("--code", prompt="Code", hide_input=True, help="It is asked for unless given")]


def confirm(
    number: Annotated[int, typer.Argument(help="The number of the request, as it stands in the letter")],
    *,
    code: Code,
    context: Signing,
) -> None:
    """The second person's word: carry out what somebody else asked for, with the code that was mailed."""
    from reviewflow.service.second_person.requests import confirm as carry_out

    with context.workspace() as workspace:
        typer.echo(carry_out(workspace, number, code, by=context.who, now=context.moment))


def second_or_alone(context: Context, act: Act, second: str | None, *, by: str) -> str:
    """What was done, where partnership.yaml says that one person is enough; else have a second one asked: ''.

    Raises Exit when nobody could be asked.
    """
    from reviewflow.service.second_person.requests import do_alone, refuse_at_once, second_posts

    with context.workspace(may_begin=True) as workspace:
        posts = second_posts(workspace)
        refuse_at_once(workspace, act, by=by, now=context.moment)
        if not posts:
            return do_alone(workspace, act, by=by, now=context.moment)
    require("prefect", "apprise")
    told = json.dumps({"act": act.stored(), "role": second or posts[0], "by": by})
    command, environ = [sys.executable, "-m", "tasks.second_person_code"], context.environ(may_begin=True)
    asked = subprocess.run(command, env=environ, input=told, text=True, check=False)  # noqa: S603 - our own module
    if asked.returncode:
        raise typer.Exit(asked.returncode)
    return ""


def say(done: str) -> None:
    """Print what was done; nothing when a second person was asked, which was said then."""
    if done:
        typer.echo(done)
