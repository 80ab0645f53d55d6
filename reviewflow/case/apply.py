"""The fold: what a case is after one more fact. Pure, and total over the events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, time
from functools import reduce
from typing import assert_never

from reviewflow.case.model import events as e
from reviewflow.case.model.ids import item_id, key_of, step_of
from reviewflow.case.model.state import (
    FINISHED,
    Answers,
    Case,
    CaseStatus,
    Item,
    Linked,
    Manner,
    Outlook,
    Placed,
    Status,
    is_open,
)


def fold(reference: str, events: Iterable[e.Event]) -> Case:
    """The case that these events, from the first on, make."""
    first, *others = events
    if not isinstance(first, e.Opened):
        raise TypeError(f"The history of {reference} does not begin with its opening but with {type(first).__name__}.")
    return reduce(apply, others, opened(reference, first))


def opened(reference: str, event: e.Opened) -> Case:
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
    )


def apply(case: Case, event: e.Event) -> Case:
    match event:
        case e.Opened():
            return opened(case.reference, event)
        case e.ItemsOpened(items, day, by):
            owed = {item: _owed(case.items.get(item), due, day, by.get(item)) for item, due in items.items()}
            return _with(case, owed)
        case e.ItemsPending(items):
            return _with(case, {item: replace(case.items[item], status=Status.PENDING) for item in items})
        case e.NotNeeded(items):
            return _with(case, {item: _settled(case.items.get(item), Status.NOT_NEEDED) for item in items})
        case e.EntriesRemoved(items):
            return _with(case, {item: _settled(case.items.get(item), Status.WITHDRAWN) for item in items})
        case e.Completed(item, day, answers, at=at):
            return _with(case, {item: _done(case.items[item], day, answers, at)})
        case e.Dissented(item):
            return _with(case, {item: replace(case.items[item], manner=Manner.DISSENT)})
        case e.AgreedBySilence(item, day):
            agreed = replace(case.items[item], status=Status.DONE, done=day, manner=Manner.SILENCE)
            return _with(case, {item: agreed})
        case e.Skipped(item, _, day):
            return _with(case, {item: _settled(case.items.get(item), Status.SKIPPED, day)})
        case e.RoundOpened(item, turn, day, due):
            return _with(case, {item: _next_round(case.items[item], turn, due, day)})
        case e.RoundsEnded(items):
            return _with(case, {item: replace(case.items[item], status=Status.DONE) for item in items})
        case e.StepOpened(items, _, due):
            return _with(case, {item: _asked(case.items.get(item), due.get(item)) for item in items})
        case e.LimitMet(item, day, at):
            return _with(case, {item: replace(_settled(case.items.get(item), Status.DONE, day), at=at)})
        case e.LateForeseen(item):
            return _with(case, {item: replace(case.items[item], outlook=Outlook.LATE)})
        case e.BackOnCourse(item):
            return _with(case, {item: replace(case.items[item], outlook=Outlook.WELL)})
        case e.LimitBreached(item):
            return _with(case, {item: replace(case.items[item], outlook=Outlook.BREACHED)})
        case e.BreachExplained(item, reason):
            return _with(case, {item: replace(case.items[item], breach=reason)})
        case e.SentBack(items, _, due):
            reopened = replace(case, status=CaseStatus.OPEN, ending="", ended=None)
            return _with(reopened, {item: _again(case.items[item], due.get(item)) for item in items})
        case (
            e.NoticeSent()
            | e.TooLateWarned()
            | e.Undelivered()
            | e.Delayed()
            | e.DeliveryRecovered()
            | e.PassedOver()
            | e.ReceivedInTime()
        ):
            return case
        case e.DueMoved(items, by=by):
            moved = {item: replace(case.items[item], due=due, by=by.get(item), rungs=0) for item, due in items.items()}
            return _with(case, moved)
        case e.DateCorrected():
            return _corrected(case, event)
        case e.DateSet(name, day):
            return replace(case, dates={**case.dates, name: day})
        case e.CaseLinked(reference, kind, effect, day, _, hold, review):
            return replace(case, related={**case.related, reference: Linked(kind, effect, day, hold, review)})
        case e.CaseJoined(reference, days):
            again = {item: _again(state, None) for item, state in case.items.items() if key_of(item) == reference}
            return _with(replace(case, joined={**case.joined, reference: days}), again)
        case e.CaseUnlinked(reference):
            return _unlinked(case, reference)
        case e.Extended(item, _, to):
            return _with(case, {item: _later(_going_on(case.items[item]), to)})
        case e.DueDatesShifted(items=items):
            return _with(case, {item: _later(case.items[item], to) for item, to in items.items()})
        case e.HoldPlaced() | e.HoldReviewed() | e.HoldReviewDue() | e.HoldReleased():
            return replace(case, holds=_holds(case.holds, event))
        case e.LegalHoldPlaced() | e.LegalHoldLifted() | e.KeptUntil():
            return _kept(case, event)
        case e.AgencyJoined(agency):
            return _with(replace(case, agencies=(*case.agencies, agency)), dict(_owed_again(case, agency)))
        case e.AgencyLeft(agency, _, items):
            left = replace(case, agencies=tuple(each for each in case.agencies if each != agency))
            return _with(left, {item: _settled(case.items.get(item), Status.WITHDRAWN) for item in items})
        case e.AgenciesMerged():
            return _merged(case, event)
        case e.MessageSent(item, done=day) | e.DocumentAsked(item, done=day) | e.RunAsked(item, done=day):
            return _with(case, {item: _settled(case.items.get(item), Status.DONE, day)})
        case e.Chased() | e.ChasedByHand() | e.Responded() | e.Snoozed() | e.Resumed() | e.DecisionDue():
            return _with(case, {event.item: _chased(case.items[event.item], event)})
        case e.CaseStarted(item, reference, day):
            linked = replace(case, links={**case.links, item: reference})
            return _with(linked, {item: _settled(case.items[item], Status.DONE, day)} if is_open(case, item) else {})
        case e.Migrated():
            return _migrated(case, event)
        case e.CaseWithdrawn():
            return replace(case, status=CaseStatus.WITHDRAWN)
        case e.CaseEnded(ending, day):
            return replace(case, status=CaseStatus.ENDED, ending=ending, ended=day)
        case e.CaseClosed():
            return replace(case, status=CaseStatus.CLOSED)
        case _:
            assert_never(event)


def _kept(case: Case, event: e.LegalHoldPlaced | e.LegalHoldLifted | e.KeptUntil) -> Case:
    match event:
        case e.LegalHoldPlaced(matter, day, reason, asked):
            return replace(case, kept_for={**case.kept_for, matter: Placed(day, reason, asked)})
        case e.LegalHoldLifted(matter):
            return replace(case, kept_for={name: state for name, state in case.kept_for.items() if name != matter})
        case e.KeptUntil(day):
            return replace(case, kept_until=day)


def _chased(item: Item, event: e.Chased | e.ChasedByHand | e.Responded | e.Snoozed | e.Resumed | e.DecisionDue) -> Item:
    match event:
        case e.Chased(_, rung, on=day):
            return _written_to(item, rung + 1, day)
        case e.ChasedByHand(_, rungs, on=day):
            return _written_to(item, rungs, day)
        case e.Responded():
            return _heard(item, event)
        case e.Snoozed(_, until):
            return replace(item, snoozed=until)
        case e.Resumed():
            return _going_on(item)
        case e.DecisionDue(again=again):
            return replace(item, remind=again)


def _written_to(item: Item, rungs: int, day: date | None) -> Item:
    chased = (*item.chased, day) if day else item.chased
    return replace(item, rungs=max(item.rungs, rungs), sent=item.sent + 1, chased=chased)


def _heard(item: Item, event: e.Responded) -> Item:
    heard, rungs = {**item.heard, event.kind: event.on}, max(item.rungs, event.rungs)
    if event.remind is None:
        return replace(item, heard=heard, rungs=rungs)
    return replace(item, heard=heard, rungs=rungs, deciding=event.kind, wanted=event.wanted, remind=event.remind)


def _going_on(item: Item) -> Item:
    """Chased as ever: nothing is left to decide, and no message is put off."""
    return replace(item, deciding="", wanted=None, remind=None, snoozed=None)


def _unlinked(case: Case, reference: str) -> Case:
    clocks = {item: state for item, state in case.items.items() if key_of(item) == reference}
    left = _with(case, {item: _settled(state, Status.WITHDRAWN) for item, state in clocks.items()})
    related = {name: each for name, each in case.related.items() if name != reference}
    return replace(left, related=related, joined={n: days for n, days in case.joined.items() if n != reference})


def _holds(
    holds: Mapping[str, Placed], event: e.HoldPlaced | e.HoldReviewed | e.HoldReviewDue | e.HoldReleased
) -> Mapping[str, Placed]:
    match event:
        case e.HoldPlaced(hold, day, reason, asked, item, review):
            return {**holds, hold: Placed(day, reason or f"the answer to {item}", asked, review, review)}
        case e.HoldReviewed(hold, review=review):
            return {**holds, hold: replace(holds[hold], review=review, remind=review)}
        case e.HoldReviewDue(hold, again=again):
            return {**holds, hold: replace(holds[hold], remind=again)}
        case e.HoldReleased(hold):
            return {name: placed for name, placed in holds.items() if name != hold}


def _with(case: Case, changed: dict[str, Item]) -> Case:
    return replace(case, items={**case.items, **changed})


def _owed(item: Item | None, due: date | None, day: date, by: time | None) -> Item:
    if item is None:
        return Item(Status.OPEN, due=due, by=by, opened=day)
    rungs = item.rungs if (due, by) == (item.due, item.by) else 0
    return replace(item, status=Status.OPEN, due=due, by=by, opened=day, rungs=rungs)


def _done(item: Item, day: date, answers: Answers, at: time | None) -> Item:
    return replace(item, status=Status.DONE, done=day, at=at, answers=answers, manner=Manner.ANSWERED)


def _settled(item: Item | None, status: Status, day: date | None = None) -> Item:
    return Item(status, done=day) if item is None else replace(item, status=status, done=day)


def _again(item: Item, due: date | None) -> Item:
    """A day that was granted stays, unless another is set; what was due first stands for ever."""
    day = due or (item.due if item.original else None)
    fixed = day is not None
    again = Item(Status.PENDING, round=item.round + 1, due=day, fixed=fixed, turn=item.turn, asked=item.asked)
    return replace(again, original=item.original)


def _later(item: Item, to: date) -> Item:
    """With a day of its own; what was due first stands for ever."""
    return replace(item, due=to, by=None, fixed=True, original=item.original or item.due, rungs=0)


def _next_round(item: Item, turn: int, due: date | None, day: date) -> Item:
    """The day and the answers of a round that was done stay until the next is; a round that was skipped leaves none."""
    done = item.status is Status.DONE
    return Item(
        Status.OPEN,
        round=item.round + 1,
        due=due,
        opened=day,
        done=item.done if done else None,
        answers=item.answers if done else {},
        manner=item.manner if done else Manner.ANSWERED,
        turn=turn,
        asked=item.asked,
    )


def _asked(item: Item | None, due: date | None) -> Item:
    if item is None:
        return Item(Status.PENDING, due=due, fixed=due is not None, asked=True)
    if item.done is not None:
        return replace(_again(item, due), asked=True)
    return replace(item, status=Status.PENDING, due=due or item.due, fixed=due is not None or item.fixed, asked=True)


def _owed_again(case: Case, agency: str) -> Iterator[tuple[str, Item]]:
    """What fell away when an agency left is owed again when it comes back."""
    for item, state in case.items.items():
        if state.status is Status.WITHDRAWN and key_of(item) == agency:
            yield item, _again(state, None)


def _corrected(case: Case, event: e.DateCorrected) -> Case:
    if event.name in case.dates:
        times = {**case.times, event.name: event.at} if event.at is not None else case.times
        return replace(case, dates={**case.dates, event.name: event.now}, times=times)
    state = case.items[event.name]
    answers = {**state.answers, event.field: event.now.isoformat()} if event.field in state.answers else state.answers
    return _with(case, {event.name: replace(state, done=event.now, at=event.at, answers=answers)})


def _merged(case: Case, event: e.AgenciesMerged) -> Case:
    """What was settled stays in its place too; what was not is owed by the other alone."""
    told = {item: replace(case.items[item], answers=answers) for item, answers in event.answers.items()}
    taken: dict[str, Item] = {}
    for item in event.items:
        state, other = case.items[item], item_id(step_of(item), event.new)
        if other not in case.items or case.items[other].status is Status.WITHDRAWN:
            taken[other] = replace(told.get(item, state), rungs=0, sent=0)
        if state.status not in FINISHED:
            taken[item] = _settled(state, Status.WITHDRAWN)
    renamed = (event.new if agency == event.old else agency for agency in case.agencies)
    return _with(replace(case, agencies=tuple(dict.fromkeys(renamed))), {**told, **taken})


def _migrated(case: Case, event: e.Migrated) -> Case:
    gone = {item: _settled(case.items[item], Status.WITHDRAWN) for item in event.gone}
    told = {item: replace(case.items[item], answers=answers) for item, answers in event.answers.items()}
    return _with(replace(case, version=event.version, definition=event.definition), {**told, **gone})
