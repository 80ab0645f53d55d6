"""retention: how long cases are kept; legal holds; cases that are destroyed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from reviewflow.cli.console import pairs, show_json, the_day
from reviewflow.cli.context import Listing, Looking, Opening, Reason, Reference, Signing, Writing
from reviewflow.cli.office.lists import LIST, ListsByItself
from reviewflow.cli.office.second_person import SecondPost, say, second_or_alone
from reviewflow.cli.options import Takes, with_options
from reviewflow.text import listing

if TYPE_CHECKING:
    from reviewflow.service.commands.legal_holds import Choice

MatterName = Annotated[str, typer.Option("--matter", help="For what, without a name: inquest, inquiry, claim")]

app = typer.Typer(cls=ListsByItself, help="How long cases are kept: list them, hold them, destroy them.")


@dataclass(frozen=True, kw_only=True)
class WhichCases:
    """The cases that a legal hold is about: named, or chosen by what they are."""

    cases: Annotated[list[str] | None, typer.Argument(help="The cases, such as RR-2026-001")] = None
    process: Annotated[list[str] | None, typer.Option("--process", help="Every case of this process")] = None
    agency: Annotated[str | None, typer.Option("--agency", help="Every case in which this agency takes part")] = None
    since: Annotated[str | None, typer.Option("--opened-since", help="Every case opened on this day or later")] = None
    until: Annotated[str | None, typer.Option("--opened-until", help="Every case opened on this day or before")] = None
    answer: Annotated[
        list[str] | None,
        typer.Option("--answer", help="Every case in which this was answered: harm=sexual"),
    ] = None
    every: Annotated[bool, typer.Option("--all", help="Every case there is")] = False

    def choice(self) -> Choice:
        """What was asked for; raises UserError when nothing was."""
        from reviewflow.service.commands.legal_holds import Choice
        from reviewflow.service.workspace.errors import UserError

        if self == WhichCases():
            raise UserError("Which cases? Name them, or choose by --process, --agency, --answer, ..., or say --all.")
        return Choice(
            cases=tuple(self.cases or ()),
            processes=tuple(self.process or ()),
            agency=self.agency,
            since=the_day(self.since) if self.since else None,
            until=the_day(self.until) if self.until else None,
            answers=pairs(self.answer or [], example="harm=sexual"),
        )


@app.command(LIST)
@with_options
def retention(
    *,
    context: Looking,
) -> None:
    """Every case with its class, how long it is kept, and the day after which it may be destroyed."""
    from reviewflow.cli.tables.records import retention_table
    from reviewflow.service.records.retention import kept

    with context.workspace() as workspace:
        cases = kept(workspace)
    show_json([asdict(case) for case in cases]) if context.as_json else retention_table(cases, context.moment)


@app.command("hold")
@with_options
def hold(
    matter: MatterName = "",
    reason: Reason = "",
    requested_by: Annotated[str, typer.Option("--requested-by", help="Which office asked for it, not who")] = "",
    *,
    which: Annotated[WhichCases, Takes()],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say which cases these are")] = False,
    context: Signing,
) -> None:
    """A legal hold: keep these cases, open or over, for a matter, whatever their day. It stands in their histories."""
    from reviewflow.service.commands import legal_holds

    choice = which.choice()
    with context.workspace() as workspace:
        chosen = legal_holds.chosen(workspace, choice)
        if dry_run:
            typer.echo(f"Would be kept: {listing(chosen, none='no case')}. Nothing was changed.")
            return
        why = legal_holds.Matter(matter, reason, requested_by)
        placed = legal_holds.place(workspace, chosen, why, by=context.who, now=context.moment)
    before = len(chosen) - len(placed)
    already = f" {before} {'was' if before == 1 else 'were'} kept for it already." if before else ""
    typer.echo(f"Kept until the hold for {matter} is lifted: {listing(placed, none='no other case')}.{already}")


@app.command("lift")
@with_options
def lift(
    matter: MatterName = "",
    reason: Reason = "",
    *,
    which: Annotated[WhichCases, Takes("cases", "every")],
    second: SecondPost = None,
    context: Signing,
) -> None:
    """Lift the legal hold of a matter: the cases are kept as their processes say. It needs a second person."""
    from reviewflow.service.commands import legal_holds
    from reviewflow.service.second_person.acts import Act, ActKind

    choice = which.choice()
    with context.workspace() as workspace:
        chosen = legal_holds.chosen(workspace, choice)
    say(second_or_alone(context, Act(ActKind.LIFT, tuple(chosen), matter, reason), second, by=context.who))


@app.command("keep")
@with_options
def keep(
    reference: Reference,
    until: Annotated[int, typer.Option("--until", help="To the end of which year: 2051")],
    reason: Reason,
    *,
    context: Signing,
) -> None:
    """Keep a case longer than its process says, to the end of a year: where a schedule counts from a birthday."""
    from reviewflow.case.model.commands import KeepUntil
    from reviewflow.service.commands.carry_out import carry_out

    with context.workspace() as workspace:
        carry_out(workspace, reference, KeepUntil(until, reason), by=context.who, now=context.moment)
    typer.echo(f"{reference} is kept at least until the end of {until}.")


@app.command("destroy")
@with_options
def destroy(
    reference: Reference,
    reason: Reason,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Write the certificate here, such as certificate.md")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", envvar="REVIEWFLOW_BY", help="Who destroys it: name and post")
    ] = None,
    *,
    second: SecondPost = None,
    context: Writing,
) -> None:
    """Destroy a case whose day is past, which leaves a certificate. It cannot be undone, and needs a second person."""
    from reviewflow.case.rules.answers.screening import read_who
    from reviewflow.service.records.disposal import UNTOUCHED
    from reviewflow.service.second_person.acts import Act, ActKind
    from reviewflow.service.workspace.errors import UserError

    if not by:
        raise UserError(f"Who destroys it? Give a name and post: --by NAME. {UNTOUCHED}")
    by = read_who(by)
    with _room_for(output) as room:
        certificate = second_or_alone(context, Act(ActKind.DESTROY, (reference,), reason=reason), second, by=by)
        if room is None or not certificate:
            say(certificate)
            return
        room.write(certificate)
    typer.echo(f"{reference} is destroyed. The certificate is {output}.")


@contextmanager
def _room_for(path: Path | None) -> Iterator[TextIO | None]:
    """A new file, opened before anything is destroyed and gone again when nothing was written; None without a path.

    Raises UserError when there is one already, or none can be made.
    """
    from reviewflow.service.records.disposal import UNTOUCHED
    from reviewflow.service.workspace.errors import UserError

    if path is None:
        yield None
        return
    try:
        file = path.open("x", encoding="utf-8")
    except FileExistsError as error:
        raise UserError(f"{path} is there already. Name another file for the certificate. {UNTOUCHED}") from error
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}. {UNTOUCHED}") from error
    try:
        with file:
            yield file
    finally:
        if path.stat().st_size == 0:
            path.unlink()


@app.command("destroyed")
@with_options
def destroyed(
    *,
    context: Listing,
) -> None:
    """Every case that was destroyed: when, by whom, why."""
    from reviewflow.cli.tables.records import destroyed_table
    from reviewflow.service.records.disposal import certificates

    with context.workspace() as workspace:
        issued = certificates(workspace)
    if context.as_json:
        show_json([{**asdict(certificate), "seal": certificate.seal} for certificate in issued])
    else:
        destroyed_table(issued)


@app.command("certificate")
@with_options
def certificate(
    reference: Reference,
    *,
    context: Opening,
) -> None:
    """Print the certificate of a case that was destroyed, once more."""
    from reviewflow.service.records.disposal import certificate_words, issued

    with context.workspace() as workspace:
        typer.echo(certificate_words(issued(workspace, reference)), nl=False)
