"""The letters that are to be settled after a restore."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from reviewflow.cli.tables.plain import page, table
from reviewflow.london import read_stamp
from reviewflow.text import moment_words

if TYPE_CHECKING:
    from reviewflow.service.delivery.restoration import Restoration
    from reviewflow.service.delivery.restored.mail_log import Evidence
    from reviewflow.service.delivery.restored.settling import DoubtfulLetter

ALL_SETTLED = "All is settled: letters go again, with the next sweep."
NOT_SWEPT = (
    "No sweep has run since, so what fell due meanwhile is not written yet: reviewflow sweep, or wait a quarter of an "
    "hour where reviewflow serve runs. Then look here again."
)
HOW = (
    "What stands in the mail server's log: reviewflow settle --log FILE. One by one: --sent LETTER had gone, "
    "--not-sent LETTER had not. The rest: --all-sent or --all-not-sent."
)


def settling_page(
    restoration: Restoration, letters: Sequence[DoubtfulLetter], told: Mapping[str, Evidence], *, is_over: bool
) -> None:
    """What waits, with what is known of each, and what to do next."""
    from reviewflow.service.delivery.restored.settling import Origin

    console = page()
    if is_over:
        console.print(ALL_SETTLED)
        return
    backup, restored = (moment_words(read_stamp(at)) for at in (restoration.backup, restoration.restored))
    console.print(f"Restored {restored} from a backup of {backup}. No letter goes until each of these is answered:")
    asked = [letter for letter in letters if letter.origin is not Origin.LATER]
    rows = table("Letter", "Mailbox", "Subject", "Written", "May have gone, because", "Had it gone?")
    for letter in asked:
        why = f"{letter.origin}{f'; likely: {told[letter.number].words}' if letter.number in told else ''}"
        answer = {None: "not answered", False: "no, it goes", True: "yes"}[letter.answer]
        about = (letter.number, letter.address or "none", Text(letter.subject))
        rows.add_row(*about, moment_words(read_stamp(letter.written)), why, answer)
    console.print(rows if asked else "None waits.")
    later = [letter for letter in letters if letter.origin is Origin.LATER]
    if later:
        numbers = ", ".join(letter.number for letter in later)
        console.print(
            f"Written since, and gone when all is answered: {numbers}. Where one of them is about what was entered "
            "again after the restore, and had gone before, say so: --sent LETTER."
        )
    console.print(NOT_SWEPT if restoration.swept is None else HOW)
