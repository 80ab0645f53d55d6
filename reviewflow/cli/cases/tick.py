"""Several steps of a case recorded together as done."""

from __future__ import annotations

from typing import Annotated

import typer

from reviewflow.cli.cases.carry_out import keep_board, say_what_followed
from reviewflow.cli.console import pairs, show_json, the_day
from reviewflow.cli.context import Changing, Context, Reference


def tick(
    reference: Reference,
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="The steps: send_about send_draft; all for whatever needs only its day; and answers: paper=SEC-7"
        ),
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day on which they were done; today unless given")] = None,
    post: Annotated[str, typer.Option("--post", help="Whose steps they are")] = "business_support",
    *,
    context: Changing,
) -> None:
    """Record several steps of a case together as done, on one day; without steps, list what can be ticked off."""
    from reviewflow.service.commands.ticking import tick as tick_off
    from reviewflow.service.sweep.clock import refuse_wrong_moment
    from reviewflow.service.views.what_followed import what_followed

    named = [word for word in what or () if "=" not in word]
    answers = pairs([word for word in what or () if "=" in word], example="paper=SEC-7")
    if not named:
        _list(context, reference, post)
        return
    with context.workspace() as workspace:
        refuse_wrong_moment(workspace, context.moment, was_told=context.now is not None)
        with context.recording(f"reviewflow show {reference}"):
            results = tick_off(
                workspace,
                reference,
                named,
                answers,
                post=post,
                on=the_day(on) if on else None,
                by=context.who,
                now=context.moment,
                key=context.once,
                vouched=context.not_identifying or "",
            )
        for result in results:
            keep_board(context, workspace, result.case.reference)
            say_what_followed(
                context, workspace, what_followed(workspace, result, now=context.moment), result.case.reference
            )
        if not results:
            typer.echo("Nothing was recorded now: it was before, with this key.", err=True)


def _list(context: Context, reference: str, post: str) -> None:
    from dataclasses import asdict

    from reviewflow.service.commands.ticking import to_tick
    from reviewflow.text import day_words

    with context.workspace() as workspace:
        found = to_tick(workspace, reference, post, now=context.moment)
    if context.as_json:
        show_json([asdict(owed) for owed in found])
        return
    if not found:
        typer.echo(f"{reference}: nothing is owed now by {post}.")
    for owed in found:
        asks = f" It asks besides: {'; '.join(owed.asks)}" if owed.asks else ""
        due = f", due {day_words(owed.due)}" if owed.due else ""
        typer.echo(f"{owed.item}: {owed.title}{due}.{asks}")
    if any(not owed.asks for owed in found):
        typer.echo(f"\nAll that needs only its day: reviewflow tick {reference} all --on DAY")
