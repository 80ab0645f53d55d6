"""Commands about what is kept, handed over, erased and destroyed: disclose, erase, retention."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.cases.cases import Database, Folder, Reason, Reference, office
from reviewflow.cli.console import By, Json, Now, moment, pairs, show_json, the_day, who
from reviewflow.cli.office.registers import LIST, ListsByItself
from reviewflow.text import listing

if TYPE_CHECKING:
    from reviewflow.service.commands.legal_holds import Choice

Cases = Annotated[list[str] | None, typer.Argument(help="The cases, such as RR-2026-001")]
MatterName = Annotated[str, typer.Option("--matter", help="For what, without a name: inquest, inquiry, claim")]
ProcessNames = Annotated[list[str] | None, typer.Option("--process", help="Every case of this process")]
AgencyName = Annotated[str | None, typer.Option("--agency", help="Every case in which this agency takes part")]
Since = Annotated[str | None, typer.Option("--opened-since", help="Every case opened on this day or later")]
Until = Annotated[str | None, typer.Option("--opened-until", help="Every case opened on this day or before")]
AnswersGiven = Annotated[
    list[str] | None, typer.Option("--answer", help="Every case in which this was answered: kind_of_harm=sexual_abuse")
]
Every = Annotated[bool, typer.Option("--all", help="Every case there is")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only say which cases these are")]

app = typer.Typer(cls=ListsByItself, help="How long cases are kept: list them, hold them, destroy them.")


def disclose(
    reference: Reference,
    output: Annotated[Path, typer.Option("-o", "--output", help="A new folder: disclosure/RR-2026-001")],
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Write all of a case into a folder: pages to read, with history, messages, papers and definition, and proof."""
    from reviewflow.service.records.disclosure.writing import disclose as write

    with office(database, folder) as here:
        written = write(here, reference, output, by=who(by), now=moment(now))
    typer.echo(
        f"Wrote {len(written)} files into {output}: open {output / 'index.html'}. Read it before it leaves the office."
    )


