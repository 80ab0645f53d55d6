"""What a case is after one more event: pure, and defined for every event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from functools import reduce
from typing import TypeVar, assert_never

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import agency_recipient, item_id, key_of, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import (
    FINISHED,
    WAS_DONE,
    Answers,
    Case,
    CaseStatus,
    Delegation,
    Item,
    KnownContact,
    Linked,
    Manner,
    Outlook,
    Placed,
    Status,
    answer_words,
    is_open,
)

_Entry = TypeVar("_Entry")


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
            return _with(case, _opened_items(case, event))
        case e.OwnerMoved() | e.AskedNext():
            return _with(case, {event.item: _with_owner(case.items[event.item], event)})
        case e.ItemsPending(items):
            return _with(case, {item: replace(case.items[item], status=Status.PENDING) for item in items})
        case e.NotNeeded(items):
            return _with(case, {item: _finished(case.items.get(item), Status.NOT_NEEDED) for item in items})
        case e.EntriesRemoved(items):
            return _with(case, {item: _finished(case.items.get(item), Status.WITHDRAWN) for item in items})
        case e.Completed() | e.Dissented() | e.AnsweredLate():
            return _with(case, {event.item: _answered(case.items[event.item], event)})
        case e.AgreedBySilence() | e.CountedBySilence():
            return _with(case, {event.item: _silent(case.items[event.item], event)})
        case e.Skipped(item, _, day):
            return _with(case, {item: _finished(case.items.get(item), Status.SKIPPED, day)})
        case e.RoundOpened() | e.OwedAfterRound() | e.RoundsEnded() | e.RoundsStopped():
            return _with(case, _in_rounds(case, event))
        case e.StepOpened(items, _, due, limits):
            again = {limit: _owed_anew(case.items[limit], None) for limit in limits}
            by_hand = {item: _opened_by_hand(case.items.get(item), due.get(item)) for item in items}
            return _with(case, by_hand | again)
        case e.LimitMet(item, day, at):
            return _with(case, {item: replace(_finished(case.items.get(item), Status.DONE, day), at=at)})
        case e.LateForeseen(item):
            return _with(case, {item: replace(case.items[item], outlook=Outlook.LATE)})
        case e.ForecastTurned(item, now=now, seen=seen):
            return _with(case, {item: replace(case.items[item], foreseen=now, foreseen_since=seen)})
        case e.BackOnCourse(item):
            return _with(case, {item: replace(case.items[item], outlook=Outlook.WELL)})
        case e.LimitBreached(item):
            return _with(case, {item: replace(case.items[item], outlook=Outlook.BREACHED)})
        case e.BreachExplained(item, reason):
            return _with(case, {item: replace(case.items[item], breach=reason)})
        case e.SentBack():
            return _sent_back(case, event)
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
            return _with(case, moved)
        case e.ClockStopped() | e.ClockWentOn():
            return _with(case, dict(_clocks(case, event)))
        case e.DateCorrected():
            return _corrected(case, event)
        case e.CalendarCorrected(now=calendar):
            return replace(case, calendar=calendar)
        case e.DateSet(name, day):
            return replace(case, dates={**case.dates, name: day})
        case e.Delegated() | e.DelegationEnded():
            return replace(case, delegated=_delegated(case, event))
        case e.CaseLinked() | e.CaseJoined() | e.CaseUnlinked() | e.LinkedFrom() | e.UnlinkedFrom():
            return _beside(case, event)
        case e.Extended(item, _, to):
            later = _with_later_day(_resumed(case.items[item]), to)
            return _with(case, {item: replace(later, extended=event.nth or later.extended)})
        case e.DueDatesShifted():
            return _with(case, dict(_shifted(case, event)))
        case e.HoldPlaced() | e.HoldReviewed() | e.HoldReviewDue() | e.HoldReleased():
            return _held(case, event)
        case e.LegalHoldPlaced() | e.LegalHoldLifted() | e.KeptUntil():
            return _retained(case, event)
        case e.ContactGiven() | e.ContactErased() | e.LetterReleased() | e.LetterRefused():
            return _of_contacts(case, event)
        case e.AgencyJoined(agency, due):
            return _with(replace(case, agencies=(*case.agencies, agency)), dict(_owed_again(case, agency, due)))
        case e.AgencyLeft(agency, _, items):
            left = replace(case, agencies=tuple(other for other in case.agencies if other != agency))
            return _with(left, {item: _finished(case.items.get(item), Status.WITHDRAWN) for item in items})
        case e.AgenciesMerged():
            return _merged(case, event)
        case e.MessageSent() | e.DocumentAsked() | e.RunAsked() | e.LayBefore():
            return _with(case, {event.item: _finished(case.items.get(event.item), Status.DONE, event.done)})
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
            return _with(case, {event.item: _chased(case.items[event.item], event)})
        case e.CaseStarted(item, reference, day):
            linked = replace(case, links={**case.links, item: reference})
            return _with(linked, {item: _finished(case.items[item], Status.DONE, day)} if is_open(case, item) else {})
        case e.Migrated():
            return _migrated(case, event)
        case e.BroughtIn() | e.CaseWithdrawn() | e.CaseEnding() | e.CaseEnded() | e.CaseClosed() | e.RulesAdopted():
            return _as_a_whole(case, event)
        case _:
            assert_never(event)


_OfTheWhole = e.BroughtIn | e.CaseWithdrawn | e.CaseEnding | e.CaseEnded | e.CaseClosed | e.RulesAdopted


def _as_a_whole(case: Case, event: _OfTheWhole) -> Case:
    match event:
        case e.BroughtIn(day, was):
            return replace(case, brought_in=day, was=was)
        case e.CaseEnding(ending):
            return replace(case, closing=ending)
        case e.CaseWithdrawn():
            return replace(case, status=CaseStatus.WITHDRAWN)
        case e.CaseEnded(ending, day):
            items = {item: state for item, state in case.items.items() if item != ending}
            return replace(case, status=CaseStatus.ENDED, ending=ending, ended=day, closing="", items=items)
        case e.CaseClosed():
            return replace(case, status=CaseStatus.CLOSED)
        case e.RulesAdopted(rules):
            return replace(case, rules=rules)


def _held(case: Case, event: e.HoldPlaced | e.HoldReviewed | e.HoldReviewDue | e.HoldReleased) -> Case:
    nth = event.nth if isinstance(event, e.HoldPlaced) else None
    placed = {**case.placed, event.hold: nth} if nth else case.placed
    return replace(case, holds=_holds_after(case.holds, event), placed=placed)


def _retained(case: Case, event: e.LegalHoldPlaced | e.LegalHoldLifted | e.KeptUntil) -> Case:
    match event:
        case e.LegalHoldPlaced(matter, day, reason, asked):
            return replace(case, kept_for={**case.kept_for, matter: Placed(day, reason, asked)})
        case e.LegalHoldLifted(matter):
            return replace(case, kept_for={name: state for name, state in case.kept_for.items() if name != matter})
        case e.KeptUntil(day):
            return replace(case, kept_until=day)


def _of_contacts(case: Case, event: e.ContactGiven | e.ContactErased | e.LetterReleased | e.LetterRefused) -> Case:
    match event:
        case e.ContactGiven(contact, day):
            return replace(case, contacts={**case.contacts, contact: KnownContact(day)})
        case e.ContactErased(contact, day):
            known = case.contacts.get(contact, KnownContact(day))
            return replace(case, contacts={**case.contacts, contact: replace(known, erased=day)})
        case e.LetterReleased(item, _, day):
            return _with(case, {item: _finished(case.items[item], Status.DONE, day)})
        case e.LetterRefused(item, _, day):
            return _with(case, {item: _finished(case.items[item], Status.SKIPPED, day)})


_OfRequest = e.RequestLeft | e.RequestCameBack | e.AskedLate
_OfChasing = _OfRequest | e.Chased | e.OwnerTold | e.ChasedByHand | e.Responded | e.Snoozed | e.Resumed | e.DecisionDue


def _chased(item: Item, event: _OfChasing) -> Item:
    match event:
        case e.RequestLeft() | e.RequestCameBack() | e.AskedLate():
            return _asked(item, event)
        case e.Chased(_, rung, on=day):
            return _message_sent(item, rung + 1, day, after_noon=event.after_noon)
        case e.OwnerTold(_, rungs, on=day):
            return replace(_message_sent(item, rungs, day, after_noon=event.after_noon), told_late=day)
        case e.ChasedByHand(_, rungs, on=day):
            return _message_sent(item, rungs, day)
        case e.Responded():
            return _responded(item, event)
        case e.Snoozed(_, until):
            return replace(item, snoozed_until=until)
        case e.Resumed():
            return _resumed(item)
        case e.DecisionDue(again=again):
            return replace(item, remind=again)


def _asked(item: Item, event: _OfRequest) -> Item:
    match event:
        case e.RequestLeft(left=day):
            return replace(item, asked=day)
        case e.RequestCameBack():
            return replace(item, asked=None)
        case e.AskedLate(asked=day, due=due):
            return replace(_with_later_day(item, due), opened=day)


def _message_sent(item: Item, rungs: int, day: date | None, *, after_noon: bool = False) -> Item:
    chased = (*item.chased, day) if day else item.chased
    sent = replace(item, rungs=max(item.rungs, rungs), sent=item.sent + 1, chased=chased)
    return replace(sent, told_after_noon=after_noon) if after_noon and not item.sent else sent


def _responded(item: Item, event: e.Responded) -> Item:
    responses, rungs = {**item.responses, event.kind: event.on}, max(item.rungs, event.rungs)
    if event.remind is None:
        return replace(item, responses=responses, rungs=rungs)
    return replace(
        item, responses=responses, rungs=rungs, to_decide=event.kind, asked_until=event.wanted, remind=event.remind
    )


def _resumed(item: Item) -> Item:
    """Chased as before: nothing is left to decide, and no message is postponed."""
    return replace(item, to_decide="", asked_until=None, remind=None, snoozed_until=None)


def _delegated(case: Case, event: e.Delegated | e.DelegationEnded) -> dict[str, Delegation]:
    others = {step: given for step, given in case.delegated.items() if step != event.step}
    match event:
        case e.Delegated(step, to=to, since=since, until=until):
            return {**others, step: Delegation(to, since, until)}
        case e.DelegationEnded():
            return others


def _beside(case: Case, event: e.CaseLinked | e.CaseJoined | e.CaseUnlinked | e.LinkedFrom | e.UnlinkedFrom) -> Case:
    match event:
        case e.CaseLinked(reference, kind, effect, day, _, hold, review):
            related = {**case.related, reference: Linked(kind, effect, day, hold, review)}
            return replace(case, related=related, outside=_outside(case, reference, is_outside=event.outside))
        case e.CaseJoined(reference, days):
            clocks = {item: _owed_anew(state, None) for item, state in case.items.items() if key_of(item) == reference}
            outside = _outside(case, reference, is_outside=event.outside)
            times = {**case.joined_times, reference: event.times} if event.times else case.joined_times
            joined = {**case.joined, reference: days}
            return _with(replace(case, joined=joined, joined_times=times, outside=outside), clocks)
        case e.CaseUnlinked(reference):
            return _unlinked(case, reference)
        case e.LinkedFrom(reference, kind):
            return replace(case, linked_from={**case.linked_from, reference: kind})
        case e.UnlinkedFrom(reference):
            return replace(case, linked_from=_without(case.linked_from, reference))


def _outside(case: Case, reference: str, *, is_outside: bool) -> tuple[str, ...]:
    others = tuple(other for other in case.outside if other != reference)
    return (*others, reference) if is_outside else others


def _unlinked(case: Case, reference: str) -> Case:
    clocks = {item: state for item, state in case.items.items() if key_of(item) == reference}
    left = _with(case, {item: _finished(state, Status.WITHDRAWN) for item, state in clocks.items()})
    return replace(
        left,
        related=_without(case.related, reference),
        joined=_without(case.joined, reference),
        joined_times=_without(case.joined_times, reference),
        outside=_outside(case, reference, is_outside=False),
    )


def _without(entries: Mapping[str, _Entry], name: str) -> Mapping[str, _Entry]:
    return {other: entry for other, entry in entries.items() if other != name}


def _holds_after(
    holds: Mapping[str, Placed], event: e.HoldPlaced | e.HoldReviewed | e.HoldReviewDue | e.HoldReleased
) -> Mapping[str, Placed]:
    match event:
        case e.HoldPlaced(hold, day, reason, asked, item, review):
            return {**holds, hold: Placed(day, reason or answer_words(item), asked, review, review)}
        case e.HoldReviewed(hold, review=review):
            return {**holds, hold: replace(holds[hold], review=review, remind=review)}
        case e.HoldReviewDue(hold, again=again):
            return {**holds, hold: replace(holds[hold], remind=again)}
        case e.HoldReleased(hold):
            return {name: placed for name, placed in holds.items() if name != hold}


def _with(case: Case, changed: dict[str, Item]) -> Case:
    return replace(case, items={**case.items, **changed})


def _opened_items(case: Case, event: e.ItemsOpened) -> dict[str, Item]:
    items = event.items.items()
    owed = {item: _opened_item(case.items.get(item), due, event.opened, event.by.get(item)) for item, due in items}
    return owed | {item: replace(owed[item], given_to=owner) for item, owner in event.owners.items()}


def _with_owner(item: Item, event: e.OwnerMoved | e.AskedNext) -> Item:
    if isinstance(event, e.OwnerMoved):
        return replace(item, given_to=event.now)
    own_days = replace(item, due=event.due, opened=event.asked, given_to=event.now, fixed=False, original=None)
    own_days = replace(own_days, own_day=None, held=False, unknown=())
    return _resumed(replace(own_days, rungs=0, sent=0, chased=(), responses={}, asked=None))


def _opened_item(item: Item | None, due: date | None, day: date, by: time | None) -> Item:
    if item is None:
        return Item(Status.OPEN, due=due, by=by, opened=day)
    rungs = item.rungs if (due, by) == (item.due, item.by) else 0
    return replace(item, status=Status.OPEN, due=due, by=by, opened=day, rungs=rungs)


def _answered(item: Item, event: e.Completed | e.Dissented | e.AnsweredLate) -> Item:
    match event:
        case e.Completed(_, day, answers, at=at):
            return _completed(item, day, answers, at)
        case e.Dissented():
            return replace(item, manner=Manner.DISSENT)
        case e.AnsweredLate(_, day, dissent=dissent):
            return replace(item, late=day, late_dissent=dissent)


def _completed(item: Item, day: date, answers: Answers, at: time | None) -> Item:
    done = replace(item, status=Status.DONE, done=day, at=at, answers=answers, manner=Manner.ANSWERED, counted_as="")
    return replace(done, late=None, late_dissent=False)


def _silent(item: Item, event: e.AgreedBySilence | e.CountedBySilence) -> Item:
    done = replace(item, status=Status.DONE, done=event.done, manner=Manner.SILENCE)
    match event:
        case e.AgreedBySilence():
            return done
        case e.CountedBySilence(counts_as=meaning, answers=answers):
            return replace(done, answers=answers, counted_as=meaning)


def _finished(item: Item | None, status: Status, day: date | None = None) -> Item:
    return Item(status, done=day) if item is None else replace(item, status=status, done=day)


def _owed_anew(item: Item, due: date | None, by: time | None = None) -> Item:
    """Owed anew, in its next round. A day that was granted stays, unless another is set; the original day is kept."""
    kept = (item.own_day or item.due) if item.original else None
    day = due or kept
    fixed = day is not None
    reopened = Item(
        Status.PENDING, round=item.round + 1, due=day, fixed=fixed, turn=item.turn, opened_by_hand=item.opened_by_hand
    )
    anew = replace(reopened, original=item.original, times=item.times, passed_over=item.passed_over, by=by)
    if due is None and kept is not None and item.own_day is not None:
        anew = replace(anew, own_day=day, held=item.held, unknown=item.unknown)
    return replace(anew, given_to=item.given_to, extended=item.extended, returned=item.returned, reopened=item.reopened)


def _sent_back(case: Case, event: e.SentBack) -> Case:
    again = {item: _owed_anew(case.items[item], event.due.get(item), event.by.get(item)) for item in event.items}
    again |= {item: replace(again[item], returned=nth) for item, nth in event.returned.items()}
    again |= {item: replace(again[item], reopened=nth) for item, nth in event.reopened.items()}
    again |= {
        item: replace(again[item], own_day=event.due[item], unknown=unknown) for item, unknown in event.unknown.items()
    }
    return _with(replace(case, status=CaseStatus.OPEN, ending="", ended=None, closing=""), again)


def _shifted(case: Case, event: e.DueDatesShifted) -> Iterator[tuple[str, Item]]:
    for item, to in event.items.items():
        state = case.items.get(item, Item(Status.PENDING))
        later = _with_later_day(replace(state, due=event.first.get(item, state.due)), to)
        known = item in event.unknown
        yield item, replace(later, own_day=to, held=True, unknown=event.unknown[item]) if known else later


def _clocks(case: Case, event: e.ClockStopped | e.ClockWentOn) -> Iterator[tuple[str, Item]]:
    """Without a day while the clock stands still; when it goes on, with a new one, of which nobody was told yet."""
    for item, due in event.items.items():
        if isinstance(event, e.ClockStopped):
            yield item, replace(case.items[item], due=None, by=None, stood=due)
        else:
            own = due if case.items[item].own_day else None
            yield item, replace(case.items[item], due=due, stood=None, rungs=0, own_day=own)


def _with_later_day(item: Item, to: date) -> Item:
    """With a day of its own that no rule moves; the original day is kept."""
    own = replace(item, own_day=None, held=False, unknown=())
    return replace(own, due=to, by=None, fixed=True, original=item.original or item.due, rungs=0)


def _in_rounds(
    case: Case, event: e.RoundOpened | e.OwedAfterRound | e.RoundsEnded | e.RoundsStopped
) -> dict[str, Item]:
    match event:
        case e.OwedAfterRound(item):
            return {item: _after_round(case.items.get(item), event)}
        case e.RoundOpened(item):
            return {item: _next_round(case.items[item], event)}
        case e.RoundsEnded(items):
            return {item: replace(case.items[item], status=Status.DONE) for item in items}
        case e.RoundsStopped(items, day):
            return {item: replace(case.items[item], status=Status.NO_MORE, stopped=day) for item in items}


def _after_round(item: Item | None, event: e.OwedAfterRound) -> Item:
    """Open after a round of what it follows: its first, or the next one of its own."""
    if item is None or item.status not in FINISHED:
        begun = item or Item(Status.PENDING)
        due = begun.due if begun.fixed else event.due
        return replace(
            begun, status=Status.OPEN, due=due, opened=event.opened, turn=event.turn, of_round=event.done, rungs=0
        )
    return Item(
        Status.OPEN,
        round=item.round + 1,
        due=event.due,
        opened=event.opened,
        turn=event.turn,
        of_round=event.done,
        opened_by_hand=item.opened_by_hand,
    )


def _next_round(item: Item, event: e.RoundOpened) -> Item:
    """The next round, open. It shows the day and answers of the last one until it is done, unless that was skipped."""
    done = item.status in WAS_DONE
    return Item(
        Status.OPEN,
        round=item.round + 1,
        due=event.due,
        opened=event.opened,
        done=item.done if done else None,
        answers=item.answers if done else {},
        manner=item.manner if done else Manner.ANSWERED,
        turn=event.turn,
        times=event.times,
        passed_over=(*item.passed_over, item.round) if event.skipped else item.passed_over,
        opened_by_hand=item.opened_by_hand,
    )


def _opened_by_hand(item: Item | None, due: date | None) -> Item:
    if item is None:
        return Item(Status.PENDING, due=due, fixed=due is not None, opened_by_hand=True)
    if item.done is not None:
        return replace(_owed_anew(item, due), opened_by_hand=True)
    by = None if due is not None else item.by
    fixed = due is not None or item.fixed
    return replace(item, status=Status.PENDING, due=due or item.due, by=by, fixed=fixed, opened_by_hand=True)


def _owed_again(case: Case, agency: str, due: Mapping[str, date]) -> Iterator[tuple[str, Item]]:
    """What was withdrawn when an agency left is owed anew; what it comes too late for has a day of its own."""
    first = {item: day for item, day in due.items() if item not in case.items}
    yield from ((item, Item(Status.PENDING, due=day, fixed=True)) for item, day in first.items())
    for item, state in case.items.items():
        if state.status is Status.WITHDRAWN and key_of(item) == agency:
            yield item, _owed_anew(state, due.get(item))


def _corrected(case: Case, event: e.DateCorrected) -> Case:
    if event.name in case.dates:
        times = {**case.times, event.name: event.at} if event.at is not None else case.times
        return replace(case, dates={**case.dates, event.name: event.now}, times=times)
    state = case.items[event.name]
    answers = {**state.answers, event.field: event.now.isoformat()} if event.field in state.answers else state.answers
    return _with(case, {event.name: replace(state, done=event.now, at=event.at, answers=answers)})


def _merged(case: Case, event: e.AgenciesMerged) -> Case:
    """Finished items stay with the old agency too; open ones are owed by the new one alone."""
    answered = {item: replace(case.items[item], answers=answers) for item, answers in event.answers.items()}
    taken: dict[str, Item] = {}
    for item in event.items:
        state, other = case.items[item], item_id(step_of(item), event.new)
        if other not in case.items or case.items[other].status is Status.WITHDRAWN:
            taken[other] = replace(answered.get(item, state), rungs=0, sent=0)
        if state.status not in FINISHED:
            taken[item] = _finished(state, Status.WITHDRAWN)
    given = {
        item: replace(answered.get(item, state), given_to=agency_recipient(event.new))
        for item, state in case.items.items()
        if state.given_to == agency_recipient(event.old)
    }
    renamed = (event.new if agency == event.old else agency for agency in case.agencies)
    return _with(replace(case, agencies=tuple(dict.fromkeys(renamed))), {**answered, **given, **taken})


def _migrated(case: Case, event: e.Migrated) -> Case:
    removed = {item: _finished(case.items[item], Status.WITHDRAWN) for item in event.gone}
    answered = {item: replace(case.items[item], answers=answers) for item, answers in event.answers.items()}
    return _with(replace(case, version=event.version, definition=event.definition), {**answered, **removed})
