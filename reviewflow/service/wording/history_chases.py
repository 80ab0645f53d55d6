"""What a history says of chases and of the answers to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from reviewflow.case.handlers.responses import KINDS
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Item, Status
from reviewflow.text import day_words, listing

Chasing = e.Chased | e.PassedOver | e.ChasedByHand | e.Responded | e.Snoozed | e.Resumed | e.ReceivedInTime


def chasing_words(event: Chasing, title: str, person: Callable[[str], str]) -> str:
    match event:
        case e.Chased(_, _, passed, message, to):
            missed = f" ({passed} earlier passed over, because nothing could go out in time)" if passed else ""
            return f"{title}: {message} goes to {_people(to, person)}{missed}."
        case e.PassedOver(_, _, message, to, fell):
            return f"{title}: {message} of {day_words(fell)} to {_people(to, person)} was passed over and not sent."
        case e.ChasedByHand(_, _, message, to):
            return f"{title}: {message} goes to {_people(to, person)}, sent by hand."
        case e.Responded(_, kind, day, _, note, wanted):
            until = f", until {day_words(wanted)}" if wanted else ""
            said = f" ({note.rstrip('. ')})" if note else ""
            return f"{title}: {KINDS[kind]} on {day_words(day)}{until}{said}."
        case e.Snoozed(_, until, reason):
            return f"{title}: no reminder before {day_words(until)}, because: {reason.rstrip('. ')}."
        case e.Resumed(_, reason):
            return f"{title}: the reminders go on, because: {reason.rstrip('. ')}."
        case e.ReceivedInTime(_, done, messages):
            gone = f"{messages} message{'s' if messages > 1 else ''} had gone out since"
            return (
                f"{title}: came in time, on {day_words(done)}, and was recorded later. {gone}; what waits is withdrawn."
            )


def is_undecided(held: Item) -> bool:
    """Whether the office still has to decide about an answer."""
    return held.status is Status.OPEN and bool(held.deciding)


def answered_words(held: Item, today: date) -> str:
    """'Acknowledged 5 May', with what keeps it from being chased."""
    last = max(held.heard, key=lambda kind: held.heard[kind], default="")
    said = f"{KINDS[last].capitalize()} {_short(held.heard[last])}" if last else ""
    asleep = f"no reminder before {_short(held.snoozed)}" if held.snoozed and held.snoozed > today else ""
    decide = "to be decided" if held.deciding else ""
    return ", ".join(filter(None, (said, decide, asleep)))


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"


def _people(to: Sequence[str], person: Callable[[str], str]) -> str:
    return listing(filter(None, map(person, to)), none="nobody by name")
