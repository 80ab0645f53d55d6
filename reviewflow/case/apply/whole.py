"""The case as a whole: its status, holds, contacts and delegations, and how long its file is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reviewflow.case.apply.items import finished, untold, with_items, without_more_time
from reviewflow.case.model import events as e
from reviewflow.case.model.arranged import Delegation, KnownContact, Placed, answer_words
from reviewflow.case.model.ids import agency_recipient, contact_recipient, item_id, step_of
from reviewflow.case.model.replacing import replace
from reviewflow.case.model.state import FINISHED, Case, CaseStatus, Item, Status

_OfTheWhole = e.BroughtIn | e.CaseWithdrawn | e.CaseEnding | e.CaseEnded | e.CaseClosed | e.RulesAdopted


def of_the_whole(case: Case, event: _OfTheWhole) -> Case:
    match event:
        case e.BroughtIn(day, was):
            return replace(case, brought_in=day, was=was)
        case e.CaseEnding(ending, day, reason=reason, dated=dated):
            return replace(case, closing=ending, closing_reason=reason, closing_since=day if dated else None)
        case e.CaseWithdrawn():
            return replace(case, status=CaseStatus.WITHDRAWN)
        case e.CaseEnded(ending, day, reason, letters_say_why=kept):
            items = {item: state for item, state in case.items.items() if item != ending}
            over = replace(case, status=CaseStatus.ENDED, ending=ending, ended=day, items=items)
            return replace(over, closing="", closing_reason=reason if kept else "")
        case e.CaseClosed():
            return replace(case, status=CaseStatus.CLOSED)
        case e.RulesAdopted(rules):
            return replace(case, rules=rules)


def of_holds(case: Case, event: e.HoldPlaced | e.HoldReviewed | e.HoldReviewDue | e.HoldReleased) -> Case:
    nth = event.nth if isinstance(event, e.HoldPlaced) else None
    placed = {**case.placed, event.hold: nth} if nth else case.placed
    return replace(case, holds=_holds_after(case.holds, event), placed=placed)


def of_keeping(case: Case, event: e.LegalHoldPlaced | e.LegalHoldLifted | e.KeptUntil) -> Case:
    match event:
        case e.LegalHoldPlaced(matter, day, reason, asked):
            return replace(case, kept_for={**case.kept_for, matter: Placed(day, reason, asked)})
        case e.LegalHoldLifted(matter):
            return replace(case, kept_for={name: state for name, state in case.kept_for.items() if name != matter})
        case e.KeptUntil(day):
            return replace(case, kept_until=day)


_OfContacts = e.ContactGiven | e.ContactErased | e.LetterReleased | e.LetterRefused | e.NextContactAsked


def of_contacts(case: Case, event: _OfContacts) -> Case:
    match event:
        case e.ContactGiven(contact, day):
            return replace(case, contacts={**case.contacts, contact: KnownContact(day)})
        case e.ContactErased(contact, day):
            known = case.contacts.get(contact, KnownContact(day))
            return replace(case, contacts={**case.contacts, contact: replace(known, erased=day)})
        case e.LetterReleased(item, _, day):
            return with_items(case, {item: finished(case.items[item], Status.DONE, day)})
        case e.LetterRefused(item, _, day):
            return with_items(case, {item: finished(case.items[item], Status.SKIPPED, day)})
        case e.NextContactAsked(item, contact=contact, step=step):
            own = {name: without_more_time(case.items[name]) for name in (item, step) if name in case.items}
            return with_items(case, own | {item: replace(own[item], given_to=contact_recipient(contact))})


def delegated(case: Case, event: e.Delegated | e.DelegationPlanned | e.DelegationEnded) -> Case:
    """The case with what another post answers now or from a later day on; whoever owes it now has heard nothing yet."""
    now, to_come = dict(case.delegated), dict(case.to_delegate)
    match event:
        case e.Delegated(step, to=to, since=since, until=until):
            now[step] = Delegation(to, since, until)
            to_come.pop(step, None)
        case e.DelegationPlanned(step, to=to, since=since, until=until, reason=reason):
            to_come[step] = Delegation(to, since, until, reason)
        case e.DelegationEnded(step):
            (now if step in now else to_come).pop(step, None)
    passed = replace(case, delegated=now, to_delegate=to_come)
    return passed if isinstance(event, e.DelegationPlanned) else with_items(passed, dict(_passed_on(case, event)))


def _passed_on(case: Case, event: e.Delegated | e.DelegationEnded) -> Iterator[tuple[str, Item]]:
    yield from ((item, untold(case.items[item])) for item in event.items)
    yield from ((item, replace(case.items[item], was_with=was)) for item, was in event.kept.items())


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


def merged(case: Case, event: e.AgenciesMerged) -> Case:
    """Finished items stay with the old agency too; open ones are owed by the new one alone."""
    answered = {item: replace(case.items[item], answers=answers) for item, answers in event.answers.items()}
    taken: dict[str, Item] = {}
    for item in event.items:
        state, other = case.items[item], item_id(step_of(item), event.new)
        if other not in case.items or case.items[other].status is Status.WITHDRAWN:
            taken[other] = replace(answered.get(item, state), rungs=0, sent=0)
        if state.status not in FINISHED:
            taken[item] = finished(state, Status.WITHDRAWN)
    given = {
        item: replace(answered.get(item, state), given_to=agency_recipient(event.new))
        for item, state in case.items.items()
        if state.given_to == agency_recipient(event.old)
    }
    renamed = (event.new if agency == event.old else agency for agency in case.agencies)
    return with_items(replace(case, agencies=tuple(dict.fromkeys(renamed))), {**answered, **given, **taken})


def migrated(case: Case, event: e.Migrated) -> Case:
    removed = {item: finished(case.items[item], Status.WITHDRAWN) for item in event.gone}
    answered = {item: replace(case.items[item], answers=answers) for item, answers in event.answers.items()}
    return with_items(replace(case, version=event.version, definition=event.definition), {**answered, **removed})
