"""What another case does for this one too: which items those are, what was answered there, and what was reopened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from reviewflow.case.draft import Draft
from reviewflow.case.handlers.correspondence.silence import count_silence
from reviewflow.case.handlers.reopening import owed_again
from reviewflow.case.handlers.work import complete
from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.refusal import Refused
from reviewflow.case.model.state import Status, is_finished, is_open
from reviewflow.case.propagation.told.own_meetings import tell_of_this_one, tell_on_their_own
from reviewflow.case.rules.answers.taken_over import lists_of_others, of_those_here
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import has_gone_on
from reviewflow.case.rules.rounds.sendback import affected
from reviewflow.case.rules.routing import Routing
from reviewflow.language.structure.silence import silence_meaning


def record_led(draft: Draft, command: c.RecordLed) -> None:
    """Keep what is done for this case in another one, or that this one is over; said again, nothing is added."""
    case, reference = draft.case, command.reference
    if command.over:
        if reference in {*case.led.values(), *(taken.reference for taken in case.taken.values())}:
            tell_on_their_own(draft, reference, draft.today if command.withdrawn else draft.today + timedelta(days=1))
            draft.emit(e.LeadOver(reference))
        return
    led = [step for step, leader in case.led.items() if leader == reference]
    steps = tuple(step for step in command.steps if case.led.get(step, reference) == reference)
    if set(led) != set(steps):
        draft.emit(e.LedBy(reference, steps))


def take_over(draft: Draft, command: c.TakeOver) -> None:
    """Record here what was answered in the case that leads, with all that follows here; never twice.

    Nothing while it is not owed here, or on hold. An agency that takes no part in this case is left out. Raises
    Refused for answers that the form here does not take.
    """
    plan, case, item = draft.plan, draft.case, command.item
    if step_of(item) not in plan.steps:
        return
    taken = case.taken.get(item)
    is_known = taken is not None and taken.reference == command.reference and taken.number >= command.number
    silent = command.by_silence and not silence_meaning(plan.steps[step_of(item)])
    if is_known or silent or not _is_its_turn(draft, item) or stopped_by(plan, case, item):
        return
    _leave_to_it(draft, command)
    draft.emit(e.TakenFrom(item, command.reference, command.number))
    if plan.is_automatic(step_of(item)):
        draft.emit(e.Completed(item, command.on))
    elif command.by_silence:
        count_silence(draft, item, command.on)
    else:
        complete(draft, c.Complete(item, _said_here(draft, command), command.on, command.at, together=True))
    if command.untold:
        tell_of_this_one(draft, item, command.reference)


def _leave_to_it(draft: Draft, command: c.TakeOver) -> None:
    """Have what was sent there not go from here too: whoever answered to it here would be refused."""
    led, leader = draft.case.led, command.reference
    steps = [step for step, reference in led.items() if reference == leader]
    if more := [step for step in command.sent if step not in led and step in draft.plan.steps]:
        draft.emit(e.LedBy(leader, (*steps, *more)))


def _said_here(draft: Draft, command: c.TakeOver) -> Mapping[str, object]:
    """What was answered there, with the agencies of this case; raises Refused where a list holds none of them."""
    case, leader, form = draft.case, command.reference, draft.plan.form_of(command.item, draft.case)
    here = of_those_here(form, command.answers, case.agencies)
    if empty := lists_of_others(form, command.answers, here):
        wrong = [f"{name}: none of those named in {leader} takes part in {case.reference}." for name in empty]
        join = f"Have one take part: reviewflow agency {case.reference} --add ..."
        raise Refused(wrong, f"{join} Or let this case go its own way: reviewflow unlink {case.reference} {leader} ...")
    return here


def _is_its_turn(draft: Draft, item: str) -> bool:
    """Whether it is owed; of what happens by itself, whether it waits for nothing but the case that leads."""
    if not draft.plan.is_automatic(step_of(item)):
        return is_open(draft.case, item)
    is_ahead = not is_finished(draft.case, item) and item in draft.plan.items(step_of(item), draft.case)
    return is_ahead and draft.routing(item) is Routing.OPEN


def reopen_with(draft: Draft, command: c.ReopenWith) -> None:
    """Owe anew what was reopened in the case that leads; not where this case has gone on, or did it by itself."""
    plan, case, item = draft.plan, draft.case, command.item
    taken, state = case.taken.get(item), case.items.get(item)
    if taken is None or taken.reference != command.reference or state is None or state.status is not Status.DONE:
        return
    if not has_gone_on(plan, case, item):
        draft.emit(e.ReopenedWith(item, command.reference))
        draft.emit(owed_again(draft, affected(plan, case, item), command.reason, {}))
