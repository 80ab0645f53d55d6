"""What a case is after one more event, and after a whole history."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import assert_never

from reviewflow.case.apply.chasing import chased
from reviewflow.case.apply.days import by_rule_again, clocks, corrected, date_set, extended, shifted
from reviewflow.case.apply.items import (
    NEW,
    answered,
    finished,
    opened_items,
    silent,
    skipped,
    with_items,
    with_owner,
)
from reviewflow.case.apply.lines import with_line
from reviewflow.case.apply.links import beside_others, case_started
from reviewflow.case.apply.members import members_changed
from reviewflow.case.apply.reopening import agency_joined, sent_back, step_opened
from reviewflow.case.apply.rounds import in_rounds
from reviewflow.case.apply.whole import delegated, merged, migrated, of_contacts, of_holds, of_keeping, of_the_whole
from reviewflow.case.model import events as e
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import Case, CaseStatus, Outlook, Status


def fold(reference: str, events: Iterable[e.Event]) -> Case:
    """The case that a whole history makes, event by event; raises TypeError when its first event is not `Opened`."""
    first, *others = events
    if not isinstance(first, e.Opened):
        raise TypeError(f"The history of {reference} does not begin with its opening but with {type(first).__name__}.")
    return reduce(apply, others, opened(reference, first))


def opened(reference: str, event: e.Opened) -> Case:
    """The case as its opening event makes it, with no items yet."""
    return Case(
        reference=reference,
        process=event.process,
        version=event.version,
        definition=event.definition,
        status=CaseStatus.OPEN,
        opened=event.opened,
        dates=event.dates,
        agencies=event.agencies,
        origin=event.origin,
        times=event.times,
        rules=event.rules or 1,
        calendar=event.calendar,
    )


def apply(case: Case, event: e.Event) -> Case:
    """The case after this event."""
    match event:
        case e.Opened():
            return opened(case.reference, event)
        case e.ItemsOpened():
            return with_items(case, opened_items(case, event))
        case e.OwnerMoved() | e.AskedNext():
            return with_items(case, {event.item: with_owner(case.items[event.item], event)})
        case e.ItemsPending(items):
            return with_items(case, {item: replace(case.items[item], status=Status.PENDING) for item in items})
        case e.NotNeeded(items) | e.TakeNoPart(items):
            return with_items(case, {item: finished(case.items.get(item), Status.NOT_NEEDED) for item in items})
        case e.EntriesRemoved(items):
            return with_items(case, {item: finished(case.items.get(item), Status.WITHDRAWN) for item in items})
        case e.LineAdded() | e.LineChanged() | e.LineWithdrawn():
            return with_items(case, {event.item: with_line(case.items[event.item], event)})
        case e.Completed() | e.Dissented() | e.AnsweredLate():
            return with_items(case, {event.item: answered(case.items.get(event.item, NEW), event)})
        case e.AgreedBySilence() | e.CountedBySilence():
            return with_items(case, {event.item: silent(case.items[event.item], event)})
        case e.Skipped(item, reason, day, printed):
            return with_items(case, {item: skipped(case.items.get(item), day, reason if printed else "")})
        case e.RoundOpened() | e.OwedAfterRound() | e.RoundsEnded() | e.RoundsStopped() | e.RoundsDropped():
            return with_items(case, in_rounds(case, event))
        case e.StepOpened():
            return step_opened(case, event)
        case e.LimitMet(item, day, at):
            return with_items(case, {item: replace(finished(case.items.get(item), Status.DONE, day), at=at)})
        case e.LateForeseen(item):
            return with_items(case, {item: replace(case.items[item], outlook=Outlook.LATE)})
        case e.ForecastTurned(item, now=now, seen=seen):
            return with_items(case, {item: replace(case.items[item], foreseen=now, foreseen_since=seen)})
        case e.BackOnCourse(item):
            return with_items(case, {item: replace(case.items[item], outlook=Outlook.WELL)})
        case e.LimitBreached(item):
            return with_items(case, {item: replace(case.items[item], outlook=Outlook.BREACHED)})
        case e.BreachExplained(item, reason):
            return with_items(case, {item: replace(case.items[item], breach=reason)})
        case e.SentBack():
            return sent_back(case, event)
        case (
            e.NoticeSent()
            | e.TooLateWarned()
            | e.Undelivered()
            | e.Delayed()
            | e.DeliveryRecovered()
            | e.PassedOver()
            | e.ReceivedInTime()
            | e.SilenceUndone()
            | e.DoneBeforeItsTurn()
            | e.LetterPrepared()
            | e.NothingCame()
            | e.TextVouched()
            | e.SignedIn()
        ):
            return case
        case e.DueMoved(items, by=by):
            moved = {item: replace(case.items[item], due=due, by=by.get(item), rungs=0) for item, due in items.items()}
            return with_items(case, moved)
        case e.ClockStopped() | e.ClockWentOn():
            return with_items(case, dict(clocks(case, event)))
        case e.DateCorrected():
            return corrected(case, event)
        case e.CalendarCorrected(now=calendar):
            return replace(case, calendar=calendar)
        case e.DateSet():
            return date_set(case, event)
        case e.Delegated() | e.DelegationPlanned() | e.DelegationEnded():
            return delegated(case, event)
        case (
            e.CaseLinked()
            | e.LinkReviewDue()
            | e.CaseJoined()
            | e.CaseUnlinked()
            | e.LinkedFrom()
            | e.UnlinkedFrom()
            | e.OtherCaseOver()
            | e.LedBy()
            | e.TakenFrom()
            | e.ReopenedWith()
            | e.LeadOver()
            | e.TreatedTogether()
            | e.TreatedAlone()
            | e.SettledElsewhere()
        ):
            return beside_others(case, event)
        case e.Extended():
            return with_items(case, {event.item: extended(case.items[event.item], event)})
        case e.DueDatesShifted():
            return with_items(case, dict(shifted(case, event)))
        case e.FollowsNewDay(items):
            return with_items(case, {item: by_rule_again(case.items[item]) for item in items})
        case e.HoldPlaced() | e.HoldReviewed() | e.HoldReviewDue() | e.HoldReleased():
            return of_holds(case, event)
        case e.LegalHoldPlaced() | e.LegalHoldLifted() | e.KeptUntil():
            return of_keeping(case, event)
        case e.ContactGiven() | e.ContactErased() | e.LetterReleased() | e.LetterRefused() | e.NextContactAsked():
            return of_contacts(case, event)
        case e.AgencyJoined():
            return agency_joined(case, event)
        case e.AgencyLeft(agency, _, items):
            left = replace(case, agencies=tuple(other for other in case.agencies if other != agency))
            return with_items(left, {item: finished(case.items.get(item), Status.WITHDRAWN) for item in items})
        case e.AgenciesMerged() | e.MembersChanged():
            return members_changed(case, event) if isinstance(event, e.MembersChanged) else merged(case, event)
        case e.MessageSent() | e.DocumentAsked() | e.RunAsked() | e.LayBefore():
            return with_items(case, {event.item: finished(case.items.get(event.item), Status.DONE, event.done)})
        case (
            e.RequestLeft()
            | e.RequestCameBack()
            | e.AskedLate()
            | e.Chased()
            | e.OwnerTold()
            | e.ChasedByHand()
            | e.Responded()
            | e.Snoozed()
            | e.Resumed()
            | e.DecisionDue()
        ):
            return with_items(case, {event.item: chased(case.items[event.item], event)})
        case e.CaseStarted():
            return case_started(case, event)
        case e.Migrated():
            return migrated(case, event)
        case e.BroughtIn() | e.CaseWithdrawn() | e.CaseEnding() | e.CaseEnded() | e.CaseClosed() | e.RulesAdopted():
            return of_the_whole(case, event)
        case _:
            assert_never(event)
