"""A case's history in words: what a court or an inspector is given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reviewflow.case.apply import fold
from reviewflow.case.apply.lines import lines_in
from reviewflow.case.model import events
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Answer, Case, Status
from reviewflow.language.definition import Definition
from reviewflow.service.commands.carry_out import find
from reviewflow.service.reports.registers.publications import published
from reviewflow.service.views.goes_on import ended_before_words, ended_with_words, follows_words, goes_on_words
from reviewflow.service.views.joined_late import done_without_words
from reviewflow.service.wording.answers_that_stand import stands_words
from reviewflow.service.wording.history.names import Names
from reviewflow.service.wording.history.sentences import event_sentence
from reviewflow.service.wording.moved_days import extended_words, moved_words
from reviewflow.service.wording.people import recipient_title
from reviewflow.service.wording.titles import Gathered, item_words
from reviewflow.service.workspace.workspace import Workspace
from reviewflow.text import day_words


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One event: what happened, the day it is about, who recorded it, and when."""

    number: int
    """Of the event in its case, from 1."""
    recorded_at: str
    """The moment in UTC, as it is stored: '2026-05-05T10:00:00+00:00'."""
    on: str
    """The day it is about, '2026-05-05'."""
    by: str
    kind: str
    """The name under which events of its kind are stored."""
    words: str
    hash: str
    """Of the event, chained to that of the one before."""
    items: tuple[str, ...] = ()
    """The work items and limits that it is about."""


def history(workspace: Workspace, reference: str) -> Iterator[HistoryEntry]:
    """Every event of the case, oldest first, in the words of the definition of that time; raises UnknownCase."""
    definition = workspace.plan(find(workspace, reference).definition).definition
    gathered: dict[tuple[str, str], Answer] = {}
    earlier: list[events.Event] = []
    for stored in workspace.store.events(reference):
        event = events.decode(stored.kind, stored.body)
        gathered |= _gathered(event, gathered)
        undone = undone_before(reference, earlier, event)
        earlier.append(event)
        words_of = definition
        if isinstance(event, events.Opened | events.Migrated):
            definition = workspace.plan(event.definition).definition
            words_of = definition if isinstance(event, events.Opened) else words_of
        words = event_sentence(event, replace(_names(workspace, words_of, gathered), undone=undone))
        yield HistoryEntry(
            stored.number, stored.recorded_at, stored.on, stored.by, stored.kind, words, stored.hash, items_about(event)
        )


def undone_before(reference: str, earlier: Sequence[events.Event], event: events.Event) -> tuple[str, ...]:
    """Of what an event sends back, what had not been done then: it was still owed, or was not needed."""
    if not isinstance(event, events.SentBack):
        return ()
    before = fold(reference, earlier)
    return tuple(item for item in event.items if before.items[item].status in {Status.OPEN, Status.NOT_NEEDED})


def warnings(workspace: Workspace, case: Case, recorded: Sequence[events.Event]) -> Iterator[str]:
    """What whoever gave a command should know at once of the events that it led to."""
    plan = workspace.plan(case.definition)
    definition = plan.definition
    for event in recorded:
        names = _names(workspace, definition, {})
        match event:
            case events.TooLateWarned() | events.DoneBeforeItsTurn():
                yield event_sentence(event, names)
            case events.DateSet() | events.DateCorrected() | events.CalendarCorrected():
                yield from moved_words(case, event, recorded, names)
            case events.CaseEnding() | events.CaseWithdrawn():
                yield from goes_on_words(workspace, case)
            case events.CaseLinked():
                yield from follows_words(workspace, case, event)
            case events.SentBack():
                yield from ended_before_words(workspace, case)
            case events.CaseClosed():
                yield from ended_with_words(workspace, case)
            case events.CaseEnded() if not any(isinstance(other, events.CaseEnding) for other in recorded):
                yield from goes_on_words(workspace, case)
            case events.AgencyJoined(agency):
                yield from done_without_words(plan, case, names.agency(agency))
            case events.Extended():
                yield from extended_words(case, event, names)
            case events.Completed():
                yield from _promised_too_short(workspace, case, event)
                if not any(isinstance(other, events.SentBack) for other in recorded):
                    yield from stands_words(plan, event)
            case _:
                pass


def _promised_too_short(workspace: Workspace, case: Case, event: events.Completed) -> Iterator[str]:
    """That a report which was published now is to stay for less than it must, with what to do."""
    for report in published(workspace.plan(case.definition), case, workspace.calendars):
        if report.step == event.item and report.stays_until < report.at_least_until:
            yield (
                f"The report {report.warning} {day_words(report.at_least_until)}. Until then it stays in the register."
                f" If the day was mistyped: reviewflow reopen {case.reference} {event.item}, and record it once more."
            )


def sentences(workspace: Workspace, case: Case, recorded: Sequence[events.Event]) -> Iterator[str]:
    """What a command led to, each event as the history says it, in the words of the case as it is then."""
    definition = workspace.plan(case.definition).definition
    lists = (
        ((step_of(item), name), answer)
        for item, state in case.items.items()
        for name, answer in state.answers.items()
        if isinstance(answer, list)
    )
    names = _names(workspace, definition, dict(lists))
    for place, event in enumerate(recorded):
        undone: tuple[str, ...] = ()
        if isinstance(event, events.SentBack):
            undone = undone_before(case.reference, [*_before(workspace, case, recorded), *recorded[:place]], event)
        yield event_sentence(event, replace(names, undone=undone))


def _before(workspace: Workspace, case: Case, recorded: Sequence[events.Event]) -> Iterator[events.Event]:
    """What happened in a case before the last of its events."""
    stored = list(workspace.store.events(case.reference))
    return (events.decode(row.kind, row.body) for row in stored[: len(stored) - len(recorded)])


def items_about(event: events.Event) -> tuple[str, ...]:
    """The work items and limits that an event is about."""
    several = getattr(event, "items", ())
    return tuple(several) or tuple(filter(None, (getattr(event, "item", ""),)))


def _gathered(event: events.Event, before: Gathered) -> Gathered:
    """The lists that an event brings, for the names of their entries; a line comes to those that were there."""
    if isinstance(event, events.LineAdded | events.LineChanged):
        table = (step_of(event.item), event.question)
        lines = lines_in(before.get(table))
        return {table: [*lines[: event.number - 1], event.line, *lines[event.number :]]}
    if not isinstance(event, events.Completed):
        return {}
    step = step_of(event.item)
    return {(step, name): answer for name, answer in event.answers.items() if isinstance(answer, list)}


def _names(workspace: Workspace, definition: Definition, gathered: Gathered) -> Names:
    def person(name: str) -> str:
        return recipient_title(workspace.partnership, name)

    return Names(definition, lambda item: item_words(definition, item, gathered, person), person)
