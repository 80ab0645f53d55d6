"""Letters: those that would go, and those in the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from rich.text import Text

from reviewflow.cli.tables.long import print_table
from reviewflow.cli.tables.plain import page, table
from reviewflow.service.delivery.outbox import MessageState, OutboxMessage
from reviewflow.text import moment_words

if TYPE_CHECKING:
    from reviewflow.service.contacts.letters import WaitingLetter
    from reviewflow.service.sweep.letter_preview import PlannedLetter

ANYBODY = "whoever is named"
LOTS = {
    MessageState.TO_RELEASE: "Letters to contacts of cases that wait to be released by somebody",
    MessageState.REFUSED: "Refused or sent back for good: the next in the chain has it, business support was told",
    MessageState.WAITS: "Waits",
    MessageState.SENT: "Sent",
    MessageState.WITHDRAWN: "Withdrawn",
}


def foretold_table(letters: Sequence[tuple[PlannedLetter, bool]]) -> None:
    """Who would get which letter when, and what it tells of, if nobody answers until then."""
    if not letters:
        page().print("Nobody would get a letter.")
        return
    some_leave = any(leaves for _, leaves in letters)
    rows = [_foretold_row(letter, to_folder=some_leave and not leaves) for letter, leaves in letters]
    print_table(("When", "To", "Letter", "What it tells of"), rows)


def _foretold_row(letter: PlannedLetter, *, to_folder: bool) -> tuple[str, ...]:
    when = f"{moment_words(letter.when)}{' at once' if letter.urgent else ''}{' (to the folder)' if to_folder else ''}"
    whom = "; ".join(dict.fromkeys(part.whom for part in letter.tells))
    about = dict.fromkeys(
        f"{part.reference} {part.title}: {part.message}" if part.reference else part.message for part in letter.tells
    )
    return when, f"{whom} <{letter.address}>", letter.subject, "\n".join(about)


def foretold_letters(letters: Sequence[tuple[PlannedLetter, bool]]) -> None:
    """The same letters, word for word."""
    console = page()
    for letter, leaves in letters:
        kept = "" if leaves else " (written to the folder and not sent)"
        head = f"{'=' * 72}\n{moment_words(letter.when)}{kept}\nTo: {letter.address}\nSubject: {letter.subject}\n"
        console.print(f"{head}\n{letter.text}", markup=False, highlight=False, soft_wrap=True)
    if not letters:
        console.print("Nobody would get a letter.")


def outbox_page(messages: Sequence[OutboxMessage]) -> None:
    """What needs somebody first, then what waits, then what has gone."""
    console = page()
    if not messages:
        console.print("There are no messages.")
    for lot, title in LOTS.items():
        of_this_lot = [message for message in messages if message.lot is lot]
        if of_this_lot:
            rows = table("Number", "To", "Subject", "")
            for message in of_this_lot:
                rows.add_row(message.number, message.to, Text(message.subject), message.words)
            console.print(Text(f"{title} ({len(of_this_lot)})", style="bold"))
            console.print(rows)
            console.print()


def waiting_table(letters: Sequence[WaitingLetter]) -> None:
    """The letters to contacts that somebody is to release, with how."""
    console = page()
    if not letters:
        console.print("No letter waits to be released.")
        return
    rows = table("Number", "To", "About", "Since", "Released by")
    for letter in letters:
        since = moment_words(datetime.fromisoformat(letter.since))
        rows.add_row(letter.number, letter.to, letter.about, since, letter.released_by or ANYBODY)
    console.print(rows)
    console.print("Read one: reviewflow letters show NUMBER. Release it: reviewflow letters release NUMBER --by NAME")
    if any(letter.released_by for letter in letters):
        console.print("Where a post releases it, add --by-role POST.")
