"""The sentences of events about a case as a whole: how it began and ended, who takes part."""

from __future__ import annotations

from datetime import date
from typing import assert_never

from reviewflow.case.model import events
from reviewflow.language.model import FieldType
from reviewflow.service.wording.calendars import calendar_words
from reviewflow.service.wording.history.names import Names, inline
from reviewflow.service.wording.rounds import round_of_words
from reviewflow.text import day_words, due_words, listing


def case_sentence(event: events.CaseEvent, names: Names) -> str:
    """An event about the case as a whole."""
    match event:
        case events.Opened():
            return _opened(event, names)
        case events.Delegated() | events.DelegationPlanned() | events.DelegationEnded():
            return _delegated(event, names)
        case events.BroughtIn(day, was):
            return (
                f"Brought in on {day_words(day)}; until then it was {was}. What happened before has its true days, and "
                "no letter went about it."
            )
        case events.AgencyJoined(agency, due):
            again = f" Counted from then: {names.with_days(due)}." if due else ""
            return f"{names.agency(agency)} takes part from now on.{again}"
        case events.AgencyLeft(agency, reason, items):
            dropped = f" No longer owed: {names.titles(items)}." if items else ""
            return f"{names.agency(agency)} no longer takes part, because {inline(reason)}.{dropped}"
        case events.AgenciesMerged(old, new, reason, items):
            taken_over = f" Owed by it from now on: {names.titles(items)}." if items else ""
            return f"{names.agency(new)} goes on for {names.agency(old)}, because {inline(reason)}.{taken_over}"
        case events.MembersChanged():
            return _members_changed(event, names)
        case events.CaseStarted(item, reference, of=of):
            return f"{names.title(item)}: {reference} was opened{round_of_words(of)}."
        case events.TextVouched(seen, reason):
            return f"What was typed next seemed to hold {listing(seen)}, and does not, because {inline(reason)}."
        case events.SignedIn():
            return "What stands before was answered by whoever was signed in under this name."
        case events.CaseWithdrawn(reason):
            return f"The case was withdrawn, because {inline(reason)}."
        case events.NothingCame(_, day, items):
            return f"Nothing had come by the end of {day_words(day)}: {names.titles(items)}."
        case events.CaseEnding(ending, _, keeps, passed, reason):
            kept = f"Still owed until then: {names.titles(keeps)}."
            return f"The case ends: {names.title(ending)}. {_what_ended_it(passed, reason)} {kept}"
        case events.CaseEnded(ending, _, reason, passed, dropped):
            why = _what_ended_it(passed, reason)
            fell = f" No longer owed: {names.titles(dropped)}." if dropped else ""
            return f"The case ended: {names.title(ending)}. {why}{fell}"
        case events.CaseClosed():
            return "Everything is settled; the case is closed."
        case events.Migrated(version, _, reason, gone):
            dropped = f" No longer part of it: {names.titles(gone)}." if gone else ""
            return f"Goes on under version {version} of its process, because {inline(reason)}.{dropped}"
        case events.RulesAdopted(rules, reason):
            return f"Goes on by edition {rules} of reviewflow's own rules, because {inline(reason)}."
        case _:
            assert_never(event)


def _what_ended_it(passed: date | None, reason: str) -> str:
    if reason:
        return f"Reason: {inline(reason)}."
    return "The answers say so." if passed is None else f"Its day, {day_words(passed)}, had passed."


def _opened(event: events.Opened, names: Names) -> str:
    days = "; ".join(f"{name} {due_words(day, event.times.get(name))}" for name, day in event.dates.items())
    agencies = listing(map(names.agency, event.agencies), none="")
    origin = f" It follows from {event.origin}." if event.origin else ""
    taking_part = f" Agencies: {agencies}." if agencies else ""
    counted = f" Its days are those of {calendar_words(event.calendar)}." if event.calendar else ""
    return f"Opened: {names.definition.process.title}, version {event.version} ({days}).{taking_part}{counted}{origin}"


def _delegated(event: events.Delegated | events.DelegationPlanned | events.DelegationEnded, names: Names) -> str:
    to, of = names.person(f"role:{event.to}"), names.person(f"role:{event.of}")
    all_of_it = event.step == f"role:{event.of}"
    title = f"What {of} owes in this case" if all_of_it else names.title(event.step)
    match event:
        case events.Delegated(since=since, until=until, reason=reason):
            given = f"passes to {to}" if all_of_it else f"delegated by {of} to {to}"
            return f"{title}: {given}, {_from_until(since, until)}. Reason: {inline(reason)}."
        case events.DelegationPlanned(since=since, until=until, reason=reason):
            place = "" if all_of_it else f" in place of {of}"
            return f"{title}: will be with {to}{place}, {_from_until(since, until)}. Reason: {inline(reason)}."
        case events.DelegationEnded(ended=ended, reason=reason):
            why = f" Reason: {inline(reason)}." if reason else " The day until which it was delegated is over."
            return f"{title}: with {of} again from {day_words(ended)}, and no longer with {to}.{why}"


def _from_until(since: date, until: date | None) -> str:
    return f"from {day_words(since)} {f'until {day_words(until)}' if until else 'on'}"


def _members_changed(event: events.MembersChanged, names: Names) -> str:
    asked = names.definition.step_forms.get(event.item, {}).get(event.question)
    kind = "agency" if asked is not None and asked.type is FieldType.AGENCIES else "role"

    def called(name: str) -> str:
        return (asked.options.get(name) if asked is not None else "") or names.person(f"{kind}:{name}")

    label = f"“{asked.label if asked is not None else event.question.replace('_', ' ')}”"
    if event.joined and event.left:
        what, owed = f"{called(event.joined)} goes on for {called(event.left)}", "Owed by them from now on"
    elif event.joined:
        what, owed = f"{called(event.joined)} joins", ""
    else:
        what, owed = f"{called(event.left)} is no longer", "No longer owed"
    moved = f" {owed}: {names.titles(event.items)}." if event.items else ""
    again = f" Counted from then: {names.with_days(event.due)}." if event.due else ""
    return f"{what} on the list {label}, because {inline(event.reason)}.{moved}{again}"
