"""A case's history in words: what a court or an inspector is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType
from typing import assert_never

from reviewflow.case.handlers.links import EFFECTS, KINDS
from reviewflow.case.model import events as e
from reviewflow.case.model.state import Answer, Case
from reviewflow.language.definition import Definition
from reviewflow.service.commands.carry_out import find
from reviewflow.service.wording.history_answers import answers_words
from reviewflow.service.wording.history_chases import chasing_words
from reviewflow.service.wording.history_keeping import keeping_words
from reviewflow.service.wording.history_mail import posting_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import Gathered, item_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words, due_words, listing


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One fact: what happened, the day it is about, who said so, and when it was recorded."""

    number: int
    recorded_at: str
    on: str
    by: str
    kind: str
    words: str
    hash: str
    items: tuple[str, ...] = ()
    """What it is about."""


def history(workspace: Workspace, reference: str) -> Iterator[HistoryEntry]:
    """Every event of the case, oldest first; raises UnknownCase."""
    definition = workspace.plan(find(workspace, reference).definition).definition
    gathered: dict[tuple[str, str], Answer] = {}
    for stored in workspace.store.events(reference):
        event = e.decode(stored.kind, stored.body)
        gathered |= _gathered(event)
        if isinstance(event, e.Opened | e.Migrated):
            before, definition = definition, workspace.plan(event.definition).definition
            told = before if isinstance(event, e.Migrated) else definition
        else:
            told = definition
        words = event_words(
            event, told, _titles(workspace, told, gathered), lambda name: recipient_title(workspace.partnership, name)
        )
        yield HistoryEntry(
            stored.number, stored.recorded_at, stored.on, stored.by, stored.kind, words, stored.hash, _about(event)
        )


def _about(event: e.Event) -> tuple[str, ...]:
    several = getattr(event, "items", ())
    return tuple(several) or tuple(filter(None, (getattr(event, "item", ""),)))


def warnings(workspace: Workspace, case: Case, events: Iterable[e.Event]) -> Iterator[str]:
    """What whoever gave a command should know at once of what it led to."""
    definition = workspace.plan(case.definition).definition
    for event in events:
        if isinstance(event, e.TooLateWarned):
            yield event_words(event, definition, _titles(workspace, definition, {}), str)


def _gathered(event: e.Event) -> dict[tuple[str, str], Answer]:
    """The lists that an event brings, for the names of their entries."""
    if not isinstance(event, e.Completed):
        return {}
    step = event.item.partition("/")[0]
    return {(step, name): answer for name, answer in event.answers.items() if isinstance(answer, list)}


def _titles(workspace: Workspace, definition: Definition, gathered: Gathered) -> Callable[[str], str]:
    return lambda item: item_words(
        definition, item, gathered, lambda name: recipient_title(workspace.partnership, name)
    )


