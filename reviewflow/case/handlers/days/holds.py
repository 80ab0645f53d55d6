"""Holds placed, reviewed and released. No hold stops a time limit: `rules.holds.no_hold_stops_a_limit`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from reviewflow.calendar import Calendars
from reviewflow.case.draft import Draft
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.arranged import answer_words
from reviewflow.case.model.ids import LookAgain, key_of, step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Answers, Case, Item, Status, is_open
from reviewflow.case.plan.own_answers import evaluate_answers
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.answers.typed import plain_text
from reviewflow.case.rules.edition import agreed_days_ahead_stay, earlier_days_count, held_work_moves_before_it_begins
from reviewflow.case.rules.holds import (
    already_settled,
    end_of_hold,
    next_review,
    next_review_day,
    stopped_by,
    why_stopped,
)
from reviewflow.case.rules.input_checks import far_day_problems, read_post, read_reason, read_words
from reviewflow.case.rules.recipients import posts_now
from reviewflow.case.rules.timing.counted_in import days_of
from reviewflow.case.rules.timing.due_dates import anchored, due_day
from reviewflow.case.rules.timing.hours import time_named, times_named
from reviewflow.case.rules.timing.kept_days import comes_with_an_agreed_day, unknown_rules
from reviewflow.language.model import HeldDays
from reviewflow.language.phrases import Due, counts_hours
from reviewflow.language.suggestions import suggestion
from reviewflow.london import LONDON
from reviewflow.text import day_words, listing, times_words


def refuse_held(plan: Plan, case: Case, item: str) -> None:
    """Raises Refused while a hold stops this item, naming the hold and how to release it."""
    names = stopped_by(plan, case, item)
    if names:
        release = listing((_release_command(plan, case, name) for name in names), last="and")
        raise Refused(
            [f"“{plan.definition.title(step_of(item))}” is held: {why_stopped(plan, case, item)}."],
            f"Nothing was lost. When there is no reason for it any more, release it first: {release}",
        )


def _release_command(plan: Plan, case: Case, name: str) -> str:
    by = plan.holds[name].by
    return f"reviewflow release {case.reference} {name} --reason ...{f' --by-role {by[0]}' if by else ''}"


def hold(draft: Draft, command: c.Hold) -> None:
    """Place a hold, or record that one in place was reviewed and stays; raises Refused."""
    plan, today, calendars = draft.plan, draft.today, draft.calendars
    name, reason = _hold_of_process(plan, draft.case, command.hold), read_reason(command.reason)
    asked = read_words("Who asked for it", command.requested_by)
    review = command.review or next_review_day(plan, draft.case, name, today, calendars)
    ends = end_of_hold(plan, draft.case, name, today, calendars)
    if ends is not None and review is not None and review > ends:
        wrong_day = (
            f"{day_words(review)} is after {day_words(ends)}, when it ends: it may last {plan.holds[name].at_most}."
        )
        raise Refused([wrong_day], "Nothing was changed. Give an earlier day, or none.")
    if review is not None and review <= today:
        raise Refused([f"{day_words(review)} is not ahead of today ({day_words(today)})."], "Choose a later day.")
    if review is not None and (wrong := list(far_day_problems(review, today, calendars))):
        raise Refused(wrong, "Nothing was changed.")
    if name in draft.case.holds:
        draft.emit(e.HoldReviewed(name, today, reason, review))
    else:
        role = _who_may(plan, draft.case, name, command.by_role, "hold")
        nth = nth_placing(plan, draft.case, name)
        if nth is not None and (most := plan.holds[name].times) and nth > most:
            problem = f'"{name}" cannot be placed: it may be placed {times_words(most)}, and was.'
            raise Refused([problem], "Nothing was changed.")
        settled = already_settled(plan, draft.case, name)
        draft.emit(e.HoldPlaced(name, today, reason, asked, review=review, by_role=role, nth=nth, settled=settled))


def nth_placing(plan: Plan, case: Case, name: str) -> int | None:
    """Which placing of a hold the next one is; None where the process does not say how often there may be one."""
    return case.placed.get(name, 0) + 1 if plan.holds[name].times else None


def release(draft: Draft, command: c.Release) -> None:
    """Release a hold for a reason; raises Refused when it is not in place."""
    name, reason = _hold_of_process(draft.plan, draft.case, command.hold), read_reason(command.reason)
    if name not in draft.case.holds:
        in_place = f"In place: {listing(draft.case.holds, none='no hold')}."
        raise Refused([f'"{name}" is not in place, so it cannot be released.'], in_place)
    role = _who_may(draft.plan, draft.case, name, command.by_role, "release")
    release_hold(draft, e.HoldReleased(name, draft.today, reason, by_role=role))


def _who_may(plan: Plan, case: Case, name: str, role: str, doing: str) -> str:
    """The post that places or releases a hold; raises Refused when the process leaves that to others."""
    command = f"reviewflow {doing} {case.reference} {name} --reason ..."
    return read_post(role, plan.holds[name].by, doing=f'{doing} "{name}"', command=command)


def release_hold(draft: Draft, event: e.HoldReleased) -> None:
    """Release a hold. Where it moves due days, each item has as many working days left as when the hold began."""
    plan = draft.plan
    placed = draft.case.holds[event.hold]
    draft.emit(event)
    moves = event.hold in plan.holds and plan.holds[event.hold].due_days is HeldDays.MOVE
    later = dict(_shifted_due_dates(plan, draft.case, event, placed.since, draft.calendars)) if moves else {}
    if later:
        first = {item: day for item, day, _ in _stopped_days(plan, draft.case, event.hold, draft.calendars)}
        not_begun = [item for item in later if not is_open(draft.case, item)]
        unknown = unknown_rules(plan, draft.case, later, draft.calendars) if earlier_days_count(draft.case) else {}
        begins = {item: first[item] for item in not_begun}
        draft.emit(e.DueDatesShifted(event.hold, later, begins, unknown, times_named(plan, later)))


def _shifted_due_dates(
    plan: Plan, case: Case, event: e.HoldReleased, since: date, calendars: Calendars
) -> Iterator[tuple[str, date]]:
    """The later due day of each item that the hold stopped, by the working days that it was in place.

    Days under another hold count when that one is released. No day moves past the end of a limit that the step meets,
    because the limit ran on; and what was agreed for a day that is still ahead stays on it.
    """
    for item, due, opened in _stopped_days(plan, case, event.hold, calendars):
        if due > event.released and agreed_days_ahead_stay(case) and comes_with_an_agreed_day(plan, item):
            continue
        calendar = days_of(plan, case, item, calendars)
        over = min([event.released, *(case.holds[name].since for name in stopped_by(plan, case, item))])
        days = max(calendar.working_days_between(max(since, opened), over), 0)
        ends = [*_limit_ends(plan, case, item), *_event_ahead(plan, case, item, event.released, calendars)]
        later = min([calendar.add_working_days(due, days), *ends])
        if later > due:
            yield item, later


def _event_ahead(plan: Plan, case: Case, item: str, released: date, calendars: Calendars) -> Iterator[date]:
    """The agreed day, still ahead, before which this is due: it would be of no use after it."""
    rule = plan.rule(step_of(item))
    if not (agreed_days_ahead_stay(case) and isinstance(rule, Due) and comes_with_an_agreed_day(plan, item)):
        return
    day = anchored(plan, case, rule.anchor, step_of(item), key_of(item), calendars)
    if day is not None and day > released:
        yield day


def _stopped_days(plan: Plan, case: Case, hold: str, calendars: Calendars) -> Iterator[tuple[str, date, date]]:
    """Each item that a hold stops, the day on which it is due, and the day from which it could have been done.

    Also what has not begun: its day was counted while it stood still. What counts hours is left as it is.
    """
    for item in plan.all_items(case):
        state = case.items.get(item, NOT_BEGUN)
        if step_of(item) not in plan.holds[hold].stops:
            continue
        counts_days = state.by is None or time_named(plan, item) is not None
        if state.status is Status.OPEN and state.due and state.opened and counts_days:
            yield item, state.due, state.opened
        elif state.status is Status.PENDING and held_work_moves_before_it_begins(case):
            due = _coming_day(plan, case, item, calendars)
            if due is not None:
                yield item, due, case.opened


NOT_BEGUN = Item(Status.PENDING)


def _coming_day(plan: Plan, case: Case, item: str, calendars: Calendars) -> date | None:
    """When an item that has not begun will be due; None when that is not known, or it counts hours."""
    step, state = plan.steps[step_of(item)], case.items.get(item, NOT_BEGUN)
    asked_for = not step.optional or state.opened_by_hand
    counts_days = state.by is None or time_named(plan, item) is not None
    counts_days = counts_days and not any(counts_hours(rule) for rule in (step.due, step.wait) if rule)
    return due_day(plan, case, item, calendars) if asked_for and counts_days else None


def _limit_ends(plan: Plan, case: Case, item: str) -> Iterator[date]:
    """The days on which the running limits end that this step meets."""
    for name, state in case.items.items():
        limit = plan.limits.get(step_of(name))
        if limit is not None and step_of(item) in limit.steps and state.status is Status.OPEN and state.due:
            yield state.due


def _hold_of_process(plan: Plan, case: Case, name: str) -> str:
    if name not in plan.holds:
        near = suggestion(name, plan.holds)
        possible = f"Holds of this process: {listing(plan.holds, none='none')}."
        raise Refused([f'"{plain_text(name)}" is not a hold of {case.reference}.{near}'], possible)
    return name


def hold_by_answers(draft: Draft, item: str, answers: Answers) -> None:
    """Place and release the holds that the answers of a form say."""
    plan, day = draft.plan, draft.answered
    step = plan.steps[step_of(item)]
    for name, placing in step.places.items():
        if name not in draft.case.holds and evaluate_answers(placing.when, answers):
            review = next_review_day(plan, draft.case, name, day, draft.calendars)
            nth = nth_placing(plan, draft.case, name)
            settled = already_settled(plan, draft.case, name)
            draft.emit(e.HoldPlaced(name, day, item=item, review=review, nth=nth, settled=settled))
    for name, lifting in step.lifts.items():
        if name in draft.case.holds and evaluate_answers(lifting.when, answers):
            _release_by_answer(draft, name, item)


def _release_by_answer(draft: Draft, name: str, item: str) -> None:
    released = max(draft.answered, draft.case.holds[name].since)
    release_hold(draft, e.HoldReleased(name, released, item=item))


def release_what_silence_held(draft: Draft, item: str, answers: Answers) -> None:
    """Release the holds that the silence of an item placed, and that what was answered in time does not place."""
    for name, placing in draft.plan.steps[step_of(item)].places.items():
        placed = draft.case.holds.get(name)
        if placed and placed.reason == answer_words(item) and not evaluate_answers(placing.when, answers):
            _release_by_answer(draft, name, item)


def remind_of_review(draft: Draft, command: c.Chase) -> None:
    """Remind those named that a hold is to be reviewed, again in its rhythm until somebody has reviewed it."""
    plan, now, calendars = draft.plan, draft.now, draft.calendars
    name = LookAgain.HOLD.name_in(command.item)
    when = next_review(plan, draft.case, name, calendars, command.send_at)
    if when is None or when > now:
        return
    rule, again = plan.holds[name], draft.case.holds[name].remind
    ends = end_of_hold(plan, draft.case, name, draft.today, calendars)
    if ends is not None and ends <= draft.today:
        release_hold(draft, e.HoldReleased(name, ends, reason=f"it may last {rule.at_most}, and has"))
        return
    while again is not None and again <= now.astimezone(LONDON).date():
        again = next_review_day(plan, draft.case, name, again, calendars)
    draft.emit(e.HoldReviewDue(name, rule.send, posts_now(rule.to, plan, draft.case), again))
