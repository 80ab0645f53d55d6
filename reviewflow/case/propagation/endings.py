"""Ways out of a process by the answers that were given, or by time alone."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from datetime import date

from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import CaseStatus, Item, Status, is_finished, is_open
from reviewflow.case.propagation.limits import stop_clocks
from reviewflow.case.propagation.touched import judged_in_turn
from reviewflow.case.rules.conditions import evaluate
from reviewflow.case.rules.edition import (
    an_ending_comes_before_openings,
    endings_by_time_count_from_their_day,
    endings_open_what_they_keep,
    unanswered_is_not_decided,
)
from reviewflow.case.rules.endings_by_time import awaited, day_of_ending, time_ends
from reviewflow.case.rules.recipients import recipients
from reviewflow.case.rules.routing import Routing
from reviewflow.case.rules.timing.days_anew import days_anew
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.london import london_day


def end_by_answers(draft: Draft) -> None:
    """End the case when the answers so far say so. A limit that the last answer met is met first."""
    plan = draft.plan
    if draft.case.closing:
        return
    for name, ending in plan.definition.process.endings.items():
        if ending.when is not None and evaluate(plan, draft.case, ending.when, "", calendars=draft.calendars):
            stop_clocks(draft)
            open_what_it_keeps(draft, name)
            draft.emit(ends(draft, name))
            return


def end_by_time(draft: Draft, name: str) -> bool:
    """End the case when the day of an ending has passed and nothing came; whether it did."""
    plan, case = draft.plan, draft.case
    when = time_ends(plan, case, name, draft.calendars)
    day = day_of_ending(plan, case, name, draft.calendars)
    if when is None or day is None or when > draft.now:
        return False
    ending, items = plan.definition.process.endings[name], awaited(plan, case, name)
    to = recipients(ending.to, plan, case, items[0]) if ending.send else ()
    if endings_by_time_count_from_their_day(case):
        draft.answered = london_day(when)
    draft.emit(e.NothingCame(name, day, items, ending.send or "", to))
    stop_clocks(draft)
    open_what_it_keeps(draft, name)
    draft.emit(replace(ends(draft, name), passed=day))
    return True


def end_with(draft: Draft, name: str, reason: str) -> None:
    """End the case because another one is over. A limit that was met meanwhile is met first."""
    stop_clocks(draft)
    open_what_it_keeps(draft, name)
    draft.emit(ends(draft, name, reason))


def open_what_it_keeps(draft: Draft, name: str) -> None:
    """Open the optional steps that an ending keeps and nobody has opened: it is their cause, such as a last letter.

    Where their day has passed they have as many days as their rule gives, counted from now.
    """
    plan, case = draft.plan, draft.case
    optional = [step for step in plan.kept_by(name) if plan.steps[step].optional]
    items = (item for step in optional for item in plan.items(step, case))
    unopened = tuple(item for item in items if item not in case.items or not case.items[item].opened_by_hand)
    if unopened and endings_open_what_they_keep(case):
        days = ((item, due_day(plan, case, item, draft.calendars)) for item in unopened)
        late = [item for item, day in days if day is not None and day < draft.today]
        due = days_anew(plan, case, late, draft.now, draft.calendars)
        draft.emit(e.StepOpened(unopened, "", due, ending=name))


def ends(draft: Draft, name: str, reason: str = "") -> e.CaseEnding | e.CaseEnded:
    """The end at once, or as soon as what the ending keeps is done; `reason` where somebody says so."""
    keeps = tuple(step for step in draft.plan.kept_by(name) if _is_owed(draft, (step,)))
    if keeps:
        return e.CaseEnding(name, draft.answered, keeps, reason=reason, dated=True)
    return ended(draft, name, reason)


def ended(draft: Draft, name: str, reason: str = "") -> e.CaseEnded:
    """The end of the case, which names what people still owed: it falls, and nobody is left to wonder."""
    plan, case = draft.plan, draft.case
    owed = (item for item in plan.all_items(case) if is_open(case, item) and not plan.is_automatic(step_of(item)))
    return e.CaseEnded(name, draft.answered, reason, dropped=tuple(owed), letters_say_why=bool(reason))


def _is_owed(draft: Draft, steps: Iterable[str]) -> bool:
    case, plan = draft.case, draft.plan
    return any(not is_finished(case, item) for step in steps for item in plan.items(step, case))


def end_when_kept_is_done(draft: Draft) -> None:
    """End a case that is ending as soon as nothing is owed any more of what its ending keeps."""
    ending, reason = draft.case.closing, draft.case.closing_reason
    if ending and not _is_owed(draft, draft.plan.kept_by(ending)):
        draft.emit(replace(ended(draft, ending, reason), passed=None if reason else _passed(draft, ending)))


def _passed(draft: Draft, ending: str) -> date | None:
    """The day that had passed, of an ending that time alone takes; None where answers may take it too."""
    by_answers = draft.plan.definition.process.endings[ending].when is not None
    return None if by_answers else day_of_ending(draft.plan, draft.case, ending, draft.calendars)


def end_before_anything_opens(draft: Draft) -> bool:
    """End the case by what will not be asked any more, before what the ending would drop is owed or asked for.

    Returns whether it is over now; not where the ending keeps something.
    """
    by_an_answer = any(ending.when is not None for ending in draft.plan.definition.process.endings.values())
    running = draft.case.status is CaseStatus.OPEN and not draft.case.closing
    if not (by_an_answer and running and draft.settled and an_ending_comes_before_openings(draft.case)):
        return False
    trial = copy(draft)
    trial.events = []
    for step in judged_in_turn(trial):
        never = tuple(item for item in draft.plan.items(step, trial.case) if _is_never_asked(trial, item))
        if never:
            trial.emit(e.NotNeeded(never))
    end_by_what_was_settled(trial)
    if trial.case.closing or trial.case.status is not CaseStatus.OPEN:
        for event in trial.events:
            draft.emit(event)
    return draft.case.status is CaseStatus.ENDED


_NOT_BEGUN = Item(Status.PENDING)


def _is_never_asked(draft: Draft, item: str) -> bool:
    """Whether an item that was not owed yet is not needed, as it stands now."""
    waits = draft.case.items.get(item, _NOT_BEGUN).status is Status.PENDING
    return waits and draft.routing(item) is Routing.NOT_NEEDED


def end_by_what_was_settled(draft: Draft) -> None:
    """End the case when what followed from an answer decides it: a question that will not be asked any more.

    Only after something was settled by this command, so that a case that was opened again is not ended at once.
    """
    if draft.settled and draft.case.status is CaseStatus.OPEN and unanswered_is_not_decided(draft.case):
        end_by_answers(draft)
