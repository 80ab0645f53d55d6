"""What a date that was set, and a day that was extended, move and do not move, for whoever gave the command."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reviewflow.case.model import events
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, Status
from reviewflow.case.rules.edition import earlier_days_count
from reviewflow.language.phrases import DayRule
from reviewflow.language.structure.extensions import may_be_extended
from reviewflow.service.wording.history.names import Names
from reviewflow.service.wording.history.sentences import event_sentence
from reviewflow.text import day_words


def moved_words(
    case: Case,
    event: events.DateSet | events.DateCorrected | events.CalendarCorrected,
    recorded: Iterable[events.Event],
    names: Names,
) -> Iterator[str]:
    """What moves with a date or a calendar, and what keeps a day that it was given, with the command to move it."""
    yield from (event_sentence(other, names) for other in recorded if isinstance(other, events.DueMoved))
    yield from _stay(case, event, names)


def _stay(
    case: Case,
    event: events.DateSet | events.DateCorrected | events.CalendarCorrected | events.Extended,
    names: Names,
) -> Iterator[str]:
    for item, day in event.stayed.items():
        due = case.items[item].due
        if due is None:
            continue
        stays = f"“{names.title(item)}” stays due {day_words(due)}, because {_why_it_stays(case, item)}; by its rule it"
        then = _to_move(names, case, item, day.isoformat()) if day > due else "It keeps the later day."
        yield f"{stays} would be due {day_words(day)}. {then}".rstrip()


def _why_it_stays(case: Case, item: str) -> str:
    state = case.items[item]
    if state.held:
        return "a hold moved it to that day"
    if state.round > 1 and state.original is None:
        return "that day was given when the work was sent back"
    known = state.original is None or earlier_days_count(case)
    return "that day was given by hand" if known else "a hold or somebody gave it that day"


def extended_words(case: Case, event: events.Extended, names: Names) -> Iterator[str]:
    """That an extended day follows its rule no more, and which local limits that it meets stay where they are."""
    rule = _rule(names, step_of(event.item))
    if rule is not None:
        keeps = f"“{names.title(event.item)}” keeps this day, whatever is set or corrected from now on"
        yield f"{keeps}: it no longer follows its rule ({rule})."
    yield from _stay(case, event, names)
    for name, limit in names.definition.process.limits.items():
        state = case.items.get(name)
        ends = state.due if state is not None and state.status is Status.OPEN else None
        if limit.steps == (step_of(event.item),) and ends is not None and ends < event.to:
            stays = f"“{names.title(name)}”, the time limit that it meets, does not move: it ends {day_words(ends)}."
            yield f"{stays} {_to_move(names, case, name, event.to.isoformat())}".rstrip()


def _to_move(names: Names, case: Case, item: str, day: str) -> str:
    """The command that moves it; '' where the process lets nobody give more time, or not once more."""
    if not may_be_extended(names.definition.process, step_of(item), case.items[item].extended):
        return ""
    return f"To move it too: reviewflow extend {case.reference} {item} --to {day} --by-role ... --reason ..."


def _rule(names: Names, name: str) -> DayRule | None:
    process = names.definition.process
    return process.limits[name].due if name in process.limits else process.steps[name].due
