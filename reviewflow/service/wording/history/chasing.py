"""The sentences of events about chasing: reminders, what was answered to them, and mail that did not arrive.

Two failures of mail are told apart: what "has not gone yet" is tried again by itself, what "did not reach" somebody is
for somebody to put right.
"""

from __future__ import annotations

from typing import assert_never

from reviewflow.case.handlers.correspondence.responses import KINDS
from reviewflow.case.model import events
from reviewflow.service.wording.history.names import Names, inline
from reviewflow.text import day_words, ordinal


def chasing_sentence(event: events.ChasingEvent, names: Names) -> str:
    """An event about reminders, answers to them, or mail."""
    title = names.title(event.item)
    match event:
        case events.NoticeSent(_, message, to, was) if was is not None:
            told = f"{names.message(message)} goes to {names.people(to)}"
            return f"{title}: {told}. It was to be on {day_words(was)}."
        case events.NoticeSent(_, message, to) | events.DecisionDue(_, message, to):
            return f"{title}: {names.message(message)} goes to {names.people(to)}."
        case events.Chased(_, _, passed, message, to):
            missed = f" ({passed} earlier passed over, because nothing could go out in time)" if passed else ""
            return f"{title}: {names.message(message)} goes to {names.people(to)}{missed}."
        case events.OwnerTold(_, _, message, to):
            return f"{title}: {names.message(message)} goes to {names.people(to)}, who is told first that it is owed."
        case events.PassedOver(_, _, message, to, fell):
            passed_over = f"{names.message(message)} of {day_words(fell)} to {names.people(to)}"
            return f"{title}: {passed_over} was passed over and not sent."
        case events.ChasedByHand(_, _, message, to):
            return f"{title}: {names.message(message)} goes to {names.people(to)}, sent by hand."
        case events.Responded(_, kind, day, _, note, until_day):
            until = f", until {day_words(until_day)}" if until_day else ""
            return f"{title}: {KINDS[kind]} on {day_words(day)}{until}{f' ({inline(note)})' if note else ''}."
        case events.Snoozed(_, until, reason):
            return f"{title}: no reminder before {day_words(until)}, because: {inline(reason)}."
        case events.Resumed(_, reason):
            return f"{title}: the reminders go on, because: {inline(reason)}."
        case events.Delayed(_, message, to, why):
            waits = f"{names.message(message)} to {names.person(to)} has not gone yet and is tried again"
            return f"{title}: {waits}. {inline(why)}."
        case events.DeliveryRecovered(_, message, to, tries):
            gone = f"{names.message(message)} to {names.person(to)} has gone after all"
            return f"{title}: {gone}, at the {ordinal(tries)} try."
        case events.Undelivered(_, message, to, why, instead, informed):
            passed_on = f"It goes to {names.person(instead)} instead." if instead else "Nobody else gets it."
            reported = f" {names.person(informed)} is told." if informed else ""
            told = f"{names.message(message)} did not reach {names.person(to)}. {inline(why)}"
            return f"{title}: {told}. {passed_on}{reported}"
        case events.RequestLeft(_, left):
            return f"{title}: the request went out on {day_words(left)}. Only from then on does silence count."
        case events.RequestCameBack():
            return f"{title}: the request did not arrive. No silence counts until another has gone out."
        case events.AskedLate(_, request, _, due, stands=stands):
            how = "goes as it was released" if stands else "is written anew"
            asked = f"{names.title(request)} could not go out before; it {how}"
            return f"{title}: {asked}. Now due {day_words(due)}, as many working days later."
        case _:
            assert_never(event)
