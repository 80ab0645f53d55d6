"""Legal holds: the file of a case, open or over, is kept for a matter until the hold is lifted.

A matter is an inquest, a claim or an inquiry: the Independent Inquiry into Child Sexual Abuse asked in 2015 that
nothing relevant be destroyed. `service.records.disposal` refuses while any hold stands.
"""

from __future__ import annotations

from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.refusal import Refused
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.input_checks import read_reason, read_words
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing

UNCHANGED = "Nothing was changed."
LONGEST = 100
"""How many years ahead a file may be kept."""


def place_legal_hold(draft: Draft, command: c.PlaceLegalHold) -> None:
    """Raises Refused without a matter or a reason, or when the case is kept for this matter already."""
    matter, reason = read_matter(command.matter), read_reason(command.reason)
    asked = read_words("Who asked for it", command.requested_by)
    if matter in draft.case.kept_for:
        raise Refused([f'{draft.case.reference} is under a legal hold for "{matter}" already.'], UNCHANGED)
    draft.emit(e.LegalHoldPlaced(matter, draft.today, reason, asked))


def lift_legal_hold(draft: Draft, command: c.LiftLegalHold) -> None:
    """Raises Refused when the case is under no legal hold for this matter."""
    kept_for, reason = draft.case.kept_for, read_reason(command.reason)
    matter = read_matter(command.matter)
    if not kept_for:
        raise Refused([f"{draft.case.reference} is under no legal hold."], UNCHANGED)
    if matter not in kept_for:
        wrong = (
            f'{draft.case.reference} is under no legal hold for "{plain_text(matter)}".{suggestion(matter, kept_for)}'
        )
        raise Refused([wrong], f"It is kept for: {listing(kept_for)}.")
    draft.emit(e.LegalHoldLifted(matter, draft.today, reason))


def keep_until(draft: Draft, command: c.KeepUntil) -> None:
    """Keep the file to 31 December of a year, at most 100 years ahead; raises Refused."""
    today = draft.today
    reason = read_reason(command.reason)
    if not today.year <= command.year <= today.year + LONGEST:
        wrong = f"{command.year} is not a year from {today.year} to {today.year + LONGEST}."
        raise Refused([wrong], "Say the year at the end of which the file may go.")
    draft.emit(e.KeptUntil(date(command.year, 12, 31), reason))


def read_matter(text: str) -> str:
    """What a hold is for, in a few words without anybody's name; raises Refused when empty."""
    matter = read_words("What the hold is for", text)
    if not matter:
        raise Refused(["What is the hold for? A legal hold has a matter."], "Such as: --matter inquest")
    return matter