def event_words(
    event: e.Event, definition: Definition, title: Callable[[str], str], person: Callable[[str], str]
) -> str:
    """One event as a sentence."""
    match event:
        case e.Opened():
            return _opened(event, definition, person)
        case e.ItemsOpened(items, by=clocks):
            return f"Now owed: {_with_days(items, title, clocks)}."
        case e.ItemsPending(items):
            return f"Waits again: {_titles_of(items, title)}."
        case e.NotNeeded(items):
            return f"Not needed: {_titles_of(items, title)}."
        case e.EntriesRemoved(items):
            return f"No longer on the list: {_titles_of(items, title)}."
        case e.Completed(item, done, answers, said, at):
            if definition.process.steps[item.partition("/")[0]].wait is not None:
                return f"{title(item)}: its day came, {day_words(done)}."
            answered = _answers({**answers, **said}, definition, item, person)
            return f"{title(item)}: done on {due_words(done, at)}{answered}."
        case e.Dissented(item):
            return f"{title(item)}: recorded as dissent."
        case e.AgreedBySilence(item, done):
            return f"{title(item)}: nothing had come by the end of {day_words(done)}, which counts as agreed."
        case e.Skipped(item, reason, _):
            return f"{title(item)}: skipped, because {_inline(reason)}."
        case e.RoundOpened(item, due=due):
            return f"Comes again: {_with_days({item: due}, title)}."
        case e.RoundsEnded(items):
            return f"Comes no more: {_titles_of(items, title)}."
        case e.StepOpened(items, reason, due):
            days = f" Due: {_with_days(due, title)}." if due else ""
            return f"Opened by hand: {_titles_of(items, title)}, because {_inline(reason)}.{days}"
        case e.LimitMet(item, done, at):
            return f"{title(item)}: the clock stopped on {due_words(done, at)}."
        case e.LateForeseen() | e.BackOnCourse() | e.LimitBreached() | e.BreachExplained():
            return _about_a_clock(event, definition, title, person)
        case e.SentBack(items, because, due):
            why = title(because) if because.partition("/")[0] in definition.process.steps else _inline(because)
            days = f" New due day: {_with_days(due, title)}." if due else ""
            return f"Sent back ({why}): {_titles_of(items, title)}.{days}"
        case e.DueMoved(items, because, clocks):
            return f"Due days moved, because {because}: {_with_days(items, title, clocks)}."
        case e.DateCorrected(name, was, now, reason, at=at):
            what = definition.process.opening.dates.get(name) or title(name)
            return f"Corrected from {day_words(was)} to {due_words(now, at)}: {what}. Reason: {_inline(reason)}."
        case e.DueDatesShifted(hold, items):
            return f"Due days moved on by the days held ({_hold_title(definition, hold)}): {_with_days(items, title)}."
        case e.HoldPlaced() | e.HoldReviewed() | e.HoldReviewDue() | e.HoldReleased():
            return _about_a_hold(event, definition, title, person)
        case e.CaseLinked() | e.CaseJoined() | e.CaseUnlinked():
            return _about_a_link(event)
        case e.Extended(item, was, to, by_role, reason):
            by = f"granted by {person(f'role:{by_role}')}. Reason: {_inline(reason)}."
            return f"{title(item)}: extended from {day_words(was)} to {day_words(to)}, {by}"
        case e.DateSet():
            return _date_set(event, definition, title)
        case e.TooLateWarned():
            return _left_no_time(event, definition, title)
        case _:
            return _about_the_case(event, title, person)


def _about_a_clock(
    event: e.LateForeseen | e.BackOnCourse | e.LimitBreached | e.BreachExplained,
    definition: Definition,
    title: Callable[[str], str],
    person: Callable[[str], str],
) -> str:
    what = title(event.item)
    match event:
        case e.LateForeseen(_, due, expected, chain, holds, endless, message, to, document):
            when = "nobody can say when it will be met" if endless else f"it is foreseen for {day_words(expected)}"
            way = f" On the way: {_titles_of(chain, title)}." if chain else ""
            stands = f" Held: {listing(_hold_title(definition, each) for each in holds)}." if holds else ""
            told = f" {message} goes to {listing(person(each) for each in to)}." if message else ""
            drafted = f" The document {document} is drafted." if document else ""
            return f"{what}: will be late; it ends {day_words(due)}, and {when}.{way}{stands}{told}{drafted}"
        case e.BackOnCourse(_, due, expected, message, to):
            when = f", foreseen for {day_words(expected)}" if expected else ""
            told = f" {message} goes to {listing(person(each) for each in to)}." if message else ""
            return f"{what}: is in time after all{when}; it ends {day_words(due)}.{told}"
        case e.LimitBreached(_, due, document):
            drafted = f" The document {document} is drafted." if document else ""
            return f"{what}: was not met by {day_words(due)}. Why is to be recorded.{drafted}"
        case e.BreachExplained(_, reason):
            return f"{what}: why it is late: {_inline(reason)}."


def _hold_title(definition: Definition, hold: str) -> str:
    rule = definition.process.holds.get(hold)
    return rule.title if rule else hold.replace("_", " ").capitalize()


