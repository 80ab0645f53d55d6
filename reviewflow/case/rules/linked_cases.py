"""What a `start` asks for: which process, and how the linked case is opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time

from reviewflow.calendar import Calendars
from reviewflow.case.model.commands import Open
from reviewflow.case.model.ids import key_of, link_id, starter_of, step_of
from reviewflow.case.model.state import CUT_SHORT, Case, CaseStatus, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.rounds.following_rounds import as_after_round
from reviewflow.case.rules.timing.due_dates import counted_from
from reviewflow.case.rules.timing.hours import anchor_moment
from reviewflow.language.model import ORIGIN, Start
from reviewflow.language.phrases import parse_anchor
from reviewflow.language.structure.calendars import CHOSEN
from reviewflow.london import LONDON


def start_of(plan: Plan, item: str) -> Start | None:
    """The `start` of a step or of an ending; None where it has none."""
    ending = plan.definition.process.endings.get(item)
    if ending is not None:
        return ending.start
    step = plan.steps.get(step_of(item))
    return step.start if step else None


def round_of(case: Case, item: str) -> tuple[int | None, date | None]:
    """Of an item that is owed after each round of another: after which time that was done it is, and on which day."""
    state = case.items.get(item)
    return (state.nth, state.of_round) if state is not None and state.nth is not None else (None, None)


def started_by(case: Case, item: str) -> str:
    """The case that an item has started; of one that starts a case after each round, for the present one. '' if none.

    A round that was sent back, and is done once more, keeps the case that it has led to.
    """
    return case.links.get(link_id(item, round_of(case, item)[0]), "")


def all_started_by(case: Case, item: str) -> tuple[str, ...]:
    """All cases that an item has started, those of rounds in the order of these."""
    links = {reference for link, reference in case.links.items() if starter_of(link) == item}
    return tuple(reference for reference in started_in_turn(case) if reference in links)


def steps_that_started(case: Case, reference: str) -> set[str]:
    """The steps of a case that have started another one; none of any other case."""
    return {step_of(starter_of(link)) for link, started in case.links.items() if started == reference}


def started_in_turn(case: Case) -> tuple[str, ...]:
    """All cases that a case has started, those of rounds in the order of these."""
    return tuple(sorted(case.links.values(), key=lambda reference: case.started_after.get(reference, date.min)))


def goes_without(case: Case, item: str, nth: int | None) -> bool:
    """Whether somebody has decided to go on without the case that an item was to start, in that round."""
    state = case.items.get(item)
    if state is None or nth is None:
        return state is not None and state.status is Status.SKIPPED
    left_out = (*state.passed_over, *((state.nth or 0,) if state.status is Status.SKIPPED else ()))
    return any(nth <= skipped for skipped in left_out)


def cases_it_came_from(case: Case) -> tuple[str, ...]:
    """The case that started this one; of one that was brought in, as no other has started it here, those of its links.

    Whether such a one did start it is known there alone: it is heeded where that says so.
    """
    if case.origin or case.brought_in is None:
        return (case.origin,) if case.origin else ()
    return tuple(
        name for name, link in case.related.items() if link.kind == "derived_from" and name not in case.outside
    )


def ends_with(plan: Plan, case: Case, reference: str, status: CaseStatus) -> str:
    """The ending that the case takes because another one is over so; '' where its file says nothing of that.

    Of a case that it started: when that is closed or has ended, as one that is withdrawn was perhaps a mistake. Of the
    one that started it: when that stops before it was done; what started another case is often soon done itself.
    """
    started = steps_that_started(case, reference)
    for name, ending in plan.definition.process.endings.items():
        if ending.with_the_end_of == ORIGIN and reference in cases_it_came_from(case):
            return name if status in CUT_SHORT else ""
        if ending.with_the_end_of in started and status is not CaseStatus.WITHDRAWN:
            return name
    return ""


def unknown_days(plan: Plan, case: Case, ending: str, calendars: Calendars) -> Iterator[str]:
    """The days that are not known yet of those with which the case that an ending starts would open."""
    start = start_of(plan, ending)
    for text in start.dates.values() if start else ():
        if text != ending and counted_from(plan, case, parse_anchor(text), ending, calendars) is None:
            yield text


def opening_of(plan: Plan, case: Case, item: str, calendars: Calendars) -> tuple[str, Open]:
    """The process to open and the command that opens it; a date that is not known is left out.

    Raises TypeError when the item starts no case.
    """
    start = start_of(plan, item)
    if start is None:
        raise TypeError(f"{item} does not start a case.")
    case = as_after_round(plan, case, item)
    days = {
        name: case.ended if text == case.ending else counted_from(plan, case, parse_anchor(text), item, calendars)
        for name, text in start.dates.items()
    }
    known_days = {name: day for name, day in days.items() if day is not None}
    agencies = case.agencies if start.agencies else ()
    calendar = case.calendar if start.calendar == CHOSEN else start.calendar or ""
    return start.process, Open(known_days, agencies, case.reference, _times(plan, case, start, item), calendar)


def _times(plan: Plan, case: Case, start: Start, item: str) -> dict[str, time]:
    """The times of day that are handed over; one that is not known is left out, and the opening then refused."""
    moments = {
        name: anchor_moment(plan, case, parse_anchor(text), key_of(item) if step_of(item) in plan.steps else "")
        for name, text in (start.times or {}).items()
    }
    return {name: moment.astimezone(LONDON).time() for name, moment in moments.items() if moment is not None}
