"""The sentences of events about days: time limits, days that move, extensions and holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from reviewflow.case.model import events
from reviewflow.service.wording.calendars import calendar_words
from reviewflow.service.wording.forecast_words import foreseen_words, or_later_words
from reviewflow.service.wording.history.names import Names, decided_by, hold_review_words, inline
from reviewflow.text import day_words, due_words, listing


def day_sentence(event: events.DateEvent, names: Names) -> str:
    """An event about limits, days, extensions or holds."""
    match event:
        case events.LimitMet(item, done, at):
            return f"{names.title(item)}: the clock stopped on {due_words(done, at)}."
        case events.LateForeseen():
            return _late_foreseen(event, names)
        case events.ForecastTurned():
            return _turned(event, names)
        case events.BackOnCourse():
            return _back_on_course(event, names)
        case events.LimitBreached(item, due, document, at):
            breached = f"{names.title(item)}: was not met by {due_words(due, at)}. Why is to be recorded."
            return f"{breached}{_drafted(document)}"
        case events.BreachExplained(item, reason):
            return f"{names.title(item)}: why it is late: {inline(reason)}."
        case events.DueMoved(items, because, by):
            return f"Due days moved, because {because}: {names.with_days(items, by)}."
        case events.ClockStopped(name, since, items):
            still = (names.definition.process.stands_still or {}).get(name)
            why = still.title if still else name
            return f"The clock stands still since {day_words(since)} ({why}): {names.titles(items)}."
        case events.ClockWentOn(name, items, since, until, by):
            still = (names.definition.process.stands_still or {}).get(name)
            how = "begins again" if still and still.begins_again else "goes on"
            stood = f"It stood still from {day_words(since)} to {day_words(until)}"
            return f"The clock {how}. {stood} ({still.title if still else name}): {names.with_days(items, by)}."
        case events.DateCorrected():
            return _corrected(event, names)
        case events.CalendarCorrected(was, now, reason):
            counted = f"Its days are those of {calendar_words(now)}, and no longer of {calendar_words(was)}"
            return f"Corrected: {counted}. Reason: {inline(reason)}.{_stayed(event.stayed, names)}"
        case events.DateSet():
            return _set(event, names)
        case events.TooLateWarned():
            return _too_late(event, names)
        case events.Extended(item, was, to, role, reason, at=at):
            granted = f"granted by {names.granter(role)}. Reason: {inline(reason)}."
            extended = f"{names.title(item)}: extended from {day_words(was)} to {due_words(to, at)}, {granted}"
            return f"{extended}{_stayed(event.stayed, names)}"
        case events.DueDatesShifted(hold, items, by=by):
            return f"Due days moved on by the days held ({names.hold(hold)}): {names.with_days(items, by)}."
        case events.FollowsNewDay(items):
            anew = "Goes by its rule again, on the day that was set anew, and not on that of a hold"
            return f"{anew}: {names.titles(items)}."
        case events.HoldPlaced():
            return _placed(event, names)
        case events.HoldReviewed(hold, _, reason, review):
            return f"Stays held: {names.hold(hold)}. Reason: {inline(reason)}.{hold_review_words(names, hold, review)}"
        case events.HoldReviewDue(hold, message, to):
            return f"{names.hold(hold)}: is to be looked at again; {names.message(message)} goes to {names.people(to)}."
        case events.HoldReleased(hold, reason=reason, item=item, by_role=role):
            why = f" by the answer to {names.title(item)}." if item else f". Reason: {inline(reason)}."
            return f"Released: {names.hold(hold)}{why}{decided_by(role, names)}"
        case _:
            assert_never(event)


def _late_foreseen(event: events.LateForeseen, names: Names) -> str:
    met = f"it is foreseen for {day_words(event.expected)}"
    when = "nobody can say when it will be met" if event.endless else met
    chain = f" On the way: {names.titles(event.chain)}." if event.chain else ""
    holds = f" Held: {listing(map(names.hold, event.holds))}." if event.holds else ""
    message = f" {names.message(event.message)} goes to {names.people(event.to)}." if event.message else ""
    ends = f"{due_words(event.due, event.at)}{or_later_words(event.ends)}"
    late = f"{names.title(event.item)}: is unlikely to be met; it ends {ends}, and {when}."
    return f"{late}{chain}{holds}{message}{_drafted(event.document)}"


def _turned(event: events.ForecastTurned, names: Names) -> str:
    foreseen = f", and {foreseen_words(event.expected, event.ends or event.due)}" if event.expected else ""
    chain = f" On the way: {names.titles(event.chain)}." if event.chain else ""
    holds = f" Held: {listing(map(names.hold, event.holds))}." if event.holds else ""
    ends = f"{due_words(event.due, event.at)}{or_later_words(event.ends)}"
    turned = f"{names.title(event.item)}: {event.now}, was {event.was}; it ends {ends}{foreseen}."
    return f"{turned}{chain}{holds}"


def _back_on_course(event: events.BackOnCourse, names: Names) -> str:
    when = f", foreseen for {day_words(event.expected)}" if event.expected else ""
    message = f" {names.message(event.message)} goes to {names.people(event.to)}." if event.message else ""
    ends = f"{due_words(event.due, event.at)}{or_later_words(event.ends)}"
    return f"{names.title(event.item)}: is in time after all{when}; it ends {ends}.{message}"


def _drafted(document: str) -> str:
    return f" The document {document} is drafted." if document else ""


def _corrected(event: events.DateCorrected, names: Names) -> str:
    title = names.definition.process.opening.dates.get(event.name) or names.title(event.name)
    corrected = f"Corrected from {day_words(event.was)} to {due_words(event.now, event.at)}"
    return f"{corrected}: {title}. Reason: {inline(event.reason)}.{_stayed(event.stayed, names)}"


def _set(event: events.DateSet, names: Names) -> str:
    title = names.definition.process.dates[event.name].title
    if event.was == event.to:
        why = f", says {names.title(event.item)}." if event.item else f". Reason: {inline(event.reason)}."
        return f"{title}: stays {day_words(event.to)}{why}{_stayed(event.stayed, names)}"
    moved = f"moved from {day_words(event.was)} to" if event.was else "set to"
    why = f" by {names.title(event.item)}." if event.item else f". Reason: {inline(event.reason)}."
    return f"{title}: {moved} {day_words(event.to)}{why}{_stayed(event.stayed, names)}"


def _stayed(stayed: Mapping[str, date], names: Names) -> str:
    """What keeps its day all the same, because somebody or a hold gave it."""
    kept = "; ".join(f"{names.title(item)} (by its rule it would be {day_words(day)})" for item, day in stayed.items())
    return f" Not moved, because a hold, a sending back or somebody gave them their days: {kept}." if kept else ""


def _too_late(event: events.TooLateWarned, names: Names) -> str:
    planned = names.definition.process.dates.get(event.name)
    the_day = f'Warning: the day set for "{planned.title if planned else event.name}"'
    warnings = []
    if event.items:
        warnings.append(f"{the_day} leaves no time. Already past: {names.with_days(event.items)}.")
    if event.beyond:
        over = "; ".join(f"{names.title(limit)}, {day_words(day)}" for limit, day in event.beyond.items())
        after = f"comes after a time limit ends: {over}. Say so, and why, to whoever is waiting for it."
        warnings.append(f"{the_day} {after}")
    return " ".join(warnings)


_NOTHING_STOPPED = " Nothing that it stops is still to be done."


def _placed(event: events.HoldPlaced, names: Names) -> str:
    why = f", by the answer to {names.title(event.item)}." if event.item else f". Reason: {inline(event.reason)}."
    asked = f" Asked for by {inline(event.requested_by)}." if event.requested_by else ""
    hold = names.definition.process.holds.get(event.hold)
    stopped = [step for step in hold.stops if step not in event.settled] if hold else []
    stops = f" What stands still: {names.titles(stopped)}." if stopped else _NOTHING_STOPPED if hold else ""
    decided = decided_by(event.by_role, names)
    look = hold_review_words(names, event.hold, event.review)
    return f"Held: {names.hold(event.hold)}{why}{asked}{decided}{stops}{look}"
