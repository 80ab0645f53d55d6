"""Who takes part: an agency joins a case late, or leaves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.handlers.opening import agencies_words
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import agency_recipient, item_id, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Case, Status, is_finished, is_open
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.edition import late_joiners_have_a_day_of_their_own, sent_back_work_has_a_new_day
from reviewflow.case.rules.input_checks import NAME, not_an_agency_name, read_reason
from reviewflow.case.rules.timing.days_anew import days_anew
from reviewflow.case.rules.timing.due_dates import due_day
from reviewflow.language.model import AGENCY, EACH
from reviewflow.language.phrases import counts_hours
from reviewflow.language.structure.lists import owner_column, source_of
from reviewflow.language.structure.owners import owner_in_answer
from reviewflow.language.suggestions import suggestion
from reviewflow.text import listing


def _has_line(plan: Plan, case: Case, item: str, agency: str) -> bool:
    """Whether an answer or a line of a table names this agency as owner: that is still owed when the agency leaves."""
    step = plan.steps[step_of(item)]
    by_answer = step.asks or owner_column(step) or owner_in_answer(step) or (step.owner == EACH and source_of(step))
    return bool(by_answer) and plan.owner(item, case) == agency_recipient(agency) and not is_finished(case, item)


def add_agency(draft: Draft, command: c.AddAgency) -> None:
    """Let another agency take part, owing every step `for_each: agency` from now on; raises Refused."""
    if draft.plan.definition.process.opening.agencies is None:
        title = draft.plan.definition.process.title
        raise Refused(
            [f"No agencies take part in “{title}”."],
            "Nothing was changed. Where they should, its file says so: opening.",
        )
    if not NAME.fullmatch(command.agency):
        raise Refused([not_an_agency_name(command.agency)], f"Taking part: {listing(draft.case.agencies)}.")
    if command.agency in draft.case.agencies:
        taking = listing(draft.case.agencies)
        raise Refused([f'"{command.agency}" already takes part.'], f"Taking part: {taking}.")
    draft.emit(e.AgencyJoined(command.agency, _days_again(draft, command.agency)))


def _days_again(draft: Draft, agency: str) -> Mapping[str, date]:
    """The days, counted from today, of what an agency owes again that had left, and of what it comes too late for."""
    plan, case, calendars = draft.plan, draft.case, draft.calendars
    owed = []
    if sent_back_work_has_a_new_day(case):
        owed += [item for item in _of_agency(plan, agency) if fell_away(case, item)]
    if late_joiners_have_a_day_of_their_own(case):
        owed += [item for item in _of_agency(plan, agency) if is_past(plan, case, item, draft.today, calendars)]
    return days_anew(plan, case, owed, draft.now, calendars)


def _of_agency(plan: Plan, agency: str) -> list[str]:
    return [item_id(step, agency) for step in plan.order if plan.steps[step].for_each == AGENCY]


def fell_away(case: Case, item: str) -> bool:
    """Whether an item was owed once, and was withdrawn as its owner left."""
    state = case.items.get(item)
    return state is not None and state.status is Status.WITHDRAWN and state.opened is not None


def is_past(plan: Plan, case: Case, item: str, today: date, calendars: Calendars) -> bool:
    """Whether an item that was never owed would be due on a day that leaves no time for it. Hours go on as they are."""
    rule = plan.steps[step_of(item)].due
    if item in case.items or rule is None or counts_hours(rule):
        return False
    due = due_day(plan, case, item, calendars)
    return due is not None and due <= today


def _needed_still(plan: Plan, case: Case, leaving: str) -> Iterator[str]:
    """Why an agency cannot leave; whoever is missing already, as after a merger, is no reason."""
    needed = plan.definition.process.opening.agencies
    if needed is None:
        return
    if len(case.agencies) <= needed.number:
        yield f"This process needs {agencies_words(needed)}."
    missing = {*needed.absent(case.agencies)}
    for who in needed.absent([name for name in case.agencies if name != leaving]):
        if who not in missing:
            yield f"This process needs {who} among its agencies."


def _instead(plan: Plan, leaving: str) -> str:
    """What is possible where an agency cannot leave."""
    needed = plan.definition.process.opening.agencies
    if needed is None or leaving not in needed.among:
        return "Add another first."
    return (
        f"Whoever joins, {leaving} stays, as the process names it. Where another agency goes on for it: "
        f"reviewflow merge-agencies {leaving} OTHER --reason WHY."
    )


def remove_agency(draft: Draft, command: c.RemoveAgency) -> None:
    """End an agency's part: what it still owes is withdrawn. Raises Refused while lines of tables name it as owner."""
    plan = draft.plan
    case, reason = draft.case, read_reason(command.reason)
    taking = f"Taking part: {listing(case.agencies, none='none')}."
    if command.agency not in case.agencies:
        raise Refused([f'"{command.agency}" does not take part.{suggestion(command.agency, case.agencies)}'], taking)
    if wrong := [*_needed_still(plan, case, command.agency)]:
        raise Refused(wrong, f"{_instead(plan, command.agency)} {taking}")
    lines = [item for item in plan.all_items(case) if _has_line(plan, case, item, command.agency)]
    if lines:
        message = f'"{command.agency}" still has {listing(lines)}.'
        raise Refused([message], "Complete or skip it, or give it to another agency: do again the step that listed it.")
    open_now = tuple(item for item in _of_agency(plan, command.agency) if is_open(case, item))
    draft.emit(e.AgencyLeft(command.agency, reason, open_now))