def _about_a_link(event: e.CaseLinked | e.CaseJoined | e.CaseUnlinked) -> str:
    match event:
        case e.CaseLinked(reference, kind, effect, _, reason, _, review):
            what = f"{KINDS.get(kind, kind)}: {reference}; {EFFECTS.get(effect, effect)}"
            return f"{what}. Reason: {_inline(reason)}.{_again(review)}"
        case e.CaseJoined(reference, days):
            counted = "; ".join(f"{name} {day_words(day)}" for name, day in days.items())
            return f"Joined: the clocks of {reference} are met here too ({counted})."
        case e.CaseUnlinked(reference, _, reason):
            return f"No longer linked: {reference}. Reason: {_inline(reason)}."


def _about_a_hold(
    event: e.HoldPlaced | e.HoldReviewed | e.HoldReviewDue | e.HoldReleased,
    definition: Definition,
    title: Callable[[str], str],
    person: Callable[[str], str],
) -> str:
    rule, what = definition.process.holds.get(event.hold), _hold_title(definition, event.hold)
    match event:
        case e.HoldPlaced(reason=reason, requested_by=asked, item=item, review=review):
            stops = f" What stands still: {_titles_of(rule.stops, title)}." if rule else ""
            by = f" Asked for by {_inline(asked)}." if asked else ""
            why = f", by the answer to {title(item)}." if item else f". Reason: {_inline(reason)}."
            return f"Held: {what}{why}{by}{stops}{_again(review)}"
        case e.HoldReviewed(reason=reason, review=review):
            return f"Stays held: {what}. Reason: {_inline(reason)}.{_again(review)}"
        case e.HoldReviewDue(_, message, to):
            return f"{what}: is to be looked at again; {message} goes to {listing(person(each) for each in to)}."
        case e.HoldReleased(reason=reason, item=item):
            return f"Released: {what}{f' by the answer to {title(item)}.' if item else f'. Reason: {_inline(reason)}.'}"


def _again(review: date | None) -> str:
    return f" To be looked at again on {day_words(review)}." if review else ""


def _left_no_time(event: e.TooLateWarned, definition: Definition, title: Callable[[str], str]) -> str:
    planned = definition.process.dates.get(event.name)
    past = f" leaves no time. Already past: {_with_days(event.items, title)}." if event.items else ""
    over = "; ".join(f"{title(limit)}, {day_words(day)}" for limit, day in event.beyond.items())
    comes = f" comes after a time limit ends: {over}. Say so, and why, to whoever is waiting for it." if over else ""
    warnings = [
        f'Warning: the day set for "{planned.title if planned else event.name}"{each}' for each in (past, comes)
    ]
    return " ".join(warning for warning, each in zip(warnings, (past, comes), strict=True) if each)


def _date_set(event: e.DateSet, definition: Definition, title: Callable[[str], str]) -> str:
    what = definition.process.dates[event.name].title
    moved = f"moved from {day_words(event.was)} to" if event.was else "set to"
    why = f" by {title(event.item)}." if event.item else f". Reason: {_inline(event.reason)}."
    return f"{what}: {moved} {day_words(event.to)}{why}"


