"""What follows from the facts: which items open, fall away, wait again, and when the case is closed.

`after` waits until all it names are settled; a false `when` makes a step not needed, and so does having only
predecessors that were not needed. One pass in the order of the steps is enough, because steps never wait in a circle.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain

from reviewflow.calendar import Calendars
from reviewflow.case import events as e
from reviewflow.case.apply import is_open, is_settled
from reviewflow.case.dates import due_day
from reviewflow.case.draft import Draft
from reviewflow.case.entries import gone
from reviewflow.case.holding import stopped_by
from reviewflow.case.hours import clocks
from reviewflow.case.judgement import judge
from reviewflow.case.lookout import look_ahead
from reviewflow.case.plan import Plan
from reviewflow.case.quorum import has_quorum
from reviewflow.case.repeating import comes_again, next_rounds
from reviewflow.case.setting import set_by_itself
from reviewflow.case.state import CUT_SHORT, SETTLED, Case, CaseStatus, Item, Status, key_of, step_of
from reviewflow.case.verdict import Verdict, of_limit
from reviewflow.case.waiting import come
from reviewflow.language.lists import CONTRIBUTORS, source_of


def settle(plan: Plan, draft: Draft, today: date, calendars: Calendars) -> None:
    """Everything that follows at once; the draft gets one event a step at most, and none when nothing follows."""
    for step in plan.order:
        _settle_step(plan, draft, step, today, calendars)
    for limit in plan.limit_items(draft.case):
        _settle_limit(plan, draft, limit, today, calendars)
    recount(plan, draft, calendars, "what it counts from changed")
    look_ahead(plan, draft, today, calendars)
    _close(plan, draft, today)


_AS_IT_IS = frozenset(
    {
        (Verdict.WAIT, Status.WAITING),
        (Verdict.OPEN, Status.OPEN),
        (Verdict.OPEN, Status.NOT_NEEDED),
        (Verdict.NOT_NEEDED, Status.NOT_NEEDED),
    }
)
"""What was not needed is decided anew only when something before it is owed again."""
_ANEW = _AS_IT_IS - {(Verdict.OPEN, Status.NOT_NEEDED)}
"""What fell away because enough had agreed, or because it comes no more, is owed again as soon as that is not so."""
_TO_DECIDE = (Status.WAITING, Status.OPEN, Status.NOT_NEEDED)
_DECIDED = frozenset(Status) - {*_TO_DECIDE}


def _settle_step(plan: Plan, draft: Draft, step: str, today: date, calendars: Calendars) -> None:
    once = step in plan.done_once
    if once and all(_is_decided(draft.case, item) for item in plan.items(step, draft.case)):
        return
    changed: dict[Verdict, list[str]] = {}
    next_rounds(plan, draft, step, today, calendars)
    listed = not once and source_of(plan.steps[step]) is not None
    if listed and (left := gone(step, plan.steps[step], draft.case)):
        draft.emit(e.EntriesGone(left))
    waited, anew = plan.steps[step].wait is not None, has_quorum(plan, step) or comes_again(plan, step)
    held_back = plan.is_automatic(step) and stopped_by(plan, draft.case, step)
    for item in plan.items(step, draft.case):
        held = draft.case.items.get(item)
        status = Status.WAITING if held is None else held.status
        if status in _TO_DECIDE or (listed and status is Status.WITHDRAWN):
            verdict = judge(plan, draft.case, step, key_of(item)).verdict
            if verdict is Verdict.OPEN and status is not Status.NOT_NEEDED and held_back:
                verdict = Verdict.WAIT
            if (verdict, status) not in (_ANEW if anew else _AS_IT_IS):
                changed.setdefault(verdict, []).append(item)
            elif waited and status is Status.OPEN:
                _end_wait(plan, draft, item, today, calendars)
    if Verdict.WAIT in changed:
        draft.emit(e.ItemsHeldUp(tuple(changed[Verdict.WAIT])))
    if Verdict.NOT_NEEDED in changed:
        _fall_away(draft, changed[Verdict.NOT_NEEDED])
    if Verdict.OPEN in changed:
        _open(plan, draft, changed[Verdict.OPEN], today, calendars)


def _is_decided(case: Case, item: str) -> bool:
    held = case.items.get(item)
    return held is not None and held.status in _DECIDED


def _fall_away(draft: Draft, items: list[str]) -> None:
    """Of what comes again the rounds that were done stand."""
    held = draft.case.items
    done = tuple(item for item in items if item in held and held[item].done is not None)
    never = tuple(item for item in items if item not in done)
    if done:
        draft.emit(e.RoundsEnded(done))
    if never:
        draft.emit(e.NotNeeded(never))


def _open(plan: Plan, draft: Draft, items: list[str], today: date, calendars: Calendars) -> None:
    step = plan.steps[items[0].partition("/")[0]]
    if step.send is None or step.due is not None:
        due = {item: due_day(plan, draft.case, item, calendars) for item in items}
        draft.emit(e.ItemsOpened(due, today, clocks(plan, draft.case, items)))
    for item in items:
        if step.send is not None:
            to = recipients(step.to or ("owner",), plan, draft.case, item)
            nobody = not to and CONTRIBUTORS in step.to
            draft.emit(e.NotNeeded((item,)) if nobody else e.MessageSent(item, step.send, to, today))
        elif item in draft.case.links:
            draft.emit(e.CaseStarted(item, draft.case.links[item], today))
        elif step.wait is not None:
            _end_wait(plan, draft, item, today, calendars)
        elif step.make is not None:
            draft.emit(e.DocumentAsked(item, step.make, today))
        elif step.run is not None:
            draft.emit(e.RunAsked(item, step.run, today))
        elif step.set:
            set_by_itself(plan, draft, item, today, calendars)
            draft.emit(e.Completed(item, today))


def _end_wait(plan: Plan, draft: Draft, item: str, today: date, calendars: Calendars) -> None:
    day = come(plan, draft.case, item, today, calendars)
    if day is not None:
        draft.emit(e.Completed(item, day))


def recipients(names: tuple[str, ...], plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """Who is meant by `owner`, `deputy`, `senior`, `designated`, `partner` or a role, about this item."""
    return tuple(dict.fromkeys(_each_recipient(names, plan, case, item)))


def _each_recipient(names: tuple[str, ...], plan: Plan, case: Case, item: str) -> Iterator[str]:
    owed = _still_owed(plan, case, item)
    for name in names:
        if name in {"deputy", "senior", "designated", "partner"}:
            yield from (f"agency:{agency}:{name}" for each in owed if (agency := plan.agency(each, case)))
        elif name == CONTRIBUTORS:
            yield from (f"agency:{each}:contact" for item in owed for each in plan.contributors(item, case))
        elif name == "owner":
            yield from filter(None, (_owner(plan, case, each) for each in owed))
        else:
            yield f"role:{name}"


def _still_owed(plan: Plan, case: Case, item: str) -> tuple[str, ...]:
    """The item itself; for a limit, what would meet it and is not settled: who has answered is left in peace."""
    if not plan.is_limit(item):
        return (item,)
    return tuple(each for each in plan.items(plan.limits[step_of(item)].met_by, case) if not is_settled(case, each))


def _owner(plan: Plan, case: Case, item: str) -> str:
    step, _, key = item.partition("/")
    owner, agency = plan.owner(item, case), plan.agency(item, case)
    if not owner and agency:
        owner = f"agency:{agency}"
    elif not owner and key and isinstance(plan.steps[step].for_each, tuple):
        owner = f"role:{key}"
    return f"{owner}:contact" if owner.startswith("agency:") else owner


def _settle_limit(plan: Plan, draft: Draft, name: str, today: date, calendars: Calendars) -> None:
    held = draft.case.items.get(name)
    watched = [draft.case.items.get(item) for item in plan.items(plan.limits[step_of(name)].met_by, draft.case)]
    settled = all(item is not None and item.status in SETTLED for item in watched)
    needed_again = held is not None and held.status is Status.NOT_NEEDED and not settled
    if held is not None and held.status in SETTLED and not needed_again:
        return
    runs = held is not None and held.status is Status.OPEN
    verdict = of_limit(plan, draft.case, name)
    if verdict is Verdict.NOT_NEEDED and not needed_again:
        draft.emit(e.NotNeeded((name,)))
    if verdict is Verdict.NOT_NEEDED or (verdict is Verdict.WAIT and not runs):
        return
    if not runs:
        due = due_day(plan, draft.case, name, calendars)
        if due is None and settled:
            draft.emit(e.NotNeeded((name,)))
        if due is None:
            return
        draft.emit(e.ItemsOpened({name: due}, today, clocks(plan, draft.case, (name,))))
    if settled:
        _end_limit(draft, name, [item for item in watched if item is not None], today)


def stop_clocks(plan: Plan, draft: Draft, today: date, calendars: Calendars) -> None:
    """The clocks that run, where what stops them has been done; none is started."""
    for limit in plan.limits:
        if is_open(draft.case, limit):
            _settle_limit(plan, draft, limit, today, calendars)


def meet_anew(plan: Plan, draft: Draft, item: str, today: date) -> None:
    """The day on which a step was done was corrected: a limit that it met was met on that day."""
    for name in plan.limit_items(draft.case):
        limit = plan.limits[step_of(name)]
        held = draft.case.items.get(name)
        if limit.met_by == step_of(item) and held is not None and held.status is Status.DONE:
            watched = [draft.case.items.get(each) for each in plan.items(limit.met_by, draft.case)]
            _end_limit(draft, name, [each for each in watched if each is not None], today)


def _end_limit(draft: Draft, name: str, watched: list[Item], today: date) -> None:
    done = [(item.done, item.at) for item in watched if item.status is Status.DONE and item.done]
    if done:
        last = max(day for day, _ in done)
        at = [clock for day, clock in done if day == last]
        draft.emit(e.LimitMet(name, last, None if None in at else max(filter(None, at), default=None)))
    elif any(item.status is Status.SKIPPED for item in watched):
        draft.emit(e.Skipped(name, "the step that would have met it was skipped", today))
    else:
        draft.emit(e.NotNeeded((name,)))


def recount(plan: Plan, draft: Draft, calendars: Calendars, because: str) -> None:
    """Due days that follow from the facts as they are now; a limit keeps counting after it was met.

    A clock is not disturbed while the step that it counts from is done again.
    """
    if draft.case.status in CUT_SHORT:
        return
    counting = [
        item
        for item, held in draft.case.items.items()
        if held.status is Status.OPEN or (plan.is_limit(item) and held.status is Status.DONE)
    ]
    by = clocks(plan, draft.case, counting)
    moved = {
        item: due
        for item in counting
        for held in (draft.case.items[item],)
        if ((due := due_day(plan, draft.case, item, calendars)) != held.due or by.get(item) != held.by)
        and (due is not None or not plan.is_limit(item))
    }
    if moved:
        draft.emit(e.DueMoved(moved, because, {item: clock for item, clock in by.items() if item in moved}))


def _close(plan: Plan, draft: Draft, today: date) -> None:
    if draft.case.status is not CaseStatus.OPEN:
        return
    last_first = (item for step in reversed(plan.order) for item in plan.items(step, draft.case))
    if all(is_settled(draft.case, item) for item in chain(last_first, plan.limit_items(draft.case))):
        draft.emit(e.CaseClosed(today))
