"""Dates set by answers and by automatic steps, and a warning of what becomes due too early for that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from reviewflow.calendar import Calendars, Landing
from reviewflow.case.apply import apply
from reviewflow.case.draft import Draft
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import key_of, step_of
from reviewflow.case.model.state import Answers, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import held_work_follows_days_set_anew, set_days_land_as_planned
from reviewflow.case.rules.timing.due_dates import date_day, due_day, rule_day
from reviewflow.case.rules.timing.kept_days import held_on_another_day, kept_days


def known_day(plan: Plan, case: Case, name: str, calendars: Calendars) -> date | None:
    """The day of a planned date before it is moved, as it was set or as it is counted; None when not known."""
    return date_day(plan, case, name, calendars)


def set_by_answers(draft: Draft, item: str, answers: Answers) -> None:
    """The dates that the answers of a form set, where they differ from what is set already."""
    for name, field in draft.plan.form(step_of(item)).items():
        if field.sets is not None and name in answers:
            day = date.fromisoformat(str(answers[name]))
            _set(draft, {field.sets: day}, item)


def set_by_step(draft: Draft, item: str) -> None:
    """The dates that an automatic step sets; one that counts from what never happened stays as it is."""
    plan = draft.plan
    step = step_of(item)
    rules = plan.steps[step].set
    days = {
        name: rule_day(
            plan, draft.case, rule, step, key_of(item), draft.calendars, landing=_landing(plan, draft.case, name)
        )
        for name, rule in rules.items()
    }
    known_days = {name: day for name, day in days.items() if day is not None}
    _set(draft, known_days, item)


def _landing(plan: Plan, case: Case, name: str) -> Landing:
    """Where a day that a step sets falls: moved as the date says, as the day for which it is planned is."""
    return plan.dates[name].on_a_working_day if set_days_land_as_planned(case) else Landing.AS_IT_FALLS


def _set(draft: Draft, days: Mapping[str, date], item: str) -> None:
    for name, day in days.items():
        if draft.case.dates.get(name) != day:
            was = known_day(draft.plan, draft.case, name, draft.calendars)
            move(draft, e.DateSet(name, day, was, item=item))


def follow_new_day(draft: Draft, name: str, key: str = "") -> None:
    """What a hold's release moved goes by its rule again, where the day that it names is set or booked anew now."""
    if held_work_follows_days_set_anew(draft.case) and (
        items := held_on_another_day(draft.plan, draft.case, name, key)
    ):
        draft.emit(e.FollowsNewDay(items))


def move(draft: Draft, event: e.DateSet) -> None:
    """Set the date, and warn of what is due on a day that has passed since, or after a time limit that it must meet."""
    plan, today, calendars = draft.plan, draft.today, draft.calendars
    follow_new_day(draft, event.name)
    before = draft.case
    draft.emit(replace(event, stayed=kept_days(plan, before, apply(before, event), calendars)))
    late = {
        item: due
        for item, state in before.items.items()
        if state.status is Status.OPEN
        and not (state.due and state.due < today)
        and (due := due_day(plan, draft.case, item, calendars)) is not None
        and due < today
        and due != state.due
    }
    beyond = dict(_beyond(plan, before, draft.case, calendars))
    if late or beyond:
        draft.emit(e.TooLateWarned(event.name, late, beyond))


def _beyond(plan: Plan, before: Case, after: Case, calendars: Calendars) -> Iterator[tuple[str, date]]:
    """The running limits whose step is now due after they end, each with the day on which it ends."""
    for limit in plan.limit_items(after):
        state, ends = after.items.get(limit), due_day(plan, after, limit, calendars)
        if state is None or state.status is not Status.OPEN or ends is None:
            continue
        for item in plan.yet_to_meet(limit, after):
            was, now = due_day(plan, before, item, calendars), due_day(plan, after, item, calendars)
            if now is not None and now > ends and now != was:
                yield limit, ends
