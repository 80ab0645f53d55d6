"""A case that ran elsewhere and was brought in: nobody is told of what lay before, and owners have from that day on.

The project's own rule: a letter about the past tells people what they know, or chases for what was settled long ago.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reviewflow.case.model import events as e
from reviewflow.case.model.state import Case, Item


def lies_before(case: Case, day: date) -> bool:
    """Whether a day lies before the one on which the case was brought in."""
    return case.brought_in is not None and day < case.brought_in


def untold(event: e.Event, day: date) -> e.Event | None:
    """What stands in the history in place of an event by which somebody would be told; None for nothing.

    Papers are made all the same: they hold what the case knows on the day on which they are made.
    """
    match event:
        case e.MessageSent(item, done=done) | e.RunAsked(item, done=done):
            return e.LayBefore(item, done)
        case e.LetterPrepared(item):
            return e.LayBefore(item, day)
        case e.NoticeSent() | e.LateForeseen() | e.BackOnCourse() | e.HoldReviewDue() | e.LinkReviewDue():
            return None
        case e.NothingCame():
            return replace(event, message="", to=())
        case _:
            return event


def as_theirs(case: Case, state: Item) -> Item:
    """An item as its messages count: what was owed when the case was brought in is its owner's from that day on."""
    day = case.brought_in
    if day is None or state.opened is None or state.opened >= day:
        return state
    return replace(state, opened=day)
