"""What is done together, carried over from the case that leads to one that is linked with it. Safe to run twice.

It goes by how both cases stand now, and not by what happened last: whatever was missed comes with the next time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from typing import TypeAlias

from reviewflow.case.model import commands as c
from reviewflow.case.model import events as e
from reviewflow.case.model.ids import step_of
from reviewflow.case.model.state import Case, CaseStatus, Item, Status, is_finished
from reviewflow.case.plan.plan import Plan
from reviewflow.case.rules.holds import stopped_by
from reviewflow.case.rules.meetings.together import has_gone_on, led_steps, shared_items
from reviewflow.language.model import FieldType
from reviewflow.service.commands.carry_out import carry_out, find
from reviewflow.service.sweep.chase import SWEEP
from reviewflow.service.workspace.workspace import Workspace

_Settled: TypeAlias = e.Completed | e.AgreedBySilence | e.CountedBySilence | e.MessageSent
MOST = 200
"""So many items are carried over at once at most."""


def carry_over(workspace: Workspace, leader: str, follower: str, *, now: datetime) -> None:
    """Have the case `follower` go by what the case `leader` does for both, each thing in a transaction of its own.

    Raises Refused when the form there does not take an answer that was given here.
    """
    for _ in range(MOST):
        commands = _commands(workspace, leader, follower)
        if not any(carry_out(workspace, follower, command, by=SWEEP, now=now).events for command in commands):
            return


def _commands(workspace: Workspace, leader: str, follower: str) -> Iterator[c.Command]:
    """What is to be recorded in the case that follows, the first first; nothing where it is not linked any more."""
    if workspace.store.load(follower) is None:
        return
    plan, case = workspace.plan_and_case(find(workspace, follower))
    linked = case.related.get(leader)
    if linked is None or leader in case.outside or case.status is not CaseStatus.OPEN:
        return
    row = workspace.store.load(leader)
    if row is None:
        yield from _over(case, leader, withdrawn=False)
        return
    leads_plan, leads = workspace.plan_and_case(row)
    pair = _Pair(workspace, leads_plan, leads, plan, case, linked.kind, linked.since)
    if leads.status is CaseStatus.OPEN or (leads.status is not CaseStatus.WITHDRAWN and _was_led(case, leader)):
        yield from pair.carried()
    yield from pair.led()
    if leads.status is not CaseStatus.OPEN:
        yield from _over(case, leader, withdrawn=leads.status is CaseStatus.WITHDRAWN)


def _over(case: Case, leader: str, *, withdrawn: bool) -> Iterator[c.Command]:
    if _was_led(case, leader):
        yield c.RecordLed(leader, (), over=True, withdrawn=withdrawn)


def _was_led(case: Case, leader: str) -> bool:
    """Whether something was done there for this case: one that is linked with a case that is over goes its own way."""
    return leader in {*case.led.values(), *(taken.reference for taken in case.taken.values())}


@dataclass(frozen=True)
class _Pair:
    """A case that leads, and one that is linked with it."""

    workspace: Workspace
    leads_plan: Plan
    leads: Case
    plan: Plan
    case: Case
    kind: str
    since: date
    """The day on which the two were linked."""

    def led(self) -> Iterator[c.Command]:
        """That other steps than before are done there for both."""
        leader, led = self.leads.reference, self.case.led
        known = {step for step, reference in led.items() if reference == leader}
        does = led_steps(self.leads_plan, self.leads, self.kind)
        steps = [name for name in does if _is_shared(self.plan, name, self.kind) and led.get(name, leader) == leader]
        if known != set(steps):
            yield c.RecordLed(leader, tuple(steps))

    def carried(self) -> Iterator[c.Command]:
        """What was reopened there by hand, and what was answered since and is owed here."""
        for item in shared_items(self.plan, self.case, self.kind):
            there, here = self.leads.items.get(item), self.case.items.get(item)
            if there is None or not _is_shared(self.leads_plan, step_of(item), self.kind):
                continue
            if here is not None and here.status is Status.DONE:
                yield from self._reopened(item)
            elif not is_finished(self.case, item) and not stopped_by(self.plan, self.case, item):
                yield from self._answered(item, there)

    def _reopened(self, item: str) -> Iterator[c.Command]:
        taken = self.case.taken.get(item)
        if taken is None or taken.reference != self.leads.reference or has_gone_on(self.plan, self.case, item):
            return
        for number, event in self._history:
            by_hand = isinstance(event, e.SentBack) and step_of(event.because) not in self.leads_plan.steps
            if number > taken.number and by_hand and isinstance(event, e.SentBack) and item in event.items:
                yield c.ReopenWith(item, self.leads.reference, event.because)
                return

    def _answered(self, item: str, there: Item) -> Iterator[c.Command]:
        own, last = self.leads.taken.get(item), self._last(item)
        if last is None or last[0] <= self._known(item) or (own is not None and own.reference == self.case.reference):
            return
        if there.status is Status.DONE or self._is_sent_back_here_too(item, last[0]):
            yield self._take(item, there, *last)

    def _last(self, item: str) -> tuple[int, _Settled] | None:
        """What settled it there last, with its number."""
        settled = ((number, event) for number, event in reversed(self._history) if isinstance(event, _Settled))
        return next(((number, event) for number, event in settled if event.item == item), None)

    def _is_sent_back_here_too(self, item: str, number: int) -> bool:
        """Whether the answer of this number there was sent back by what is done together, but not here yet."""
        for later, event in self._history:
            if later > number and isinstance(event, e.SentBack) and item in event.items:
                cause, known = self._last(event.because), self._known(event.because)
                shared = _is_shared(self.leads_plan, step_of(event.because), self.kind)
                return (
                    shared and _is_shared(self.plan, step_of(event.because), self.kind) and (cause or (0,))[0] > known
                )
        return False

    def _take(self, item: str, there: Item, number: int, event: _Settled) -> c.TakeOver:
        silent = isinstance(event, e.AgreedBySilence | e.CountedBySilence)
        answers = _answers(self.plan, item, event)
        day, clock = (
            (there.done or event.done, there.at) if there.status is Status.DONE else (event.done, _clock(event))
        )
        done = max(day, self.case.opened)
        at = clock if done == day else None
        untold = any(heard < self.since for heard in (*there.chased, day))
        leader, sent = self.leads.reference, self._sent
        return c.TakeOver(item, leader, number, done, answers, at, by_silence=silent, untold=untold, sent=sent)

    @cached_property
    def _sent(self) -> tuple[str, ...]:
        """The steps done by themselves there, of which not all was taken over; no letter that is answered here."""
        return tuple(
            name
            for name in self.leads_plan.order
            if self._happens_there(name) and any(self._is_new(item) for item in self.leads_plan.items(name, self.leads))
        )

    def _happens_there(self, name: str) -> bool:
        plan = self.leads_plan
        asked = (step for step, letters in plan.requests.items() if name in letters)
        return plan.is_automatic(name) and all(
            _is_shared(plan, step, self.kind)
            and _is_shared(self.plan, step, self.kind)
            and not stopped_by(plan, self.leads, step)
            for step in (name, *asked)
        )

    def _is_new(self, item: str) -> bool:
        last = self._last(item)
        return last is not None and last[0] > self._known(item)

    def _known(self, item: str) -> int:
        """The number of what was taken over of it last; 0 before anything was."""
        taken = self.case.taken.get(item)
        return taken.number if taken is not None and taken.reference == self.leads.reference else 0

    @cached_property
    def _history(self) -> Sequence[tuple[int, e.Event]]:
        stored = self.workspace.store.events(self.leads.reference)
        return [(row.number, e.decode(row.kind, row.body)) for row in stored]


def _is_shared(plan: Plan, step: str, kind: str) -> bool:
    return step in plan.steps and plan.steps[step].together == kind


def _clock(event: _Settled) -> time | None:
    return None if isinstance(event, e.MessageSent) else event.at


def _answers(plan: Plan, item: str, event: e.Event) -> Mapping[str, object]:
    """What was answered there to the questions that are asked here too; what is only counted is counted here."""
    if not isinstance(event, e.Completed):
        return {}
    form = plan.form(step_of(item))
    said = {**event.answers, **event.said}
    return {name: answer for name, answer in said.items() if name in form and form[name].type is not FieldType.QUORUM}
