"""The sentences of events about other cases: linked, joined, and taken away again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from reviewflow.case.handlers.links import KINDS, effect_words, linked_from_words, other_named
from reviewflow.case.model import events
from reviewflow.case.model.state import CaseStatus
from reviewflow.service.wording.history.names import Names, inline, review_words
from reviewflow.text import day_words, listing

OVER_WORDS = {
    CaseStatus.CLOSED: "closed",
    CaseStatus.ENDED: "over before all was done",
    CaseStatus.WITHDRAWN: "withdrawn",
}


def link_sentence(event: events.LinkEvent, names: Names) -> str:
    """An event about a case that runs beside this one."""
    match event:
        case events.CaseLinked():
            return _linked(event)
        case events.LinkReviewDue(reference, _, message, to):
            return f"{reference}: is to be looked at again; {names.message(message)} goes to {names.people(to)}."
        case events.CaseJoined(reference, dates, outside=outside):
            days = "; ".join(f"{name} {day_words(day)}" for name, day in dates.items())
            other = other_named(reference, outside=outside)
            return f"Joined: the clocks of {other} are met here too ({days})."
        case events.CaseUnlinked(reference, _, reason):
            return f"No longer linked: {reference}. Reason: {inline(reason)}."
        case events.LinkedFrom(reference, kind):
            return f"{linked_from_words(reference, kind)}."
        case events.UnlinkedFrom(reference):
            return f"{reference} is no longer linked with this case."
        case events.OtherCaseOver(reference, status):
            return f"{reference} is {OVER_WORDS[CaseStatus(status)]}, and this case ends with it."
        case events.TreatedTogether(reference):
            return f"Treated together with {reference} from now on; this case leads."
        case events.TreatedAlone(reference):
            return f"No longer treated together with {reference}."
        case events.SettledElsewhere(settled=settled):
            return _settled(settled, names)
        case events.LedBy() | events.LeadOver() | events.TakenFrom() | events.ReopenedWith():
            return _together(event, names)
        case _:
            assert_never(event)


def _together(event: events.LedBy | events.LeadOver | events.TakenFrom | events.ReopenedWith, names: Names) -> str:
    """What another case does for this one too."""
    match event:
        case events.LedBy(reference, steps):
            done = f"Done in {reference} from now on, for this case too: {names.titles(steps)}."
            return done if steps else f"Nothing is left that {reference} does for this case too."
        case events.LeadOver(reference):
            return f"{reference} leads no more: this case goes on alone. What was recorded there stands."
        case events.TakenFrom(item, reference):
            return f"Recorded in {reference}, for this case too: {names.title(item)}."
        case events.ReopenedWith(item, reference):
            return f"Reopened in {reference}, for this case too: {names.title(item)}."


def _settled(settled: Mapping[str, tuple[str, ...]], names: Names) -> str:
    """What is settled in the linked cases, of what this one waits for there."""
    known = [f"in {reference}: {names.titles(steps)}" for reference, steps in settled.items() if steps]
    if known:
        return f"Settled in the cases that are linked with this one, of what it waits for there: {'; '.join(known)}."
    waits = f"It waits for {listing(settled)}" if settled else "It waits for no other case"
    return f"{waits}: nothing of what it waits for is settled there." if settled else f"{waits}."


def _linked(event: events.CaseLinked) -> str:
    other = other_named(event.reference, outside=event.outside)
    link = f"{KINDS.get(event.kind, event.kind)}: {other}; {effect_words(event.effect, event.hold)}"
    return f"{link}. Reason: {inline(event.reason)}.{review_words(event.review)}"
