"""settle: after a restore, which letters had gone before the machine was lost."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from reviewflow.cli.console import show_json
from reviewflow.cli.context import Acting
from reviewflow.text import counted

if TYPE_CHECKING:
    from reviewflow.service.delivery.restored.mail_log import Evidence
    from reviewflow.service.delivery.restored.settling import Settling

OFFICE_SAYS = "the office says so"
SENT_AND_NOT = "A letter was sent or it was not: say --all-sent or --all-not-sent. Nothing was changed."
Letters = list[str] | None


def settle(
    log: Annotated[
        Path | None,
        typer.Option("--log", help="The mail server's log, or its receipts, as text: what stands in it went"),
    ] = None,
    sent: Annotated[Letters, typer.Option("--sent", help="This letter had gone: it never goes again")] = None,
    not_sent: Annotated[Letters, typer.Option("--not-sent", help="This letter had not gone: it goes now")] = None,
    *,
    all_sent: Annotated[bool, typer.Option("--all-sent", help="The rest had gone")] = False,
    all_not_sent: Annotated[bool, typer.Option("--all-not-sent", help="The rest had not gone")] = False,
    context: Acting,
) -> None:
    """After a restore: which letters may have gone before the machine was lost; say which had, and the others go.

    Until each is answered nothing goes out. Who answered stands in the office's log.
    """
    from reviewflow.cli.tables.settling import settling_page
    from reviewflow.service.delivery.restored.settling import Settling
    from reviewflow.service.workspace.errors import UserError

    if all_sent and all_not_sent:
        raise UserError(SENT_AND_NOT)
    with context.workspace() as workspace:
        settling = Settling(workspace, context.who, context.moment)
        restoration, told = settling.restoration, _read(settling, log) if log else {}
        for numbers, was_sent in ((sent, True), (not_sent, False)):
            settling.answer(numbers or (), OFFICE_SAYS, was_sent=was_sent)
        if all_sent or all_not_sent:
            settling.answer_the_rest(OFFICE_SAYS, was_sent=all_sent)
        letters, is_over = settling.letters(), settling.close()
    if context.as_json:
        shown = [{**asdict(letter), "evidence": told.get(letter.number)} for letter in letters]
        show_json({"settled": is_over, "restored": asdict(restoration), "letters": shown})
        return
    settling_page(restoration, letters, told, is_over=is_over)


def _read(settling: Settling, log: Path) -> dict[str, Evidence]:
    """Keep what a log proves; what it tells of the other letters."""
    from reviewflow.service.delivery.restored.mail_log import evidence

    with log.open(encoding="utf-8", errors="replace") as lines:
        told = evidence(lines, settling.open_letters(), settling.restoration)
    proven = {number: proof for number, proof in told.items() if proof.is_proof}
    for number, proof in proven.items():
        settling.answer([number], f"{log.name}, {proof.words}", was_sent=True)
    likely = len(told) - len(proven)
    typer.echo(f"{log.name}: {counted(len(proven), 'letter')} of these had gone; of {likely} it is only likely.")
    return {number: words for number, words in told.items() if number not in proven}