def erase(
    name: Annotated[str, typer.Argument(help="The name, written as the history shows it; or an e-mail address")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Erase a name, or a mailbox that was written to; what was recorded and sent stays, and is still proven."""
    from reviewflow.service.records.erasure import erase as take_out
    from reviewflow.service.records.erasure import erased_words

    with office(database, folder) as here:
        traces = take_out(here, name, reason, by=who(by), now=moment(now))
        words = erased_words(here, name, traces)
    typer.echo(words)


@app.command(LIST)
def retention(now: Now = None, as_json: Json = False, database: Database = None, folder: Folder = None) -> None:
    """Every case with its class, how long it is kept, and the day after which it may be destroyed."""
    from reviewflow.cli.tables.records import retention_table
    from reviewflow.service.records.retention import kept

    with office(database, folder) as here:
        found = kept(here)
    show_json([asdict(each) for each in found]) if as_json else retention_table(found, moment(now))


@app.command("hold")
def hold(
    cases: Cases = None,
    matter: MatterName = "",
    reason: Reason = "",
    requested_by: Annotated[str, typer.Option("--requested-by", help="Which office asked for it, not who")] = "",
    process: ProcessNames = None,
    agency: AgencyName = None,
    opened_since: Since = None,
    opened_until: Until = None,
    answer: AnswersGiven = None,
    every: Every = False,
    dry_run: DryRun = False,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """A legal hold: keep these cases, open or over, for a matter, whatever their day. It stands in their histories."""
    from reviewflow.service.commands import legal_holds

    choice = _choice(cases, process, agency, opened_since, opened_until, answer, every=every)
    with office(database, folder) as here:
        meant = legal_holds.chosen(here, choice)
        if dry_run:
            typer.echo(f"Would be kept: {listing(meant, none='no case')}. Nothing was changed.")
            return
        wanted = legal_holds.Matter(matter, reason, requested_by)
        placed = legal_holds.place(here, meant, wanted, by=who(by), now=moment(now))
    before = len(meant) - len(placed)
    already = f" {before} {'was' if before == 1 else 'were'} kept for it already." if before else ""
    typer.echo(f"Kept until the hold for {matter} is lifted: {listing(placed, none='no other case')}.{already}")


@app.command("lift")
def lift(
    cases: Cases = None,
    matter: MatterName = "",
    reason: Reason = "",
    every: Every = False,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Lift the legal hold of a matter: the cases are kept as their processes say."""
    from reviewflow.service.commands import legal_holds
    from reviewflow.service.workspace.errors import UserError

    choice = _choice(cases, None, None, None, None, None, every=every)
    with office(database, folder) as here:
        meant = legal_holds.chosen(here, choice)
        wanted = legal_holds.Matter(matter, reason)
        lifted = legal_holds.lift(here, meant, wanted, by=who(by), now=moment(now))
        held = legal_holds.matters(here, meant)
    if not lifted:
        raise UserError(
            f'None of these cases is kept for "{matter}". They are kept for: {listing(held, none="nothing")}.'
        )
    typer.echo(f"No longer kept for {matter}: {listing(lifted)}.")


def _choice(
    cases: list[str] | None,
    processes: list[str] | None,
    agency: str | None,
    since: str | None,
    until: str | None,
    answers: list[str] | None,
    *,
    every: bool,
) -> Choice:
    from reviewflow.service.commands.legal_holds import Choice
    from reviewflow.service.workspace.errors import UserError

    if not every and not any((cases, processes, agency, since, until, answers)):
        raise UserError("Which cases? Name them, or choose by --process, --agency, --answer, ..., or say --all.")
    return Choice(
        cases=tuple(cases or ()),
        processes=tuple(processes or ()),
        agency=agency,
        since=the_day(since) if since else None,
        until=the_day(until) if until else None,
        answers=pairs(answers or [], example="kind_of_harm=sexual_abuse"),
    )


@app.command("keep")
def keep(
    reference: Reference,
    until: Annotated[int, typer.Option("--until", help="To the end of which year: 2051")],
    reason: Reason,
    by: By = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Keep a case longer than its process says, to the end of a year: where a schedule counts from a birthday."""
    from reviewflow.case.model.commands import KeepUntil
    from reviewflow.service.commands.carry_out import carry_out

    with office(database, folder) as here:
        carry_out(here, reference, KeepUntil(until, reason), by=who(by), now=moment(now))
    typer.echo(f"{reference} is kept at least until the end of {until}.")


@app.command("destroy")
def destroy(
    reference: Reference,
    reason: Reason,
    output: Annotated[Path, typer.Option("-o", "--output", help="The certificate: certificate.md")],
    by: Annotated[
        str | None, typer.Option("--by", envvar="REVIEWFLOW_BY", help="Who destroys it: name and post")
    ] = None,
    now: Now = None,
    database: Database = None,
    folder: Folder = None,
) -> None:
    """Destroy a case whose day is past, and write the certificate. It cannot be undone."""
    from reviewflow.service.records.disposal import UNTOUCHED, certificate_words
    from reviewflow.service.records.disposal import destroy as take_out
    from reviewflow.service.workspace.errors import UserError

    if not by:
        raise UserError(f"Who destroys it? Give a name and post: --by NAME. {UNTOUCHED}")
    if output.exists():
        raise UserError(f"{output} is there already. Name another file for the certificate. {UNTOUCHED}")
    with office(database, folder) as here:
        words = certificate_words(take_out(here, reference, reason, by=by, now=moment(now)))
    output.write_text(words, encoding="utf-8")
    typer.echo(f"{reference} is destroyed. The certificate is {output}.")


@app.command("destroyed")
def destroyed(as_json: Json = False, database: Database = None, folder: Folder = None) -> None:
    """Every case that was destroyed: when, by whom, why."""
    from reviewflow.cli.tables.records import destroyed_table
    from reviewflow.service.records.disposal import certificates

    with office(database, folder) as here:
        found = certificates(here)
    if as_json:
        show_json([{**asdict(each), "seal": each.seal} for each in found])
    else:
        destroyed_table(found)


@app.command("certificate")
def certificate(reference: Reference, database: Database = None, folder: Folder = None) -> None:
    """Print the certificate of a case that was destroyed, once more."""
    from reviewflow.service.records.disposal import certificate_words, issued

    with office(database, folder) as here:
        typer.echo(certificate_words(issued(here, reference)), nl=False)
