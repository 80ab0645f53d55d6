"""Holds: what stands still for a while and why, until it is released. National limits never stand still."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import LookAgain, role_recipient, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answers, Case, Status
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.conditions import evaluate_answers
from reviewflow.case.rules.form_answers import plain_text
from reviewflow.case.rules.holds import next_look, next_review, stopped_by, why_stopped
from reviewflow.case.rules.input_checks import read_reason, read_words, too_far
from reviewflow.language.model import HeldDays
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing


def refuse_held(plan: Plan, case: Case, item: str) -> None:
    names = stopped_by(plan, case, item)
    if names:
        release = listing((f"reviewflow release {case.reference} {name} --reason ..." for name in names), last="and")
        raise Refused(
            [f'"{item}" is held: {why_stopped(plan, case, item)}.'],
            f"Nothing was lost. When there is no reason for it any more, release it first: {release}",
        )


def hold(draft: Draft, command: c.Hold) -> None:
    """Place a hold; one that is in place has been looked at again, and stays."""
    plan, today, calendars = draft.plan, draft.today, draft.calendars
    name, reason = _known(plan, draft.case, command.hold), read_reason(command.reason)
    asked = read_words("Who asked for it", command.requested_by)
    review = command.review or next_look(plan, name, today, calendars)
    if review is not None and review <= today:
        raise Refused([f"{day_words(review)} is not ahead of today ({day_words(today)})."], "Choose a later day.")
    if review is not None and (wrong := list(too_far(review, today, calendars))):
        raise Refused(wrong, "Nothing was changed.")
    if name in draft.case.holds:
        draft.emit(e.HoldReviewed(name, today, reason, review))
    else:
        draft.emit(e.HoldPlaced(name, today, reason, asked, review=review))


def release(draft: Draft, command: c.Release) -> None:
    name, reason = _known(draft.plan, draft.case, command.hold), read_reason(command.reason)
    if name not in draft.case.holds:
        in_place = f"In place: {listing(draft.case.holds, none='no hold')}."
        raise Refused([f'"{name}" is not in place, so it cannot be released.'], in_place)
    let_go(draft, e.HoldReleased(name, draft.today, reason))


def let_go(draft: Draft, event: e.HoldReleased) -> None:
    """What was held goes on with as many working days left as it had: nobody is late for what they might not do."""
    plan = draft.plan
    placed = draft.case.holds[event.hold]
    draft.emit(event)
    moves = event.hold in plan.holds and plan.holds[event.hold].due_days is HeldDays.MOVE
    later = dict(_stood_still(plan, draft.case, event, placed.since, draft.calendars)) if moves else {}
    if later:
        draft.emit(e.DueDatesShifted(event.hold, later))


def _stood_still(
    plan: Plan, case: Case, event: e.HoldReleased, since: date, calendars: Calendars
) -> Iterator[tuple[str, date]]:
    """The new day of each that stood still. Days under another hold count when that one is released, and nothing moves
    past a limit that it meets, because that clock went on.
    """
    for item, state in case.items.items():
        if step_of(item) not in plan.holds[event.hold].stops or state.status is not Status.OPEN:
            continue
        if state.due and state.opened and state.by is None:
            calendar = calendars[plan.calendar_of(step_of(item))]
            over = min([event.released, *(case.holds[name].since for name in stopped_by(plan, case, item))])
            days = max(calendar.working_days_between(max(since, state.opened), over), 0)
            later = min([calendar.add_working_days(state.due, days), *_ends(plan, case, item)])
            if later > state.due:
                yield item, later


def _ends(plan: Plan, case: Case, item: str) -> Iterator[date]:
    """When the clocks end that this step stops."""
    for name, state in case.items.items():
        limit = plan.limits.get(step_of(name))
        if limit is not None and limit.met_by == step_of(item) and state.status is Status.OPEN and state.due:
            yield state.due


def _known(plan: Plan, case: Case, name: str) -> str:
    if name not in plan.holds:
        near = suggestion(name, plan.holds)
        possible = f"Holds of this process: {listing(plan.holds, none='none')}."
        raise Refused([f'"{plain_text(name)}" is not a hold of {case.reference}.{near}'], possible)
    return name


def hold_by_answers(draft: Draft, item: str, answers: Answers) -> None:
    """The holds that the answers of a form place or lift."""
    plan, today = draft.plan, draft.today
    step = plan.steps[step_of(item)]
    for name, placing in step.places.items():
        if name not in draft.case.holds and evaluate_answers(placing.when, answers):
            draft.emit(e.HoldPlaced(name, today, item=item, review=next_look(plan, name, today, draft.calendars)))
    for name, lifting in step.lifts.items():
        if name in draft.case.holds and evaluate_answers(lifting.when, answers):
            let_go(draft, e.HoldReleased(name, today, item=item))


def remind(draft: Draft, command: c.Chase) -> None:
    """Remind of a review that has fallen due, once in its rhythm for as long as nobody has looked at it."""
    plan, now, calendars = draft.plan, draft.now, draft.calendars
    name = LookAgain.HOLD.name_in(command.item)
    when = next_review(plan, draft.case, name, calendars, command.send_at)
    if when is None or when > now:
        return
    rule, again = plan.holds[name], draft.case.holds[name].remind
    while again is not None and again <= now.astimezone(LONDON).date():
        again = next_look(plan, name, again, calendars)
    draft.emit(e.HoldReviewDue(name, rule.send, tuple(role_recipient(role) for role in rule.to), again))
