"""What was answered to a reminder, in few words for a list of what is owed."""

from __future__ import annotations

from datetime import date

from reviewflow.case.handlers.correspondence.responses import KINDS
from reviewflow.case.model.state import Item, Status
from reviewflow.language.structure.silence import AGREED


def is_undecided(state: Item) -> bool:
    """Whether the office still has to decide about what was answered."""
    return state.status is Status.OPEN and bool(state.to_decide)


def response_words(state: Item, today: date) -> str:
    """'Acknowledged 5 May, to be decided': the latest answer, and what keeps the item from being chased."""
    latest = max(state.responses, key=lambda kind: state.responses[kind], default="")
    answered = f"{KINDS[latest].capitalize()} {_short(state.responses[latest])}" if latest else ""
    snoozed = (
        f"no reminder before {_short(state.snoozed_until)}"
        if state.snoozed_until and state.snoozed_until > today
        else ""
    )
    decide = "to be decided" if state.to_decide else ""
    return ", ".join(filter(None, (answered, decide, snoozed)))


def silence_words(state: Item) -> str:
    """'counted as declined', of what silence closed with another meaning than agreed; '' of everything else."""
    counted_as = state.counted_as if state.status is Status.DONE else ""
    return f"counted as {counted_as}" if counted_as not in {"", AGREED} else ""


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