def _about_the_case(event: e.Event, title: Callable[[str], str], person: Callable[[str], str]) -> str:
    match event:
        case e.AgencyJoined(agency):
            return f"{person(f'agency:{agency}')} takes part from now on."
        case e.AgencyLeft(agency, reason, items):
            owed = f" No longer owed: {_titles_of(items, title)}." if items else ""
            return f"{person(f'agency:{agency}')} no longer takes part, because {_inline(reason)}.{owed}"
        case e.AgenciesMerged(old, new, reason, items):
            owed = f" Owed by it from now on: {_titles_of(items, title)}." if items else ""
            both = f"{person(f'agency:{new}')} goes on for {person(f'agency:{old}')}"
            return f"{both}, because {_inline(reason)}.{owed}"
        case e.MessageSent(item, message, to):
            return f"{title(item)}: the message {message} goes to {listing(person(each) for each in to)}."
        case e.DocumentAsked(item, document):
            return f"{title(item)}: the document {document} is made."
        case e.RunAsked(item, deployment):
            return f"{title(item)}: the deployment {deployment} is run."
        case e.NoticeSent(item, message, to) | e.DecisionDue(item, message, to):
            return f"{title(item)}: {message} goes to {listing(person(each) for each in to)}."
        case e.Undelivered() | e.Delayed() | e.DeliveryRecovered():
            return posting_words(event, title(event.item), person)
        case (
            e.Chased()
            | e.PassedOver()
            | e.ChasedByHand()
            | e.Responded()
            | e.Snoozed()
            | e.Resumed()
            | e.ReceivedInTime()
        ):
            return chasing_words(event, title(event.item), person)
        case e.LegalHoldPlaced() | e.LegalHoldLifted() | e.KeptUntil():
            return keeping_words(event)
        case e.CaseStarted(item, reference):
            return f"{title(item)}: {reference} was opened."
        case e.Migrated(version, _, reason, gone):
            fallen = f" No longer part of it: {_titles_of(gone, title)}." if gone else ""
            return f"Goes on under version {version} of its process, because {_inline(reason)}.{fallen}"
        case e.CaseWithdrawn(reason):
            return f"The case was withdrawn, because {_inline(reason)}."
        case e.CaseEnded(ending, _, reason):
            why = f" Reason: {_inline(reason)}." if reason else " The answers say so."
            return f"The case ended: {title(ending)}.{why}"
        case e.CaseClosed():
            return "Everything is settled; the case is closed."
        case (
            e.Opened()
            | e.ItemsOpened()
            | e.ItemsPending()
            | e.NotNeeded()
            | e.EntriesRemoved()
            | e.Completed()
            | e.Dissented()
            | e.AgreedBySilence()
            | e.Skipped()
            | e.RoundOpened()
            | e.RoundsEnded()
            | e.StepOpened()
            | e.LimitMet()
            | e.LateForeseen()
            | e.BackOnCourse()
            | e.LimitBreached()
            | e.BreachExplained()
            | e.SentBack()
            | e.DueMoved()
            | e.DateCorrected()
            | e.DateSet()
            | e.TooLateWarned()
            | e.CaseLinked()
            | e.CaseJoined()
            | e.CaseUnlinked()
            | e.Extended()
            | e.HoldPlaced()
            | e.HoldReviewed()
            | e.HoldReviewDue()
            | e.HoldReleased()
            | e.DueDatesShifted()
        ):
            raise AssertionError(event)
        case _:
            assert_never(event)


def _opened(event: e.Opened, definition: Definition, person: Callable[[str], str]) -> str:
    days = "; ".join(f"{name} {due_words(day, event.times.get(name))}" for name, day in event.dates.items())
    agencies = listing((person(f"agency:{each}") for each in event.agencies), none="")
    origin = f" It follows from {event.origin}." if event.origin else ""
    taking_part = f" Agencies: {agencies}." if agencies else ""
    process = definition.process
    return f"Opened: {process.title}, version {event.version} ({days}).{taking_part}{origin}"


def _titles_of(items: Iterable[str], title: Callable[[str], str]) -> str:
    return "; ".join(title(item) for item in items)


def _with_days(
    items: Mapping[str, date | None] | Mapping[str, date],
    title: Callable[[str], str],
    by: Mapping[str, time] = MappingProxyType({}),
) -> str:
    return "; ".join(
        f"{title(item)}{f', due {due_words(due, by.get(item))}' if due else ''}" for item, due in items.items()
    )


def _answers(given: Mapping[str, object], definition: Definition, item: str, person: Callable[[str], str]) -> str:
    words = answers_words(given, definition.recorded(item.partition("/")[0]), person)
    return f" ({words})" if words else ""


def _inline(text: str) -> str:
    return text.rstrip(". ")
